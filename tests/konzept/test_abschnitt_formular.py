"""The form of an Abschnitt, and what happens to typed text when the session has expired meanwhile."""

import pytest
from django.test import Client
from django.urls import reverse

from konzept.models import Abschnitt
from tests.fabrik import (
    KENNWORT,
    alle_zeilen,
    eingaben,
    fehler_am_feld,
    formular,
    formular_adresse,
    hole,
    mache_abschnitt,
    mache_benutzer,
    mache_feld,
    mache_konzept,
    mache_massnahme,
    nach_id,
    seite_von,
    sende,
    text,
)

pytestmark = pytest.mark.django_db

LANG = "Ein Absatz mit Umlauten: äöüß & <b>Zeichen</b> + 100 %.\n\n- Punkt\n- „Zitat“; a=b&c"
GESENDET = LANG.replace("\n", "\r\n")
"""The same text as a browser sends it."""


@pytest.fixture
def konzept():
    return mache_konzept()


@pytest.fixture
def abschnitt(konzept):
    return mache_abschnitt(konzept, "Einführung", text="Alter Text.")


@pytest.fixture
def konto(konzept):
    return mache_benutzer(konzept.kommune, "redaktion", email="rita@stadt.example", name="Rita")


@pytest.fixture
def rita(client, konto):
    client.force_login(konto)
    return client


def gespeichert(abschnitt) -> tuple[str, str]:
    abschnitt.refresh_from_db()
    return abschnitt.titel, abschnitt.text


# The form


def test_text_is_saved_and_the_chapter_shown(rita, abschnitt):
    antwort = sende(rita, abschnitt, {"titel": "Anlass", "kurztitel": "A", "text": LANG})
    assert antwort.url.endswith(f"/lesen/abschnitt-{abschnitt.pk}/")
    assert gespeichert(abschnitt) == ("Anlass", LANG)
    assert (abschnitt.kurztitel, abschnitt.version, abschnitt.geaendert_von.name) == ("A", 2, "Rita")
    seite = rita.get(antwort.url)
    assert "ist gespeichert" in text(seite_von(seite))
    assert "<b>Zeichen</b>" in text(seite_von(seite))


def test_form_has_one_csrf_token(rita, abschnitt):
    assert len(hole(rita, abschnitt)["csrfmiddlewaretoken"]) == 1


@pytest.mark.parametrize(
    ("name", "wert", "satz"),
    [
        ("titel", "", "Geben Sie dem Abschnitt einen Titel."),
        ("titel", "x" * 301, "höchstens 300 Zeichen"),
        ("titel", "a\x00b", "Nullzeichen"),
        ("text", "a\x00b", "Nullzeichen"),
        ("kurztitel", "x" * 20_000, "höchstens 80 Zeichen"),
    ],
)
def test_an_error_stands_at_its_field_and_the_text_stays(rita, abschnitt, name, wert, satz):
    antwort = sende(rita, abschnitt, {"titel": "Neu", "text": LANG} | {name: wert})
    assert antwort.status_code == 422
    assert satz in fehler_am_feld(antwort, f"id_{name}")
    assert text(next(seite_von(antwort).iter("title"))).startswith("Fehler – ")
    if name != "text":
        assert eingaben(antwort)["text"] == [GESENDET]
    assert gespeichert(abschnitt) == ("Einführung", "Alter Text.")


def test_long_text_is_saved_whole(rita, abschnitt):
    sende(rita, abschnitt, {"text": "Wort " * 20_000})
    assert len(gespeichert(abschnitt)[1]) == 99_999


def test_the_form_does_not_move_it(rita, konzept, abschnitt):
    anderer = mache_abschnitt(konzept, "Anderer")
    platz = abschnitt.reihenfolge
    fremd = {"oberabschnitt": str(anderer.pk), "reihenfolge": "9", "konzept": "77", "version": "5"}
    sende(rita, abschnitt, fremd | {"inhalt": "kosten", "nummer": "X"})
    abschnitt.refresh_from_db()
    assert (abschnitt.oberabschnitt, abschnitt.reihenfolge, abschnitt.konzept) == (None, platz, konzept)
    assert (abschnitt.inhalt, abschnitt.nummer, abschnitt.version) == ("kosten", "X", 2)


def test_two_people(rita, konzept, abschnitt):
    daten = hole(rita, abschnitt) | {"text": "Meiner."}
    andere = Client()
    andere.force_login(mache_benutzer(konzept.kommune, "leitung", name="Lena"))
    sende(andere, abschnitt, {"text": "Ihrer."})
    antwort = rita.post(formular_adresse(abschnitt), daten)
    assert antwort.status_code == 409
    hinweis = text(nach_id(seite_von(antwort), "konflikt"))
    assert "Inzwischen hat Lena gespeichert" in hinweis
    assert "TextIhrer.Meiner." in hinweis
    assert gespeichert(abschnitt)[1] == "Ihrer."
    assert rita.post(formular_adresse(abschnitt), eingaben(antwort)).status_code == 302
    assert gespeichert(abschnitt)[1] == "Meiner."


# The session has expired


@pytest.fixture
def streng():
    """A browser that has to send CSRF tokens, as real ones do."""
    return Client(enforce_csrf_checks=True)


def melde_an(client, antwort=None, *, email: str = "rita@stadt.example", kennwort: str = KENNWORT):
    """Sign in on the page given, with all that it carries along, or on the sign-in page."""
    antwort = antwort or client.get(reverse("account_login"))
    ziel = formular(antwort, "password").get("action") or reverse("account_login")
    daten = eingaben(antwort, "password") | {"login": email, "password": kennwort}
    return client.post(ziel, daten)


@pytest.fixture
def abgelaufen(streng, konto, abschnitt):
    """Rita opened the form, her session expired, she pressed "Speichern": the page that she then sees."""
    melde_an(streng)
    daten = hole(streng, abschnitt) | {"titel": "Getippt", "text": LANG}
    streng.session.flush()
    antwort = streng.post(formular_adresse(abschnitt), daten | {"_speichern": "1"})
    assert antwort.status_code == 401
    return antwort


def test_what_was_typed_comes_back_unsaved_and_can_be_saved(streng, abgelaufen, abschnitt):
    assert "nicht verloren" in text(seite_von(abgelaufen))
    assert abgelaufen["HX-Retarget"] == "body"
    antwort = melde_an(streng, abgelaufen)
    assert (antwort.status_code, antwort.url) == (302, formular_adresse(abschnitt))
    seite = streng.get(antwort.url)
    assert "Ihre Eingaben sind noch da" in text(seite_von(seite))
    daten = eingaben(seite)
    assert (daten["titel"], daten["text"]) == (["Getippt"], [GESENDET])
    assert gespeichert(abschnitt) == ("Einführung", "Alter Text.")
    assert streng.post(antwort.url, daten | {"_speichern": "1"}).status_code == 302
    assert gespeichert(abschnitt) == ("Getippt", LANG)
    assert "Ihre Eingaben sind noch da" not in text(seite_von(streng.get(antwort.url)))


def test_it_waits_until_it_is_saved_or_discarded(streng, abgelaufen, abschnitt):
    melde_an(streng, abgelaufen)
    for _ in range(2):
        assert hole(streng, abschnitt)["titel"] == ["Getippt"]
    antwort = streng.post(formular_adresse(abschnitt), hole(streng, abschnitt) | {"_verwerfen": "1"})
    assert antwort.status_code == 302
    assert hole(streng, abschnitt)["titel"] == ["Einführung"]
    assert gespeichert(abschnitt) == ("Einführung", "Alter Text.")


def test_a_wrong_password_does_not_lose_it(streng, abgelaufen, abschnitt):
    falsch = melde_an(streng, abgelaufen, kennwort="falsch")
    assert falsch.status_code == 200
    melde_an(streng, falsch)
    assert hole(streng, abschnitt)["text"] == [GESENDET]


def test_another_form_is_not_affected(streng, konzept, abgelaufen, abschnitt):
    anderer = mache_abschnitt(konzept, "Anderer")
    melde_an(streng, abgelaufen)
    assert hole(streng, anderer)["titel"] == ["Anderer"]
    sende(streng, anderer, {"titel": "Gespeichert"})
    assert hole(streng, abschnitt)["titel"] == ["Getippt"]


def test_somebody_else_saved_in_the_meantime(streng, abgelaufen, abschnitt, konzept):
    andere = Client()
    andere.force_login(mache_benutzer(konzept.kommune, "leitung"))
    sende(andere, abschnitt, {"text": "Ihrer."})
    melde_an(streng, abgelaufen)
    antwort = streng.post(formular_adresse(abschnitt), hole(streng, abschnitt))
    assert antwort.status_code == 409
    assert gespeichert(abschnitt)[1] == "Ihrer."


def test_rows_of_a_measure_come_back_too(rita, konzept, konto):
    massnahme = mache_massnahme(mache_feld(konzept))
    daten = hole(rita, massnahme) | {"schritte-TOTAL_FORMS": "1", "schritte-0-text": "Werben", "schritte-0-ORDER": "1"}
    daten["zeitraum"] = "13/2017"
    rita.logout()
    antwort = rita.post(formular_adresse(massnahme), daten | {"_zeilen": "schritte:neu"})
    assert antwort.status_code == 401
    melde_an(rita, antwort)
    danach = hole(rita, massnahme)
    assert (danach["schritte-0-text"], danach["zeitraum"]) == (["Werben"], ["13/2017"])
    assert not massnahme.schritte.exists()


def test_typed_text_is_never_markup_on_the_way(rita, abschnitt):
    rita.logout()
    schad = '"><script>alert(1)</script>'
    antwort = rita.post(formular_adresse(abschnitt) + "?x=" + schad, {"titel": schad, schad: schad})
    assert antwort.status_code == 401
    assert "<script>alert" not in antwort.content.decode()


def test_even_strange_fields_do_not_break_it(rita, abschnitt):
    rita.logout()
    for daten in (
        {"_konto": "x"},
        {"_konto": "", "titel": "a\x00b", "_version": "x"},
        {"_konto": "1", "_wiedervorlage": "titel=x", "next": "https://boese.example/"},
    ):
        antwort = rita.post(formular_adresse(abschnitt), daten)
        assert antwort.status_code == 401
        anmeldung = melde_an(rita, antwort)
        assert anmeldung.url == formular_adresse(abschnitt)
        assert rita.get(anmeldung.url).status_code == 200
        rita.logout()


# Whose text it is


def test_signing_out_ends_it(streng, abgelaufen, abschnitt, konzept):
    melde_an(streng, abgelaufen)
    seite = streng.get(formular_adresse(abschnitt))
    streng.post(reverse("account_logout"), eingaben(seite))
    mache_benutzer(konzept.kommune, "leitung", email="lena@stadt.example")
    melde_an(streng, email="lena@stadt.example")
    antwort = streng.get(formular_adresse(abschnitt))
    assert "Getippt" not in antwort.content.decode()
    assert eingaben(antwort)["titel"] == ["Einführung"]


@pytest.mark.parametrize(("rolle", "status"), [("lesen", 403), ("gremium", 404)])
def test_who_may_not_edit_gets_nothing_out_of_the_page_of_another(
    streng, abgelaufen, abschnitt, konzept, rolle, status
):
    mache_benutzer(konzept.kommune, rolle, email="andere@stadt.example")
    antwort = melde_an(streng, abgelaufen, email="andere@stadt.example")
    seite = streng.get(antwort.url)
    assert seite.status_code == status
    assert "Getippt" not in seite.content.decode()


def test_a_colleague_who_signs_in_on_the_same_page_does_not_get_the_text(streng, abgelaufen, abschnitt, konzept):
    mache_benutzer(konzept.kommune, "leitung", email="lena@stadt.example")
    melde_an(streng, abgelaufen, email="lena@stadt.example")
    seite = streng.get(formular_adresse(abschnitt))
    assert "Eingaben aus einem anderen Konto. Sie sind nicht übernommen" in text(seite_von(seite))
    assert "Getippt" not in seite.content.decode()
    assert eingaben(seite)["titel"] == ["Einführung"]
    assert gespeichert(abschnitt) == ("Einführung", "Alter Text.")


def test_other_sessions_of_the_same_account_have_it_too(streng, abgelaufen, abschnitt, konto):
    """As everything that it types: the text outlives the session in which it came along."""
    melde_an(streng, abgelaufen)
    zweiter = Client()
    zweiter.force_login(konto)
    assert hole(zweiter, abschnitt)["titel"] == ["Getippt"]


@pytest.mark.parametrize("ziel", ["https://boese.example/", "//boese.example/", "javascript:alert(1)", "\\\\boese"])
def test_nobody_is_sent_to_another_host(client, konto, ziel):
    antwort = client.post(
        reverse("account_login"),
        {"login": konto.email, "password": KENNWORT, "next": ziel, "_wiedervorlage": "titel=x"},
    )
    assert (antwort.status_code, antwort.url) == (302, "/")


def test_saving_nothing_changes_nothing(rita, abschnitt):
    rita.logout()
    vorher = alle_zeilen()
    rita.post(formular_adresse(abschnitt), {"titel": "x", "_version": "1"})
    assert alle_zeilen() == vorher
    assert Abschnitt.objects.get().version == 1
