"""How an amount or a period was read stands beside its field; what can mean several things asks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from massnahmen import geld, kosten, zeitraum
from massnahmen.lesung import Leseumstaende, lies_geld, lies_zeitraum
from massnahmen.models import Angebot, Foerderung, Kostenposition, Massnahme, Umsetzungsschritt
from tests.fabrik import (
    adresse,
    alle_zeilen,
    druecke,
    eingaben,
    fehler_am_feld,
    formular_adresse,
    hole,
    mache_benutzer,
    nach_id,
    seite_von,
    sende,
    text,
)

pytestmark = pytest.mark.django_db

ZWEIDEUTIG = "1/2028 - 2/2028"
QUARTALE = "1. bis 2. Quartal 2028"
IN_MIO = "1.777 Mio. €"


def worte(seite, kennung: str) -> str:
    return text(nach_id(seite_von(seite) if not hasattr(seite, "iter") else seite, f"{kennung}_gelesen"))


def optionen(seite, name: str) -> list[str]:
    """The values of the readings to choose from, in order."""
    return [k.get("value") for k in seite_von(seite).iter("input") if k.get("name") == f"{name}-lesart"]


def gewaehlt(seite, name: str) -> list[str]:
    return [
        k.get("value")
        for k in seite_von(seite).iter("input")
        if k.get("name") == f"{name}-lesart" and k.get("checked") is not None
    ]


def setze_roh(modell, spalte: str, wortlaut: str, **filter) -> None:
    """A wording as an earlier reader took it."""
    tabelle = modell._meta.db_table
    (pk,) = modell.objects.filter(**filter).values_list("pk", flat=True)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {tabelle} SET {spalte} = %s WHERE id = %s", [wortlaut, pk])


# How it was read


@pytest.mark.parametrize(
    ("wortlaut", "jahre", "erwartet"),
    [
        ("5.000 € vierteljährlich", (2027, 2032), "gelesen: 5.000 €, viermal im Jahr, 2027 bis 2032"),
        ("30.000 € jährlich", (2027, 2029), "gelesen: 30.000 €, jedes Jahr, 2027 bis 2029"),
        ("10.000 € jährlich", (2027, None), "gelesen: 10.000 €, jedes Jahr, 2027 bis 2032"),
        ("einmalig 5.000 €", (2028, None), "gelesen: 5.000 €, einmal, 2028"),
        ("nach Aufwand", (None, None), "nicht beziffert, zählt nicht in die Summe"),
        ("", (None, None), ""),
    ],
)
def test_the_words_of_an_amount_take_in_its_years(wortlaut, jahre, erwartet):
    rahmen = kosten.Rahmen(zeitraum.lies("2026 bis 2032"), 2026, 2032)
    gelesen = lies_geld(wortlaut, Leseumstaende(rahmen, True, *jahre)).worte
    assert gelesen.replace("\xa0", " ").startswith(erwartet)
    assert bool(gelesen) == bool(wortlaut)


@pytest.mark.parametrize(
    ("wortlaut", "erwartet"),
    [
        ("2. Halbjahr 2027", "gelesen: Juli bis Dezember 2027"),
        ("ab 2018 jährlich", "gelesen: ab 2018, jedes Jahr, ohne Ende"),
        ("nach Bedarf", "als Wortlaut, nicht als Zeit gelesen"),
        ("13/2027", "nicht gelesen: Monat 13 gibt es nicht."),
    ],
)
def test_the_words_of_a_period(wortlaut, erwartet):
    assert lies_zeitraum(wortlaut, Leseumstaende()).worte.startswith(erwartet)


def test_it_stands_beside_every_field_of_a_measure(leitung, massnahme):
    seite = seite_von(leitung.get(formular_adresse(massnahme)))
    assert worte(seite, "id_zeitraum") == "gelesen: 2027"
    assert worte(seite, "id_schritte-1-zeitraum") == "gelesen: Februar 2027"
    assert worte(seite, "id_kosten-0-angabe").startswith("gelesen: 30.000 €, jedes Jahr, 2027")
    assert worte(seite, "id_kosten-1-angabe") == "gelesen: 5.000 €, 2027"
    for kennung in ("id_zeitraum", "id_schritte-1-zeitraum", "id_kosten-0-angabe"):
        assert f"{kennung}_gelesen" in nach_id(seite, kennung).get("aria-describedby").split()


def test_it_stands_there_too_when_the_form_comes_back(leitung, massnahme):
    neu = {"titel": "", "zeitraum": "2028", "kosten-1-angabe": "nach Aufwand", "kosten-0-angabe": "7.000 € jährlich"}
    antwort = sende(leitung, massnahme, neu)
    assert antwort.status_code == 422
    assert worte(antwort, "id_zeitraum") == "gelesen: 2028"
    assert worte(antwort, "id_kosten-0-angabe").startswith("gelesen: 7.000 €, jedes Jahr, 202")
    assert worte(antwort, "id_kosten-1-angabe") == "nicht beziffert, zählt nicht in die Summe"


def test_the_zeitraum_counts_as_it_is_typed(leitung, massnahme):
    """The amount has no year of its own: it falls into that of the measure."""
    antwort = sende(leitung, massnahme, {"titel": "", "zeitraum": "Mai 2031"})
    assert worte(antwort, "id_kosten-1-angabe") == "gelesen: 5.000 €, 2031"


@pytest.mark.parametrize(
    ("angabe", "jahr", "bis_jahr", "satz"),
    [
        ("10.000 € jährlich", "2029", "", "Das Jahr 2029 liegt außerhalb des Zeitraums der Maßnahme (2027)"),
        ("10.000 €", "2029", "", "Das Jahr 2029 liegt außerhalb"),
        ("einmalig 10.000 €", "2026", "", "Das Jahr 2026 liegt außerhalb"),
        ("10.000 € (2030)", "", "", "Das Jahr 2030 liegt außerhalb"),
        ("10.000 € jährlich", "2026", "2028", "Die Jahre 2026 und 2028 liegen außerhalb"),
        ("700 € (2029)", "2031", "", "im Betrag stehen andere Jahre als daneben"),
        ("jeweils 9 € für 2016 und 2017", "2027", "", "im Betrag stehen andere Jahre als daneben"),
        ("ab 2030 jährlich 9 €", "2027", "2028", "im Betrag stehen andere Jahre als daneben"),
    ],
)
def test_years_that_do_not_go_together_are_said(leitung, massnahme, angabe, jahr, bis_jahr, satz):
    neu = {"kosten-1-angabe": angabe, "kosten-1-jahr": jahr, "kosten-1-bis_jahr": bis_jahr}
    assert satz in worte(sende(leitung, massnahme, neu | {"titel": ""}), "id_kosten-1-angabe")


@pytest.mark.parametrize(
    ("angabe", "jahr", "bis_jahr", "am", "gelesen", "satz"),
    [
        ("30.000 €", "2029", "2028", "bis_jahr", "gelesen: 30.000 €", "Das letzte Jahr (2028) liegt vor dem ersten"),
        ("9 € jährlich", "2031", "2027", "bis_jahr", "gelesen: 9 €, jedes Jahr", "Das letzte Jahr (2027) liegt vor"),
        ("30.000 €", "", "2029", "jahr", "gelesen: 30.000 €", "Zu „bis Jahr“ gehört das erste Jahr, z. B. 2027."),
        ("9 € jährlich", "", "2028", "jahr", "gelesen: 9 €, jedes Jahr", "Zu „bis Jahr“ gehört das erste Jahr"),
        ("5.000 €", "29", "", "jahr", "gelesen: 5.000 €", "„29“ ist nicht als Jahr gelesen. Schreiben Sie das Jahr"),
        ("5.000 €", "2027-2029", "", "jahr", "gelesen: 5.000 €", "„2027-2029“ ist nicht als Jahr gelesen."),
        ("5.000 €", "2027", "ff.", "bis_jahr", "gelesen: 5.000 €", "„ff.“ ist nicht als Jahr gelesen."),
        ("5.000 €", "1027", "2029", "jahr", "gelesen: 5.000 €", "„1027“ ist nicht als Jahr gelesen."),
        ("nach Bedarf", "29", "", "jahr", "nicht beziffert, zählt nicht in die Summe", "„29“ ist nicht als Jahr"),
        ("", "2029", "2028", "bis_jahr", "", "Das letzte Jahr (2028) liegt vor dem ersten (2029)."),
    ],
)
def test_years_that_are_none_are_said_at_once_and_ask_nothing(
    leitung, konzept, massnahme, angabe, jahr, bis_jahr, am, gelesen, satz
):
    neu = {"kosten-1-angabe": angabe, "kosten-1-jahr": jahr, "kosten-1-bis_jahr": bis_jahr}
    erwartet = f"{gelesen}. {satz}" if gelesen else satz
    getippt = frage(leitung, konzept, "kosten-1-angabe", zeitraum="2027 bis 2032", **neu)
    assert worte(getippt, "id_kosten-1-angabe").replace("\xa0", " ").startswith(erwartet)
    antwort = sende(leitung, massnahme, neu | {"zeitraum": "2027 bis 2032"})
    assert antwort.status_code == 422
    assert worte(antwort, "id_kosten-1-angabe").replace("\xa0", " ").startswith(erwartet)
    assert optionen(antwort, "kosten-1-angabe") == optionen(getippt, "kosten-1-angabe") == []
    assert fehler_am_feld(antwort, f"id_kosten-1-{am}")


def test_what_the_wording_itself_leaves_open_is_asked_beside_wrong_years(leitung, konzept):
    daten = {"kosten-0-angabe": IN_MIO, "kosten-0-jahr": "2029", "kosten-0-bis_jahr": "2028"}
    antwort = frage(leitung, konzept, "kosten-0-angabe", **daten)
    assert "1,777 Mio. €" in optionen(antwort, "kosten-0-angabe")
    assert worte(antwort, "id_kosten-0-angabe").endswith("Das letzte Jahr (2028) liegt vor dem ersten (2029).")


def test_a_long_text_in_the_place_of_a_year_is_named_in_short(leitung, konzept):
    antwort = frage(leitung, konzept, "kosten-0-angabe", **{"kosten-0-angabe": "9 €", "kosten-0-jahr": "x" * 9_999})
    assert len(worte(antwort, "id_kosten-0-angabe")) < 150


def test_an_offer_says_it_too(leitung, konzept):
    angebot = Angebot.objects.create(konzept=konzept, titel="Sprachkurs", seit="seit 2010")
    Foerderung.objects.create(angebot=angebot, geber="Land", angabe="3.000 € monatlich")
    seite = seite_von(leitung.get(adresse(konzept, "angebote", str(angebot.pk), "bearbeiten")))
    assert worte(seite, "id_seit").startswith("gelesen: ab 2010")
    assert worte(seite, "id_foerderungen-0-angabe") == "gelesen: 3.000 €, jeden Monat"


def test_the_number_of_queries_does_not_depend_on_the_rows(leitung, massnahme):
    def abfragen():
        with CaptureQueriesContext(connection) as gezaehlt:
            leitung.get(formular_adresse(massnahme))
        return len(gezaehlt)

    leitung.get(formular_adresse(massnahme))
    wenige = abfragen()
    for nummer in range(5):
        Kostenposition.objects.create(massnahme=massnahme, angabe=f"{nummer}.000 €", reihenfolge=nummer + 3)
    assert abfragen() == wenige


# What can mean several things


FRAGEN = {
    "Zeitraum": ("zeitraum", ZWEIDEUTIG, QUARTALE),
    "Zeitraum, Monate": ("zeitraum", "1/2029 - 2/2029", "Januar bis Februar 2029"),
    "Schritt": ("schritte-0-zeitraum", ZWEIDEUTIG, "1. bis 2. Halbjahr 2028"),
    "Betrag": ("kosten-1-angabe", IN_MIO, "1,777 Mio. €"),
    "Betrag, groß": ("kosten-1-angabe", IN_MIO, "1,777 Mrd. €"),
    "Stellen?": ("kosten-1-angabe", "0,5", "0,50 €"),
    "Amt?": ("kosten-1-angabe", "51", "51 €"),
    "Jahr?": ("kosten-1-angabe", "2018", "2.018 €"),
    "englischer Betrag": ("kosten-1-angabe", "12.50 €", "12,50 €"),
}


@pytest.mark.parametrize(("name", "getippt", "wahl"), FRAGEN.values(), ids=FRAGEN)
def test_what_is_ambiguous_asks_and_the_answer_is_what_is_saved(leitung, massnahme, name, getippt, wahl):
    vorher = alle_zeilen()
    neu = {name: getippt, "titel": "Mit neuem Titel", "schritte-2-text": "Anders auswerten"}
    antwort = sende(leitung, massnahme, neu)
    assert antwort.status_code == 422
    assert fehler_am_feld(antwort, f"id_{name}").endswith("ählen Sie unter dem Feld aus, was gemeint ist.")
    assert alle_zeilen() == vorher
    assert wahl in optionen(antwort, name)
    assert optionen(antwort, name)[-1] == "bleibt"
    assert gewaehlt(antwort, name) == []
    daten = eingaben(antwort)
    assert {feld: daten[feld] for feld in neu} == {feld: [wert] for feld, wert in neu.items()}
    assert leitung.post(formular_adresse(massnahme), daten | {f"{name}-lesart": wahl}).status_code == 302
    assert hole(leitung, massnahme)[name] == [wahl]
    assert Massnahme.objects.get().titel == "Mit neuem Titel"


def test_without_an_answer_it_asks_again(leitung, massnahme):
    daten = eingaben(sende(leitung, massnahme, {"zeitraum": ZWEIDEUTIG}))
    antwort = leitung.post(formular_adresse(massnahme), daten)
    assert antwort.status_code == 422
    assert optionen(antwort, "zeitraum")


@pytest.mark.parametrize(
    ("name", "getippt"),
    [("zeitraum", ZWEIDEUTIG), ("schritte-0-zeitraum", ZWEIDEUTIG), ("kosten-1-angabe", IN_MIO)],
)
def test_it_may_stay_as_it_is(leitung, massnahme, name, getippt):
    daten = eingaben(sende(leitung, massnahme, {name: getippt}))
    assert leitung.post(formular_adresse(massnahme), daten | {f"{name}-lesart": "bleibt"}).status_code == 302
    assert hole(leitung, massnahme)[name] == [getippt]
    werte = [
        Massnahme.objects.get().zeitraum,
        *(s.zeitraum for s in massnahme.schritte.all()),
        *(k.angabe for k in massnahme.kostenpositionen.all()),
    ]
    assert [str(wert) for wert in werte if not wert.verstanden] == [getippt]


def test_a_text_typed_anew_is_read_anew(leitung, massnahme):
    """The old answer does not rule over it, whatever it was."""
    for lesart in (QUARTALE, "bleibt"):
        daten = eingaben(sende(leitung, massnahme, {"zeitraum": ZWEIDEUTIG})) | {"zeitraum-lesart": lesart}
        antwort = leitung.post(formular_adresse(massnahme), daten | {"zeitraum": "3/2029 - 4/2029"})
        assert antwort.status_code == 422
        assert gewaehlt(antwort, "zeitraum") == []
        assert "Januar bis Februar 2028" not in optionen(antwort, "zeitraum")
    assert leitung.post(formular_adresse(massnahme), daten | {"zeitraum": "Mai 2029"}).status_code == 302
    assert str(Massnahme.objects.get().zeitraum) == "Mai 2029"


def test_what_stands_in_the_database_keeps_nothing_from_being_saved(leitung, massnahme):
    setze_roh(Massnahme, "zeitraum", ZWEIDEUTIG)
    setze_roh(Kostenposition, "angabe", "12.50 €", reihenfolge=2)
    setze_roh(Umsetzungsschritt, "zeitraum", "13/2027", reihenfolge=1)
    seite = leitung.get(formular_adresse(massnahme))
    assert gewaehlt(seite, "zeitraum") == gewaehlt(seite, "kosten-1-angabe") == ["bleibt"]
    assert worte(seite, "id_zeitraum") == "mehrdeutig, steht so in keinem Zeitplan"
    assert "Meinen Sie" in text(nach_id(seite_von(seite), "div_id_zeitraum"))
    assert sende(leitung, massnahme, {"titel": "Nur der Titel"}).status_code == 302
    massnahme.refresh_from_db()
    assert (massnahme.titel, str(massnahme.zeitraum)) == ("Nur der Titel", ZWEIDEUTIG)
    assert str(massnahme.kostenpositionen.last().angabe) == "12.50 €"
    assert str(massnahme.schritte.first().zeitraum) == "13/2027"


def test_and_it_can_be_answered_at_any_time(leitung, massnahme):
    setze_roh(Massnahme, "zeitraum", ZWEIDEUTIG)
    assert sende(leitung, massnahme, {"zeitraum-lesart": QUARTALE}).status_code == 302
    massnahme.refresh_from_db()
    assert (str(massnahme.zeitraum), massnahme.zeitraum.verstanden) == (QUARTALE, True)


def test_the_question_survives_the_buttons_of_rows(leitung, massnahme):
    daten = eingaben(sende(leitung, massnahme, {"schritte-1-zeitraum": ZWEIDEUTIG}))
    daten = druecke(leitung, massnahme, daten, "schritte:neu")
    daten = druecke(leitung, massnahme, daten, "schritte:auf:1")
    assert daten["schritte-1-zeitraum"] == daten["schritte-1-zeitraum-gefragt"] == [ZWEIDEUTIG]
    daten = druecke(leitung, massnahme, daten | {"schritte-1-zeitraum-lesart": QUARTALE}, "schritte:weg:0")
    assert daten["schritte-1-zeitraum"] == [QUARTALE]
    daten["schritte-3-text"] = "Neu"
    assert leitung.post(formular_adresse(massnahme), daten).status_code == 302
    assert [str(s.zeitraum) for s in massnahme.schritte.all()] == [QUARTALE, "03/2027", ""]


def test_an_answer_in_a_new_row_moves_with_it(leitung, massnahme):
    """What is behind a row that was taken away gets another number."""
    daten = hole(leitung, massnahme)
    for _ in range(2):
        daten = druecke(leitung, massnahme, daten, "kosten:neu")
    daten |= {"kosten-2-angabe": "1 €", "kosten-3-angabe": IN_MIO}
    daten = eingaben(leitung.post(formular_adresse(massnahme), daten)) | {"kosten-3-angabe-lesart": "bleibt"}
    daten = druecke(leitung, massnahme, daten, "kosten:weg:2")
    assert leitung.post(formular_adresse(massnahme), daten).status_code == 302
    assert str(massnahme.kostenpositionen.last().angabe) == IN_MIO


@pytest.mark.parametrize(
    ("angabe", "wahl", "turnus"),
    [
        ("10.000 €", "10.000 € einmalig", geld.Turnus.EINMALIG),
        ("10.000 €", "10.000 € jährlich", geld.Turnus.JAEHRLICH),
        ("ca. 19 TEUR", "ca. 19 TEUR jährlich", geld.Turnus.JAEHRLICH),
        ("1,2 Mio. €", "1,2 Mio. € einmalig", geld.Turnus.EINMALIG),
    ],
)
def test_an_amount_over_several_years_asks_whether_it_is_meant_for_each(leitung, massnahme, angabe, wahl, turnus):
    neu = {"kosten-1-angabe": angabe, "kosten-1-jahr": "2027", "kosten-1-bis_jahr": "2029"}
    antwort = sende(leitung, massnahme, neu)
    satz = "Gilt der Betrag für 2027 bis 2029 insgesamt oder in jedem Jahr?"
    assert fehler_am_feld(antwort, "id_kosten-1-angabe").startswith(satz)
    assert wahl in optionen(antwort, "kosten-1-angabe")
    daten = eingaben(antwort) | {"kosten-1-angabe-lesart": wahl}
    assert leitung.post(formular_adresse(massnahme), daten).status_code == 302
    position = massnahme.kostenpositionen.last()
    assert (str(position.angabe), position.angabe.turnus) == (wahl, turnus)


def test_years_that_come_later_ask_too(leitung, massnahme):
    """The amount is what it was; what is new is that it spans years."""
    antwort = sende(leitung, massnahme, {"kosten-1-jahr": "2027", "kosten-1-bis_jahr": "2028"})
    assert "2027 bis 2028 insgesamt" in fehler_am_feld(antwort, "id_kosten-1-angabe")
    daten = eingaben(antwort) | {"kosten-1-angabe-lesart": "bleibt"}
    assert leitung.post(formular_adresse(massnahme), daten).status_code == 302
    assert str(massnahme.kostenpositionen.last().angabe) == "5.000 €"
    assert gewaehlt(leitung.get(formular_adresse(massnahme)), "kosten-1-angabe") == ["bleibt"]
    assert sende(leitung, massnahme, {"titel": "Weiter"}).status_code == 302


def test_one_year_does_not_ask(leitung, massnahme):
    assert sende(leitung, massnahme, {"kosten-1-jahr": "2027", "kosten-1-bis_jahr": "2027"}).status_code == 302


def test_what_somebody_else_saved_meanwhile_is_compared_with_the_answer(leitung, massnahme):
    daten = eingaben(sende(leitung, massnahme, {"zeitraum": ZWEIDEUTIG})) | {"zeitraum-lesart": QUARTALE}
    Massnahme.objects.update(version=7)
    antwort = leitung.post(formular_adresse(massnahme), daten)
    assert antwort.status_code == 409
    assert QUARTALE in text(nach_id(seite_von(antwort), "konflikt"))
    assert leitung.post(formular_adresse(massnahme), eingaben(antwort)).status_code == 302
    assert str(Massnahme.objects.get().zeitraum) == QUARTALE


def test_a_draft_keeps_the_answer(leitung, massnahme):
    daten = eingaben(sende(leitung, massnahme, {"zeitraum": ZWEIDEUTIG})) | {"zeitraum-lesart": QUARTALE}
    ort = {"_adresse": formular_adresse(massnahme)}
    assert leitung.post(reverse("konten:zwischenstand"), daten | ort).status_code == 204
    spaeter = leitung.get(formular_adresse(massnahme))
    assert eingaben(spaeter)["zeitraum"] == [QUARTALE]
    assert str(Massnahme.objects.get().zeitraum) == "2027"


def test_amounts_are_in_the_currency_of_the_kommune(leitung, konzept, massnahme):
    type(konzept.kommune).objects.update(waehrung="CHF")
    antwort = sende(leitung, massnahme, {"titel": "", "kosten-1-angabe": "7.000", "kosten-0-angabe": "5 € jährlich"})
    assert worte(antwort, "id_kosten-1-angabe") == "gelesen: 7.000 CHF, 2027"
    assert "zählt nicht in die Summe" in worte(antwort, "id_kosten-0-angabe")


def test_taking_what_is_saved_forgets_the_question(leitung, massnahme):
    daten = eingaben(sende(leitung, massnahme, {"zeitraum": ZWEIDEUTIG}))
    antwort = leitung.post(formular_adresse(massnahme), daten | {"_nimm": "form:zeitraum"})
    assert eingaben(antwort)["zeitraum"] == ["2027"]
    assert optionen(antwort, "zeitraum") == []


def test_an_offer_and_its_grants_ask_too(leitung, konzept):
    angebot = Angebot.objects.create(konzept=konzept, titel="Sprachkurs")
    Foerderung.objects.create(angebot=angebot, geber="Land", angabe="1 €")
    ort = adresse(konzept, "angebote", str(angebot.pk), "bearbeiten")
    daten = eingaben(leitung.get(ort)) | {"seit": ZWEIDEUTIG, "foerderungen-0-angabe": IN_MIO}
    antwort = leitung.post(ort, daten)
    assert antwort.status_code == 422
    daten = eingaben(antwort) | {"seit-lesart": QUARTALE, "foerderungen-0-angabe-lesart": "1,777 Mio. €"}
    assert leitung.post(ort, daten).status_code == 302
    assert str(Angebot.objects.get().seit) == QUARTALE
    assert str(Foerderung.objects.get().angabe) == "1,777 Mio. €"


def test_the_admin_says_what_to_write(client, massnahme):
    client.force_login(mache_benutzer(massnahme.konzept.kommune, "leitung", is_staff=True, is_superuser=True))
    schritt = massnahme.schritte.first()
    ort = reverse("admin:massnahmen_umsetzungsschritt_change", args=[schritt.pk])
    antwort = client.post(ort, eingaben(client.get(ort), mit="zeitraum") | {"zeitraum": ZWEIDEUTIG})
    seite = antwort.content.decode()
    assert QUARTALE in seite
    assert "unter dem Feld" not in seite
    assert "zeitraum_gelesen" not in seite


# While somebody types


def frage(client, konzept, feld: str, **daten):
    ort = reverse("massnahmen:gelesen", args=[konzept.kommune.slug, konzept.slug])
    return client.post(ort, {"_feld": feld} | daten)


def test_the_answer_while_somebody_types(leitung, konzept):
    antwort = frage(leitung, konzept, "kosten-3-angabe", **{"kosten-3-angabe": "7.000 €", "zeitraum": "Mai 2031"})
    assert worte(antwort, "id_kosten-3-angabe") == "gelesen: 7.000 €, 2031"
    assert "no-store" in antwort["Cache-Control"]
    assert worte(frage(leitung, konzept, "seit", seit="2010"), "id_seit") == "gelesen: 2010"
    antwort = frage(leitung, konzept, "schritte-0-zeitraum", **{"schritte-0-zeitraum": "Mai 2027"})
    assert worte(antwort, "id_schritte-0-zeitraum") == "gelesen: Mai 2027"
    foerderung = {"foerderungen-1-angabe": "5 € jährlich"}
    antwort = frage(leitung, konzept, "foerderungen-1-angabe", **foerderung)
    assert worte(antwort, "id_foerderungen-1-angabe") == "gelesen: 5 €, jedes Jahr"


def test_another_zeitraum_reads_the_amounts_anew(leitung, konzept):
    zeilen = {"kosten-0-angabe": "5 €", "kosten-2-angabe": "6 € jährlich", "kosten-1-jahr": "2027"}
    zeilen |= {"kosten-3-angabe": "7 €", "kosten-3-DELETE": "on"}  # taken away, and nowhere to be seen
    antwort = frage(leitung, konzept, "zeitraum", zeitraum="2030", **zeilen)
    seite = seite_von(antwort)
    assert worte(seite, "id_zeitraum") == "gelesen: 2030"
    assert worte(seite, "id_kosten-0-angabe") == "gelesen: 5 €, 2030"
    assert worte(seite, "id_kosten-2-angabe").startswith("gelesen: 6 €, jedes Jahr, 2030")
    nebenher = [k.get("id") for k in seite.iter("div") if k.get("hx-swap-oob")]
    assert nebenher == ["id_kosten-0-angabe_lesung", "id_kosten-2-angabe_lesung"]


def test_a_reading_that_is_chosen_already_stays_chosen_while_something_else_is_typed(leitung, konzept):
    daten = {"kosten-0-angabe": "10.000 €", "kosten-0-jahr": "2027", "kosten-0-bis_jahr": "2029"}
    antwort = {"kosten-0-angabe-gefragt": "10.000 €", "kosten-0-angabe-lesart": "10.000 € jährlich"}
    gefragt = frage(leitung, konzept, "kosten-0-angabe", **daten, **antwort)
    assert gewaehlt(gefragt, "kosten-0-angabe") == ["10.000 € jährlich"]
    assert gewaehlt(frage(leitung, konzept, "kosten-0-angabe", **daten), "kosten-0-angabe") == []


def test_asking_changes_nothing_and_costs_the_same_for_any_number_of_rows(leitung, konzept, massnahme):
    def abfragen(zeilen):
        with CaptureQueriesContext(connection) as gezaehlt:
            antwort = frage(
                leitung, konzept, "zeitraum", zeitraum="2030", **{f"kosten-{i}-angabe": "5 €" for i in range(zeilen)}
            )
        assert antwort.status_code == 200
        return len(gezaehlt)

    vorher = alle_zeilen()
    abfragen(1)
    assert abfragen(1) == abfragen(3) == abfragen(40)
    assert alle_zeilen() == vorher


@pytest.mark.parametrize("feld", ["", "titel", "kosten-0-programm", "kosten-99999-angabe", "x" * 500, "zeitraum\n"])
def test_other_fields_are_not_read(leitung, konzept, feld):
    assert frage(leitung, konzept, feld).status_code == 400


@pytest.mark.parametrize(("feld", "wert"), [("zeitraum", "x" * 100_000), ("kosten-0-angabe", "9 €, " * 20_000)])
def test_what_is_too_long_is_not_read(leitung, konzept, feld, wert):
    assert worte(frage(leitung, konzept, feld, **{feld: wert}), f"id_{feld}") == ""


@pytest.mark.parametrize(
    ("rolle", "status"), [("lesen", 200), ("mitwirkung", 200), ("verwaltung", 404), ("gremium", 404)]
)
def test_only_who_reads_the_concept_is_answered(client, konzept, rolle, status):
    client.force_login(mache_benutzer(konzept.kommune, rolle))
    assert frage(client, konzept, "zeitraum", zeitraum="2027").status_code == status


# Choosing a reading


@pytest.mark.parametrize(
    ("angabe", "jahre", "wahl", "erwartet"),
    [
        ("10.000 €", ("2027", "2029"), "10.000 € jährlich", "gelesen: 10.000 €, jedes Jahr, 2027 bis 2029, zusammen"),
        ("10.000 €", ("2027", "2029"), "10.000 € einmalig", "gelesen: 10.000 €, einmal, ohne Jahr"),
        (IN_MIO, ("2028", ""), "1,777 Mio. €", "gelesen: 1.777.000 €, 2028"),
        ("51", ("", ""), "51 €", "gelesen: 51 €"),
        (IN_MIO, ("2028", ""), "bleibt", "mehrdeutig, zählt so nicht in die Summe"),
        (IN_MIO, ("2028", ""), "5 Mrd. €", "mehrdeutig, zählt so nicht in die Summe"),  # not offered
    ],
)
def test_the_words_are_those_of_the_chosen_reading_and_the_question_stays(
    leitung, konzept, angabe, jahre, wahl, erwartet
):
    daten = {"kosten-0-angabe": angabe, "kosten-0-jahr": jahre[0], "kosten-0-bis_jahr": jahre[1]}
    offen = optionen(frage(leitung, konzept, "kosten-0-angabe", **daten), "kosten-0-angabe")
    daten |= {"kosten-0-angabe-gefragt": angabe, "kosten-0-angabe-lesart": wahl}
    antwort = frage(leitung, konzept, "kosten-0-angabe", **daten)
    assert worte(antwort, "id_kosten-0-angabe").replace("\xa0", " ").startswith(erwartet)
    assert optionen(antwort, "kosten-0-angabe") == offen
    assert gewaehlt(antwort, "kosten-0-angabe") == [wahl] * (wahl in offen)
    block = nach_id(seite_von(antwort), "id_kosten-0-angabe_lesung")
    assert (block.get("data-getippt"), block.get("data-gewaehlt")) == (angabe, wahl)


@pytest.mark.parametrize(
    ("wahl", "erwartet"),
    [
        (QUARTALE, "gelesen: 600 €, jeden Monat, 2028, zusammen 3.600 €"),
        ("Januar bis Februar 2028", "gelesen: 600 €, jeden Monat, 2028, zusammen 1.200 €"),
        ("1. bis 2. Halbjahr 2028", "gelesen: 600 €, jeden Monat, 2028, zusammen 7.200 €"),
    ],
)
def test_a_chosen_zeitraum_reads_all_amounts_and_those_that_are_typed_then(leitung, konzept, wahl, erwartet):
    daten = {"zeitraum": ZWEIDEUTIG, "zeitraum-gefragt": ZWEIDEUTIG, "zeitraum-lesart": wahl}
    daten |= {"kosten-0-angabe": "600 € monatlich"}
    antwort = frage(leitung, konzept, "zeitraum", **daten)
    assert worte(antwort, "id_zeitraum").startswith("gelesen: ")
    assert gewaehlt(antwort, "zeitraum") == [wahl]
    for seite in (antwort, frage(leitung, konzept, "kosten-0-angabe", **daten)):
        assert worte(seite, "id_kosten-0-angabe").replace("\xa0", " ") == erwartet


def test_the_choice_of_an_earlier_text_reads_nothing(leitung, konzept):
    daten = {"zeitraum": "3/2029 - 4/2029", "zeitraum-gefragt": ZWEIDEUTIG, "zeitraum-lesart": QUARTALE}
    antwort = frage(leitung, konzept, "zeitraum", **daten)
    assert worte(antwort, "id_zeitraum") == "mehrdeutig, steht so in keinem Zeitplan"
    assert gewaehlt(antwort, "zeitraum") == []


# A measure that falls away


ENTFAELLT = "Die Maßnahme entfällt, davon zählt nichts."


@pytest.mark.parametrize(
    ("angabe", "erwartet"),
    [
        ("5.000 €", "gelesen: 5.000 €, 2027. "),
        ("9 € jährlich", "gelesen: 9 €, jedes Jahr, 2027. "),
        ("nach Bedarf", "nicht beziffert, zählt nicht in die Summe. "),
        (IN_MIO, "mehrdeutig, zählt so nicht in die Summe. "),
    ],
)
def test_nothing_of_a_measure_that_falls_away_counts_and_that_is_said(leitung, konzept, massnahme, angabe, erwartet):
    neu = {"kosten-1-angabe": angabe, "zeitraum": "2027", "umsetzungsstand": "entfallen"}
    getippt = frage(leitung, konzept, "kosten-1-angabe", **neu)
    gesandt = sende(leitung, massnahme, neu | {"titel": ""})
    mit_zeitraum = frage(leitung, konzept, "zeitraum", **neu)
    for antwort in (getippt, gesandt, mit_zeitraum):
        assert worte(antwort, "id_kosten-1-angabe").replace("\xa0", " ") == f"{erwartet}{ENTFAELLT}"
    assert ENTFAELLT not in worte(mit_zeitraum, "id_zeitraum")


def test_it_is_said_of_a_saved_measure_and_beside_wrong_years(leitung, konzept, massnahme):
    Massnahme.objects.update(umsetzungsstand="entfallen", stand_begruendung="Kein Geld.")
    assert worte(leitung.get(formular_adresse(massnahme)), "id_kosten-1-angabe").endswith(ENTFAELLT)
    antwort = sende(leitung, massnahme, {"kosten-1-jahr": "29"})
    assert worte(antwort, "id_kosten-1-angabe").endswith(f"vier Ziffern, z. B. 2027. {ENTFAELLT}")
    assert worte(frage(leitung, konzept, "kosten-0-angabe", umsetzungsstand="entfallen"), "id_kosten-0-angabe") == ""


@pytest.mark.parametrize("stand", ["", "zurueckgestellt", "laufend", "umgesetzt", "ENTFALLEN"])
def test_otherwise_it_is_not_said(leitung, konzept, stand):
    daten = {"kosten-0-angabe": "5 €", "umsetzungsstand": stand}
    assert worte(frage(leitung, konzept, "kosten-0-angabe", **daten), "id_kosten-0-angabe").startswith("gelesen")
    assert "entfällt" not in worte(frage(leitung, konzept, "kosten-0-angabe", **daten), "id_kosten-0-angabe")
