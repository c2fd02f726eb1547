"""Numbers of steps in front of names: "(1) Ehrenamtsbörse, 32 (2) SKFM" names the actors of steps 1 and 2."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konzept.dokument.luecken import luecken
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.konten.models import Mitgliedschaft
from konzept.models import Konzept
from konzept.namen import namen_aus
from massnahmen.models import Akteur
from massnahmen.schrittmarken import am_falschen_ort, marke_von, verteile
from tests.fabrik import (
    adresse,
    druecke,
    fehler_am_feld,
    formular_adresse,
    hole,
    mache_akteur,
    mache_benutzer,
    nach_id,
    seite_von,
    sende,
    setze_zustaendig,
    text,
    zustaendig,
)
from tests.konzept.werkbank.test_offen import eintraege

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

SCHRITTE = 3
BEKANNT = {"32", "51", "SKFM", "(51) Jugendamt"}


def verteilt(getippt: str):
    return verteile(namen_aus(getippt), SCHRITTE, BEKANNT.__contains__)


@pytest.mark.parametrize(
    ("getippt", "direkt", "an_schritte"),
    [
        ("(1) Ehrenamtsbörse", [], [(1, "Ehrenamtsbörse")]),
        ("[2] Ehrenamtsbörse", [], [(2, "Ehrenamtsbörse")]),
        ("1) A; 2) B", [], [(1, "A"), (2, "B")]),
        ("(1)A", [], [(1, "A")]),
        ("(1): A", [], [(1, "A")]),
        ("zu (3) A", [], [(3, "A")]),
        ("Schritt 1: A", [], [(1, "A")]),
        ("(Schritt 2) A", [], [(2, "A")]),
        ("Schritte 1 und 2: A", [], [(1, "A"), (2, "A")]),
        ("(1, 3) A", [], [(1, "A"), (3, "A")]),
        ("(1-3) A", [], [(1, "A"), (2, "A"), (3, "A")]),
        ("(1) bis (3) A", [], [(1, "A"), (2, "A"), (3, "A")]),
        ("(1), (2) A", [], [(1, "A"), (2, "A")]),
        # As far as the next marker, over commas; before the first the names are those of the measure
        ("(1) A, B, (2) C, B", [], [(1, "A"), (1, "B"), (2, "C"), (2, "B")]),
        ("51, (2) A", ["51"], [(2, "A")]),
        # A column of a table, in which only the end of a line stood before the next marker
        (
            "(1) Ehrenamtsbörse, 32 (2) Ehrenamtsbörse, beratungsCentrum, 32 (3) Ehrenamtsbörse, 51, 32",
            [],
            [
                (1, "Ehrenamtsbörse"), (1, "32"), (2, "Ehrenamtsbörse"), (2, "beratungsCentrum"), (2, "32"),
                (3, "Ehrenamtsbörse"), (3, "51"), (3, "32"),
            ],
        ),
        ("32 (2) A", ["32"], [(2, "A")]),
        # No markers
        ("(51) Jugendamt", ["(51) Jugendamt"], []),
        ("(2018) A, 1. FC, Amt (2), Amt (2) Soziales", ["(2018) A", "1. FC", "Amt (2)", "Amt (2) Soziales"], []),
        ("Schritt für Schritt e.V., (A) B", ["Schritt für Schritt e.V.", "(A) B"], []),
    ],
)  # fmt: skip
def test_how_far_a_number_reaches(getippt, direkt, an_schritte):
    ergebnis = verteilt(getippt)
    assert (ergebnis.direkt, ergebnis.an_schritte, ergebnis.fehler) == (direkt, an_schritte, [])


@pytest.mark.parametrize(
    ("getippt", "satz"),
    [
        ("(4) A", "„(4) A“ soll zu Schritt 4, die Maßnahme hat aber nur 3 Schritte."),
        ("(0) A", "„(0) A“ soll zu Schritt 0"),
        ("(2-5) A", "„(2-5) A“ soll zu Schritt 4"),
        ("(4) A, B, 51", "„(4) A“ soll zu Schritt 4"),
        ("(99) Ordnungsamt", "oder nennen Sie „Ordnungsamt“ ohne Nummer."),
        ("A, (1)", "Hinter „(1)“ steht kein Name."),
        ("(1), (2)", "Hinter „(2)“ steht kein Name."),
    ],
)
def test_a_number_without_a_step_or_a_name_says_what_would_be_right(getippt, satz):
    (fehler,) = verteilt(getippt).fehler
    assert satz in fehler


@given(st.lists(st.sampled_from(["(1)", "(2)", "(7)", "1)", "(1, 2)", "51", "A", "Schritt 3:", ","]), max_size=14))
def test_every_name_goes_somewhere_and_is_lost_nowhere(stuecke):
    namen = namen_aus(" ".join(stuecke))
    ergebnis = verteile(namen, SCHRITTE, BEKANNT.__contains__)
    assert all(1 <= nummer <= SCHRITTE and name for nummer, name in ergebnis.an_schritte)
    if ergebnis.fehler:  # the field comes back as it was typed
        return
    gezeigt = [*ergebnis.direkt, *(name for _, name in ergebnis.an_schritte)]
    for name in namen:
        ohne = marke_von(name)[1]
        assert not ohne or any(genannt in ohne for genannt in gezeigt)


def test_the_name_goes_to_its_step_and_the_answer_says_so(leitung, massnahme):
    antwort = sende(leitung, massnahme, {"mitwirkung": "SKFM, (1) Ehrenamtsbörse"})
    assert antwort.status_code == 302
    erster, zweiter, _ = massnahme.schritte.all()
    assert zustaendig(massnahme) == [("51", "federfuehrung"), ("SKFM", "mitwirkung")]
    assert zustaendig(erster) == [("SKFM", "mitwirkung"), ("Ehrenamtsbörse", "mitwirkung")]
    assert zustaendig(zweiter) == [("SKFM", "mitwirkung")]
    assert "„Ehrenamtsbörse“ steht jetzt bei Schritt 1." in _meldungen(antwort)
    assert not Akteur.objects.filter(kurz__startswith="(1)").exists()


def test_the_role_is_that_of_the_field_and_joined_names_are_parted(leitung, massnahme):
    antwort = sende(
        leitung, massnahme, {"federfuehrung": "51, (2) Ehrenamtsbörse / Jugendamt, (3) Feuerwehr", "neue_akteure": "on"}
    )
    _, zweiter, dritter = massnahme.schritte.all()
    assert zustaendig(massnahme)[0] == ("51", "federfuehrung")
    assert zustaendig(zweiter) == [("Ehrenamtsbörse", "federfuehrung"), ("51", "federfuehrung"), ("SKFM", "mitwirkung")]
    assert zustaendig(dritter) == [("Feuerwehr", "federfuehrung"), ("SKFM", "mitwirkung")]
    for satz in ("„Ehrenamtsbörse“ und „51“ stehen jetzt bei Schritt 2.", "„Feuerwehr“ steht jetzt bei Schritt 3."):
        assert satz in _meldungen(antwort)


def test_a_name_for_several_steps_is_read_once(leitung, massnahme):
    antwort = sende(leitung, massnahme, {"mitwirkung": "(1-3) Kultur und Sport", "neue_akteure": "on"})
    assert all(("Kultur und Sport", "mitwirkung") in zustaendig(schritt) for schritt in massnahme.schritte.all())
    assert Akteur.objects.filter(kurz="Kultur und Sport").count() == 1
    assert _meldungen(antwort).count("ist als ein Akteur neu angelegt") == 1
    satz = fehler_am_feld(sende(leitung, massnahme, {"mitwirkung": "(1-3) Feuerwehr"}), "id_mitwirkung")
    assert satz.count("Feuerwehr") == 1


def test_nobody_in_particular_is_said_at_a_step_too(leitung, massnahme):
    antwort = sende(leitung, massnahme, {"mitwirkung": "SKFM, (1, 2) N.N."})
    satz = "„N.N.“ steht so im Druck; damit ist noch niemand zuständig."
    assert _meldungen(antwort).count(satz) == 1
    assert ("N.N.", "mitwirkung") in zustaendig(massnahme.schritte.first())


def test_who_stands_there_already_keeps_the_role(leitung, massnahme):
    antwort = sende(leitung, massnahme, {"federfuehrung": "51, (1) skfm"})
    assert zustaendig(massnahme.schritte.first()) == [("SKFM", "mitwirkung")]
    assert "„skfm“ steht schon bei Schritt 1." in _meldungen(antwort)


def test_a_step_that_is_new_on_the_page_counts_and_an_empty_one_does_not(leitung, massnahme):
    daten = druecke(leitung, massnahme, hole(leitung, massnahme), "schritte:neu")
    daten |= {"mitwirkung": "SKFM, (4) Ehrenamtsbörse", "_speichern": "1"}
    satz = fehler_am_feld(leitung.post(formular_adresse(massnahme), daten), "id_mitwirkung")
    assert "die Maßnahme hat aber nur 3 Schritte. Fügen Sie den Schritt hinzu" in satz
    daten |= {"schritte-3-text": "Feiern"}
    assert leitung.post(formular_adresse(massnahme), daten).status_code == 302
    assert zustaendig(massnahme.schritte.last()) == [("Ehrenamtsbörse", "mitwirkung")]


def test_the_number_is_the_one_on_the_page(leitung, massnahme):
    """Rows that are moved or removed are counted as they stand then."""
    daten = druecke(leitung, massnahme, hole(leitung, massnahme), "schritte:weg:0")
    daten |= {"mitwirkung": "SKFM, (1) Ehrenamtsbörse", "_speichern": "1"}
    assert leitung.post(formular_adresse(massnahme), daten).status_code == 302
    erster = massnahme.schritte.first()
    assert (erster.text, zustaendig(erster)[-1]) == ("Eröffnen", ("Ehrenamtsbörse", "mitwirkung"))


@pytest.mark.parametrize(
    ("getippt", "satz"),
    [
        ("(5) SKFM", "„(5) SKFM“ soll zu Schritt 5"),
        ("(1) Feuerwehr", "„Feuerwehr“ ist kein Akteur der Kommune."),
        ("SKFM, (2)", "Hinter „(2)“ steht kein Name"),
    ],
)
def test_what_cannot_be_stays_as_it_was_typed(leitung, massnahme, getippt, satz):
    antwort = sende(leitung, massnahme, {"mitwirkung": getippt})
    assert satz in fehler_am_feld(antwort, "id_mitwirkung")
    assert nach_id(seite_von(antwort), "id_mitwirkung").get("value") == getippt
    assert zustaendig(massnahme.schritte.first()) == [("SKFM", "mitwirkung")]


def test_nothing_moves_when_something_else_is_wrong(leitung, massnahme):
    antwort = sende(leitung, massnahme, {"mitwirkung": "(1) Ehrenamtsbörse", "schritte-0-zeitraum": "13/2027"})
    assert antwort.status_code == 422
    assert nach_id(seite_von(antwort), "id_mitwirkung").get("value") == "(1) Ehrenamtsbörse"
    assert nach_id(seite_von(antwort), "id_schritte-0-mitwirkung").get("value") == "SKFM"


@pytest.mark.parametrize("wo", ["schritte-0-mitwirkung", "schritte-1-federfuehrung"])
def test_a_step_names_its_own_without_a_number(leitung, massnahme, wo):
    satz = fehler_am_feld(sende(leitung, massnahme, {wo: "(1) Ehrenamtsbörse", "neue_akteure": "on"}), f"id_{wo}")
    assert "Nennen Sie „Ehrenamtsbörse“ ohne sie" in satz
    assert Akteur.objects.count() == 3


def test_who_edits_for_an_akteur_may_give_it_to_a_step(client, konzept, massnahme):
    person = mache_benutzer(konzept.kommune, email="skfm@traeger.example")
    akteur = Akteur.objects.get(kurz="Ehrenamtsbörse")
    Mitgliedschaft.objects.create(benutzer=person, kommune=konzept.kommune, rolle="mitwirkung", akteur=akteur)
    setze_zustaendig(massnahme, akteur)
    client.force_login(person)
    assert sende(client, massnahme, {"mitwirkung": "SKFM, (2) Ehrenamtsbörse"}).status_code == 302
    assert ("Ehrenamtsbörse", "mitwirkung") in zustaendig(massnahme.schritte.all()[1])
    assert client.get(formular_adresse(massnahme)).status_code == 200


# What is stored already


@pytest.fixture
def gespeichert(massnahme):
    setze_zustaendig(massnahme, mache_akteur(massnahme.konzept.kommune, "(1) Ehrenamtsbörse"))
    return massnahme


HINWEIS = (
    "„(1) Ehrenamtsbörse“ steht bei der ganzen Maßnahme. Nennen Sie „Ehrenamtsbörse“ bei Schritt 1, und nehmen Sie den "
    "Eintrag heraus"
)


def test_what_is_stored_is_named(gespeichert, leitung):
    (saetze,) = (saetze for titel, saetze in eintraege(gespeichert.konzept).items() if "„Sprachcafé“" in titel)
    assert HINWEIS in saetze
    dokument = stelle_zusammen(Konzept.objects.mit_kommune().get(pk=gespeichert.konzept.pk))
    assert HINWEIS in {luecke.satz for luecke in luecken(dokument)}
    assert HINWEIS in text(seite_von(leitung.get(f"{adresse(gespeichert.konzept)}offen/")))
    assert HINWEIS in text(seite_von(leitung.get(formular_adresse(gespeichert))))


def test_what_is_stored_stays_until_somebody_changes_the_field(gespeichert, leitung):
    sende(leitung, gespeichert, {"titel": "Anders"})
    assert ("(1) Ehrenamtsbörse", "mitwirkung") in zustaendig(gespeichert)
    antwort = sende(leitung, gespeichert, {"mitwirkung": "(1) Ehrenamtsbörse, (2) 51"})
    assert zustaendig(gespeichert) == [("51", "federfuehrung")]
    assert ("Ehrenamtsbörse", "mitwirkung") in zustaendig(gespeichert.schritte.first())
    assert "„Ehrenamtsbörse“ steht jetzt bei Schritt 1." in _meldungen(antwort)


def test_it_is_never_proposed(gespeichert, leitung):
    wo = "schritte-0-mitwirkung"
    satz = fehler_am_feld(sende(leitung, gespeichert, {wo: "Ehrenamtsbörs"}), f"id_{wo}")
    assert "Meinten Sie „Ehrenamtsbörse“?" in satz


@pytest.mark.parametrize(
    ("kurz", "schritte", "wo"),
    [
        ("(1) A", 1, "bei Schritt 1"),
        ("2) A", 2, "bei Schritt 2"),
        ("Schritt 1: A", 3, "bei Schritt 1"),
        ("(1, 2) A", 2, "bei den Schritten 1, 2"),
        ("(3) A", 2, ""),
        ("(51) Jugendamt", 3, ""),
        ("(1)", 3, ""),
        ("A", 3, ""),
    ],
)
def test_what_is_in_the_wrong_place(kurz, schritte, wo):
    satz = am_falschen_ort(kurz, schritte)
    assert wo in satz
    assert bool(satz) == bool(wo)


def _meldungen(antwort) -> str:
    return "\n".join(str(meldung) for meldung in antwort.wsgi_request._messages)
