"""What the worker does with a job."""

from django.db import transaction
from django.db.models import F

from konzept.hintergrund.lauf import Lauf, Spaeter, Unmoeglich, beharrlich, in_sekunden
from konzept.satz.setzen import SatzAbgebrochen, TeilUnsetzbar

from .aufnahme import lies
from .aufraeumen import loesche_ueberzaehlige
from .auftraege import VERSUCHE
from .models import Druckauftrag
from .speicher import speicher_von


def fuehre_aus(auftraege: list[Druckauftrag], lauf: Lauf) -> None:
    """Print each from its Aufnahme, which is not needed any more then, and keep it. Nobody is asked for rights here:
    they are asked of who gets it."""
    for auftrag in auftraege:
        aufnahme = lies(auftrag.art, bytes(auftrag.aufnahme))
        try:
            with speicher_von(auftrag.konzept_id) as speicher:
                pdf = aufnahme.drucke(
                    lambda fertige, teile, a=auftrag: lauf.melde(a, fertige=fertige, teile=teile), speicher
                )
        except TeilUnsetzbar as fehler:
            if isinstance(fehler, SatzAbgebrochen) and auftrag.versuche < VERSUCHE:
                raise Spaeter(in_sekunden(0), str(fehler)) from fehler
            raise Unmoeglich(str(fehler)) from fehler

        @transaction.atomic
        def lege_ab(auftrag=auftrag, aufnahme=aufnahme, pdf=pdf):
            if lauf.haelt(auftrag):
                lauf.fertig(auftrag, aufnahme=b"", fertige=F("teile"), **aufnahme.lege_ab(pdf))

        beharrlich(lege_ab)
        loesche_ueberzaehlige(auftrag)
