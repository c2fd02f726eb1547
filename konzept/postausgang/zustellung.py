"""What the worker does with the mails that wait: a batch of them over one connection.

Who waits for a link to sign in does not wait for a batch: as soon as something more urgent waits, the rest is given
back and the worker takes what comes first then. A second connection for the urgent would be quicker by at most one
mail, and a second way on which everything that can go wrong would have to be thought of.
"""

import logging
import smtplib
import time
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import InterfaceError, OperationalError, transaction

from konzept.hintergrund import pacht
from konzept.hintergrund.lauf import Lauf, Spaeter
from konzept.hintergrund.models import Status

from .brief import adressiere, packe_aus
from .models import Sendung
from .serverantwort import FEHLERHAFT, Ausgang, beim_verbinden, beurteile
from .verfasser import verfasse

log = logging.getLogger(__name__)

STAPEL = 50
WARTEN = tuple(timedelta(minutes=minuten) for minuten in (1, 5, 30, 2 * 60, 8 * 60))
"""How long a mail waits after each try that failed; after the next one it is given up."""
BEI_STOERUNG = WARTEN[:3]
"""How long it waits where it was not because of the mail; the last of them again and again."""
HOECHSTENS = timedelta(days=3)
"""So long after it was written a mail is given up that could not be tried. A weekend without a server loses none."""
NACH_DEN_ANDEREN = timedelta(seconds=20)
"""So much longer waits the mail at which the server failed: if it is because of the mail after all, the others come
first the next time."""
NACH_EINEM_FEHLER = timedelta(minutes=5)
SCHICHT = 5 * 60
"""Seconds after which no further mail of a batch is begun. Where each step of a mail takes the mail server just less
than EMAIL_TIMEOUT, fifty would take hours."""
LAENGSTENS = SCHICHT + 10 * 60
"""After so many seconds a batch is killed. It does not come to that: a mail takes at most a dozen steps (connecting,
encrypting, signing in, handing over), each of which ends after EMAIL_TIMEOUT."""
STOERUNGEN = 2
"""So many mails in a row at which the server failed: it is not because of the mail, and no other is tried now."""


def stelle_zu(sendungen: list[Sendung], lauf: Lauf) -> None:
    """Send what was taken, in its order, as far as server and time allow; the rest waits. Whatever goes wrong beside
    the single mails, none of them is given up for it."""
    beginn = time.monotonic()

    def nach(zeit: timedelta) -> datetime:
        """By the database's clock, which cannot be asked where the database is away."""
        genommen = sendungen[0].begonnen_am
        return genommen + timedelta(seconds=time.monotonic() - beginn) + zeit

    try:
        Stapel(sendungen, lauf).arbeite()
    except (OperationalError, InterfaceError) as fehler:
        log.warning("The database is not there; the mails wait.", exc_info=True)
        raise Spaeter(nach(WARTEN[0]), "Die Datenbank war nicht zu erreichen.") from fehler
    except Exception as fehler:
        log.exception("Mails cannot be sent; they wait.")
        raise Spaeter(nach(NACH_EINEM_FEHLER), FEHLERHAFT) from fehler


class Stapel:
    def __init__(self, sendungen: list[Sendung], lauf: Lauf):
        self.offen, self.lauf = list(sendungen), lauf
        self.server = get_connection(settings.POSTWEG)

    def arbeite(self) -> None:
        ende, stoerungen = time.monotonic() + SCHICHT, 0
        try:
            while self.offen:
                ausgang = self._stelle_zu(self.offen.pop(0))
                stoerungen = stoerungen + 1 if ausgang and ausgang.stoerung else 0
                if stoerungen == STOERUNGEN:
                    self._stelle_zurueck(ausgang)
                elif self.offen and (time.monotonic() > ende or self._es_eilt()):
                    self._gib_zurueck()
        finally:
            self._trenne()

    def _stelle_zu(self, sendung: Sendung) -> Ausgang | None:
        """Try one mail; why the server did not take it, where it was asked."""
        if sendung.anlaeufe > len(WARTEN):
            # The process that tried it last ended before it could write how that went.
            self.lauf.gescheitert(sendung, sendung.fehler or FEHLERHAFT)
            return None
        try:
            nachricht = verfasse(sendung) if sendung.verfasser else packe_aus(sendung)
            if nachricht is not None:
                adressiere(nachricht, sendung)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("The mail %s cannot be written.", sendung.pk)
            self.lauf.gescheitert(sendung, FEHLERHAFT)
            return None
        if nachricht is None:
            # Nobody was written to, so that there is nothing to prove.
            Sendung.objects.filter(pk=sendung.pk, pacht=sendung.pacht, status=Status.LAEUFT).delete()
            return None
        return self._sende(sendung, nachricht)

    def _sende(self, sendung: Sendung, nachricht: EmailMessage) -> Ausgang | None:
        urteil = beim_verbinden
        try:
            self.server.open()
            urteil = beurteile
            # The number is written before, so that a mail that ends every process that tries it is given up too.
            if not self.lauf.haelt(sendung, anlaeufe=sendung.anlaeufe + 1):
                return None
            self.server.send_messages([nachricht])
        except (OperationalError, InterfaceError):
            raise
        except Exception as fehler:
            ausgang = urteil(fehler)
            _melde(sendung, ausgang, fehler)
            if ausgang.stoerung:
                self._trenne()
            self._verschiebe(sendung, ausgang, danach=NACH_DEN_ANDEREN)
            return ausgang
        if not self.lauf.fertig(sendung):
            log.warning("The mail %s went out, but somebody else may send it once more.", sendung.pk)
        return None

    def _verschiebe(self, sendung: Sendung, ausgang: Ausgang, danach: timedelta = timedelta(0)) -> None:
        if ausgang.stoerung:
            self._verschiebe_ohne_anlauf(sendung, ausgang, danach)
            return
        anlaeufe = sendung.anlaeufe + 1
        if ausgang.endgueltig or anlaeufe > len(WARTEN):
            self.lauf.gescheitert(sendung, ausgang.satz, anlaeufe=anlaeufe)
        else:
            self.lauf.spaeter(sendung, pacht.jetzt() + WARTEN[anlaeufe - 1], fehler=ausgang.satz, anlaeufe=anlaeufe)

    def _verschiebe_ohne_anlauf(self, sendung: Sendung, ausgang: Ausgang, danach: timedelta) -> None:
        # The number of tries is written back, as `_sende` may have raised it.
        felder = {"fehler": ausgang.satz, "anlaeufe": sendung.anlaeufe}
        uhr = pacht.jetzt()
        if uhr >= sendung.angelegt_am + HOECHSTENS:
            self.lauf.gescheitert(sendung, **felder)
        else:
            warten = BEI_STOERUNG[min(max(sendung.versuche, 1), len(BEI_STOERUNG)) - 1]
            self.lauf.spaeter(sendung, uhr + warten + danach, **felder)

    def _stelle_zurueck(self, ausgang: Ausgang) -> None:
        """To the others the same would happen, each after a timeout of its own."""
        with transaction.atomic():
            for sendung in self.offen:
                self._verschiebe(sendung, ausgang)
        self.offen = []

    def _gib_zurueck(self) -> None:
        """As if they had never been taken."""
        with transaction.atomic():
            for sendung in self.offen:
                self.lauf.spaeter(sendung, sendung.ab, versuche=sendung.versuche - 1)
        self.offen = []

    def _es_eilt(self) -> bool:
        """Whether something waits that comes before what is next here."""
        return Sendung.objects.faellige(pacht.jetzt()).filter(prio__gt=self.offen[0].prio).exists()

    def _trenne(self) -> None:
        # The mail is given up, whether or not this can be written.
        with suppress(Exception):
            self.server.close()


def _melde(sendung: Sendung, ausgang: Ausgang, fehler: Exception) -> None:
    """Without the address; what the server said of our own fault is said here."""
    if ausgang.unsere and ausgang.satz != FEHLERHAFT:
        # Where the server said something, the exception's own text may name the address.
        gesagt = isinstance(fehler, smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException)
        worte = ausgang.satz if gesagt else fehler
        log.error("The mail server takes no mails from us: %s: %s", type(fehler).__name__, worte)
    elif ausgang.satz == FEHLERHAFT:
        log.error("The mail %s cannot be sent.", sendung.pk, exc_info=fehler)
    else:
        code = getattr(fehler, "smtp_code", "")
        log.warning("The mail %s did not go out: %s %s", sendung.pk, type(fehler).__name__, code)
