"""How many mails somebody may cause: the one place that counts them, for all server processes together.

Counted in the cache like failed sign-ins. That is a table of the same database: where the mails are rolled back, so is
their count. What goes out once a day (`erinnere`) nobody causes, and is not counted.
"""

import hashlib
import time
from contextlib import ExitStack
from typing import NamedTuple

from allauth.core.internal.ratelimit import cache_lock
from django.core.cache import cache

from konzept import grenzen

STUNDE, TAG = 60 * 60, 24 * 60 * 60
_FRISTEN = ((STUNDE, "in der letzten Stunde"), (TAG, "in den letzten 24 Stunden"))
ANDRANG = "Gerade werden sehr viele E-Mails verschickt. Versuchen Sie es in einer Minute noch einmal."
MEHR_NICHT = (
    "Mehr sind in dieser Zeit nicht möglich, damit niemand unseren Versand missbraucht. Versuchen Sie es später noch "
    "einmal."
)


class ZuViele(Exception):
    """So many mails may not be sent now; `satz` says so in German. Nothing was counted."""

    def __init__(self, satz: str):
        super().__init__(satz)
        self.satz = satz


class Schranke(NamedTuple):
    """What is counted under a name: how many mails there may be within an hour and within a day, and a sentence that
    says how many (`zahl`) there were since when (`zeit`)."""

    name: str
    hoechstens: tuple[int, int]
    satz: str


def zaehle_einladung(konto, kommune, adresse: str) -> None:
    """Before an invitation goes to an address that need not know us. Raises ZuViele."""
    an = hashlib.sha256(adresse.encode()).hexdigest()
    satz = "{zeit} schon {zahl} Einladungen verschickt"
    _zaehle(
        1,
        Schranke(f"einladung-von-{konto.pk}", grenzen.EINLADUNGEN_JE_KONTO, f"Sie haben {satz}."),
        Schranke(f"einladung-in-{kommune.pk}", grenzen.EINLADUNGEN_JE_KOMMUNE, f"Für diese Kommune wurden {satz}."),
        Schranke(f"einladung-an-{an}", grenzen.EINLADUNGEN_JE_ADRESSE, f"An diese Adresse wurden {satz}."),
    )


def zaehle_rundenpost(anzahl: int, konto, kommune) -> None:
    """Before so many members of a Kommune are told about a Runde. Raises ZuViele."""
    satz = "{zeit} schon {zahl} E-Mails an Beteiligte verschickt"
    _zaehle(
        anzahl,
        Schranke(f"runde-von-{konto.pk}", grenzen.RUNDENPOST_JE_KONTO, f"Sie haben {satz}."),
        Schranke(f"runde-in-{kommune.pk}", grenzen.RUNDENPOST_JE_KOMMUNE, f"In dieser Kommune wurden {satz}."),
    )


def _zaehle(anzahl: int, *schranken: Schranke) -> None:
    """All of the counters or none."""
    jetzt, neu = time.time(), {}
    with ExitStack() as sperren:
        for schranke in schranken:
            schluessel = f"versand-{schranke.name}"
            if not sperren.enter_context(cache_lock(schluessel)):
                raise ZuViele(ANDRANG)
            bisher = [(wann, zahl) for wann, zahl in cache.get(schluessel, ()) if wann > jetzt - TAG]
            for (dauer, zeit), hoechstens in zip(_FRISTEN, schranke.hoechstens, strict=True):
                schon = sum(zahl for wann, zahl in bisher if wann > jetzt - dauer)
                if schon + anzahl > hoechstens:
                    raise ZuViele(f"{schranke.satz.format(zeit=zeit, zahl=schon)} {MEHR_NICHT}")
            neu[schluessel] = [*bisher, (jetzt, anzahl)]
        cache.set_many(neu, TAG)
