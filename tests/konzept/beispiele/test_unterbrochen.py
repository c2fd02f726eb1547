"""`manage.py beispiele` that was interrupted, wherever: the next run leaves what one that went through leaves."""

import re
from collections import Counter
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models, transaction
from django.test import override_settings

from konzept.beratung.models import Runde
from konzept.fassungen.models import Fassung
from konzept.konten.models import Benutzer, Mitgliedschaft
from konzept.management.commands import beispiele as befehl
from konzept.models import Abschnitt, Kommune
from konzept.vorlagen.models import Vorlage

from .conftest import ORDNER

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

MUSTERSTADT = ORDNER / "musterstadt.yaml"
VERSCHIEDEN = {"password", "inhalt", "pruefsumme", "anker", "last_login"}
"""What holds keys or chance, and differs from run to run."""


@pytest.fixture(autouse=True)
def entwicklung(settings, tmp_path):
    settings.DEBUG, settings.MEDIA_ROOT = True, tmp_path / "media"


def lade(*dateien):
    call_command("beispiele", *dateien, "--zugaenge", verbosity=0)


def bestand(medien) -> dict:
    """Every row of the product by its words and days, without the keys of the database; and the stored files."""
    modelle = [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith(PAKETE)]
    zeilen = {modell._meta.label: Counter(map(_worte, modell._base_manager.all())) for modell in modelle}
    return zeilen | {"": sorted(p.name for p in medien.rglob("*") if p.is_file())}


PAKETE = ("konzept.", "handlungsfelder.", "massnahmen.")


def _worte(zeile) -> tuple:
    felder = [feld for feld in zeile._meta.concrete_fields if feld.name not in VERSCHIEDEN]
    return tuple(
        (feld.name, str(feld.value_from_object(zeile)))
        for feld in felder
        if isinstance(feld, models.CharField | models.TextField | models.BooleanField | models.IntegerField)
        and not feld.primary_key
        and not isinstance(feld, models.JSONField)
    )


class Abgebrochen(BaseException):
    """Like Ctrl+C: nothing that catches errors catches it."""


@contextmanager
def abbruch_vor(nummer: int):
    """Ends what happens inside at the write with this number; yields how many there were."""
    zaehler = [0]

    def waechter(ausfuehren, sql, *weiter):
        if re.match("INSERT|UPDATE|DELETE", sql):
            zaehler[0] += 1
            if zaehler[0] == nummer:
                raise Abgebrochen
        return ausfuehren(sql, *weiter)

    with connection.execute_wrapper(waechter):
        yield zaehler


SCHRITTE = [
    ("bestaetige_adresse", 1),
    ("halte_rechte_fest", 1),
    ("lade_vorlagen", 1),
    ("halte_fest", 2),
    ("halte_zugang_fest", 3),
    ("festschreiben", 1),
    ("veroeffentliche", 1),
    ("festschreiben", 2),
    ("lege_beratung_an", 1),
]
"""What the command calls, and behind which call of it the run ends; in their order."""
ABBRUECHE = 4


@pytest.fixture(scope="module")
def ganz(django_db_setup, django_db_blocker, tmp_path_factory) -> tuple[dict, int]:
    """What a run leaves that went through, and how many writes it made."""
    medien = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DEBUG=True, MEDIA_ROOT=medien):
        with abbruch_vor(0) as zaehler:
            lade(MUSTERSTADT)
        ergebnis = bestand(medien), zaehler[0]
        transaction.set_rollback(True)
    return ergebnis


@pytest.mark.parametrize(("schritt", "mal"), SCHRITTE)
def test_after_an_interruption_behind_any_step_the_next_run_makes_what_is_missing(
    schritt, mal, monkeypatch, tmp_path, ganz
):
    echt, uebrig = getattr(befehl, schritt), [mal]

    def bricht_ab(*args, **kwargs):
        ergebnis = echt(*args, **kwargs)
        uebrig[0] -= 1
        if uebrig[0] == 0:
            raise Abgebrochen
        return ergebnis

    with monkeypatch.context() as m:
        m.setattr(befehl, schritt, bricht_ab)
        with pytest.raises(Abgebrochen):
            lade(MUSTERSTADT)
    lade(MUSTERSTADT)
    assert bestand(tmp_path / "media") == ganz[0]


@pytest.mark.parametrize("teil", range(1, ABBRUECHE))
def test_after_an_interruption_at_any_write_the_next_run_makes_what_is_missing(teil, tmp_path, ganz):
    with abbruch_vor(ganz[1] * teil // ABBRUECHE), pytest.raises(Abgebrochen):
        lade(MUSTERSTADT)
    lade(MUSTERSTADT)
    assert bestand(tmp_path / "media") == ganz[0]


def test_what_was_loaded_before_without_accounts_gets_all_that_comes_with_them(ganz, tmp_path):
    call_command("beispiele", MUSTERSTADT, verbosity=0)
    assert not Benutzer.objects.exists()
    lade(MUSTERSTADT)
    assert Runde.objects.exists()
    assert bestand(tmp_path / "media")["fassungen.Fassung"] == ganz[0]["fassungen.Fassung"]
    assert Mitgliedschaft.objects.count() == len(befehl.ZUGAENGE)


def test_a_third_run_changes_nothing(ganz, tmp_path):
    for _ in range(3):
        lade(MUSTERSTADT)
    assert bestand(tmp_path / "media") == ganz[0]


def test_what_was_changed_meanwhile_is_no_mistake_and_stays(ganz, capsys):
    call_command("beispiele", MUSTERSTADT, verbosity=0)
    Abschnitt.objects.update(text="Neu geschrieben.")
    lade(MUSTERSTADT)
    assert "ist inzwischen geändert" in capsys.readouterr().out
    assert not Runde.objects.exists()
    assert [f.art for f in Fassung.objects.all()] == ["beschluss"]
    assert not Vorlage.objects.exclude(fassung=None).exists()


def test_an_example_that_cannot_be_loaded_leaves_the_others_and_is_whole_later(monkeypatch, tmp_path):
    with monkeypatch.context() as m:
        m.setattr(befehl, "festschreiben", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            lade(ORDNER / "rheine.yaml", MUSTERSTADT)
    assert [k.slug for k in Kommune.objects.all()] == ["rheine"]
    lade(ORDNER / "rheine.yaml", MUSTERSTADT)
    assert Fassung.objects.count() == 2
    rollen = Mitgliedschaft.objects.values_list("kommune__slug", flat=True)
    assert Counter(rollen) == {"rheine": len(befehl.ZUGAENGE), "musterstadt": len(befehl.ZUGAENGE)}
