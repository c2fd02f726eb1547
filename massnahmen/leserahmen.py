"""Where a form stands that says how amounts and periods were read: in which concept, beside which Zeitraum."""

from functools import cached_property

from django.urls import reverse

from .felder import WortlautFeld
from .kosten import Rahmen
from .lesung import Leseumstaende
from .models import Umsetzungsstand


class Leserahmen:
    """One for all forms of a page. `zeitraum`, the field of a bound form or of an unbound one, is read as typed now;
    `stand` is the Umsetzungsstand of the measure as it is chosen now."""

    def __init__(self, konzept):
        self.konzept = konzept
        self.zeitraum: WortlautFeld | None = None
        self.stand = ""

    @cached_property
    def adresse(self) -> str:
        """Where fields ask, while somebody types, how they are read."""
        return reverse("massnahmen:gelesen", args=[self.konzept.kommune.slug, self.konzept.slug])

    @property
    def umstaende(self) -> Leseumstaende:
        k = self.konzept
        zeitraum = self.zeitraum and self.zeitraum.wert
        rahmen = Rahmen(zeitraum, k.gueltig_ab, k.gueltig_bis, k.kommune.waehrung)
        return Leseumstaende(rahmen, entfallen=self.stand == Umsetzungsstand.ENTFALLEN)


class MitLeserahmen:
    """Mixin of forms that know their `konzept`."""

    @cached_property
    def leserahmen(self) -> Leserahmen | None:
        return Leserahmen(self.konzept) if self.konzept else None

    @property
    def umstaende(self) -> Leseumstaende:
        return self.leserahmen.umstaende if self.leserahmen else Leseumstaende()
