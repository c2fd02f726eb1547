"""Prints of what still changes, such as a Vorlage: made once for each state of it."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

import msgspec
from django.conf import settings

from konzept.models import Konzept

from .laeufe import Auftrag
from .models import Ausdruck

AUFBEWAHREN = timedelta(days=3)
"""How long a print is kept: some of them name people."""
PROGRAMM = ("templates/**/*.html", "static/css/*.css", "konzept/**/*.py", "requirements.txt")
"""What makes another print of the same rows, once it has changed."""


@dataclass(frozen=True)
class Vorhaben:
    """Something to print, as it is now.

    `art` and `angaben` lead a process to it (see `laeufe.Auftrag`): it reads it again there. `grundlage` is everything
    in the rows that flows into the print, of types that msgspec encodes; `mache` typesets just that.
    """

    konzept: Konzept
    art: str
    angaben: tuple[str, ...]
    grundlage: object
    mache: Callable[[], bytes]

    @cached_property
    def schluessel(self) -> str:
        """SHA-256 of the `grundlage` and of the program that prints it."""
        summe = hashlib.sha256(programm())
        summe.update(msgspec.json.encode([self.art, self.grundlage], order="deterministic"))
        return summe.hexdigest()

    @property
    def auftrag(self) -> Auftrag:
        return Auftrag(self.schluessel, self.art, self.angaben)

    def ausdruck(self) -> Ausdruck | None:
        """The finished print of just this state, without its bytes. One query."""
        return self.konzept.ausdrucke.filter(schluessel=self.schluessel).defer("datei").first()

    def stelle_her(self) -> None:
        """Print, and keep it; where two are at it at once, the first to be ready counts."""
        if self.ausdruck() is None:
            self.konzept.ausdrucke.get_or_create(schluessel=self.schluessel, defaults={"datei": self.mache()})


def ist_schluessel(text: str) -> bool:
    """Whether a text may be the `schluessel` of a Vorhaben, which nobody guesses."""
    return re.fullmatch(r"[0-9a-f]{64}", text) is not None


def programm() -> bytes:
    """A fingerprint of templates, style sheets, code and versions: after an update everything prints anew."""
    summe = hashlib.sha256()
    for muster in PROGRAMM:
        for datei in sorted(Path(settings.BASE_DIR).glob(muster)):
            summe.update(datei.read_bytes())
    return summe.digest()


def loesche_alle(benutzer) -> None:
    """When an account is erased: prints may name it, and are made anew without it."""
    Ausdruck.objects.all().delete()


def loesche_alte(jetzt: datetime) -> int:
    return Ausdruck.objects.filter(erstellt_am__lt=jetzt - AUFBEWAHREN).delete()[0]
