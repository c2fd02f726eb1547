"""A Fassung in large print: made for whoever asks for it, and not kept with the Fassung."""

from typing import ClassVar

from konzept.dokument import pdf
from konzept.druckauftraege.arbeitsstand import Bilder
from konzept.druckauftraege.aufnahme import Aufnahme, Fortschritt, Speicher

from .ausgaben import ausfertigung
from .models import AusgabeArt, Fassung


class Grossdruck(Aufnahme, frozen=True, kw_only=True):
    """The Fassung never changes; what its cover says of a decision may, and so may its pictures be gone."""

    ART: ClassVar[str] = "grossdruck"

    fassung: int
    marke: str
    beschluss: str
    wort: str
    bilder: Bilder

    def drucke(self, fortschritt: Fortschritt, speicher: Speicher) -> bytes:
        dokument = Fassung.objects.get(pk=self.fassung).dokument
        wie = pdf.Ausfertigung(
            marke=self.marke, beschluss=self.beschluss, wort=self.wort, bilder=self.bilder, gross=True
        )
        return pdf.drucke(dokument, ausfertigung=wie, fortschritt=fortschritt, speicher=speicher)


def nimm_auf(fassung: Fassung) -> Grossdruck:
    """The Fassung as its plain PDF would print now."""
    wie = ausfertigung(fassung, AusgabeArt.DRUCK)
    return Grossdruck(
        fassung=fassung.pk, marke=wie.marke, beschluss=wie.beschluss, wort=wie.wort, bilder=dict(wie.bilder or {})
    )
