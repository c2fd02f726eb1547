"""The mails of a Beratung: at once to who is asked or has more or less time; the rest once a day (`tagespost`)."""

from typing import NamedTuple

from django.urls import reverse

from konzept.betrieb.eigene_adresse import absolut
from konzept.konten import brief
from konzept.konten.versand import ZuViele, zaehle_rundenpost
from konzept.postausgang.brief import Brief
from konzept.postausgang.models import Anlass

from .models import Sichtbarkeit
from .seitenrahmen import runden_adresse
from .vorgaenge import teilnehmende


def verfasse(konto, vorlage: str, kontext: dict, anlass: str = Anlass.RUNDE, einmal: str = "") -> Brief:
    """A mail made of `beratung/mail/<vorlage>.txt`; see `brief.verfasse`."""
    return brief.verfasse(konto, f"beratung/mail/{vorlage}.txt", kontext, anlass=anlass, einmal=einmal)


class Benachrichtigt(NamedTuple):
    """Of how many there was one to tell (`alle`), how many get a mail; `satz` says why none does, where too many were
    sent already."""

    anzahl: int
    alle: int
    satz: str = ""


def _an_alle(request, runde, vorlage: str, konten, *, immer: bool = False, **kontext) -> Benachrichtigt:
    """Put the mails into the outbox; none where the account has caused too many. With `immer` they do not count: nobody
    silences a warning by using up the limit. Call it in the transaction of what the mails tell of."""
    konten = list(konten)
    try:
        if not immer:
            zaehle_rundenpost(len(konten), request.user, runde.konzept.kommune)
    except ZuViele as grund:
        return Benachrichtigt(0, len(konten), grund.satz)
    kontext |= {
        "runde": runde,
        "konzept": runde.konzept,
        "adresse": request.build_absolute_uri(runden_adresse(runde, "pruefen")),
        "start": request.build_absolute_uri(reverse("konzept:start")),
    }
    return Benachrichtigt(brief.verschicke(verfasse(konto, vorlage, kontext) for konto in konten), len(konten))


def lade_ein(request, runde, konten=None) -> Benachrichtigt:
    """Tell who is asked (all of the Runde, or those given) what is laid before them, until when and where."""
    alle = list(teilnehmende(runde))
    return _an_alle(
        request, runde, "einladung", alle if konten is None else konten, von=request.user, mitlesende=alle
    )


def melde_verlaengerung(request, runde, verlaengerung) -> Benachrichtigt:
    return _an_alle(request, runde, "verlaengerung", teilnehmende(runde), verlaengerung=verlaengerung)


def melde_ende(request, runde) -> Benachrichtigt:
    # When an internal Runde ends, the administration begins to read what was said in it.
    intern = runde.sichtbarkeit == Sichtbarkeit.INTERN
    return _an_alle(request, runde, "vorzeitig", teilnehmende(runde), immer=intern)


def melde_beteiligte(runde, konten, dazu, weg, von) -> None:
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
    brief.verschicke(verfasse(konto, "beteiligte", kontext) for konto in konten)
