"""What is kept for unsaved forms is bounded, stands at one address for each form, and is lost for no other."""

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.test import Client
from django.urls import resolve, reverse
from django.utils.functional import cached_property

from konzept import grenzen
from konzept.druckauftraege.antwort import WARTET_AUF
from konzept.entwuerfe import ablage, sitzung
from konzept.entwuerfe.models import Zwischenstand
from tests.fabrik import (
    KENNWORT,
    eingaben,
    formular_adresse,
    hole,
    mache_abschnitt,
    mache_benutzer,
    nach_id,
    seite_von,
    text,
)
from tests.konzept.zugriff.adressen import DURCHGELASSEN, MUSTER, pfad, werte
from tests.konzept.zugriff.welt import mache_welt

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

PFAD = "/zwischenstand/"


def halte(client, konto, adresse, inhalt="x"):
    return client.post(PFAD, {"_adresse": adresse, "_konto": konto.pk, "titel": inhalt}).status_code


def test_questions_that_no_form_asks_make_no_second_row(redaktion, konto, massnahme):
    adresse = formular_adresse(massnahme)
    for frage in ("", "?a=1", "?a=2&b=3", "?in=x", "?" + "&".join(f"x{i}" for i in range(50))):
        assert halte(redaktion, konto, adresse + frage, f"Getippt bei {frage}") == 204
    assert Zwischenstand.objects.get().adresse == adresse
    for frage in ("", "?a=1", "?noch=etwas"):
        assert eingaben(redaktion.get(adresse + frage))["titel"][0].startswith("Getippt bei ?x0")


def test_the_order_of_questions_does_not_matter(redaktion, konto, massnahme):
    k = massnahme.konzept
    abschnitt = mache_abschnitt(k)
    ort = f"/konzepte/{k.kommune.slug}/{k.slug}/abschnitte/neu/"
    fragen = [f"in=konzept-{k.pk}", f"nach=abschnitt-{abschnitt.pk}", "fremd=1"]
    assert halte(redaktion, konto, f"{ort}?{'&'.join(fragen)}", "Neu") == 204
    assert halte(redaktion, konto, f"{ort}?{'&'.join(reversed(fragen))}", "Neuer") == 204
    assert Zwischenstand.objects.count() == 1
    assert eingaben(redaktion.get(f"{ort}?{fragen[1]}&{fragen[0]}"))["titel"] == ["Neuer"]


@pytest.mark.parametrize("rolle", ["gremium", "lesen", ""])
def test_nothing_is_kept_for_a_form_that_the_account_may_not_open(rolle, client, massnahme):
    konto = mache_benutzer(massnahme.konzept.kommune, *filter(None, [rolle]))
    client.force_login(konto)
    assert halte(client, konto, formular_adresse(massnahme)) == 400
    assert halte(client, konto, f"/konzepte/gibt/esnicht/massnahmen/{massnahme.pk}/bearbeiten/") == 400
    assert not Zwischenstand.objects.exists()


def test_a_form_that_exists_for_nobody_keeps_nothing(redaktion, konto, massnahme):
    andere = formular_adresse(massnahme).replace(f"/{massnahme.pk}/", f"/{massnahme.pk + 1000}/")
    k = massnahme.konzept
    assert halte(redaktion, konto, andere) == 400
    assert halte(redaktion, konto, f"/konzepte/{k.kommune.slug}/{k.slug}/abschnitte/neu/?in=erfunden-1") == 400


def test_so_many_forms_wait_and_no_more_and_none_of_them_gives_way(redaktion, konto, massnahme, monkeypatch):
    monkeypatch.setattr("konzept.entwuerfe.ablage.ZWISCHENSTAENDE", 2)
    zeilen = [massnahme, *(mache_abschnitt(massnahme.konzept, titel) for titel in ("A", "B"))]
    assert [halte(redaktion, konto, formular_adresse(zeile)) for zeile in zeilen] == [204, 204, 507]
    assert halte(redaktion, konto, formular_adresse(massnahme), "weiter") == 204
    assert eingaben(redaktion.get(formular_adresse(massnahme)))["titel"] == ["weiter"]
    assert eingaben(redaktion.get(formular_adresse(zeilen[1])))["titel"] == ["x"]
    redaktion.post(formular_adresse(massnahme), hole(redaktion, massnahme) | {"_verwerfen": "1"})
    assert halte(redaktion, konto, formular_adresse(zeilen[2])) == 204


def test_all_that_waits_for_an_account_is_bounded(redaktion, konto, massnahme, monkeypatch):
    monkeypatch.setattr("konzept.entwuerfe.ablage.ZWISCHENSTAENDE_ZEICHEN", 500)
    abschnitt = mache_abschnitt(massnahme.konzept)
    assert halte(redaktion, konto, formular_adresse(massnahme), "x" * 300) == 204
    assert halte(redaktion, konto, formular_adresse(abschnitt), "x" * 300) == 507
    assert halte(redaktion, konto, formular_adresse(massnahme), "x" * 400) == 204
    assert halte(redaktion, konto, formular_adresse(massnahme), "x" * 600) == 507
    assert eingaben(redaktion.get(formular_adresse(massnahme)))["titel"] == ["x" * 400]


def test_every_form_declares_what_it_asks_of_its_address(monkeypatch, client):
    """Otherwise text of two forms would wait at one address."""
    gefragt = set()

    class Merker(QueryDict):
        def __contains__(self, name):
            gefragt.add(name)
            return super().__contains__(name)

        def get(self, name, default=None):
            gefragt.add(name)
            return super().get(name, default)

        def __getitem__(self, name):
            gefragt.add(name)
            return super().__getitem__(name)

        def getlist(self, name, default=None):
            gefragt.add(name)
            return super().getlist(name, default)

    def frage(request):
        return Merker(request.META.get("QUERY_STRING", ""))

    merken = cached_property(frage)
    merken.__set_name__(WSGIRequest, "GET")
    welt = mache_welt("musterhausen")
    client.force_login(mache_benutzer(is_staff=True, is_superuser=True))
    monkeypatch.setattr(WSGIRequest, "GET", merken)
    vergessen, mit_fragen = {}, 0
    for name in MUSTER:
        view = resolve(pfad(name, welt)).func
        ist_formular = getattr(view, "haelt_eingaben", False) and "GET" in DURCHGELASSEN.get(name, ())
        if not (ist_formular and "POST" in DURCHGELASSEN[name]):
            continue
        for teile in werte(name, welt):
            gefragt.clear()
            client.get(reverse(name, kwargs=teile))
            mit_fragen += bool(gefragt)
            if ohne := gefragt - set(view.fragt) - NUR_ANSICHT:
                vergessen[name] = ohne
    assert vergessen == {}
    assert mit_fragen >= 5


NUR_ANSICHT = {WARTET_AUF}
"""Asked by pages that wait for a PDF, and by no field."""


# Sessions


def test_what_waits_for_one_form_stays_while_another_is_saved(redaktion, konto, massnahme):
    """Both were sent without the CSRF token, as after signing in anew in another window."""
    streng = Client(enforce_csrf_checks=True)
    streng.force_login(konto)
    abschnitt = mache_abschnitt(massnahme.konzept)
    for zeile in (massnahme, abschnitt):
        daten = hole(streng, zeile) | {"titel": f"Getippt in {zeile._meta.model_name}", "csrfmiddlewaretoken": "x" * 64}
        antwort = streng.post(formular_adresse(zeile), daten, headers={"Origin": "http://testserver"})
        assert antwort.status_code == 302
    daten = hole(streng, massnahme)
    assert daten["titel"] == ["Getippt in massnahme"]
    streng.post(formular_adresse(massnahme), daten | {"_speichern": "1"})
    massnahme.refresh_from_db()
    assert massnahme.titel == "Getippt in massnahme"
    assert hole(streng, abschnitt)["titel"] == ["Getippt in abschnitt"]


def test_what_waits_in_a_session_is_bounded(rf):
    request = rf.get("/")
    request.session = {}
    haelfte = "_konto=1&titel=" + "x" * (grenzen.EINGABEN_ZEICHEN // 2)
    gemerkt = [sitzung.merke(request, f"/konto/{nr}/", haelfte[: 100 if nr else None], "Grund") for nr in range(3)]
    assert gemerkt == [True, True, True]
    assert not sitzung.merke(request, "/konto/3/", haelfte, "Grund")


def test_what_the_sign_in_page_brings_along_is_bounded(redaktion, konto, massnahme, monkeypatch):
    monkeypatch.setattr(ablage, "EINGABEN_ZEICHEN", 5_000)
    daten = hole(redaktion, massnahme) | {"text": "x" * 6_000}
    redaktion.logout()
    antwort = redaktion.post(formular_adresse(massnahme), daten)
    assert antwort.status_code == 401
    antwort = redaktion.post(
        "/anmelden/", eingaben(antwort, "login") | {"login": konto.email, "password": KENNWORT}, follow=True
    )
    assert "konnte nicht aufgehoben werden" in text(seite_von(antwort))


def test_what_is_typed_after_signing_in_again_replaces_what_came_along(redaktion, konto, massnahme):
    """One form has one draft: what came through the sign-in page does not cover what was written since."""
    daten = hole(redaktion, massnahme) | {"titel": "Vor der Anmeldung"}
    redaktion.logout()
    antwort = redaktion.post(formular_adresse(massnahme), daten)
    redaktion.post("/anmelden/", eingaben(antwort, "login") | {"login": konto.email, "password": KENNWORT})
    assert hole(redaktion, massnahme)["titel"] == ["Vor der Anmeldung"]
    assert halte(redaktion, konto, formular_adresse(massnahme), "Danach") == 204
    assert hole(redaktion, massnahme)["titel"] == ["Danach"]


def test_what_is_too_much_for_the_sign_in_page_is_shown_to_be_copied(redaktion, massnahme):
    lang = "Ein langer Satz. " * (grenzen.EINGABEN_BEI_DER_ANMELDUNG // 10)
    daten = hole(redaktion, massnahme) | {"text-html": f"<p>{lang}</p>", "titel": "Mein Titel"}
    redaktion.logout()
    antwort = redaktion.post(formular_adresse(massnahme), daten)
    assert antwort.status_code == 401
    seite = seite_von(antwort)
    assert "Kopieren Sie es, bevor Sie sich anmelden" in text(seite)
    kopie = nach_id(seite, "kopie").text
    assert lang.strip() in kopie
    assert "Mein Titel" in kopie
    assert "_wiedervorlage" not in eingaben(antwort, "login")
