"""What every part of the assembly needs: the rows, their numbers, and the Randnummer that counts on."""

from konzept.fliesstext import lies_text
from massnahmen.gliederung import anker

from . import baum
from .zeilen import Zeilen


class Bau:
    """Builds parts of a document in reading order, so that the Randnummern count as one reads."""

    def __init__(self, zeilen: Zeilen):
        self.z, self.k, self.nr = zeilen, zeilen.konzept, zeilen.nummern
        self._rn = 0

    def rn(self) -> int:
        self._rn += 1
        return self._rn

    def text(self, text: str, *, rn: bool = True) -> baum.Text:
        """Blocks of a rich text; with Randnummern where they stand on their own."""
        bloecke = lies_text(text)
        if not rn:
            return bloecke
        return tuple(block if isinstance(block, baum.Zwischentitel) else _mit_rn(block, self.rn()) for block in bloecke)

    def verweis(self, zeile) -> baum.Verweis:
        titel = getattr(zeile, "kurztitel", "") or zeile.titel
        return baum.Verweis(anker=anker(zeile), nummer=self.nr[zeile], titel=titel)

    def _indikatoren(self, art: str, pk: int) -> tuple[baum.Indikator, ...]:
        return tuple(self._indikator(i) for i in self.z.indikatoren[art, pk])

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


def wort(auswahl, wert: str) -> str:
    """The label of a choice, "" for none; get_…_display() costs ten times as much, once per row."""
    return auswahl(wert).label if wert else ""


def _mit_rn(block, rn: int):
    werte = {name: getattr(block, name) for name in block.__struct_fields__}
    return type(block)(**(werte | {"rn": rn}))
