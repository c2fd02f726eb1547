"""The template pack: names, hints and errors reach everybody, and what was typed is shown again."""

import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row, Submit
from django import forms
from django.conf import settings
from django.contrib.messages.constants import DEFAULT_LEVELS
from django.contrib.messages.storage.base import Message
from django.http import HttpResponse, QueryDict
from django.template import Context, Template
from django.template.loader import render_to_string
from django.urls import include, path

from konzept.formularbau.fehler import ohne_pruefung, sammle_fehler
from konzept.formularbau.felder import NamenFeld
from konzept.formularbau.zeilen import Zeilen
from konzept.formularbau.zeilenknoepfe import NAME, bearbeite_zeilen

EINGABEN = {"input", "select", "textarea"}


def leer(request):
    return HttpResponse()


urlpatterns = [
    path(
        "",
        include(
            (
                [
                    path("", leer, name="start"),
                    path("impressum/", leer, name="impressum"),
                    path("datenschutz/", leer, name="datenschutz"),
                ],
                "konzept",
            )
        ),
    ),
    path("", include(([path("konto/", leer, name="konto")], "konten"))),
    path("an/", leer, name="account_login"),
    path("ab/", leer, name="account_logout"),
]


@pytest.fixture(autouse=True)
def adressen(settings):
    """The three addresses that the page shell links to."""
    settings.ROOT_URLCONF = __name__


class Baum(HTMLParser):
    """All elements of a page, in order, with the text inside of them."""

    LEER = {"input", "meta", "link", "br", "option"}

    def __init__(self, html):
        super().__init__()
        self.elemente, self.offen = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        element = SimpleNamespace(tag=tag, attrs=dict(attrs), text="", eltern=list(self.offen))
        self.elemente.append(element)
        if tag not in self.LEER:
            self.offen.append(element)

    def handle_endtag(self, tag):
        if tag not in self.LEER:
            assert self.offen.pop().tag == tag, f"</{tag}> closes something else"

    def handle_data(self, data):
        for element in self.offen:
            element.text += data

    def alle(self, tag=None, **attrs):
        return [
            e
            for e in self.elemente
            if (tag is None or e.tag == tag) and all(e.attrs.get(k.rstrip("_")) == v for k, v in attrs.items())
        ]

    def eins(self, tag=None, **attrs):
        [element] = self.alle(tag, **attrs)
        return element


def kein_monat_13(wert):
    if wert.startswith("13/"):
        raise forms.ValidationError("Monat 13 gibt es nicht.")


WAHL = [("a", "Erstes"), ("b", "Zweites")]


class Probe(forms.Form):
    titel = forms.CharField(label="Titel", help_text="Kurz und eindeutig")
    text = forms.CharField(label="Beschreibung", widget=forms.Textarea, help_text="Absätze", required=False)
    beginn = forms.CharField(label="Beginn", validators=[kein_monat_13], help_text="03/2017")
    stand = forms.ChoiceField(label="Stand", choices=WAHL, help_text="Heute")
    viele = forms.MultipleChoiceField(label="Leitlinien", choices=WAHL, help_text="Mehrere")
    gruppe = forms.MultipleChoiceField(
        label="Zielgruppen", choices=WAHL, widget=forms.CheckboxSelectMultiple, help_text="Mehrere"
    )
    art = forms.ChoiceField(label="Art", choices=WAHL, widget=forms.RadioSelect, help_text="Eine")
    ja = forms.BooleanField(label="Öffentlich", help_text="Für alle")
    datei = forms.FileField(label="Anlage", help_text="PDF")
    mail = forms.EmailField(label="E-Mail", help_text="Dienstlich")
    kennwort = forms.CharField(label="Kennwort", widget=forms.PasswordInput, help_text="Geheim")
    namen = NamenFeld(label="Mitwirkung", help_text="Durch Komma getrennt")
    geheim = forms.CharField(widget=forms.HiddenInput, required=False)


class Schritt(forms.Form):
    text = forms.CharField(label="Schritt")
    bis = forms.CharField(label="Bis", required=False, validators=[kein_monat_13])


class BasisSchritte(Zeilen, forms.BaseFormSet):
    ueberschrift, einzahl, spalten = "Umsetzungsschritte", "Schritt", {"text": 9, "bis": 3}


Schritte = forms.formset_factory(Schritt, formset=BasisSchritte, extra=0, can_order=True, can_delete=True)
ALT = [{"text": "Überblick", "bis": "06/2017"}, {"text": "Ausrichtung", "bis": "12/2017"}]


def zeige(vorlage, **kontext):
    return Baum(Template("{% load crispy_forms_tags kern %}" + vorlage).render(Context(kontext)))


def zeige_zeilen(formset):
    return zeige('{% include "kern/zeilen.html" %}', formset=formset)


def daten(*zeilen, gespeichert=0, **felder):
    """POST data with rows of (text, bis)."""
    post = QueryDict(mutable=True)
    post.update(felder)
    post.update({"schritte-TOTAL_FORMS": str(len(zeilen)), "schritte-INITIAL_FORMS": str(gespeichert)})
    for i, (text, bis) in enumerate(zeilen):
        post.update({f"schritte-{i}-text": text, f"schritte-{i}-bis": bis, f"schritte-{i}-ORDER": str(i + 1)})
    return post


def schritte(post):
    return Schritte(post, prefix="schritte", initial=ALT)


def beschreibungen(baum, feld):
    """Texts that a screen reader adds to a field: those of the field itself and of a fieldset around it."""
    eingaben = [e for e in baum.elemente if e.attrs.get("name") == feld]
    ids = (eingaben[0].attrs.get("aria-describedby") or "").split()
    for eltern in eingaben[0].eltern:
        ids += (eltern.attrs.get("aria-describedby") or "").split()
    return " ".join(baum.eins(id=i).text for i in ids)


@pytest.mark.parametrize("feld", [name for name in Probe.base_fields if name not in {"geheim", "text"}])
def test_hint_and_error_belong_to_the_field(feld):
    probe = Probe({})
    baum = zeige("{{ form|crispy }}", form=probe)
    beschreibung = beschreibungen(baum, feld)
    assert probe.fields[feld].help_text in beschreibung
    assert probe.errors[feld][0] in beschreibung
    eingabe = next(e for e in baum.elemente if e.attrs.get("name") == feld)
    assert "true" in {e.attrs.get("aria-invalid") for e in [eingabe, *eingabe.eltern]}


@pytest.mark.parametrize("feld", [name for name in Probe.base_fields if name != "geheim"])
def test_every_field_has_a_visible_name(feld):
    baum = zeige("{{ form|crispy }}", form=Probe())
    eingaben = [e for e in baum.elemente if e.attrs.get("name") == feld]
    for eingabe in eingaben:
        assert baum.eins("label", for_=eingabe.attrs["id"]).text.strip()
    gruppen = [e for e in eingaben[0].eltern if e.tag == "fieldset"]
    if len(eingaben) > 1:
        assert baum.alle("legend")
        assert gruppen
    else:
        assert Probe.base_fields[feld].label in baum.eins("label", for_=eingaben[0].attrs["id"]).text


def test_only_fields_that_may_stay_empty_are_called_optional():
    baum = zeige("{{ form|crispy }}", form=Probe())
    assert "Optional" in baum.eins("label", for_="id_text").text
    assert "Optional" not in baum.eins("label", for_="id_titel").text


def test_ids_are_unique_and_the_markup_is_balanced():
    baum = zeige(
        "{% kern_fehler form s %}{% crispy form helper %}{% include 'kern/zeilen.html' with formset=s %}",
        form=Probe({}),
        s=schritte(daten(("", "13/2017"), gespeichert=1)),
        helper=FormHelper(),
    )
    ids = [e.attrs["id"] for e in baum.elemente if "id" in e.attrs]
    assert sorted(ids) == sorted(set(ids))
    assert baum.offen == []


def test_error_summary_leads_to_the_fields():
    post = daten(("Überblick", "13/2017"), ("", ""), gespeichert=2)
    probe, zeilen = Probe({}), schritte(post)
    baum = zeige(
        "{% kern_fehler form s %}{{ form|crispy }}{% include 'kern/zeilen.html' with formset=s %}",
        form=probe,
        s=zeilen,
    )
    kasten = baum.eins(role="alert", id="fehler")
    assert kasten.attrs["tabindex"] == "-1"
    links = [e for e in baum.alle("a") if kasten in e.eltern]
    for link in links:
        assert baum.eins(id=link.attrs["href"].removeprefix("#")).tag in EINGABEN
    texte = [link.text for link in links]
    assert "Schritt 1, Bis: Monat 13 gibt es nicht." in texte
    assert len(texte) == len(probe.errors) + 2
    assert any(text.startswith("Schritt 2, Schritt: ") for text in texte)


def test_error_summary_stands_once():
    baum = zeige("{% kern_fehler form %}{% crispy form helper %}", form=Probe({}), helper=FormHelper())
    assert len(baum.alle(role="alert")) == 1


def test_form_without_errors_has_no_summary():
    baum = zeige("{% kern_fehler form %}{{ form|crispy }}", form=Probe())
    assert not baum.alle(role="alert")


def test_error_of_the_whole_form_is_shown():
    class Streng(Probe):
        def clean(self):
            raise forms.ValidationError("Das passt nicht zusammen.")

    assert "Das passt nicht zusammen." in zeige("{{ form|crispy }}", form=Streng({})).eins(id="fehler").text


def test_errors_of_removed_rows_are_not_listed():
    post = daten(("", "13/2017"), ("Ausrichtung", "13/2017"), gespeichert=2)
    post["schritte-0-DELETE"] = "on"
    assert [(f.bezeichnung, f.ziel) for f in sammle_fehler(schritte(post))] == [("Schritt 1, Bis", "id_schritte-1-bis")]


def test_what_was_typed_is_shown_again():
    post = QueryDict(mutable=True)
    post.update({"titel": '<b>"Ämter" & Co', "text": "Zeile 1\nZeile 2", "beginn": "13/2017", "stand": "b"})
    post.update({"art": "b", "mail": "kein at", "namen": " 51 ,,Ehrenamtsbörse; neu", "geheim": "7"})
    post.setlist("gruppe", ["a", "b"])
    baum = zeige("{{ form|crispy }}", form=Probe(post))
    for feld in ("titel", "beginn", "mail", "namen", "geheim"):
        assert baum.eins("input", name=feld).attrs["value"] == post[feld]
    assert baum.eins("textarea", name="text").text.strip() == post["text"]
    assert baum.eins("input", name="art", value="b").attrs.keys() >= {"checked"}
    assert len([e for e in baum.alle("input", name="gruppe") if "checked" in e.attrs]) == 2
    assert [e.attrs["value"] for e in baum.alle("option") if "selected" in e.attrs] == ["b"]


def test_layout_of_a_whole_form():
    helper = FormHelper()
    helper.layout = Layout(Fieldset("Zeitraum", Row("beginn", "stand")), Submit("speichern", "Speichern"))
    baum = zeige("{% crispy form helper %}", form=Probe(), helper=helper)
    assert "novalidate" in baum.eins("form").attrs
    assert baum.alle("legend")[0].text == "Zeitraum"
    assert baum.eins("button", name="speichern", type="submit").text == "Speichern"
    assert [e.attrs["name"] for e in baum.elemente if e.tag in {"input", "select"}] == ["beginn", "stand"]


def test_enter_saves_instead_of_moving_a_row():
    baum = zeige(
        "<form>{% include 'kern/standardknopf.html' %}{% include 'kern/zeilen.html' %}</form>",
        formset=Schritte(initial=ALT, prefix="schritte"),
    )
    erster = baum.alle("button")[0]
    assert "name" not in erster.attrs
    assert erster.attrs["tabindex"] == "-1"


def test_row_buttons_say_what_they_do_and_skip_validation():
    baum = zeige_zeilen(Schritte(initial=ALT, prefix="schritte"))
    knoepfe = {e.attrs.get("aria-label") or e.text: e.attrs for e in baum.alle("button", name=NAME)}
    assert {name: attrs["value"] for name, attrs in knoepfe.items()} == {
        "Schritt 1 nach oben": "schritte:auf:0",
        "Schritt 1 nach unten": "schritte:ab:0",
        "Schritt 1 entfernen": "schritte:weg:0",
        "Schritt 2 nach oben": "schritte:auf:1",
        "Schritt 2 nach unten": "schritte:ab:1",
        "Schritt 2 entfernen": "schritte:weg:1",
        "+ Schritt hinzufügen": "schritte:neu",
    }
    for attrs in knoepfe.values():
        assert "formnovalidate" in attrs
        assert attrs["hx-target"] == "#" + baum.eins("section").attrs["id"]


def test_rows_name_their_fields_with_their_place():
    baum = zeige_zeilen(Schritte(initial=ALT, prefix="schritte"))
    assert baum.eins("label", for_="id_schritte-1-bis").text.strip() == "Schritt 2: Bis"


def test_moved_rows_are_shown_in_their_new_order():
    post = bearbeite_zeilen(daten(*[z.values() for z in ALT], gespeichert=2), "schritte:auf:1")
    baum = zeige_zeilen(schritte(post))
    sichtbar = [e.attrs["value"] for e in baum.alle("input", type="text") if e.attrs["name"].endswith("text")]
    assert sichtbar == ["Ausrichtung", "Überblick"]
    assert baum.alle("li")[0].attrs["aria-label"] == "Schritt 1"
    assert [z.prefix for z in schritte(post).ordered_forms] == ["schritte-1", "schritte-0"]


def test_removed_saved_row_is_hidden_but_sent_again():
    post = bearbeite_zeilen(daten(*[z.values() for z in ALT], gespeichert=2), "schritte:weg:0")
    baum = zeige_zeilen(schritte(post))
    assert len(baum.alle("li")) == 1
    for name, wert in (("text", "Überblick"), ("DELETE", "on")):
        feld = baum.eins("input", name=f"schritte-0-{name}")
        assert (feld.attrs["type"], feld.attrs["value"]) == ("hidden", wert)
    neu = schritte(post)
    assert neu.is_valid()
    assert [z.prefix for z in neu.deleted_forms] == ["schritte-0"]


def test_added_row_left_empty_is_ignored_on_saving():
    post = bearbeite_zeilen(daten(*[z.values() for z in ALT], gespeichert=2), "schritte:neu")
    formset = schritte(post)
    assert formset.is_valid()
    assert [z.cleaned_data["text"] for z in formset.ordered_forms] == ["Überblick", "Ausrichtung"]


def test_added_row_that_was_filled_in_is_checked_and_ordered():
    post = bearbeite_zeilen(daten(*[z.values() for z in ALT], gespeichert=2), "schritte:neu")
    post = bearbeite_zeilen(post, "schritte:auf:2")
    post["schritte-2-bis"] = "01/2018"
    assert not schritte(post).is_valid()
    post["schritte-2-text"] = "Neu"
    formset = schritte(post)
    assert formset.is_valid()
    assert [z.cleaned_data["text"] for z in formset.ordered_forms] == ["Überblick", "Neu", "Ausrichtung"]


def test_row_button_shows_no_errors_for_what_was_not_yet_saved():
    formset = schritte(bearbeite_zeilen(daten(("", "13/2017")), "schritte:neu"))
    probe = Probe({"beginn": "13/2017"})
    ohne_pruefung(probe, formset)
    baum = zeige(
        "{% kern_fehler form s %}{{ form|crispy }}{% include 'kern/zeilen.html' with formset=s %}",
        form=probe,
        s=formset,
    )
    assert not [e for e in baum.elemente if "kern-error" in (e.attrs.get("class") or "")]
    assert not baum.alle(role="alert")
    assert baum.eins("input", name="schritte-0-bis").attrs["value"] == "13/2017"
    assert baum.eins("input", name="beginn").attrs["value"] == "13/2017"


def eintrag(titel, kinder=(), aktiv=False):
    return SimpleNamespace(nummer="4", titel=titel, url=f"/{titel}/", aktiv=aktiv, ebene=0, kinder=list(kinder))


def test_page_has_landmarks_and_marks_where_one_is():
    gliederung = [eintrag("Vorwort"), eintrag("Ziele", [eintrag("Leitziel", aktiv=True)])]
    person = SimpleNamespace(is_authenticated=True, is_superuser=False, alle_rollen={}, __str__=lambda: "51")
    html = render_to_string(
        "base.html", {"gliederung": gliederung, "navigation": [eintrag("Lesen", aktiv=True)], "user": person}
    )
    baum = Baum(html)
    aktuell = [e for e in baum.alle("a") if e.attrs.get("aria-current") == "page"]
    assert [e.attrs["href"] for e in aktuell] == ["/Lesen/", "/Leitziel/"]
    assert baum.alle("a")[0].attrs["href"] == "#" + baum.eins("main").attrs["id"]
    abmelden = baum.eins("form", action="/ab/")
    assert abmelden.attrs["method"] == "post"
    assert baum.eins("html").attrs["lang"] == "de"


@pytest.mark.parametrize("name", ["403.html", "403_csrf.html", "404.html", "500.html"])
def test_error_pages_need_no_context(name):
    baum = Baum(render_to_string(name))
    assert baum.eins("h1").text.strip()
    assert baum.alle("a", href="/")


@pytest.mark.parametrize(
    ("stufe", "art", "rolle"),
    [
        ("ERROR", "danger", "alert"),
        ("WARNING", "warning", "alert"),
        ("SUCCESS", "success", "status"),
        ("INFO", "info", "status"),
        ("DEBUG", "info", "status"),
    ],
)
def test_a_message_is_an_alert_of_its_kind(stufe, art, rolle):
    baum = Baum(render_to_string("kern/meldungen.html", {"messages": [Message(DEFAULT_LEVELS[stufe], "Gesagt.")]}))
    meldung = baum.eins("div", role=rolle)
    assert meldung.attrs["class"] == f"meldung kern-alert kern-alert--{art}"
    assert baum.eins("span", **{"class": f"kern-icon kern-icon--{art}"})
    assert "Gesagt." in meldung.text


def test_templates_obey_the_content_security_policy():
    gedruckt = ("druck", "teildruck")  # shells of prints, which no browser loads
    vorlagen = [v for v in Path(settings.BASE_DIR, "templates").rglob("*.html") if not v.name.startswith(gedruckt)]
    assert vorlagen
    # Data for scripts, and the import map with its nonce, have to stand in the page.
    skript = r"<script(?![^>]*(\ssrc=|\stype=.(application/json|importmap)))"
    verboten = re.compile(rf"<style|\sstyle\s*=|\son[a-z]+\s*=|\shx-on|{skript}|javascript:", re.I)
    assert [str(v) for v in vorlagen if verboten.search(v.read_text(encoding="utf-8"))] == []
