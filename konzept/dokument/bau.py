"""What every part of the assembly needs: the rows, their numbers, and the Randnummer that counts on."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TypeVar

from msgspec import structs

from konzept.fliesstext import lies_text
from massnahmen.gliederung import anker

from . import baum
from .maengel import FEHLT, FEHLT_ZUM_TEIL, FREMDER_AKTEUR, UNBEKANNTE_ANGABE, Maengel
from .zeilen import Zeilen

T = TypeVar("T")
LUECKE = baum.Hinweis(text="Dieser Inhalt kann zurzeit nicht gezeigt werden.")
"""Where the content of a chapter is missing; it is never frozen, see `maengel.Unvollstaendig`."""


class Bau:
    """Builds parts of a document in reading order, so that the Randnummern count as one reads.

    What belongs to a row is built by `alle` or `inhalt`, so that a row that cannot be shown takes nothing along.
    """

    def __init__(self, zeilen: Zeilen, maengel: Maengel) -> None:
        self.z, self.k, self.nr, self.maengel = zeilen, zeilen.konzept, zeilen.nummern, maengel
        self._rn = 0

    def alle(self, zeilen: Iterable, mache: Callable[..., T], *args) -> tuple[T, ...]:
        """`mache(row, *args)` of each row; one that cannot be built is left out."""
        gebaut = []
        for zeile in zeilen:
            if (a := anker(zeile)) in self.maengel.weg:
                continue
            knoten = self._versuche(zeile, FEHLT, mache, *args)
            gebaut += knoten
            if not knoten:
                self.maengel.weg.add(a)
        return tuple(gebaut)

    def inhalt(
        self, zeile, mache: Callable[..., Iterable], *, zeigt: Iterable = (), sonst: tuple = (LUECKE,)
    ) -> tuple:
        """`mache(row)`, what stands below the heading of a row, with the rows `zeigt` in it; `sonst` where it cannot be
        built, since on the heading there hangs more."""
        gebaut = self._versuche(zeile, FEHLT_ZUM_TEIL, lambda zeile: tuple(mache(zeile)))
        if gebaut:
            return gebaut[0]
        self.maengel.unerreichbar.update(map(anker, zeigt))
        return sonst

    def _versuche(self, zeile, satz: str, mache: Callable[..., T], *args) -> list[T]:
        """The one place where a failure is caught; whatever a row holds, the rest of the concept goes on."""
        rn = self._rn
        try:
            return [mache(zeile, *args)]
        except Exception:
            self._rn = rn
            self.maengel.scheitert(zeile, satz)
            return []

    def rn(self) -> int:
        self._rn += 1
        return self._rn

    def text(self, text: str, *, rn: bool = True) -> baum.Text:
        """Blocks of a rich text; with Randnummern where they stand on their own."""
        bloecke = lies_text(text)
        if not rn:
            return bloecke
        return tuple(block if isinstance(block, baum.Zwischentitel) else _mit_rn(block, self.rn()) for block in bloecke)

    def da(self, zeilen: Iterable) -> list:
        """The rows to which one can point, since they are not left out."""
        fehlend = self.maengel.ohne_ziel
        return [zeile for zeile in zeilen if anker(zeile) not in fehlend] if fehlend else list(zeilen)

    def verweis(self, zeile) -> baum.Verweis:
        titel = getattr(zeile, "kurztitel", "") or zeile.titel
        return baum.Verweis(anker=anker(zeile), nummer=self.nr[zeile], titel=titel)

    def stellenname(self, abschnitt, *, mit_titel: bool = False) -> str:
        """How a sentence names an Abschnitt: "Abschnitt 5.2", "Teil B"; by its title where it has no number."""
        nummer, titel = self.nr[abschnitt].rstrip("."), abschnitt.titel.replace("„", "‚").replace("“", "‘")
        name = nummer if " " in nummer else f"Abschnitt {nummer}".strip()
        return f"{name} „{titel}“" if mit_titel or not nummer else name

    @cached_property
    def leitlinienverweise(self) -> dict[int, baum.Verweis]:
        """By pk how measures name the Leitlinien that print: with the list where another one counts the same."""
        listen = {ll: liste for ll in self.z.leitlinien if (liste := self.nr.liste_von(ll))}
        mehrfach = Counter(nummer for nummer, _ in {(self.nr[ll], liste) for ll, liste in listen.items()})
        verweise, abschnitte = {}, {a.pk: a for a in self.nr.abschnitte}
        for ll in self.da(listen):
            verweis = self.verweis(ll)
            if mehrfach[verweis.nummer] > 1:
                stelle = self.stellenname(abschnitte[listen[ll]])
                verweis = structs.replace(verweis, nummer=f"{verweis.nummer} in {stelle}")
            verweise[ll.pk] = verweis
        return verweise

    def feldverweise(self) -> dict[int, baum.Verweis]:
        """By pk how other parts name the Handlungsfelder; where these have no chapters, by their titles alone."""
        verweise = {feld.pk: self.verweis(feld) for feld in self.nr.felder}
        if self.nr.zeigt_felder:
            return verweise
        return {pk: baum.Verweis(anker="", titel=verweis.titel) for pk, verweis in verweise.items()}

    def _indikatoren(self, art: str, pk: int) -> tuple[baum.Indikator, ...]:
        return self.alle(self.z.indikatoren[art, pk], self._indikator)

    def _indikator(self, i, feld: baum.Verweis | None = None) -> baum.Indikator:
        return baum.Indikator(
            anker=anker(i),
            titel=i.titel,
            definition=i.definition,
            einheit=i.einheit,
            quelle=i.quelle,
            ausgangswert=i.ausgangswert,
            ausgangsjahr=i.ausgangsjahr,
            zielwert=i.zielwert,
            zieljahr=i.zieljahr,
            feld=feld,
            messwerte=tuple(
                baum.Messwert(jahr=m.jahr, wert=m.wert, anmerkung=m.anmerkung, bruch=m.bruch)
                for m in self.z.messwerte[i.pk]
            ),
        )

    def wort(self, zeile, auswahl, wert: str) -> str:
        """The label of a choice that a row made, "" for none; get_…_display() costs ten times as much, once per row."""
        try:
            return auswahl(wert).label if wert else ""
        except ValueError:
            self.maengel.nenne(zeile, UNBEKANNTE_ANGABE)
            return ""

    def akteure(self, zeile, art: str, pk: int) -> Iterable[tuple]:
        """The Akteure of a row or of a part of it, each with its role, in order."""
        for akteur, rolle in self.z.beteiligte[art, pk]:
            if akteur in self.z.akteure:
                yield self.z.akteure[akteur], rolle
            else:
                self.maengel.nenne(zeile, FREMDER_AKTEUR)


def _mit_rn(block, rn: int):
    werte = {name: getattr(block, name) for name in block.__struct_fields__}
    return type(block)(**(werte | {"rn": rn}))
