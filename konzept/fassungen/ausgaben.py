"""The PDFs of a Fassung: made once, by one job for all that are missing, while the page says how far they are."""

import logging
from contextlib import suppress
from pathlib import PurePosixPath
from typing import NamedTuple

from django.db import IntegrityError, transaction

from konzept.dokument import bindung, pdf, ressourcen
from konzept.dokument.html import Ausfertigung
from konzept.druckauftraege.laeufe import Auftrag, Lauf, beauftrage, laeufe, merke_fehler, vergiss_fehler

from .models import Ausgabe, AusgabeArt, Fassung, FassungArt

log = logging.getLogger(__name__)

ART = "fassung"
"""The kind of the job."""


class Stand(NamedTuple):
    """How far a PDF is: `ausgabe` (without its bytes) once it is there, else how its job does."""

    art: AusgabeArt
    ausgabe: Ausgabe | None
    lauf: Lauf

    @property
    def gescheitert(self) -> bool:
        return self.ausgabe is None and self.lauf.gescheitert

    @property
    def voll(self) -> str:
        """Why it was not started, where there are too many (see `Lauf`)."""
        return self.lauf.voll if self.offen else ""

    @property
    def offen(self) -> bool:
        """Whether it is still to come."""
        return self.ausgabe is None and not self.lauf.gescheitert


def auftrag(pk: int) -> Auftrag:
    return Auftrag(f"{ART}-{pk}", ART, (str(pk),))


def staende(fassung: Fassung) -> list[Stand]:
    """The state of each PDF of a Fassung, in the order of AusgabeArt. Two queries."""
    fertig = {a.art: a for a in fassung.ausgaben.ohne_datei()}
    ganz, *einzeln = laeufe(*_kennungen(fassung.pk))
    return [
        Stand(art, fertig.get(art), Lauf(ganz.seit, ganz.gescheitert or lauf.gescheitert))
        for art, lauf in zip(AusgabeArt, einzeln, strict=True)
    ]


def stosse_an(fassung: Fassung, fuer: str) -> list[Stand]:
    """Start making what is missing once the transaction is through, unless somebody is at work on it, it failed or
    there are too many under way; returns the `staende`. `fuer` as in `laeufe.beauftrage`."""
    stand, voll = staende(fassung), []
    if any(s.offen for s in stand):
        transaction.on_commit(lambda: voll.append(beauftrage(auftrag(fassung.pk), fuer)))
    return [s._replace(lauf=s.lauf._replace(voll="".join(voll))) for s in stand]


def stand(fassung: Fassung, art: str, fuer: str) -> Stand:
    """The state of one PDF, which is asked for where it is missing. One query once it is there."""
    ausgabe = fassung.ausgaben.filter(art=art).ohne_datei().first()
    if ausgabe:
        return Stand(AusgabeArt(art), ausgabe, Lauf())
    return next(s for s in stosse_an(fassung, fuer) if s.art == art)


def versuche_erneut(fassung: Fassung, fuer: str) -> None:
    """Forget what failed and start again."""
    vergiss_fehler(*_kennungen(fassung.pk))
    stosse_an(fassung, fuer)


def _kennungen(pk: int) -> list[str]:
    """The job, and each PDF: one may fail and the others not."""
    return [auftrag(pk).kennung, *(_kennung(pk, art) for art in AusgabeArt)]


def _kennung(pk: int, art: str) -> str:
    return f"{auftrag(pk).kennung}-{art}"


def stelle_alle_her(pk: int | str) -> None:
    """Make the PDFs that a Fassung lacks; what fails is logged and remembered for the page."""
    fassung = Fassung.objects.get(pk=pk)
    for stand in staende(fassung):
        if stand.offen:
            stelle_her(fassung, stand.art)


def stelle_her(fassung: Fassung, art: AusgabeArt) -> None:
    """Make one PDF, and never again: what is there stays. Where two are at it at once, the first to be ready counts."""
    if fassung.ausgaben.filter(art=art).exists():
        return
    try:
        inhalt = pdf.drucke(fassung.dokument, ausfertigung=ausfertigung(fassung, art))
    except Exception:  # whatever it was: the other one may still succeed
        log.exception("The %s of Fassung %s cannot be made.", art, fassung.pk)
        merke_fehler(_kennung(fassung.pk, art))
        return
    seiten, _ = bindung.ziele(inhalt)
    with suppress(IntegrityError), transaction.atomic():
        Ausgabe.objects.create(fassung=fassung, art=art, datei=inhalt, seiten=seiten)


def ausfertigung(fassung: Fassung, art: str) -> Ausfertigung:
    """How a Fassung prints: an Entwurf marked as one, with a sheet for comments where the Randnummern are."""
    entwurf = fassung.art == FassungArt.ENTWURF
    mit_randnummern = art == AusgabeArt.RANDNUMMERN
    return Ausfertigung(
        marke=fassung.bezeichnung if entwurf else "",
        randnummern=mit_randnummern,
        bogen=entwurf and mit_randnummern,
        bilder=bilder(fassung),
    )


def bilder(fassung: Fassung) -> dict[str, tuple[str, bytes]]:
    """The pictures that were frozen with a Fassung, for `Ausfertigung.bilder`."""
    name = fassung.dokument.kommune.wappen
    typ = ressourcen.INHALTSTYPEN.get(PurePosixPath(name).suffix.lower())
    return {f"media:{name}": (typ, bytes(fassung.wappen))} if fassung.wappen and typ else {}
