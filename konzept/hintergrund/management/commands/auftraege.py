"""`manage.py auftraege`: how the work in the background goes, in words, and by the exit code."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from konzept.heute import am, um
from konzept.hintergrund import zustand
from konzept.zeitworte import ungefaehr


class Command(BaseCommand):
    help = (
        "Says whether a worker lives, what waits, runs and has failed, and when what comes back every day was done. "
        "Fails if something is wrong, for monitoring; `/bereit` fails as well, and counts nothing."
    )

    def handle(self, **_):
        try:
            stand = zustand.lies()
        except Error as fehler:
            raise CommandError(f"Die Datenbank antwortet nicht: {fehler}") from fehler
        for satz in (_leben(stand.lebenszeichen), *map(_schlange, stand.schlangen), *map(_termin, stand.termine)):
            self.stdout.write(satz)
        if schlecht := list(_maengel(stand)):
            raise CommandError(" ".join(schlecht))


def _leben(leben: zustand.Lebenszeichen) -> str:
    return f"Hintergrunddienst: {'kein Lebenszeichen' if leben.vor is None else f'zuletzt gesehen {_vor(leben.vor)}'}."


def _schlange(schlange: zustand.Schlange) -> str:
    wie_lange = f" (fällig, der älteste seit {ungefaehr(schlange.aeltester)})" if schlange.aeltester is not None else ""
    return (
        f"{schlange.art}: {schlange.wartet} warten{wie_lange}, {schlange.laeuft} laufen, "
        f"{schlange.gescheitert} in 24 Stunden gescheitert."
    )


def _termin(termin: zustand.Terminstand) -> str:
    gelungen = _am(termin.gelungen_am) if termin.gelungen_am else "noch nie"
    gescheitert = f", gescheitert {_am(termin.gescheitert_am)}" if termin.gescheitert_am else ""
    return f"{termin.name}: zuletzt gelungen {gelungen}{gescheitert}; wieder {_am(termin.naechster)}."


def _maengel(stand: zustand.Zustand):
    if not stand.lebenszeichen.gut:
        yield "Der Hintergrunddienst läuft nicht (manage.py arbeite)."
    for schlange in (schlange for schlange in stand.schlangen if not schlange.gut):
        if schlange.wartet_zu_lange:
            yield f"{schlange.art}: Was fällig ist, wartet seit {ungefaehr(schlange.aeltester)}."
        if schlange.haengt:
            yield f"{schlange.art}: Etwas misslang und ist noch offen, nach {ungefaehr(schlange.misslingt)}."
        if schlange.nur_fehler:
            yield f"{schlange.art}: {schlange.gescheitert} sind gescheitert, und seit dem ersten davon gelang nichts."
    for termin in stand.termine:
        if not termin.gut:
            yield f"{termin.name} ist gescheitert: {termin.fehler}"


def _vor(zeit: timedelta) -> str:
    # "vor 3 Tagen", "vor 5 Minuten"
    worte = ungefaehr(zeit)
    return f"vor {worte}n" if worte.endswith(("Tage", "Jahre")) else f"vor {worte}"


def _am(zeitpunkt) -> str:
    return f"am {am(zeitpunkt)} um {um(zeitpunkt)} Uhr"
