"""The PDFs of a Fassung: made once, each by a job of its own, while the page says how far they are."""

from pathlib import PurePosixPath
from typing import ClassVar, NamedTuple

from django.conf import settings
from django.db import transaction

from konzept import rechte
from konzept.dokument import pdf, ressourcen
from konzept.dokument.fruehere_drucke import SATZ, Abweichung, abweichungen
from konzept.dokument.html import Ausfertigung
from konzept.druckauftraege.aufnahme import Aufnahme, Fortschritt, Speicher
from konzept.druckauftraege.auftraege import ART, Voll, Wunsch, ist_voll, lege_an, vergiss_fehler
from konzept.druckauftraege.models import Druckauftrag
from konzept.heute import am, heute
from konzept.hintergrund.arten import art as art_der_auftraege
from konzept.hintergrund.eingriff import BEENDET_OHNE_ERFOLG
from konzept.hintergrund.lauf import arbeite_ab
from konzept.hintergrund.models import Status
from konzept.konten.models import Ereignis
from konzept.konten.protokoll import halte_fest
from konzept.satz import bindung
from konzept.vorgaenge.vorgang import vorgang

from .anlass import nennt_beschluss_vom
from .models import BERICHTIGT, VON_SELBST, Ausgabe, AusgabeArt, Fassung, FassungArt


class Ausgabedruck(Aufnahme, frozen=True, kw_only=True):
    """What is printed of a Fassung. It holds only keys and no content, since a Fassung never changes."""

    ART: ClassVar[str] = "fassung"

    fassung: int
    art: str

    def drucke(self, fortschritt: Fortschritt, speicher: Speicher) -> bytes:
        """The PDF; b"" where it is there already, since a PDF that was handed out is never made again."""
        fassung = Fassung.objects.get(pk=self.fassung)
        if fassung.ausgaben.filter(art=self.art).exists():
            return b""
        wie = ausfertigung(fassung, self.art)
        return pdf.drucke(fassung.dokument, ausfertigung=wie, fortschritt=fortschritt, speicher=speicher)

    def lege_ab(self, pdf: bytes) -> dict:
        """What is there stays: where two were at it, the first to be ready counts."""
        if not Ausgabe.objects.filter(fassung=self.fassung, art=self.art).exists():
            seiten = bindung.seitenzahl(pdf)
            Ausgabe.objects.create(fassung_id=self.fassung, art=self.art, datei=pdf, seiten=seiten)
        return {}


class Druckstand(NamedTuple):
    """How far a PDF is: `ausgabe` (without its bytes) once it is there, else its job, if there is any. `voll` says that
    none was begun, because there are too many under way."""

    art: AusgabeArt
    ausgabe: Ausgabe | None
    auftrag: Druckauftrag | None
    voll: Voll | None = None

    @property
    def gescheitert(self) -> bool:
        """Whether making it failed, or was stopped by an administrator."""
        return self.ausgabe is None and self.auftrag is not None and self.auftrag.status in BEENDET_OHNE_ERFOLG

    @property
    def ist_berichtigt(self) -> bool:
        return self.art in BERICHTIGT.values()

    @property
    def fehlt(self) -> bool:
        """Whether nobody has been asked to make it yet."""
        return self.ausgabe is None and self.auftrag is None


def staende(fassung: Fassung) -> list[Druckstand]:
    """The state of each PDF of a Fassung, in the order of AusgabeArt; of one that is made on demand only where somebody
    asked for it. Two queries, one where all is there."""
    fertig = {a.art: a for a in fassung.ausgaben.ohne_datei()}
    erwartet = {*VON_SELBST, *(BERICHTIGT[art] for art in _mit_frueherem_satz(fertig))}
    if erwartet <= fertig.keys():
        return [Druckstand(art, fertig[art], None) for art in AusgabeArt if art in fertig]
    auftraege = Druckauftrag.objects.ohne_inhalt().filter(
        konzept=fassung.konzept_id, schluessel__in=[_schluessel(fassung, art) for art in AusgabeArt]
    )
    # The last job counts. A finished one was not finished yet when its PDF was asked for above, and is left out.
    auftraege = auftraege.exclude(status=Status.FERTIG)
    nach_schluessel = {a.schluessel: a for a in auftraege.order_by("pk")}
    alle = (Druckstand(art, fertig.get(art), nach_schluessel.get(_schluessel(fassung, art))) for art in AusgabeArt)
    return [stand for stand in alle if stand.art in VON_SELBST or not stand.fehlt]


def _mit_frueherem_satz(fertig: dict[str, Ausgabe]) -> list[AusgabeArt]:
    return [art for art in BERICHTIGT if art in fertig and fertig[art].satz < SATZ]


class Berichtigung(NamedTuple):
    """What the PDFs of a Fassung print otherwise than it says, in `stellen`, and `offen`: those of which no mended one
    was asked for yet."""

    stellen: list[Abweichung]
    offen: list[AusgabeArt]


def berichtigung(fassung: Fassung, staende: list[Druckstand]) -> Berichtigung | None:
    """None where every PDF says what the Fassung says. Reads the tree only where an earlier program printed it."""
    fertig = {s.art: s.ausgabe for s in staende if s.ausgabe}
    frueher = _mit_frueherem_satz(fertig)
    stellen = abweichungen(fassung.dokument, min(fertig[art].satz for art in frueher)) if frueher else []
    if not stellen:
        return None
    gefragt = {s.art for s in staende}
    return Berichtigung(stellen, [art for art in frueher if BERICHTIGT[art] not in gefragt])


def berichtige(*, fassung: Fassung, konto) -> bool:
    """Ask for mended PDFs beside those that differ from the Fassung, and log it; False where there is nothing to mend.
    What was frozen stays. They are public with a Fassung that is."""
    with vorgang(konto=konto, bei=fassung.konzept, recht=rechte.FESTSCHREIBEN):
        was = berichtigung(fassung, staende(fassung))
        if was is None or not was.offen:
            return False
        for art in was.offen:
            _beauftrage(fassung, BERICHTIGT[art])
        text = f"{fassung.titel}, {fassung}: berichtigte PDFs beauftragt"
        halte_fest(Ereignis.AUSGABE, kommune=fassung.konzept.kommune, benutzer=konto, text=text)
    _arbeite_gleich()
    return True


def stosse_an(fassung: Fassung, *, unbedingt: bool = False) -> list[Druckstand]:
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
    _arbeite_gleich()
    return staende(fassung)


def _beauftrage(fassung: Fassung, art: AusgabeArt) -> Druckauftrag:
    inhalt = Ausgabedruck(fassung=fassung.pk, art=art).als_bytes()
    titel = f"{fassung.titel}, {fassung}: {art.label}"
    wunsch = Wunsch(fassung.konzept, Ausgabedruck.ART, inhalt, _schluessel(fassung, art), titel)
    return lege_an(wunsch, _schluessel(fassung, art))


def stand(fassung: Fassung, art: str) -> Druckstand | None:
    """The state of one PDF, which is asked for where it is missing; None for one that is made on demand and that nobody
    asked for. One query once it is there."""
    ausgabe = fassung.ausgaben.filter(art=art).ohne_datei().first()
    if ausgabe:
        return Druckstand(AusgabeArt(art), ausgabe, None)
    return next((s for s in stosse_an(fassung) if s.art == art), None)


def versuche_erneut(fassung: Fassung) -> None:
    """Forget what failed and ask for it again."""
    auf_wunsch = [s.art for s in staende(fassung) if s.gescheitert and s.ist_berichtigt]
    vergiss_fehler(fassung.konzept, *(_schluessel(fassung, art) for art in AusgabeArt))
    with transaction.atomic():
        for art in auf_wunsch:
            _beauftrage(fassung, art)
    _arbeite_gleich()
    stosse_an(fassung)


def _arbeite_gleich() -> None:
    """Make what was asked for at the end of the transaction, where no worker does it in the background."""
    if not settings.DRUCK_IM_HINTERGRUND:
        transaction.on_commit(lambda: arbeite_ab(art_der_auftraege(ART)))


def _schluessel(fassung: Fassung, art: str) -> str:
    """Other than that of any print that an account asks for, and the same for every version of the program."""
    return f"fassung-{fassung.pk}-{art}"


def ausfertigung(fassung: Fassung, art: str) -> Ausfertigung:
    """How a Fassung prints: an Entwurf marked as one, with a sheet for comments where the Randnummern are; a mended
    print with the day on which it is made; what names a decision that holds with that, unless the Anlass
    says so."""
    entwurf = fassung.art == FassungArt.ENTWURF
    berichtigt = art in BERICHTIGT.values()
    mit_randnummern = art in (AusgabeArt.RANDNUMMERN, AusgabeArt.BERICHTIGT_RANDNUMMERN)
    marke = fassung.bezeichnung if entwurf else ""
    return Ausfertigung(
        marke=f"Berichtigter Druck vom {am(heute())} · {fassung}" if berichtigt else marke,
        randnummern=mit_randnummern,
        bogen=entwurf and mit_randnummern,
        bilder=bilder(fassung),
        beschluss=fassung.beschluss.worte if _nennt_beschluss(fassung) else "",
        wort=fassung.get_art_display() if entwurf else "",
    )


def _nennt_beschluss(fassung: Fassung) -> bool:
    return fassung.ist_beschlossen and not nennt_beschluss_vom(fassung.dokument.anlass, fassung.beschluss.tag)


def bilder(fassung: Fassung) -> dict[str, tuple[str, bytes]]:
    """The pictures that were frozen with a Fassung, for `Ausfertigung.bilder`."""
    name = fassung.dokument.kommune.wappen
    typ = ressourcen.INHALTSTYPEN.get(PurePosixPath(name).suffix.lower())
    return {f"media:{name}": (typ, bytes(fassung.wappen))} if fassung.wappen and typ else {}
