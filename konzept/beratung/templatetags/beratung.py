"""What other pages show of the Beratung."""

from django import template

from konzept import rechte
from konzept.beratung.models import Runde
from konzept.beratung.vorgaenge import offene_runden as _offene_runden

register = template.Library()


@register.inclusion_tag("fassungen/runden_liste.html", takes_context=True)
def runden_der_fassung(context, fassung):
    """The Runden of a Fassung that the account may open, and the way to a new one. One query."""
    benutzer = context["request"].user
    leitet = rechte.darf(benutzer, rechte.BERATUNG, fassung.konzept)
    runden = Runde.objects.filter(fassung=fassung).mit_anzahl(benutzer).order_by("-beginn", "-pk")
    if not leitet:
        runden = runden.filter(beteiligt=True)
    return {"fassung": fassung, "konzept": fassung.konzept, "runden": runden, "leitet": leitet}


@register.inclusion_tag("beratung/offene_runden.html", takes_context=True)
def offene_runden(context):
    """What the account is asked now, the most urgent first; nothing where it is not asked. One query."""
    return {"runden": _offene_runden(context["request"].user)}
