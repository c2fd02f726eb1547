"""Fetch a Runde, or an Anmerkung in it, and authorise in one call."""

from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from konzept import rechte

from .models import Anmerkung, Runde


class Zutritt(NamedTuple):
    """A Runde, and what the account is in it: one before whom the Fassung was laid, one who leads the Beratung."""

    runde: Runde
    beteiligt: bool
    leitet: bool

    @property
    def konzept(self):
        return self.runde.konzept

    @property
    def darf_anmerken(self) -> bool:
        return self.beteiligt and self.runde.laeuft()

    @property
    def liest_andere(self) -> bool:
        return self.beteiligt or not self.runde.verschlossen

    def lesbare(self, benutzer):
        """The Anmerkungen that the account reads, those of its own included."""
        return Anmerkung.objects.lesbar_fuer(benutzer, self.runde, beteiligt=self.beteiligt)

    def im_verlauf(self, benutzer):
        """The Anmerkungen of which who leads the Beratung sees what became of their words (`rechte.BERATUNG`)."""
        return Anmerkung.objects.im_verlauf(benutzer, self.runde, beteiligt=self.beteiligt)


def hole_runde(benutzer, kommune: str, konzept: str, pk: int, recht: str | None = None) -> Zutritt:
    """The Runde at an address for who takes part in it or leads the Beratung; with `recht` only for who holds it.

    Http404 for whom the Fassung was not laid before, PermissionDenied for who reads the concept, but is not asked.
    Three queries; the tree of the Fassung is not read.
    """
    runde = get_object_or_404(
        Runde.objects.mit_fassung(), pk=pk, fassung__konzept__kommune__slug=kommune, fassung__konzept__slug=konzept
    )
    zutritt = Zutritt(runde, runde.nimmt_teil(benutzer), rechte.darf(benutzer, rechte.BERATUNG, runde.konzept))
    if not (zutritt.beteiligt or zutritt.leitet):
        if rechte.darf(benutzer, rechte.LESEN, runde.konzept):
            raise PermissionDenied
        raise Http404("The Runde does not exist for this account.")
    if recht and not rechte.darf(benutzer, recht, runde.konzept):
        raise PermissionDenied
    return zutritt


def hole_anmerkung(
    benutzer, kommune: str, konzept: str, pk: int, anmerkung: int, recht: str | None = None
) -> tuple[Zutritt, Anmerkung]:
    """An Anmerkung that the account may read, with its Stellungnahme; as `hole_runde`. Four queries."""
    zutritt = hole_runde(benutzer, kommune, konzept, pk, recht)
    gefunden = get_object_or_404(zutritt.lesbare(benutzer).mit_antwort(), pk=anmerkung)
    gefunden.runde = zutritt.runde
    return zutritt, gefunden


def hole_oeffentliche(benutzer, kommune: str, konzept: str, pk: int, anmerkung: int, recht: str):
    """An Anmerkung that can be answered: as above, but neither private nor withdrawn."""
    zutritt, gefunden = hole_anmerkung(benutzer, kommune, konzept, pk, anmerkung, recht)
    if gefunden.privat or gefunden.zurueckgezogen_am:
        raise Http404("It is not said to the administration.")
    return zutritt, gefunden
