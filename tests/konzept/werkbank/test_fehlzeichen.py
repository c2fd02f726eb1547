"""Signs that no font of the print has are named where they stand: at the field, and among what is still missing."""

import re

import pytest
from django import forms
from django.db import models

from konzept import druckschriften
from konzept.austausch.einlesen import lade
from konzept.dokument.fehlzeichen import ERSATZ, fehlende_zeichen
from konzept.dokument.zeilen import Zeilen
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.formularbau.zeichen import wird_gedruckt
from konzept.heute import heute
from konzept.models import Konzept
from konzept.werkbank.offen import offene_punkte
from tests.fabrik import (
    adresse,
    eingaben,
    formular_adresse,
    mache_abschnitt,
    mache_benutzer,
    mache_feld,
    mache_konzept,
    mache_massnahme,
    mache_schritt,
    nach_id,
    seite_von,
    text,
)
from tests.feindlich import modelle
from tests.konzept.zugriff.test_fremde_felder import eigene_formulare

pytestmark = pytest.mark.django_db

OHNE_HINWEIS = {
    "is read by those who take part, on the page and in a mail": {"RundeForm.hinweis", "RundeNeuForm.hinweis"},
    "stands beside the Fassung, not in it": {"FassungForm.notiz"},
    "goes into the history": {"PapierForm.grund", "GrundForm.grund", "VerlaengernForm.grund", "BeendenForm.grund"},
    "is a name of a person, who may change it in the account": {"EinladungForm.name"},
    "is no word of a print": {"StammdatenForm.ags", "StammdatenForm.land", "StammdatenForm.akzentfarbe"},
    "searches": {"ListenForm.q", "ListenForm.von", "ListenForm.bis"},
}
ABSTRAKT = {"_Aussage", "MitGueltigkeit"}


def _texte(klasse) -> dict[str, forms.Field]:
    return {
        name: feld
        for name, feld in klasse.base_fields.items()
        if isinstance(feld, forms.CharField)
        and isinstance(feld.widget, forms.TextInput | forms.Textarea)
        and not feld.widget.is_hidden
    }


class _Gebunden:
    """As much of a bound field as the rule asks for; the forms themselves want rows to be made."""

    def __init__(self, klasse, name):
        self.form, self.name, self.field = klasse, name, klasse.base_fields[name]


def test_every_text_of_every_form_names_its_signs_or_says_why_not():
    ohne = {
        f"{klasse.__name__}.{name}"
        for klasse in eigene_formulare()
        if klasse.__name__ not in ABSTRAKT
        for name in _texte(klasse)
        if not wird_gedruckt(_Gebunden(klasse, name))
    }
    assert ohne == set().union(*OHNE_HINWEIS.values())


def test_a_sign_is_named_at_its_field(client):
    konzept = mache_konzept()
    massnahme = mache_massnahme(mache_feld(konzept), "Fest 🦊 und 中", kurztitel="Fest")
    mache_schritt(massnahme, "Rufen 📣")
    client.force_login(mache_benutzer(konzept.kommune, "redaktion"))
    seite = seite_von(client.get(formular_adresse(massnahme)))
    hinweis = text(nach_id(seite, "id_titel_zeichen"))
    assert hinweis == (
        "Für diese Zeichen hat der Druck keine Schrift: „🦊“ und „中“ (chinesisches Schriftzeichen). "
        f"Im PDF steht dafür {ERSATZ}."
    )
    assert "id_titel_zeichen" in nach_id(seite, "id_titel").get("aria-describedby").split()
    assert not seite.xpath("//*[@id='id_kurztitel_zeichen']")
    assert "zeichen" not in (nach_id(seite, "id_kurztitel").get("aria-describedby") or "")
    schritt = nach_id(seite, "id_schritte-0-text_zeichen")
    assert "„📣“" in text(schritt)


def test_a_sign_is_named_while_the_form_is_refused(client):
    konzept = mache_konzept()
    abschnitt = mache_abschnitt(konzept, "Anfang")
    client.force_login(mache_benutzer(konzept.kommune, "redaktion"))
    daten = {"titel": "", "text": "Feier 🦊", "inhalt": "", "zaehlung": "dezimal", "_version": abschnitt.version}
    antwort = client.post(formular_adresse(abschnitt), daten)
    assert antwort.status_code == 422
    assert "„🦊“" in text(nach_id(seite_von(antwort), "id_text_zeichen"))


def test_whoever_saves_a_sign_is_told_on_the_next_page(client):
    konzept = mache_konzept()
    abschnitt = mache_abschnitt(konzept, "Anfang")
    client.force_login(mache_benutzer(konzept.kommune, "redaktion"))
    ort = formular_adresse(abschnitt)
    daten = {"titel": "Anfang", "text": "Feier 🦊", "inhalt": "", "_version": abschnitt.version}
    seite = text(seite_von(client.post(ort, eingaben(client.get(ort)) | daten, follow=True)))
    assert "„Anfang“ ist gespeichert." in seite
    assert "Für dieses Zeichen hat der Druck keine Schrift: „🦊“." in seite
    abschnitt.refresh_from_db()
    assert abschnitt.text == "Feier 🦊"
    daten |= {"text": "Feier", "_version": abschnitt.version}
    seite = text(seite_von(client.post(ort, eingaben(client.get(ort)) | daten, follow=True)))
    assert "„Anfang“ ist gespeichert." in seite
    assert "keine Schrift" not in seite


def test_saving_is_not_hindered_and_the_list_leads_to_the_field(client):
    konzept = mache_konzept()
    feld = mache_feld(konzept)
    massnahme = mache_massnahme(feld, "Fest")
    massnahme.text = "Wir feiern 🦊"
    massnahme.save()
    client.force_login(mache_benutzer(konzept.kommune, "redaktion"))
    seite = seite_von(client.get(adresse(konzept, "offen")))
    (link,) = (a for a in seite.iter("a") if "„🦊“" in text(a))
    assert link.get("href") == f"{formular_adresse(massnahme)}#id_text"
    assert text(link).startswith("Beschreibung: Für dieses Zeichen hat der Druck keine Schrift")
    assert "„🦊“" in text(nach_id(seite_von(client.get(formular_adresse(massnahme))), "id_text_zeichen"))


def test_signs_are_named_before_a_version_is_frozen(client):
    konzept = mache_konzept()
    abschnitt = mache_abschnitt(konzept, "Anfang")
    client.force_login(mache_benutzer(konzept.kommune, "leitung"))
    assert "nicht drucken" not in text(seite_von(client.get(adresse(konzept, "fassungen", "neu"))))
    abschnitt.text = "Feier 🦊, 中文"
    abschnitt.save()
    seite = text(seite_von(client.get(adresse(konzept, "fassungen", "neu"))))
    assert "Zeichen, die nicht drucken" in seite
    assert "„中文“ (chinesische Schriftzeichen)" in seite
    assert "„🦊“" in seite


def test_the_list_costs_no_query_more(django_assert_num_queries):
    konzept = mache_konzept()
    mache_massnahme(mache_feld(konzept), "Fest 🦊")
    zeilen = Zeilen(konzept)
    with django_assert_num_queries(0):
        punkte = _punkte(konzept, zeilen)
    assert any("„🦊“" in satz for satz, _ in punkte)


def _punkte(konzept, zeilen) -> list[tuple[str, str]]:
    return [p for gruppe in offene_punkte(konzept, heute(), "", zeilen) for e in gruppe.eintraege for p in e.punkte]


def test_every_sign_that_is_replaced_in_print_is_on_the_list(settings, monkeypatch):
    """Each text of each row of Musterstadt gets a sign of its own, and what the document finds of them is named."""
    monkeypatch.setattr(druckschriften, "GENANNT", 10**6)
    lade(settings.BASE_DIR / "fixtures" / "musterstadt.yaml")
    nummer = 0x4E00
    for modell in modelle():
        if modell._meta.app_label not in {"konzept", "handlungsfelder", "massnahmen"}:
            continue
        felder = [f for f in modell._meta.concrete_fields if _wird_geschrieben(f)]
        for zeile in modell._base_manager.all() if felder else ():
            werte = {}
            for feld in felder:
                if getattr(zeile, feld.name):
                    werte[feld.name] = (str(getattr(zeile, feld.name)) + chr(nummer))[-(feld.max_length or 10**6) :]
                    nummer += 1
            if werte:
                modell._base_manager.filter(pk=zeile.pk).update(**werte)
    for konzept in Konzept.objects.select_related("kommune"):
        zeilen = Zeilen(konzept)
        gedruckt = {f.zeichen for f in fehlende_zeichen(stelle_zusammen(konzept))}
        genannt = {z for satz, _ in _punkte(konzept, zeilen) for n in re.findall("„([^“]+)“ .chines", satz) for z in n}
        assert len(gedruckt) > 100
        assert gedruckt <= genannt


def _wird_geschrieben(feld) -> bool:
    return (
        isinstance(feld, models.CharField | models.TextField)
        and not isinstance(feld, models.SlugField | models.URLField)
        and feld.editable
        and not feld.choices
        and feld.name not in {"ags", "land", "akzentfarbe", "nummer"}
    )
