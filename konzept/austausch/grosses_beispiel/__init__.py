"""A large invented concept, for trying and measuring pages, print and exchange at size.

Its shape is that of a big city: eight fields with three Leitziele of three Handlungsziele each, and as many
measures as asked for, spread evenly over them. What comes out depends on the number alone.
"""

from datetime import date

from django.db import transaction

from konzept.models import Kommune, Konzept
from massnahmen.models import Massnahme

from .geruest import Geruest
from .massnahmen import Massnahmen
from .wuerfel import BEGINN, ENDE, Wuerfel

SLUG = "grosses-beispiel"
VORSILBE = "integrationskonzept-mit-"
"""Only concepts whose slug begins so are ever replaced."""


def vorhandenes(anzahl: int, kommune: str = SLUG) -> Konzept | None:
    """The concept with so many measures that was made before, as long as it still has them."""
    konzept = Konzept.objects.filter(kommune__slug=kommune, slug=f"{VORSILBE}{anzahl}").first()
    da = konzept and Massnahme.objects.fuer_konzept(konzept).count() == anzahl
    return konzept if da else None


@transaction.atomic
def erzeuge(anzahl: int, kommune: str = SLUG) -> Konzept:
    """Write a concept of `anzahl` measures for the Kommune with this slug, in place of an earlier one.

    The same number gives the same content. The Kommune is made where it is missing; its other concepts stay.
    Raises ValueError for a negative number, ValidationError for a slug that cannot be.
    """
    if anzahl < 0:
        raise ValueError(f"a concept cannot have {anzahl} measures")
    besitzerin = _kommune(kommune)
    besitzerin.konzepte.filter(slug__startswith=VORSILBE).delete()
    konzept = Konzept.objects.create(
        kommune=besitzerin,
        slug=f"{VORSILBE}{anzahl}",
        titel=f"Integrationskonzept mit {anzahl} Maßnahmen",
        untertitel="Erfundenes Beispiel",
        anlass="Zum Ausprobieren großer Konzepte",
        herausgeber="Fachstelle Integration",
        stand=date(2026, 11, 3),
        gueltig_ab=BEGINN,
        gueltig_bis=ENDE,
    )
    wuerfel = Wuerfel(anzahl)
    Massnahmen(Geruest(konzept, wuerfel), anzahl, wuerfel)
    return konzept


def _kommune(slug: str) -> Kommune:
    kommune = Kommune.objects.filter(slug=slug).first()
    if kommune is None:
        name = slug.replace("-", " ").title().replace("Gross", "Groß")
        kommune = Kommune(slug=slug, name=name, kurzname=name, land="Nordrhein-Westfalen", fiktiv=True)
        kommune.full_clean()
        kommune.save()
    return kommune
