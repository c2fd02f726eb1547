"""`manage.py auftraege`: the state in words, and an exit code for monitoring."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from konzept.hintergrund import pacht, zustand
from konzept.hintergrund.models import Arbeiter, Termin
from konzept.postausgang.models import Sendung
from konzept.zeitworte import ungefaehr

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


@pytest.fixture(autouse=True)
def dienst(settings):
    """Prints wait for the worker, as in production, and one lives."""
    settings.DRUCK_IM_HINTERGRUND = True
    zustand.melde_leben("rathaus-1", "rathaus")


def mache_termin(**werte) -> Termin:
    return Termin.objects.create(**{"name": "probe", "ab": pacht.jetzt() + timedelta(hours=5)} | werte)


def mache_sendung(**werte) -> Sendung:
    return Sendung.objects.create(
        **{"anlass": "konto", "empfaenger": "a@x.example", "inhalt": "x", "ab": pacht.jetzt() + timedelta(hours=5)}
        | werte
    )


def test_where_all_is_well(capsys, uhr, monkeypatch):
    monkeypatch.setattr(pacht, "jetzt", uhr)
    uhr.stelle(2026, 11, 3, 6)
    Arbeiter.objects.update(gesehen_am=uhr() - timedelta(seconds=4))
    mache_termin(ab=uhr() + timedelta(hours=1), gelungen_am=uhr() - timedelta(hours=23))
    mache_termin(name="zweite", ab=uhr() - timedelta(seconds=90), fehler="Zu alt.", begonnen_am=uhr(), versuche=1)
    call_command("auftraege")
    zeilen = capsys.readouterr().out.splitlines()
    assert zeilen[0] == "Hintergrunddienst: zuletzt gesehen vor 4 Sekunden."
    assert [zeile for zeile in zeilen if zeile.startswith(("termin:", "probe:", "zweite:"))] == [
        "termin: 2 warten (fällig, der älteste seit 90 Sekunden), 0 laufen, 0 in 24 Stunden gescheitert.",
        "probe: zuletzt gelungen am 02.11.2026 um 07:00 Uhr; wieder am 03.11.2026 um 07:00 Uhr.",
        "zweite: zuletzt gelungen noch nie, gescheitert am 03.11.2026 um 06:00 Uhr; wieder am 03.11.2026 um 05:58 Uhr.",
    ]


@pytest.mark.parametrize(
    ("was", "satz"),
    [
        (lambda: Arbeiter.objects.all().delete(), r"Der Hintergrunddienst läuft nicht \(manage\.py arbeite\)\."),
        (
            lambda: Arbeiter.objects.update(gesehen_am=pacht.jetzt() - timedelta(days=3)),
            r"Der Hintergrunddienst läuft nicht",
        ),
        (
            lambda: mache_termin(ab=pacht.jetzt() - timedelta(minutes=3)),
            "termin: Was fällig ist, wartet seit 3 Minuten.",
        ),
        (lambda: mache_termin(fehler="Zu alt.", begonnen_am=pacht.jetzt()), "probe ist gescheitert: Zu alt."),
        (
            lambda: mache_sendung(fehler="x", angelegt_am=pacht.jetzt() - timedelta(minutes=45)),
            "post: Etwas misslang und ist noch offen, nach 45 Minuten.",
        ),
        (
            lambda: [mache_sendung(status="gescheitert", beendet_am=pacht.jetzt(), inhalt="") for _ in range(3)],
            "post: 3 sind gescheitert, und seit dem ersten davon gelang nichts.",
        ),
    ],
    ids=["no worker", "a dead worker", "waits for long", "failed", "in vain", "failures alone"],
)
def test_what_is_wrong_is_a_failure(was, satz):
    was()
    with pytest.raises(CommandError, match=satz):
        call_command("auftraege")


@pytest.mark.parametrize(
    ("versuche", "fehler", "in_minuten"),
    [(0, "", -1), (1, "Zu alt.", 15), (2, "Zu alt.", -1)],
    ids=["just due", "is tried again", "and again"],
)
def test_what_will_come_right_by_itself_is_none(versuche, fehler, in_minuten):
    mache_termin(versuche=versuche, fehler=fehler, ab=pacht.jetzt() + timedelta(minutes=in_minuten))
    call_command("auftraege")


def test_what_cron_does_is_not_missed(settings):
    settings.TERMINE = False
    mache_termin(ab=pacht.jetzt() - timedelta(days=3), fehler="Zu alt.")
    call_command("auftraege")


def test_a_database_that_is_away_is_a_failure_with_a_sentence(monkeypatch):
    def ist_weg():
        raise OperationalError("weg")

    monkeypatch.setattr(pacht, "jetzt", ist_weg)
    with pytest.raises(CommandError, match="Die Datenbank antwortet nicht: weg"):
        call_command("auftraege")


@pytest.mark.parametrize(
    ("sekunden", "worte"),
    [(0, "1 Sekunde"), (1.9, "1 Sekunde"), (90, "90 Sekunden"), (119, "119 Sekunden"), (120, "2 Minuten"),
     (3601, "60 Minuten"), (7300, "2 Stunden"), (3 * 86400, "3 Tage"), (800 * 86400, "2 Jahre")],
)  # fmt: skip
def test_a_length_of_time_is_said_roughly(sekunden, worte):
    assert ungefaehr(timedelta(seconds=sekunden)) == worte
