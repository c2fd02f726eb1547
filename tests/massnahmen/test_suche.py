"""Free-text search: what a person who types a word finds, the same on every database."""

import pytest
from django.db import connection, models
from hypothesis import given
from hypothesis import strategies as st

from handlungsfelder.models import Handlungsfeld
from konzept.schreibweise import gefaltet
from massnahmen.liste.suche import nummernschluessel, stamm, treffer, zerlege
from massnahmen.models import Massnahme
from tests.fabrik import (
    mache_akteur,
    mache_feld,
    mache_konzept,
    mache_massnahme,
    mache_sachstand,
    mache_schritt,
    setze_zustaendig,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


@pytest.fixture
def finde(feld):
    """`finde(text)` gives the titles of what is found among the measures of the concept."""

    def titel(text: str) -> set[str]:
        massnahmen = Massnahme.objects.filter(handlungsfeld=feld)
        return {m.titel for m in massnahmen if m.pk in treffer(massnahmen, text)}

    return titel


@pytest.mark.parametrize(
    ("gesucht", "steht_da"),
    [
        ("Sprachkurse", "Sprachkurs im Rathaus"),
        ("Sprachkurs", "Neue Sprachkurse"),
        ("Sprachkursen", "Sprachkurs"),
        ("sprach", "Sprachkursangebot"),
        ("Mädchen", "sport für mädchen"),
        ("MÄDCHEN", "Mädchentreff"),
        ("madchen", "Mädchentreff"),
        ("Häuser", "Ein Haus für alle"),
        ("Vereine", "Verein der Eltern"),
        ("Straße", "STRASSENFEST"),
        ("Strasse", "Auf der Straße"),
        ("aktuell", "Aktuelle Angebote"),
        ("Café", "Sprachen-Cafe"),
        ("celik", "Treff bei Çelik"),
        ("Übergang", "Vom ÜBERGANG in den Beruf"),
        ("Kind", "Eltern-Kind-Gruppe"),
        ("Eltern-Kind-Gruppe", "Die Eltern-Kind-Gruppen"),
        ("Soziales", "Jugend/Soziales"),
        ("fett", "Ein **fettes** Wort"),
        ("kursiv", "Ein _kursives_ Wort"),
        ("2027", "Plan 2027/2028"),
        ("Deutsch lernen", "Lernen, zuerst Deutsch"),
        ('"Deutsch lernen"', "Hier deutsch lernen"),
        ("الأمل", "Verein الأمل"),
        ("الامل", "Verein الأمل"),
        ("عيد", "Zum عِيد"),
        ("Йога", "йога für alle"),
        ("ガイド", "ガイド am Ort"),
        ("Foerderung", "Förderung der Vereine"),
        ("Förderung", "Foerderung der Vereine"),
        ("Fo\u0308rderung", "Förderung der Vereine"),
        ("\ufb01nanzielle", "Finanzielle Hilfe"),
        ("Sprach\u00adkurs", "Sprachkurs"),
        ("m2", "20 m² für alle"),
        ("„Haus der Kulturen“", "Das Haus der Kulturen"),
        ("Bauen", "Neue Bauten und Bauer"),
    ],
)
def test_finds(gesucht, steht_da, feld, finde):
    mache_massnahme(feld, steht_da)
    mache_massnahme(feld, "Etwas ganz anderes")
    assert finde(gesucht) == {steht_da}


@pytest.mark.parametrize(
    ("gesucht", "steht_da"),
    [
        ("Kurs", "Sprachkurs"),
        ("Sprachkurs Arbeit", "Sprachkurs"),
        ('"Deutsch lernen"', "Lernen, zuerst Deutsch"),
        ("-Sprache Kurs", "Kurs der Sprache"),
        ("Sprach_urs", "Sprachkurs"),
    ],
)
def test_does_not_find(gesucht, steht_da, feld, finde):
    mache_massnahme(feld, steht_da)
    assert finde(gesucht) == set()


def test_a_word_behind_a_minus_must_not_occur(feld, finde):
    mache_massnahme(feld, "Kurs für Frauen")
    mache_massnahme(feld, "Kurs für Männer")
    assert finde("Kurs -Frau") == {"Kurs für Männer"}
    assert finde('-"für Männer"') == {"Kurs für Frauen"}


def test_searches_everything_that_is_written_in_a_measure(konzept, feld, finde):
    """Words may stand in different parts of it."""
    m = mache_massnahme(feld, "Treffpunkt", text="Im Stadtteil")
    schritt = mache_schritt(m, "Räume mieten")
    mache_sachstand(m, "2026-05-04", "Der Vermieter zögert.")
    setze_zustaendig(m, mache_akteur(konzept.kommune, "SKFM", name="Sozialdienst katholischer Frauen"))
    setze_zustaendig(schritt, mache_akteur(konzept.kommune, "65", name="Gebäudemanagement"))
    mache_massnahme(feld, "Leer")
    for gesucht in (
        "Treffpunkt",
        "Stadtteile",
        "Raum",
        "zögern",
        "skfm",
        "Frau",
        "65",
        "Gebäude",
        "mieten Sozialdienst",
    ):
        assert finde(gesucht) == {"Treffpunkt"}, gesucht


NICHT_DURCHSUCHT = {
    "is found by the number that is counted or shown": "nummer",
    "shortens the title, which is searched": "kurztitel",
    "is read as a period or amount, and has filters of its own": "zeitraum kosten_wortlaut",
    "says why a measure does not go on, not what it is": "stand_begruendung",
}


def test_every_text_of_a_measure_is_searched_or_has_a_reason(feld, finde):
    texte = [
        f
        for f in Massnahme._meta.concrete_fields
        if isinstance(f, models.CharField | models.TextField) and f.editable and not f.choices
    ]
    worte = {f.name: "2031" if f.name == "zeitraum" else f"wort{nr}" for nr, f in enumerate(texte)}
    mache_massnahme(feld, **worte)
    ohne = {name for namen in NICHT_DURCHSUCHT.values() for name in namen.split()}
    assert {name for name, wort in worte.items() if not finde(wort)} == ohne


def test_stays_among_the_measures_it_is_given(konzept, feld):
    hier, dort = mache_massnahme(feld, "Kurs"), mache_massnahme(mache_feld(konzept, "Arbeit"), "Kurs")
    assert treffer(Massnahme.objects.filter(handlungsfeld=feld), "Kurs") == {hier.pk}
    assert treffer(Massnahme.objects.all(), "Kurs") == {hier.pk, dort.pk}


def test_a_query_without_a_word_finds_everything(feld, finde):
    mache_massnahme(feld, "Kurs")
    for leer in ("", "  ", "…", "-", '""', "!&|:*()"):
        assert finde(leer) == {"Kurs"}


def test_query_count_does_not_grow(feld, django_assert_max_num_queries):
    for i in range(5):
        mache_sachstand(mache_massnahme(feld, f"Kurs {i}"), "2026-05-04", "läuft")
    with django_assert_max_num_queries(4):
        assert len(treffer(Massnahme.objects.all(), "Kurs läuft")) == 5


@given(st.text(alphabet=st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=60))
def test_any_text_can_be_searched(text):
    treffer(Massnahme.objects.all(), text)


@given(st.text(alphabet="abcdeinrstuäöüß", min_size=1, max_size=12))
def test_a_stem_is_how_the_word_begins(wort):
    klein = gefaltet(wort)
    assert klein.startswith(stamm(klein))
    assert stamm(klein)


@pytest.mark.parametrize(
    ("steht_da", "gesucht"),
    [
        ("Fo\u0308rderung der Bu\u0308cherei", '"Förderung der Bücherei"'),
        ("Die \ufb01nanziellen Mittel", "finanzielle"),
        ("Integra\u00adtions\u00adrat", "Integrationsrat"),
        ("Kita\u200bplatz", "Kitaplatz"),
        ("Vor\u00a0Ort", '"vor Ort"'),
        ("Ｃａｆé", "cafe"),
    ],
)
def test_finds_what_was_stored_before_in_another_spelling(steht_da, gesucht, feld, finde):
    """The fields would bring it into the stored one: so it came to be before."""
    massnahme = mache_massnahme(feld, "x")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE massnahmen_massnahme SET text = %s WHERE id = %s", [steht_da, massnahme.pk])
    mache_massnahme(feld, "Etwas ganz anderes")
    assert finde(gesucht) == {"x"}


NUMMERN = {"Eins": ["1.1-7a", "7a", "1.1"], "Zwei": ["1.1-8", "8", "1.1"], "Drei": ["Teil A-1", "1", "Teil A."]}


@pytest.mark.parametrize(
    ("gesucht", "gefunden"),
    [
        ("7a", {"Eins"}),
        ("7A", {"Eins"}),
        ("1.1", {"Eins", "Zwei"}),
        ("1.1.", {"Eins", "Zwei"}),
        ("1.1-7a", {"Eins"}),
        ("1.1 Kurs", {"Eins"}),
        ("1.1 -7a", {"Zwei"}),
        ("Teil A-1", {"Drei"}),
        ("teil a", {"Drei"}),
        ('"Teil A" -Kurs', {"Drei"}),
        ("8", {"Zwei", "Vier"}),
        ("7", set()),
        ("1.1-9", set()),
    ],
)
def test_finds_a_measure_by_its_number_or_by_words(gesucht, gefunden, feld):
    texte = {"Eins": "Ein Kurs", "Zwei": "", "Drei": "", "Vier": "Für 8 Personen"}
    massnahmen = {titel: mache_massnahme(feld, titel, text=text).pk for titel, text in texte.items()}
    nummern = {massnahmen[titel]: set(map(nummernschluessel, namen)) for titel, namen in NUMMERN.items()}
    pks = treffer(Massnahme.objects.all(), gesucht, nummern)
    assert {titel for titel, pk in massnahmen.items() if pk in pks} == gefunden


STEHT_DA = ["Bäder 17", "a-b 1.7", "\ufb01b", "o\u0308ab"]


@given(st.text(alphabet="abAB 17.-äöüß\u0308\ufb01„", max_size=12), st.sampled_from(STEHT_DA))
def test_a_number_that_nobody_has_changes_nothing(gesucht, steht_da):
    """Where a number is named, PostgreSQL's own search is not asked: both find the same."""
    feld = Handlungsfeld.objects.first() or mache_feld(mache_konzept())
    massnahme = mache_massnahme(feld, steht_da)
    alle = Massnahme.objects.filter(pk=massnahme.pk)
    fremde = {-1: {begriff.nummer for begriff in zerlege(gesucht)}}
    assert treffer(alle, gesucht) == treffer(alle, gesucht, fremde) <= {massnahme.pk}
