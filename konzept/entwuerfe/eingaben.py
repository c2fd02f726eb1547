"""What a form sent, and which account filled it in (`kern/absender.html`)."""

import json
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

from django.http import HttpRequest, QueryDict

from konzept.fliesstext import worte_aus_html

ABSENDER = "_konto"
"""The field of a form that names the account that fills it in. A POST without it is a mere button."""

VERWERFEN = "_verwerfen"
"""Button of a form that shows what waited for it: forget that."""

_INTERN = re.compile(r"_.*|csrfmiddlewaretoken|.*_FORMS|.*-(?:id|ORDER)", re.DOTALL)


def gesendet(request: HttpRequest, ohne: Iterable[str] = ()) -> str:
    """What a form sent, URL-encoded, without the CSRF token and the fields named in `ohne`."""
    return als_text(request.POST, ohne)


def als_text(daten: QueryDict, ohne: Iterable[str] = ()) -> str:
    daten = daten.copy()
    for name in ("csrfmiddlewaretoken", *ohne):
        daten.pop(name, None)
    return daten.urlencode()


def ist_von(daten: QueryDict, benutzer) -> bool:
    """Whether the form was filled in by this account."""
    return daten.get(ABSENDER) == str(benutzer.pk)


def fingerabdruck(adresse: str, daten: QueryDict) -> str:
    """The same for two sendings of the form at an address in which the same is filled in, whatever button was
    pressed."""
    werte = sorted(
        (name, [wert.replace("\r\n", "\n") for wert in werte])
        for name, werte in daten.lists()
        if not _INTERN.fullmatch(name)
    )
    return sha256(json.dumps([adresse, werte]).encode()).hexdigest()


def felder(daten: QueryDict) -> Iterator[tuple[str, str]]:
    """Names and values of what a person sees: without buttons, tokens and the bookkeeping of rows."""
    return ((name, wert) for name, wert in daten.items() if not _INTERN.fullmatch(name))


def zum_kopieren(daten: QueryDict) -> str:
    """What stands in the fields, one after the other, as words."""
    worte = (worte_aus_html(wert) if name.endswith("-html") else wert.strip() for name, wert in felder(daten))
    return "\n\n".join(filter(None, worte))
