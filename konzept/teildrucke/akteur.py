"""What concerns one Akteur, to be enclosed with a letter: where the concept names it, by role and Handlungsfeld."""

from typing import ClassVar

from konzept.dokument import baum
from massnahmen.models import Akteur

from .akteursteile import Teil, ziehe_aus
from .akteursworte import auslassung, eingang
from .teildruck import Quelle, Teildruck


class Wer(baum.Knoten, kw_only=True):
    """An Akteur by its Kürzel, with its full name where it has one."""

    kurz: str
    name: str = ""

    @property
    def voll(self) -> str:
        return self.name or self.kurz

    def __str__(self):
        """ "„Volkshochschule Musterstadt“ (VHS)"."""
        return f"„{self.voll}“" + (f" ({self.kurz})" if self.voll != self.kurz else "")


class Akteurdruck(Teildruck, frozen=True, kw_only=True):
    """`eingang` counts in words what follows, `auslassung` says what the concept has beyond it; `kuerzel` explains
    what the tables name."""

    ART: ClassVar[str] = "akteur"
    VORLAGE: ClassVar[str] = "teildrucke/akteur.html"
    STILE: ClassVar[tuple[str, ...]] = ("css/akteur-druck.css",)

    wer: Wer
    eingang: str
    teile: tuple[Teil, ...]
    auslassung: str
    kuerzel: tuple[baum.Mitwirkender, ...]

    @property
    def titel(self) -> str:
        return titel(self.wer.voll)

    def inhalt(self) -> dict:
        return {}


def titel(name: str) -> str:
    """What it is called, right of a name of any gender and number."""
    return f"Auszug: {name}"


def nimm_auf(quelle: Quelle, akteur: Akteur) -> Akteurdruck:
    """What a tree says of an Akteur. No queries."""
    wer = Wer(kurz=akteur.kurz, name=akteur.name)
    auszug = ziehe_aus(quelle.dokument, wer.kurz, wer.name)
    return Akteurdruck(
        **quelle.rahmen(),
        wer=wer,
        eingang=eingang(str(wer), auszug.zahlen, auszug.schritte),
        teile=auszug.teile,
        auslassung=auslassung(auszug.gekuerzt, auszug.ohne),
        kuerzel=auszug.kuerzel,
    )
