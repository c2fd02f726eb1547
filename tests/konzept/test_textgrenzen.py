"""Every text has a bound, in each model and each form, and what is beyond it is said, kept and not parsed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models

from konzept import grenzen
from konzept.austausch.einlesen import DateiFehler, lade
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.fliesstext import lies_text, zu_viel_text
from konzept.fliesstextfeld import FliesstextEingabe, Fliesstextfeld
from konzept.models import Abschnitt
from massnahmen.forms.akteure import NamenFeld
from massnahmen.zustaendigkeiten import AkteureDerKommune
from tests.fabrik import (
    adresse,
    eingaben,
    formular_adresse,
    hole,
    mache_abschnitt,
    mache_akteur,
    mache_benutzer,
    mache_konzept,
    nach_id,
    seite_von,
    sende,
    text,
)
from tests.feindlich import modelle
from tests.konzept.zugriff.test_fremde_felder import eigene_formulare

pytestmark = pytest.mark.django_db

VOM_PRODUKT = {"Fassung.inhalt": "the frozen tree, made of rows that keep their bounds"}
ZU_LANG = "Wort " * (grenzen.FLIESSTEXT // 5 + 1)


def test_every_text_of_every_model_has_a_bound_that_full_clean_holds():
    ohne = {
        f"{modell.__name__}.{feld.name}"
        for modell in modelle()
        for feld in modell._meta.concrete_fields
        if isinstance(feld, models.CharField | models.TextField)
        and not any(isinstance(v, MaxLengthValidator) and v.limit_value == feld.max_length for v in feld.validators)
    }
    assert ohne == set(VOM_PRODUKT)


def test_every_rich_text_has_the_field_that_measures_before_it_reads():
    falsch, gefunden = set(), 0
    for klasse in eigene_formulare():
        for name, feld in klasse.base_fields.items():
            if isinstance(feld.widget, FliesstextEingabe) or isinstance(feld, Fliesstextfeld):
                gefunden += 1
                if not (isinstance(feld.widget, FliesstextEingabe) and isinstance(feld, Fliesstextfeld)):
                    falsch.add(f"{klasse.__name__}.{name}")
    assert falsch == set()
    assert gefunden > 15


def test_every_text_field_of_every_form_has_a_bound():
    ohne = {
        f"{klasse.__name__}.{name}"
        for klasse in eigene_formulare()
        for name, feld in klasse.base_fields.items()
        if isinstance(feld, forms.CharField)
        and not isinstance(feld, NamenFeld)  # bounds the number of names as well
        and getattr(feld, "max_length", None) is None
        and not hasattr(feld, "lies")  # numbers and years have a pattern
    }
    assert ohne == {"RollenForm.stand"}  # compared with the roles that the page showed, and kept nowhere


BEISPIELE = Path(__file__).parents[2] / "fixtures"


def texte(teil) -> Iterator[str]:
    if isinstance(teil, dict | list):
        for unter in teil.values() if isinstance(teil, dict) else teil:
            yield from texte(unter)
    elif isinstance(teil, str):
        yield teil


def test_the_examples_are_far_below_every_bound():
    alle = [wert for datei in BEISPIELE.rglob("*.yaml") for wert in texte(yaml.safe_load(datei.read_text("utf-8")))]
    assert max(map(len, alle)) * 5 < grenzen.FLIESSTEXT
    assert {zu_viel_text(wert) for wert in alle} == {""}


def test_a_file_with_a_text_over_the_bound_is_refused(tmp_path):
    inhalt = yaml.load((BEISPIELE / "rheine.yaml").read_text("utf-8"), yaml.BaseLoader)
    inhalt["konzepte"][0]["handlungsfelder"][0]["text"] = ZU_LANG
    datei = tmp_path / "lang.yaml"
    datei.write_text(yaml.safe_dump(inhalt), "utf-8")
    with pytest.raises(DateiFehler, match=r"Höchstens 100\.000 Zeichen"):
        lade(datei)


def test_full_clean_holds_the_bound_without_a_form():
    abschnitt = mache_abschnitt(mache_konzept())
    abschnitt.text = "ä" * grenzen.FLIESSTEXT
    abschnitt.full_clean()
    abschnitt.text += "ä"
    with pytest.raises(ValidationError, match="also 1 zu viel"):
        abschnitt.full_clean()


# On the page


@pytest.fixture
def abschnitt():
    return mache_abschnitt(mache_konzept(), "Einführung", text="Was da **steht**.")


@pytest.fixture
def redaktion(client, abschnitt):
    client.force_login(mache_benutzer(abschnitt.konzept.kommune, "redaktion"))
    return client


def zellen(breit: int, hoch: int, tag: str = '<td colspan="1" rowspan="1"><p>x</p></td>') -> str:
    return f"<table><tbody>{('<tr>' + tag * breit + '</tr>') * hoch}</tbody></table>"


ZU_GROSS = {
    "too many signs": (f"<p>{ZU_LANG}</p>", "Höchstens 100.000 Zeichen haben hier Platz. Der Text hat 100.0"),
    "too much markup": ('<p class="x">' + "<b>x</b>" * 8_001 + "</p>", "Höchstens 8.000 Absätze, Punkte, Zellen"),
    "too long with its markup": (f'<p class="{"x" * 300_000}">x</p>', "Höchstens 300.000 Zeichen mit ihrer"),
    "too deep": ("<div>" * 61 + "x" + "</div>" * 61, "Höchstens 60 Ebenen, eine in der anderen, haben hier Platz"),
    "never closed": ("<div>" * 61, "Höchstens 60 Ebenen"),
    "closed by others": ("<div></p>" * 61, "Höchstens 60 Ebenen"),
    "list items that are never closed": ("<ul><li>" * 40, "Höchstens 60 Ebenen"),
    "too many cells": (zellen(50, 61), "Höchstens 3.000 Tabellenzellen"),
    "few wide cells and many rows": (
        zellen(20, 1, '<td colspan="50">x</td>').replace("</tbody></table>", "") + "<tr><td>x</td></tr>" * 200,
        "Höchstens 3.000 Tabellenzellen",
    ),
    "cells that reach down": (
        "<table>" + "<tr>" + '<td colspan="50" rowspan="50">x</td>' * 3 + "</tr>" + "<tr><td>x</td></tr>" * 49,
        "Höchstens 3.000 Tabellenzellen",
    ),
    "as no editor writes it": ("<td colspan=50>" * 61, "Höchstens 60 Formatierungen, die der Editor"),
    "in a comment": ("<!--" + "<b>" * 61 + "-->", "Höchstens 60 Formatierungen, die der Editor"),
    "hidden in a title": ("<title>" + "<b>" * 61 + "</title>", "Höchstens 60 Formatierungen, die der Editor"),
}  # fmt: skip


@pytest.mark.parametrize(("html", "satz"), ZU_GROSS.values(), ids=ZU_GROSS)
def test_what_the_editor_sends_beyond_a_bound_is_said_and_goes_back_as_it_came(html, satz, redaktion, abschnitt):
    antwort = sende(redaktion, abschnitt, {"text-html": html})
    assert antwort.status_code == 422
    seite = seite_von(antwort)
    fehler = text(nach_id(seite, "id_text_error"))
    assert satz in fehler
    assert "zu viel" in fehler
    daten = eingaben(antwort)
    assert (daten["text-html"], daten["text"]) == ([html], ["Was da **steht**."])
    assert nach_id(seite, "id_text").get("data-fliesstext") == "<p>Was da <strong>steht</strong>.</p>"
    abschnitt.refresh_from_db()
    assert abschnitt.text == "Was da **steht**."


@pytest.mark.parametrize(
    ("dialekt", "satz"),
    [
        (ZU_LANG.strip(), "Höchstens 100.000 Zeichen"),
        ("|a" * 100 + "|\n" + "|-" * 100 + "|\n" + "|x|\n" * 50, "Höchstens 3.000 Tabellenzellen"),
    ],
)
def test_a_text_beyond_a_bound_stays_in_the_text_area(dialekt, satz, redaktion, abschnitt):
    antwort = sende(redaktion, abschnitt, {"text": dialekt})
    assert antwort.status_code == 422
    seite = seite_von(antwort)
    assert satz in text(nach_id(seite, "id_text_error"))
    assert eingaben(antwort)["text"][0].split() == dialekt.split()
    assert nach_id(seite, "id_text").get("data-fliesstext") is None
    assert "Für den Editor ist dieser Text zu groß" in text(seite)


def test_what_becomes_too_long_as_dialect_goes_back_to_the_editor(redaktion, abschnitt):
    html = "<p>" + "<b>a</b> bcdefgh " * 7_900 + "</p>"
    antwort = sende(redaktion, abschnitt, {"text-html": html})
    assert antwort.status_code == 422
    assert eingaben(antwort)["text-html"] == [html]


def test_a_form_may_not_be_too_long_as_a_whole(redaktion, abschnitt):
    antwort = sende(redaktion, abschnitt, {"text-html": "<p>x</p>", "titel": "x" * 500_001})
    assert antwort.status_code == 422
    assert "Höchstens 500.000 Zeichen in einem Formular" in text(nach_id(seite_von(antwort), "id_text_error"))
    assert nach_id(seite_von(antwort), "id_text").get("data-fliesstext") == ""  # nothing was read for it
    assert eingaben(antwort)["text-html"] == ["<p>x</p>"]


def test_a_text_that_is_stored_beyond_the_bound_is_read_shown_and_kept(redaktion, abschnitt):
    lang = ZU_LANG + "**Ende**"
    Abschnitt.objects.filter(pk=abschnitt.pk).update(text=lang)
    assert "Ende" in text(seite_von(redaktion.get(adresse(abschnitt.konzept, "gesamt"))))
    assert stelle_zusammen(abschnitt.konzept).kapitel[0].teile[0].laeufe[-1].text == "Ende"
    assert len(lies_text(lang)) == 1
    antwort = redaktion.get(formular_adresse(abschnitt))
    assert eingaben(antwort)["text"] == [lang]
    assert "Für den Editor ist dieser Text zu groß" in text(seite_von(antwort))


def test_what_waits_beyond_a_bound_comes_back_unread(redaktion, abschnitt):
    html = "<div>" * 70
    ort = formular_adresse(abschnitt)
    daten = hole(redaktion, abschnitt) | {"text-html": html, "_adresse": ort}
    assert redaktion.post("/zwischenstand/", daten).status_code == 204
    antwort = redaktion.get(ort)
    assert "Ihre Eingaben sind noch da" in text(seite_von(antwort))
    assert eingaben(antwort)["text-html"] == [html]


def test_names_are_bounded_and_only_some_of_them_get_suggestions():
    feld = NamenFeld()
    assert len(feld.clean(", ".join(f"A{i}" for i in range(grenzen.NAMEN)))) == grenzen.NAMEN
    for zu_viel in (", ".join(f"A{i}" for i in range(grenzen.NAMEN + 1)), "x" * (grenzen.NAMENLISTE + 1)):
        with pytest.raises(ValidationError, match="also 1 zu viel"):
            feld.clean(zu_viel)
        assert feld.has_changed([], zu_viel)
    kommune = mache_konzept().kommune
    mache_akteur(kommune, "Jugendamt")
    akteure = AkteureDerKommune(kommune)
    saetze = [akteure.fehler("Jugendmat") for _ in range(grenzen.NAMENSVORSCHLAEGE + 1)]
    assert "Meinten Sie „Jugendamt“?" in saetze[-2]
    assert "Meinten" not in saetze[-1]
    assert "ist kein Akteur der Kommune" in saetze[-1]


def test_a_body_that_is_too_large_is_answered_with_a_page(redaktion, abschnitt):
    antwort = redaktion.post(formular_adresse(abschnitt), {"text": "x" * (grenzen.SENDUNG_BYTES + 500_000)})
    assert antwort.status_code == 413
    assert "501 Kilobyte zu groß" in text(seite_von(antwort))
    viele = {f"a{i}": "" for i in range(grenzen.SENDUNG_FELDER + 1)}
    antwort = redaktion.post(formular_adresse(abschnitt), viele)
    assert antwort.status_code == 413
    assert "mehr Felder" in text(seite_von(antwort))

