"""The PDFs of a Fassung: made once, each by a job of its own, while the page says how far they are."""

from pathlib import PurePosixPath
from typing import ClassVar, NamedTuple

from django.conf import settings
from django.db import transaction

from konzept.dokument import bindung, pdf, ressourcen
from konzept.dokument.html import Ausfertigung
from konzept.druckauftraege.aufnahme import Aufnahme, Fortschritt
from konzept.druckauftraege.auftraege import ART, Voll, Wunsch, ist_voll, lege_an, vergiss_fehler
from konzept.druckauftraege.models import Druckauftrag
from konzept.hintergrund.arten import art as art_der_auftraege
from konzept.hintergrund.eingriff import BEENDET_OHNE_ERFOLG
from konzept.hintergrund.lauf import arbeite_ab
from konzept.hintergrund.models import Status

from .models import Ausgabe, AusgabeArt, Fassung, FassungArt


class Ausgabedruck(Aufnahme, frozen=True, kw_only=True):
    """A Fassung never changes, so that its key is enough."""

    ART: ClassVar[str] = "fassung"

    fassung: int
    art: str

    def drucke(self, fortschritt: Fortschritt) -> bytes:
        """b"" where it is there already, and is never made again."""
        fassung = Fassung.objects.get(pk=self.fassung)
        if fassung.ausgaben.filter(art=self.art).exists():
            return b""
        return pdf.drucke(fassung.dokument, ausfertigung=ausfertigung(fassung, self.art), fortschritt=fortschritt)

    def lege_ab(self, pdf: bytes) -> dict:
        """What is there stays: where two were at it, the first to be ready counts."""
        if not Ausgabe.objects.filter(fassung=self.fassung, art=self.art).exists():
            seiten, _ = bindung.ziele(pdf)
            Ausgabe.objects.create(fassung_id=self.fassung, art=self.art, datei=pdf, seiten=seiten)
        return {}


class Stand(NamedTuple):
    """How far a PDF is: `ausgabe` (without its bytes) once it is there, else its job, if there is any. `voll` says that
    none was begun, because there are too many under way."""

    art: AusgabeArt
    ausgabe: Ausgabe | None
    auftrag: Druckauftrag | None
    voll: Voll | None = None

    @property
    def gescheitert(self) -> bool:
        """Or was stopped by an administrator."""
        return self.ausgabe is None and self.auftrag is not None and self.auftrag.status in BEENDET_OHNE_ERFOLG

    @property
    def fehlt(self) -> bool:
        """Whether nobody has been asked to make it yet."""
        return self.ausgabe is None and self.auftrag is None


def staende(fassung: Fassung) -> list[Stand]:
    """The state of each PDF of a Fassung, in the order of AusgabeArt. Two queries."""
    fertig = {a.art: a for a in fassung.ausgaben.ohne_datei()}
    if len(fertig) == len(AusgabeArt):
        return [Stand(art, fertig[art], None) for art in AusgabeArt]
    auftraege = Druckauftrag.objects.ohne_inhalt().filter(
        konzept=fassung.konzept_id, schluessel__in=[_schluessel(fassung, art) for art in AusgabeArt]
    )
    # The last one counts. One that is finished was so after the question for its PDF.
    auftraege = auftraege.exclude(status=Status.FERTIG)
    nach_schluessel = {a.schluessel: a for a in auftraege.order_by("pk")}
    return [Stand(art, fertig.get(art), nach_schluessel.get(_schluessel(fassung, art))) for art in AusgabeArt]


def stosse_an(fassung: Fassung, *, unbedingt: bool = False) -> list[Stand]:
    """Ask for what is missing, unless it failed or there are too many under way (only where this is not `unbedingt`);
    returns the `staende`. Part of the caller's transaction."""
    alle = staende(fassung)
    if not any(s.fehlt for s in alle):
        return alle
    if not unbedingt and ist_voll(fassung.konzept):
        return [s._replace(voll=Voll.ALLE) if s.fehlt else s for s in alle]
    with transaction.atomic():
        neu = [s._replace(auftrag=_beauftrage(fassung, s.art)) if s.fehlt else s for s in alle]
    if settings.DRUCK_IM_HINTERGRUND:
        return neu
    transaction.on_commit(lambda: arbeite_ab(art_der_auftraege(ART)))
    return staende(fassung)


def _beauftrage(fassung: Fassung, art: AusgabeArt) -> Druckauftrag:
    inhalt = Ausgabedruck(fassung=fassung.pk, art=art).als_bytes()
    titel = f"{fassung.titel}, {fassung}: {art.label}"
    wunsch = Wunsch(fassung.konzept, Ausgabedruck.ART, inhalt, _schluessel(fassung, art), titel)
    return lege_an(wunsch, _schluessel(fassung, art))


def stand(fassung: Fassung, art: str) -> Stand:
    """The state of one PDF, which is asked for where it is missing. One query once it is there."""
    ausgabe = fassung.ausgaben.filter(art=art).ohne_datei().first()
    if ausgabe:
        return Stand(AusgabeArt(art), ausgabe, None)
    return next(s for s in stosse_an(fassung) if s.art == art)


def versuche_erneut(fassung: Fassung) -> None:
    """Forget what failed and ask for it again."""
    vergiss_fehler(fassung.konzept, *(_schluessel(fassung, art) for art in AusgabeArt))
    stosse_an(fassung)


def _schluessel(fassung: Fassung, art: str) -> str:
    """Other than that of any print that an account asks for, and the same for every version of the program."""
    return f"fassung-{fassung.pk}-{art}"


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
