"""The field for rich text: dialect without JavaScript, HTML from the editor with it, and forged HTML."""

import json
import re

import pytest
from django import forms
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import QueryDict

from konzept.fliesstextfeld import FliesstextEingabe
from konzept.models.basis import VersionVeraltet
from konzept.werkbank.elemente import ELEMENTE
from massnahmen.forms import MassnahmeForm, SachstandForm
from tests.fabrik import (
    KENNWORT,
    druecke,
    eingaben,
    formular_adresse,
    hole,
    mache_abschnitt,
    mache_benutzer,
    mache_feld,
    mache_konzept,
    mache_massnahme,
    mache_sachstand,
    nach_id,
    seite_von,
    sende,
    text,
)

pytestmark = pytest.mark.django_db

URSPRUNG = "* a\n* b\n\n__fett__ & *kursiv*\\\n<b>"
"""Dialect as no editor writes it."""
HTML = "<ul><li><p>a</p></li><li><p>b</p></li></ul><p><strong>fett</strong> &amp; <em>kursiv</em><br>&lt;b&gt;</p>"
"""What the editor makes of it."""


class Formular(forms.Form):
    text = forms.CharField(widget=FliesstextEingabe, initial=URSPRUNG)


def feld_und_html(quelle) -> tuple[str, str]:
    feld = nach_id(seite_von(str(quelle)), "id_text")
    return feld.text, feld.get("data-fliesstext")


def test_shows_dialect_and_the_same_as_html_in_an_attribute():
    dialekt, html = feld_und_html(Formular()["text"])
    assert dialekt.removeprefix("\n") == URSPRUNG
    assert html == HTML


def test_without_javascript_the_text_area_counts():
    form = Formular(QueryDict("text=**a**&text-html="))
    assert form.is_valid()
    assert form.cleaned_data["text"] == "**a**"
    assert Formular(QueryDict("text=**a**")).data["text"] == "**a**"


def test_html_of_the_editor_becomes_dialect_and_is_shown_as_such():
    daten = QueryDict(mutable=True)
    daten.update({"text": URSPRUNG, "text-html": "<p>a <b>b</b> *c*</p><script>x</script><p onclick=y>d</p>"})
    form = Formular(daten)
    assert form.is_valid()
    assert form.cleaned_data["text"] == "a **b** \\*c\\*\n\nd"
    assert form.has_changed()
    assert feld_und_html(form["text"])[0].strip() == "a **b** \\*c\\*\n\nd"


def test_html_that_says_the_same_changes_no_byte():
    daten = QueryDict(mutable=True)
    daten.update({"text": URSPRUNG, "text-html": HTML})
    form = Formular(daten)
    assert form.is_valid()
    assert form.cleaned_data["text"] == URSPRUNG
    assert not form.has_changed()


def test_an_editor_that_was_emptied_is_empty():
    daten = QueryDict(mutable=True)
    daten.update({"text": "Alter Text", "text-html": "<p></p>"})
    form = Formular(daten)
    assert not form.is_valid()
    assert form.errors["text"]


def test_html_alone_counts_as_sent():
    assert not FliesstextEingabe().value_omitted_from_data({"text-html": "<p>a</p>"}, {}, "text")
    assert FliesstextEingabe().value_omitted_from_data({}, {}, "text")


def test_every_rich_text_of_a_model_has_the_editor():
    formulare = [MassnahmeForm, SachstandForm, *(e.form for e in ELEMENTE.values() if e.form)]
    felder = {
        (formular._meta.model.__name__, name)
        for formular in formulare
        for name, feld in formular.base_fields.items()
        if isinstance(feld.widget, FliesstextEingabe)
    }
    assert felder == {
        ("Abschnitt", "text"),
        ("Angebot", "text"),
        ("Beteiligung", "aufgabe"),
        ("Handlungsfeld", "text"),
        ("Handlungsfeld", "staerken"),
        ("Handlungsfeld", "potentiale"),
        ("Handlungsfeld", "ressourcen_personal"),
        ("Handlungsfeld", "ressourcen_mittel"),
        ("Handlungsziel", "text"),
        ("Leitlinie", "text"),
        ("Leitziel", "text"),
        ("Massnahme", "text"),
        ("Prozessschritt", "text"),
        ("Querschnittsaufgabe", "text"),
        ("Sachstand", "text"),
    }


# On the pages


@pytest.fixture
def konzept():
    return mache_konzept()


@pytest.fixture
def konto(konzept):
    return mache_benutzer(konzept.kommune, "redaktion")


@pytest.fixture
def redaktion(client, konto):
    client.force_login(konto)
    return client


@pytest.fixture
def abschnitt(konzept):
    return mache_abschnitt(konzept, "Einführung", text=URSPRUNG)


def test_a_forged_post_brings_no_markup_onto_the_page(redaktion, abschnitt):
    boese = (
        "<p>vor<img src=x onerror=alert(1)><script>alert(2)</script></p><svg/onload=alert(3)>"
        "<p><a href='javascript:alert(4)' onclick='alert(5)'>Link</a> &lt;script&gt;alert(6)&lt;/script&gt;</p>"
    )
    assert sende(redaktion, abschnitt, {"text-html": boese}).status_code == 302
    abschnitt.refresh_from_db()
    assert abschnitt.text == "vor\n\nLink <script>alert(6)</script>"
    seite = redaktion.get(f"{formular_adresse(abschnitt)}")
    knoten = nach_id(seite_von(seite), "id_text")
    assert "<script" not in knoten.get("data-fliesstext")


def test_saving_what_the_editor_left_alone_keeps_the_text(redaktion, abschnitt):
    assert sende(redaktion, abschnitt, {"text-html": HTML}).status_code == 302
    abschnitt.refresh_from_db()
    assert abschnitt.text == URSPRUNG


def test_an_error_elsewhere_keeps_what_was_edited(redaktion, abschnitt):
    antwort = sende(redaktion, abschnitt, {"titel": "", "text-html": "<p>Neu <b>und</b> *ungespeichert*</p>"})
    assert antwort.status_code == 422
    daten = eingaben(antwort)
    assert daten["text"] == ["Neu **und** \\*ungespeichert\\*"]
    assert daten["text-html"] == [""]


def test_an_expired_session_keeps_what_was_edited(client, konto, redaktion, abschnitt):
    daten = hole(redaktion, abschnitt) | {"text-html": "<p>Neu <b>und</b> *ungespeichert*</p>"}
    client.logout()
    antwort = client.post(formular_adresse(abschnitt), daten | {"_speichern": "1"})
    assert antwort.status_code == 401
    anmeldung = eingaben(antwort, "login") | {"login": konto.email, "password": KENNWORT}
    client.post("/anmelden/", anmeldung)
    assert hole(client, abschnitt)["text"] == ["Neu **und** \\*ungespeichert\\*"]


def test_in_a_conflict_both_texts_stand_side_by_side_and_the_saved_one_can_be_taken(redaktion, konto, abschnitt):
    daten = hole(redaktion, abschnitt) | {"text-html": "<p>Meiner</p>"}
    abschnitt.beanspruche_version(abschnitt.version, konto)
    abschnitt.text = "Fremder"
    abschnitt.save()
    with pytest.raises(VersionVeraltet):
        abschnitt.beanspruche_version(1, konto)
    antwort = redaktion.post(formular_adresse(abschnitt), daten | {"_speichern": "1"})
    assert antwort.status_code == 409
    konflikt = text(nach_id(seite_von(antwort), "konflikt"))
    assert "Fremder" in konflikt
    assert "Meiner" in konflikt
    assert eingaben(antwort)["text"] == ["Meiner"]
    daten = eingaben(antwort) | {"text-html": "<p>Noch anders</p>", "_nimm": "form:text"}
    antwort = redaktion.post(formular_adresse(abschnitt), daten)
    assert eingaben(antwort)["text"] == ["Fremder"]


def test_rows_that_are_added_and_removed_keep_what_was_edited(redaktion, konzept):
    massnahme = mache_massnahme(mache_feld(konzept))
    mache_sachstand(massnahme, "2026-01-02", "Erster")
    mache_sachstand(massnahme, "2026-01-01", "Zweiter")
    daten = hole(redaktion, massnahme) | {"sachstaende-0-text-html": "<p>Erster <b>neu</b></p>"}
    daten = druecke(redaktion, massnahme, daten, "sachstaende:neu")
    assert daten["sachstaende-0-text"] == ["Erster **neu**"]
    daten |= {"sachstaende-2-text-html": "<p>Dritter</p>", "sachstaende-2-datum": "03.01.2026"}
    daten = druecke(redaktion, massnahme, daten, "sachstaende:neu")
    daten = druecke(redaktion, massnahme, daten, "sachstaende:weg:1")
    daten |= {"sachstaende-3-text-html": "<ul><li>Vierter</li></ul>", "sachstaende-3-datum": "04.01.2026"}
    assert redaktion.post(formular_adresse(massnahme), daten | {"_speichern": "1"}).status_code == 302
    texte = massnahme.sachstaende.order_by("datum").values_list("text", flat=True)
    assert list(texte) == ["Erster **neu**", "Dritter", "- Vierter"]


def test_the_hint_about_the_dialect_stands_in_the_page_for_those_without_javascript(redaktion, abschnitt):
    seite = seite_von(redaktion.get(formular_adresse(abschnitt)))
    hinweis = nach_id(seite, "id_text_helptext")
    assert "**fett**" in text(hinweis)
    assert "kern-hint--dialekt" in hinweis.get("class")


def test_scripts_of_the_editor_come_from_here_and_the_map_has_the_nonce(redaktion, abschnitt):
    antwort = redaktion.get(formular_adresse(abschnitt))
    skripte = [k for k in seite_von(antwort).iter("script") if k.get("type") in {"importmap", "module"}]
    karte = next(k for k in skripte if k.get("type") == "importmap")
    assert f"'nonce-{karte.get('nonce')}'" in antwort.headers["Content-Security-Policy"]
    assert all(adresse.startswith("/static/") for k in skripte if (adresse := k.get("src")))
    assert "django_prose_editor/editor.js" in karte.text


def test_the_map_names_every_module_that_a_script_asks_for_and_no_other(redaktion, abschnitt):
    seite = seite_von(redaktion.get(formular_adresse(abschnitt)))
    karte = next(k for k in seite.iter("script") if k.get("type") == "importmap")
    namen = {name for name in json.loads(karte.text)["imports"] if name.startswith("konzeptwerk/")}
    skripte = (settings.BASE_DIR / "static" / "js").glob("*.js")
    assert namen == {name for skript in skripte for name in re.findall(r'"(konzeptwerk/[\w-]+)"', skript.read_text())}
    assert all(finders.find(f"js/{name.removeprefix('konzeptwerk/')}.js") for name in namen)
