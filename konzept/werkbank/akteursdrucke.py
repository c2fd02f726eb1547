"""Of which concepts there is a print of what concerns an Akteur."""

from collections.abc import Iterable

from django.db.models.functions import Coalesce

from konzept.models import Kommune
from konzept.navigation import adresse
from konzept.zugriff import konzepte_fuer
from massnahmen.models import Akteur, Anbieter, Zustaendigkeit


def drucke(benutzer, kommune: Kommune, akteure: Iterable[Akteur]) -> dict[int, list[tuple[str, str]]]:
    """By pk of each Akteur the concepts of its Kommune in whose measures or offers it acts, the newest first: title,
    and address of the print. Only those that the account may read, and none for "N.N.". Three queries."""
    pks = [akteur.pk for akteur in akteure if not akteur.ist_platzhalter]
    zustaendig = Zustaendigkeit.objects.filter(akteur__in=pks).order_by()
    konzept = Coalesce("massnahme__handlungsfeld__konzept", "schritt__massnahme__handlungsfeld__konzept")
    angebote = Anbieter.objects.filter(akteur__in=pks).order_by()
    wo = {*zustaendig.values_list("akteur", konzept).distinct(), *angebote.values_list("akteur", "angebot__konzept")}
    konzepte = list(konzepte_fuer(benutzer).filter(kommune=kommune).neuestes_zuerst())
    return {
        pk: [(k.titel, adresse(k, "teildrucke:akteur", pk=pk)) for k in konzepte if (pk, k.pk) in wo] for pk in pks
    }
