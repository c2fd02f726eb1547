"""The mails of a Beratung: at once to who is asked or has more or less time; the rest once a day (`tagespost`)."""

from django.contrib import messages
from django.urls import reverse

from konzept.eigene_adresse import absolut
from konzept.konten import brief
from konzept.konten.versand import ZuViele, zaehle_rundenpost

from .models import Sichtbarkeit
from .rahmen import runden_adresse
from .regeln import teilnehmende

NICHT_VERSCHICKT = "Ihre Änderung ist gespeichert, aber die Beteiligten haben keine E-Mail bekommen."


def schreibe(konto, vorlage: str, kontext: dict) -> bool:
    """Send one mail made of `beratung/mail/<vorlage>.txt`; see `brief.schreibe`."""
    return brief.schreibe(konto, f"beratung/mail/{vorlage}.txt", kontext)


def _an_alle(request, runde, vorlage: str, konten, *, immer: bool = False, **kontext) -> int:
    """How many mails went out; none where the account has caused too many, and the page says so. With `immer` they do
    not count: nobody silences a warning by using up the limit."""
    konten = list(konten)
    try:
        if not immer:
            zaehle_rundenpost(len(konten), request.user, runde.konzept.kommune)
    except ZuViele as grund:
        messages.error(request, f"{NICHT_VERSCHICKT} {grund.satz}")
        return 0
    kontext |= {
        "runde": runde,
        "konzept": runde.konzept,
        "adresse": request.build_absolute_uri(runden_adresse(runde, "pruefen")),
        "start": request.build_absolute_uri(reverse("konzept:start")),
    }
    return sum(schreibe(konto, vorlage, kontext) for konto in konten)


def lade_ein(request, runde, konten=None) -> tuple[int, int]:
    """Tell who is asked (all of the Runde, or those given) what is laid before them, until when and where: how many
    mails went out, and to how many there was one to send."""
    alle = list(teilnehmende(runde))
    konten = alle if konten is None else list(konten)
    return _an_alle(request, runde, "einladung", konten, von=request.user, mitlesende=alle), len(konten)


def melde_verlaengerung(request, runde, verlaengerung) -> tuple[int, int]:
    konten = list(teilnehmende(runde))
    return _an_alle(request, runde, "verlaengerung", konten, verlaengerung=verlaengerung), len(konten)


def melde_ende(request, runde) -> tuple[int, int]:
    konten = list(teilnehmende(runde))
    intern = runde.sichtbarkeit == Sichtbarkeit.INTERN  # from now on the administration reads what they said
    return _an_alle(request, runde, "vorzeitig", konten, immer=intern), len(konten)


def melde_beteiligte(runde, konten, dazu, weg, von) -> int:
    """Tell who takes (or took) part in an internal Runde who reads along now, and who does not any more."""
    kontext = {
        "runde": runde,
        "konzept": runde.konzept,
        "adresse": absolut(runden_adresse(runde, "detail")),
        "dazu": dazu,
        "weg": weg,
        "von": von,
        "mitlesende": list(teilnehmende(runde)),
    }
    return sum(schreibe(konto, "beteiligte", kontext) for konto in konten)
