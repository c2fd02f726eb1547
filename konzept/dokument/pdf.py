"""The print: one PDF that is PDF/UA-1 and PDF/A-3a at once, as a pure function of the tree.

The same tree with the same templates, style sheets, fonts and versions gives the same bytes. It is typeset in pieces
(see `zerlegung`), side by side in processes of their own, and bound together; those that a `Speicher` still has are
typeset no more. What names pages comes last: the table of contents, and annexes that refer to pages of their own.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from django.conf import settings

from konzept.satz import stueck
from konzept.satz.beschleunigung.trennmuster import lies_trennmuster
from konzept.satz.bindung import Auflage, Teil, binde
from konzept.satz.nebeneinander import setze_nebeneinander
from konzept.satz.setzen import (
    DruckFehler,
    SatzAbgebrochen,
    lies_stilblaetter,
    ohne_speicherbereinigung,
)
from konzept.satz.stueck import Dateianhang, OhneSpeicher, Satzauftrag, Speicher, Stueck

from . import baum, ressourcen, zerlegung
from .akteursregister import hat_seiten
from .beilagen import SEITENVERWEIS, Beilage, als_anlage
from .fehlzeichen import druckbar, ersetze, vorrat
from .html import SCHLICHT, Ausfertigung, Vorspann, druck_html
from .ressourcen import Holen

__all__ = ["Ausfertigung", "Beilage", "Dateianhang", "DruckFehler", "SatzAbgebrochen", "Vorspann", "drucke"]

log = logging.getLogger(__name__)

Fortschritt = Callable[[int, int], None]

VERSUCHE = 4
"""How often what names pages is typeset until it is as long as it says."""


def drucke(
    dokument: baum.Dokument,
    *,
    anlagen: tuple[Dateianhang, ...] = (),
    beilagen: tuple[Beilage, ...] = (),
    vorspann: Vorspann | None = None,
    ausfertigung: Ausfertigung = SCHLICHT,
    fortschritt: Fortschritt = lambda fertige, teile: None,
    speicher: Speicher | None = None,
) -> bytes:
    """The document as PDF, behind the pages of `vorspann`, which come with printable signs only, and before those of
    `beilagen`; the pages are numbered through. Signs that no font has are replaced (see
    `fehlzeichen.fehlende_zeichen`). `fortschritt` is told how many pieces of how many are typeset; pieces are taken
    from `speicher` and kept there.

    Raises DruckFehler where the style sheet or a font of the project is missing, or a piece cannot be typeset;
    SatzAbgebrochen where a process was killed.
    """
    ausfertigung = ausfertigung._replace(beschluss=ersetze(ausfertigung.beschluss))
    with ohne_speicherbereinigung():
        html = druck_html(druckbar(dokument), vorspann, ausfertigung, [beilage.anker for beilage in beilagen])
        hinten = [als_anlage(beilage) for beilage in beilagen]
    druck = _Druck(html, hinten, ressourcen.holer(ausfertigung.bilder), _Setzerei(speicher, fortschritt))
    return druck.mache(tiefer=1 if vorspann else 0, anlagen=anlagen, stand=dokument.stand)


def drucke_html(
    html: str,
    hole: Holen,
    *,
    stand: dt.date | None = None,
    fortschritt: Fortschritt = lambda fertige, teile: None,
    speicher: Speicher | None = None,
) -> bytes:
    """Any print HTML that has its running heads and page numbers from css/druck.css, cut as that of a document is (see
    `zerlegung`); what stands before the first cut is its front matter. Raises as `drucke` does."""
    return _Druck(html, [], hole, _Setzerei(speicher, fortschritt)).mache(stand=stand)


class _Setzerei:
    """Typesets the pieces of a print, or takes them out of the store where they were kept from an earlier one, and
    reports the progress."""

    def __init__(self, speicher: Speicher | None, fortschritt: Fortschritt) -> None:
        self._speicher = OhneSpeicher() if speicher is None else speicher
        self._fortschritt = fortschritt
        self._fertige = self._alle = 0

    def erwarte(self, weitere: int) -> None:
        """Count in `weitere` pieces that belong to the print, and report the progress."""
        self._alle += weitere
        self._fortschritt(self._fertige, self._alle)

    def setze(self, auftraege: list[Satzauftrag]) -> list[Stueck]:
        """The typeset pieces in the order of the jobs. What is missing is typeset side by side and kept."""
        schluessel = [auftrag.schluessel for auftrag in auftraege]
        gesetzt = dict(self._gehaltene(schluessel))
        fehlende = [i for i, name in enumerate(schluessel) if name not in gesetzt]
        self._melde(len(auftraege) - len(fehlende))
        for nummer, fertiges in setze_nebeneinander([auftraege[i] for i in fehlende]):
            name = schluessel[fehlende[nummer]]
            gesetzt[name] = fertiges
            self._speicher.behalte(name, fertiges.als_bytes(name))
            self._melde(1)
        return [gesetzt[name] for name in schluessel]

    def _gehaltene(self, schluessel: list[str]) -> Iterator[tuple[str, Stueck]]:
        """The pieces that were kept, by key. A damaged one is left out, so that it is typeset anew and kept in its
        place."""
        for name, inhalt in self._speicher.lies(schluessel).items():
            try:
                yield name, stueck.lies(inhalt, name)
            except ValueError:
                log.warning("The kept piece %s is damaged and is typeset anew.", name[:12])

    def _melde(self, weitere: int) -> None:
        self._fertige = min(self._fertige + weitere, self._alle)
        self._fortschritt(self._fertige, self._alle)


class _Druck:
    """One print: an HTML and those that are bound in behind it, from taking it to pieces to the joined PDF."""

    def __init__(self, html: str, hinten: list[str], hole: Holen, setzerei: _Setzerei) -> None:
        self.zerlegung = zerlegung.zerlege(html, hinten)
        self.hinten, self.hole, self.setzerei = hinten, hole, setzerei

    def mache(self, *, tiefer: int = 0, anlagen: tuple[Dateianhang, ...] = (), stand: dt.date | None = None) -> bytes:
        # All of this lives until the print ends, so that searching it for garbage would only cost time, a tenth of it.
        with ohne_speicherbereinigung():
            return self._mache(tiefer, anlagen, stand)

    def _mache(self, tiefer: int, anlagen: tuple[Dateianhang, ...], stand: dt.date | None) -> bytes:
        z, hole = self.zerlegung, self.hole
        koepfe = [z.kopf, *(zerlegung.zerlegt(html)[0] for html in self.hinten)]
        auftraege = [
            *(zerlegung.stueck(z, inhalt, hole) for inhalt, _ in z.stuecke if not hat_seiten(inhalt)),
            *(zerlegung.beilage(html, hole) for html in self.hinten),
            zerlegung.rahmen(z.kopf, hole),
            *(zerlegung.muster(kopf, hole) for kopf in koepfe),
        ]
        spaete = sum(hat_seiten(inhalt) for inhalt, _ in z.stuecke)
        self.setzerei.erwarte(len(auftraege) + spaete + 1)
        gesetzte = iter(self.setzerei.setze(auftraege))
        fertige = [None if hat_seiten(inhalt) else next(gesetzte) for inhalt, _ in z.stuecke]
        beilagen = [next(gesetzte) for _ in self.hinten]
        rahmen, *muster = gesetzte
        vorne, *stuecke = self._setze_spaete(fertige, beilagen, anlagen, stand)
        beilagen = self._zaehle_durch([vorne, *stuecke], beilagen)
        namen = [zerlegung.seitennamen(kopf, hole) for kopf in koepfe]
        zahlen = [Auflage(n, m.pdf) for n, m in zip(namen, muster, strict=True)]
        koerper = zahlen[0]._replace(rahmen=rahmen.pdf)
        return binde(
            [
                Teil(vorne, zahlen[0]),
                *(Teil(s, koerper, tiefer, offen) for s, (_, offen) in zip(stuecke, z.stuecke, strict=True)),
                *(Teil(b, zahl) for b, zahl in zip(beilagen, zahlen[1:], strict=True)),
            ]
        )

    def _setze_spaete(
        self,
        stuecke: list[Stueck | None],
        beilagen: list[Stueck],
        anlagen: tuple[Dateianhang, ...],
        stand: dt.date | None,
    ) -> list[Stueck]:
        """The front matter and all pieces, with those that were missing since they name pages. Their own lengths decide
        on the numbers, and hardly depend on them."""
        z = self.zerlegung
        spaete = [i for i, stueck in enumerate(stuecke, start=1) if stueck is None]
        alle = [_vermutet("", 2)]
        alle += [s or _vermutet(inhalt, 1) for s, (inhalt, _) in zip(stuecke, z.stuecke, strict=True)]
        for _ in range(VERSUCHE):
            nummern = _seitennummern([*alle, *beilagen])
            gesetzt = self.setzerei.setze([
                zerlegung.vorne(z, nummern, self.hole, anlagen, stand),
                *(zerlegung.mit_nummern(z, z.stuecke[i - 1][0], nummern, self.hole) for i in spaete),
            ])  # fmt: skip
            vorher = [*alle]
            for i, fertiges in zip([0, *spaete], gesetzt, strict=True):
                alle[i] = fertiges
            if all(len(neu.seiten) == len(alt.seiten) for neu, alt in zip(alle, vorher, strict=True)):
                break
        return alle

    def _zaehle_durch(self, davor: list[Stueck], beilagen: list[Stueck]) -> list[Stueck]:
        """The annexes; those that name pages of their own are typeset once more where they do not begin with page 1."""
        begonnen = {i: 1 for i, html in enumerate(self.hinten) if SEITENVERWEIS in html}
        # A longer page number seldom makes a part longer, and then moves only the parts behind it.
        for _ in [*begonnen]:
            *_, vorher = accumulate(len(s.seiten) for s in davor)
            erste = {i: vorher + sum(len(b.seiten) for b in beilagen[:i]) + 1 for i in begonnen}
            neue = [i for i in begonnen if erste[i] != begonnen[i]]
            gesetzt = self.setzerei.setze([zerlegung.beilage(self.hinten[i], self.hole, erste[i]) for i in neue])
            for i, neu in zip(neue, gesetzt, strict=True):
                beilagen[i] = neu
            begonnen = erste
        return beilagen


def _vermutet(inhalt: str, seiten: int) -> Stueck:
    """A stand-in for a piece that is not typeset yet: so many pages, and every target on the first of them."""
    return Stueck(b"", [""] * seiten, dict.fromkeys(zerlegung.ziele(inhalt), 0))


def _seitennummern(stuecke: Iterable[Stueck]) -> dict[str, int]:
    """The page, from 1, of each target in pieces that follow one another."""
    nummern: dict[str, int] = {}
    davor = 0
    for teil in stuecke:
        nummern |= {name: davor + seite + 1 for name, seite in teil.ziele.items()}
        davor += len(teil.seiten)
    return nummern


def bereite_vor() -> None:
    """Load what every print needs and a process would load anew: before processes fork, three quarters of a small print
    are saved. Starts no thread."""
    lies_trennmuster(settings.EINMAL_DIR)
    vorrat()
    kopf = '<link rel="stylesheet" href="static:css/druck.css">'
    ressourcen.alle(kopf)
    lies_stilblaetter(kopf, ressourcen.inhalt)


