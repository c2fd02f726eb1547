"""Columns for wordings: what was typed is stored and printed, and the derived columns follow at every save."""

from datetime import date
from decimal import Decimal

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import connection

from massnahmen import geld, zeitraum
from massnahmen.felder import GeldField, ZeitraumField
from massnahmen.models import Foerderung, Kostenposition, Massnahme, Umsetzungsschritt
from tests.fabrik import mache_feld, mache_konzept, mache_kosten, mache_massnahme, mache_schritt

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


@pytest.fixture
def feld():
    return mache_feld(mache_konzept())


def abgeleitet(massnahme) -> tuple:
    massnahme.refresh_from_db()
    return str(massnahme.zeitraum), massnahme.beginn_am, massnahme.ende_am


@pytest.mark.parametrize(
    ("wortlaut", "beginn", "ende"),
    [
        ("2. Halbjahr 2017", date(2017, 7, 1), date(2017, 12, 31)),
        ("ab 2018 jährlich", date(2018, 1, 1), None),
        ("bis 30.06.2015", None, date(2015, 6, 30)),
        ("fortlaufend", None, None),
        ("nach Bedarf", None, None),
        ("", None, None),
    ],
)
def test_begin_and_end_follow_the_wording(feld, wortlaut, beginn, ende):
    assert abgeleitet(mache_massnahme(feld, zeitraum=wortlaut)) == (wortlaut, beginn, ende)


def test_a_value_is_read_back_as_a_value(feld):
    massnahme = Massnahme.objects.get(pk=mache_massnahme(feld, zeitraum="03/2017").pk)
    assert massnahme.zeitraum == zeitraum.lies("03/2017")
    kosten = Kostenposition.objects.get(pk=mache_kosten(massnahme, "1,2 Mio. €").pk)
    assert kosten.angabe == geld.lies("1,2 Mio. €")


def test_a_value_may_be_given_instead_of_a_wording(feld):
    massnahme = mache_massnahme(feld, zeitraum=zeitraum.lies("Mai 2017"))
    assert abgeleitet(massnahme) == ("Mai 2017", date(2017, 5, 1), date(2017, 5, 31))


def test_derived_columns_follow_a_change_and_a_bulk_create(feld):
    massnahme = mache_massnahme(feld, zeitraum="2017")
    massnahme.zeitraum = ""
    massnahme.save()
    assert abgeleitet(massnahme) == ("", None, None)
    Massnahme.objects.bulk_create(
        Massnahme(handlungsfeld=feld, titel=zeitraum_, zeitraum=zeitraum_) for zeitraum_ in ("05/2017", "nach Bedarf")
    )
    assert list(Massnahme.objects.exclude(pk=massnahme.pk).order_by("pk").values_list("beginn_am", "ende_am")) == [
        (date(2017, 5, 1), date(2017, 5, 31)),
        (None, None),
    ]


def test_an_amount_is_read_from_its_wording_wherever_it_is_read(feld):
    massnahme = mache_massnahme(feld)
    Kostenposition.objects.bulk_create(
        Kostenposition(massnahme=massnahme, angabe=angabe) for angabe in ("5 € monatlich", "nach Aufwand", "ca. 7 TEUR")
    )
    gelesen = [angabe.struktur for angabe in Kostenposition.objects.values_list("angabe", flat=True)]
    assert gelesen == [(Decimal("5.00"), "monatlich", False), (None, None, False), (Decimal("7000.00"), None, True)]


def test_the_wording_is_what_the_database_holds(feld):
    massnahme = mache_massnahme(feld, zeitraum="  Anfang  2017 ")
    with connection.cursor() as cursor:
        cursor.execute("SELECT zeitraum FROM massnahmen_massnahme")
        assert cursor.fetchone() == ("Anfang  2017",) or cursor.fetchone() is None
    assert str(Massnahme.objects.get(pk=massnahme.pk).zeitraum).split() == ["Anfang", "2017"]


def test_rows_can_be_found_by_their_wording(feld):
    mache_massnahme(feld, "a", zeitraum="03/2017")
    mache_massnahme(feld, "b", zeitraum="2018")
    assert Massnahme.objects.get(zeitraum="03/2017").titel == "a"
    assert Massnahme.objects.get(zeitraum=zeitraum.lies("2018")).titel == "b"
    assert Massnahme.objects.get(zeitraum__contains="2018").titel == "b"


def test_an_old_wording_that_is_refused_today_is_kept_and_shown(feld):
    massnahme = mache_massnahme(feld)
    Massnahme.objects.filter(pk=massnahme.pk).update(beginn_am=None)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE massnahmen_massnahme SET zeitraum = '13/2017'")
    gelesen = Massnahme.objects.get()
    assert (str(gelesen.zeitraum), gelesen.zeitraum.verstanden) == ("13/2017", False)
    gelesen.titel = "Anders"
    gelesen.save()
    assert abgeleitet(gelesen) == ("13/2017", None, None)


@pytest.mark.parametrize(
    ("modell", "feldname", "wert", "satz"),
    [
        (Massnahme, "zeitraum", "13/2017", "Monat 13 gibt es nicht"),
        (Umsetzungsschritt, "zeitraum", "32.1.2017", "Den 32.01.2017 gibt es nicht"),
        (Kostenposition, "angabe", "12,555 €", "höchstens zwei Stellen"),
        (Foerderung, "angabe", "1.23.456 €", "stehen Punkt"),
        (Massnahme, "zeitraum", "x" * 201, "höchstens 200 Zeichen"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(modell, feldname, wert, satz):
    with pytest.raises(ValidationError, match=satz):
        modell._meta.get_field(feldname).clean(wert, modell())


@pytest.mark.parametrize(
    ("modell", "feldname", "wert"),
    [
        (Massnahme, "zeitraum", "1/2018 - 2/2018"),
        (Umsetzungsschritt, "zeitraum", "1/2018 - 2/2018"),
        (Kostenposition, "angabe", "1.777 Mio. €"),
        (Foerderung, "angabe", "12.50 €"),
    ],
)
def test_what_can_mean_several_things_names_them_where_nobody_can_choose(modell, feldname, wert):
    spalte = modell._meta.get_field(feldname)
    with pytest.raises(ValidationError) as fehler:
        spalte.clean(wert, modell())
    assert fehler.value.code == "mehrdeutig"
    with pytest.raises(spalte.fehler) as gefragt:
        spalte.modul.lies(wert)
    assert any(lesart in fehler.value.message for lesart in gefragt.value.lesarten)
    aus_einer_datei = spalte.belassen(wert)
    assert (str(aus_einer_datei), aus_einer_datei.verstanden) == (wert, False)
    assert spalte.clean(aus_einer_datei, modell()) is aus_einer_datei


def test_a_file_keeps_no_wording_that_cannot_be():
    spalte = Massnahme._meta.get_field("zeitraum")
    assert spalte.belassen("13/2017") == "13/2017"
    assert spalte.belassen("Mai 2017") == zeitraum.lies("Mai 2017")


def test_what_comes_out_of_the_history_is_kept_whatever_it_is():
    """`to_python` asks nobody: what stood there once may stand there again."""
    for wert in ("13/2017", "1/2018 - 2/2018"):
        assert str(Massnahme._meta.get_field("zeitraum").to_python(wert)) == wert


def test_empty_values_are_false():
    assert not Massnahme().zeitraum
    assert str(Kostenposition().angabe) == ""


@pytest.mark.parametrize(("klasse", "alt", "neu"), [(ZeitraumField, "2017", "2018"), (GeldField, "5 €", "6 €")])
def test_a_form_field_knows_whether_something_changed(klasse, alt, neu):
    feld = klasse("x").formfield()
    wert = feld.to_python(alt)
    assert not feld.has_changed(wert, alt)
    assert not feld.has_changed(wert, f" {alt} ")
    assert feld.has_changed(wert, neu)
    assert feld.has_changed(wert, "")
    for leer in (None, "", feld.to_python("")):
        assert not feld.has_changed(leer, "")
        assert not feld.has_changed(leer, None)
        assert feld.has_changed(leer, neu)


def test_rows_can_be_written_out_and_read_in(feld):
    mache_schritt(mache_massnahme(feld, zeitraum="03/2017"), "x", zeitraum="ab 2018")
    text = serializers.serialize("json", [*Massnahme.objects.all(), *Umsetzungsschritt.objects.all()])
    Massnahme.objects.all().delete()
    for zeile in serializers.deserialize("json", text):
        zeile.save()
    assert abgeleitet(Massnahme.objects.get()) == ("03/2017", date(2017, 3, 1), date(2017, 3, 31))
    assert str(Umsetzungsschritt.objects.get().zeitraum) == "ab 2018"


@pytest.mark.parametrize(("name", "modul"), [("zeitraum", zeitraum), ("kosten", geld)])
def test_a_stored_wording_on_which_the_reader_chokes_stays_as_it_is(name, modul, monkeypatch, caplog):
    feld = {"zeitraum": Massnahme._meta.get_field("zeitraum"), "kosten": Kostenposition._meta.get_field("angabe")}[name]
    monkeypatch.setattr(modul, "lies", lambda text: 1 / 0)
    assert str(feld.from_db_value("ab 2027", None, None)) == "ab 2027"
    assert "cannot read a stored wording" in caplog.text
