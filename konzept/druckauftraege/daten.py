"""What prints store about an account: what it can take along, and what goes with it."""

from konzept.konten.daten import Anhang
from konzept.konten.models import Benutzer

from .aufraeumen import loesche
from .models import Druckauftrag, Satzstueck, Wartender


def _auszug(benutzer: Benutzer) -> dict:
    wartende = Wartender.objects.filter(konto=benutzer).order_by("pk").values_list("auftrag__titel", "seit")
    return {"gewuenschte_drucke": [{"was": was, "zeitpunkt": seit} for was, seit in wartende]}


def _in_worten(auszug: dict) -> list[tuple[str, str]]:
    drucke = len(auszug["gewuenschte_drucke"])
    return [("Gewünschte PDFs", f"{drucke} in den letzten Tagen" if drucke else "")]


def _loesche(benutzer: Benutzer) -> None:
    """Prints, their pieces, and what they are made from, may name the account, and are made anew without it. A job of a
    Fassung holds no more than its number."""
    loesche(Druckauftrag.objects.exclude(art="fassung"))
    Satzstueck.objects.all().delete()


ANHANG = Anhang(eigene=(Wartender,), auszug=_auszug, in_worten=_in_worten, loesche=_loesche)
