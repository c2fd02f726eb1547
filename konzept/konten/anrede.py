"""Names in mails: a mail goes out in our name to whomever somebody says, so that a name must be nothing but a name."""

import re

from django.core.exceptions import ValidationError

from konzept import grenzen

NUR_DER_NAME = (
    "Schreiben Sie hier nur den Namen, ohne Internet- oder E-Mail-Adresse und ohne Schrägstrich. Er steht in E-Mails."
)
ZU_LANG = f"Der Name darf höchstens {grenzen.NAME_ZEICHEN} Zeichen haben, weil er in E-Mails steht."
_ADRESSE = re.compile(r"https?:|www\.|@|//|\w\.[a-z]{2,}(?=[\s/:?#,;)]|$)", re.IGNORECASE)
_ZEICHEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Line breaks and other control characters, and what turns the direction of a text."""


def pruefe_name(name: str) -> None:
    """For the form field of a person's name: refuses links, addresses, line breaks, and what is too long for a name."""
    if _ADRESSE.search(name) or _ZEICHEN.search(name) or re.search(r"[/\\]", name):
        raise ValidationError(NUR_DER_NAME, code="adresse")
    if len(name) > grenzen.NAME_ZEICHEN:
        raise ValidationError(ZU_LANG, code="max_length")


def fuer_brief(name: str) -> str:
    """A name of something that may hold a slash, such as an Amt, as a mail names it: in one line, no longer than a
    person's name, and "…" where it looks like a link."""
    name = " ".join(str(name).split())
    return "…" if _ADRESSE.search(name) or _ZEICHEN.search(name) else name[: grenzen.NAME_ZEICHEN]
