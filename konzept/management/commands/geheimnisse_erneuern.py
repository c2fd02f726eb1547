"""`manage.py geheimnisse_erneuern`: after a change of keys, everything is encrypted with the first one."""

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from konzept.konten.schluesselwechsel import Wechselergebnis, entferne_unlesbare, erneuere_alle


class Command(BaseCommand):
    help = (
        "Encrypts the secrets of second factors, the sessions and the mails that wait with the first key, and says how "
        "many. Afterwards the other keys are no longer needed, unless it says that something could not be read."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--unlesbare-entfernen",
            action="store_true",
            help="remove second factors that no key reads; these accounts sign in with their password alone",
        )

    def handle(self, **optionen):
        ergebnis = erneuere_alle()
        erneuert = f"{_zweite_faktoren(ergebnis.faktoren)} und {_sitzungen(ergebnis.sitzungen)}"
        self.stdout.write(f"Neu verschlüsselt: {erneuert}.")
        if ergebnis.sendungen:
            self.stdout.write(f"Ebenso wartende E-Mails: {ergebnis.sendungen}.")
        if ergebnis.sitzungen_beendet:
            self.stdout.write(f"Nicht lesbar und deshalb beendet: {_sitzungen(ergebnis.sitzungen_beendet)}.")
        if not ergebnis.unlesbare:
            return
        if not optionen["unlesbare_entfernen"]:
            raise CommandError(_was_zu_tun_ist(ergebnis))
        entferne_unlesbare(ergebnis.unlesbare)
        self.stdout.write(
            f"Entfernt: {_zweite_faktoren(len(ergebnis.unlesbare))}. Diese Konten melden sich nun mit ihrem Kennwort "
            f"an und richten den zweiten Faktor neu ein: {_konten(ergebnis.unlesbare)}"
        )


def _zweite_faktoren(anzahl: int) -> str:
    return "1 zweiter Faktor" if anzahl == 1 else f"{anzahl} zweite Faktoren"


def _sitzungen(anzahl: int) -> str:
    return "1 Sitzung" if anzahl == 1 else f"{anzahl} Sitzungen"


def _konten(faktoren: list[Authenticator]) -> str:
    return ", ".join(sorted({faktor.user.email for faktor in faktoren}))


def _was_zu_tun_ist(ergebnis: Wechselergebnis) -> str:
    return (
        f"Mit keinem Schlüssel zu lesen: {_zweite_faktoren(len(ergebnis.unlesbare))} von "
        f"{_konten(ergebnis.unlesbare)}. Setzen Sie den früheren Schlüssel zusätzlich ans Ende von "
        "KONZEPTWERK_DATENSCHLUESSEL (oder, wenn es der geheime Schlüssel war, in KONZEPTWERK_SECRET_KEY_FALLBACKS), "
        "und rufen Sie den Befehl noch einmal auf. Gibt es ihn nicht mehr, entfernt --unlesbare-entfernen diese "
        "zweiten Faktoren."
    )
