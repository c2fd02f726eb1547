"""What became of the words of others in a Runde: of Anmerkungen that came on paper, and of the answers."""

from django.core.paginator import Paginator
from django.db.models import CharField, F, Q, QuerySet, Value, Window
from django.db.models.functions import Cast, Concat, Lag
from django.shortcuts import render
from django.views.decorators.http import require_safe

from konzept import rechte
from konzept.konten.angemeldet import angemeldet
from konzept.verlauf.models import Aenderung
from konzept.verlauf.stand import nimm_auf, unterschiede

from .models import Anmerkung, Stellungnahme
from .seitenrahmen import rahmen_der_runde, runden_adresse
from .stellen import ganzzahl
from .zugriff import Zutritt, hole_runde

SEITE = 30
_MODELLE = {modell._meta.model_name: modell for modell in (Anmerkung, Stellungnahme)}


@require_safe
@angemeldet
def verlauf(request, kommune, konzept, pk):
    """Who entered, changed, released or took back what, and why; the newest first. With `?zu=<pk>` of one Anmerkung.
    Six queries."""
    zutritt = hole_runde(request.user, kommune, konzept, pk, rechte.BERATUNG)
    anmerkungen = zutritt.im_verlauf(request.user)
    zu = ganzzahl(request.GET.get("zu", ""))
    if zu is not None:
        anmerkungen = anmerkungen.filter(pk=zu)
    seite = Paginator(_aenderungen(zutritt, anmerkungen), SEITE).get_page(request.GET.get("seite"))
    kontext = rahmen_der_runde(request.user, zutritt, "abwaegung") | {
        "seite": seite,
        "eintraege": _mit_unterschieden(list(seite)),
        "nur_eine": zu is not None,
        "alle": runden_adresse(zutritt.runde, "verlauf"),
    }
    return render(request, "beratung/verlauf.html", kontext)


def _aenderungen(zutritt: Zutritt, anmerkungen: QuerySet) -> QuerySet:
    """Each with `davor`, the pk of the change before of the same element."""
    antworten = Stellungnahme.objects.filter(anmerkung__in=anmerkungen.values("pk"))
    k = zutritt.konzept
    davon = Q(anker__in=_anker(anmerkungen)) | Q(anker__in=_anker(antworten))
    hier = Aenderung.objects.filter(davon, kommune=k.kommune_id, konzept=k.pk)
    davor = Window(Lag("pk"), partition_by=[F("anker")], order_by=F("pk").asc())
    return hier.annotate(davor=davor).select_related("benutzer").order_by("-pk")


def _anker(zeilen: QuerySet) -> QuerySet:
    name = Value(f"{zeilen.model._meta.model_name}-")
    return zeilen.order_by().values_list(Concat(name, Cast("pk", CharField())), flat=True)


def _mit_unterschieden(aenderungen: list[Aenderung]) -> list[dict]:
    """Each change with what it changed, the first of an element with what it says."""
    davor = Aenderung.objects.in_bulk([a.davor for a in aenderungen if a.davor])
    return [_eintrag(aenderung, davor.get(aenderung.davor)) for aenderung in aenderungen]


def _eintrag(aenderung: Aenderung, davor: Aenderung | None) -> dict:
    modell = _MODELLE[aenderung.anker.partition("-")[0]]
    vorher = davor.stand if davor else nimm_auf(modell())
    anders = unterschiede(modell, vorher, aenderung.stand)
    return {"aenderung": aenderung, "erste": davor is None, "unterschiede": anders}
