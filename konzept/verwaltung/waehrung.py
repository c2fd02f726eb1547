"""What becomes of the amounts of a Kommune when it reckons in another currency."""

from collections import Counter

from django.db.models import Count

from konzept.dokument.tafeln.kosten import GENAU
from konzept.models import Kommune
from massnahmen.models import Kostenposition


def folgen_des_wechsels(kommune: Kommune, neu: str) -> str:
    """Sentences on the Kostenpositionen whose amounts would count no more, or as amounts of another currency; "" where
    there are none. `kommune` still has its old currency. One query."""
    nennen, alt = _je_waehrung(kommune), kommune.waehrung
    saetze = (
        _satz(nennen[alt], GENAU.get(alt, alt), "in keiner Summe"),
        _satz(nennen[""], "keine Währung", f"in {GENAU.get(neu, neu)}"),
    )
    return " ".join(filter(None, saetze))


def _je_waehrung(kommune: Kommune) -> Counter[str]:
    """How many positions name which currency, "" for those that name none. Equal wordings are read once."""
    gezaehlt = Counter()
    der_kommune = Kostenposition.objects.filter(massnahme__handlungsfeld__konzept__kommune=kommune)
    for angabe, anzahl in der_kommune.order_by().values_list("angabe").annotate(Count("pk")):
        if angabe.verstanden:
            gezaehlt[angabe.waehrung] += anzahl
    return gezaehlt


def _satz(anzahl: int, was: str, wie: str) -> str:
    if anzahl == 1:
        return f"1 Kostenposition nennt {was}; sie zählt dann {wie}."
    return f"{anzahl} Kostenpositionen nennen {was}; sie zählen dann {wie}." if anzahl else ""
