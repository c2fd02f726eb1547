"""Accents piled on one letter: sorting them costs no more than their number, they are refused, and the database does
not meet them."""

import ast
import sys
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import QueryDict
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from konzept import druckschriften, schreibweise
from konzept.fliesstext import zu_viel_html, zu_viel_text
from konzept.fliesstextfeld import Fliesstextfeld
from konzept.konten.forms import ADRESSE_ZU_LANG
from konzept.konten.models import Benutzer
from konzept.models import Gremium
from konzept.namensordnung import nach_namen
from konzept.schreibweise import (
    AKZENTE,
    HOECHSTENS_AKZENTE,
    gefaltet,
    namensschluessel,
    normalform,
    normalisiert,
    umlautformen,
    wie_gesehen,
    zu_viele_akzente,
)
from konzept.textfelder import Mailfeld, Textfeld, Zeilenfeld
from massnahmen import zeitraum
from massnahmen.liste import suche
from massnahmen.models import Massnahme
from tests.fabrik import mache_feld, mache_kommune, mache_konzept, mache_massnahme
from tests.kosten import kostet_hoechstens

TEXTE = st.text(st.characters(exclude_categories=["Cs"]), max_size=HOECHSTENS_AKZENTE // 2)
FORMEN = ["NFC", "NFD", "NFKC", "NFKD"]
STAPEL = {
    "accents": "a" + "\u0301\u0316" * 50_000,
    "doubled accents": "a" + "\u0344\u0316" * 50_000,
    "Tibetan vowels": "a" + "\u0f73\u0316\u0301" * 33_000,
    "marks of Japanese": "a" + "\u0301\uff9e" * 50_000,
    "composed letters, then accents": "ǖ" + "\u0301\u0316\u0345" * 33_000,
    "accents in order": "a" + "\u0316" * 50_000 + "\u0301" * 50_000,
    "composed, and in order": "ǘ" + "\u0316" * 50_000 + "\u0301" * 49_999,
    "accents at the beginning": "\u0301\u0316" * 50_000,
    "soft hyphens between": "a" + "\u0301\xad\u0316" * 33_000,
    "no space of width between": "a" + "\u0301\u200b\u0316" * 33_000,
}
VIELE = STAPEL["accents"]
ALTE = {
    "normal form": normalform,
    "as seen": wie_gesehen,
    "key of a name": namensschluessel,
    "folded": gefaltet,
    "order": schreibweise.ordnung,
    "forms of umlauts": umlautformen,
    "printed": druckschriften.ersetze,
    "for print": druckschriften.aufbereitet,
    "period": zeitraum.geglaettet,
    "address": Benutzer.normalize_username,
    "too many": zu_viele_akzente,
}


@pytest.mark.parametrize("form", FORMEN)
@pytest.mark.parametrize("text", STAPEL.values(), ids=STAPEL)
def test_normalising_costs_little(text, form):
    assert kostet_hoechstens(lambda: normalisiert(form, text), 1)


@pytest.mark.parametrize("was", ALTE.values(), ids=ALTE)
@pytest.mark.parametrize("text", STAPEL.values(), ids=STAPEL)
def test_so_does_all_that_compares_texts(text, was):
    druckschriften.vorrat()
    assert kostet_hoechstens(lambda: was(text), 4)


@pytest.mark.parametrize("form", FORMEN)
def test_every_sign_that_is_sorted_is_known(form):
    """What becomes accents alone is one of them, and no letter brings more than three along."""
    for zeichen in map(chr, range(sys.maxunicode + 1)):
        klassen = list(map(unicodedata.combining, unicodedata.normalize(form, zeichen)))
        assert not klassen[0] or zeichen in AKZENTE
        assert 0 in klassen[-4:] or zeichen in AKZENTE


@pytest.mark.parametrize("form", FORMEN)
@given(text=TEXTE | st.text("aǖй\u0301\u0316\u0344", max_size=HOECHSTENS_AKZENTE // 2))
def test_other_texts_are_normalised_as_ever(form, text):
    assert normalisiert(form, text) == unicodedata.normalize(form, text)
    assert zu_viele_akzente(text) == ""


@given(st.text("aǖ\u0301\u0316\u0344\u0f73\uff9e", min_size=20, max_size=150))
def test_what_is_divided_stays_as_it_is(text):
    einmal = normalform(text)
    assert normalform(einmal) == einmal
    assert zu_viele_akzente(einmal) == ""


def test_nobody_normalises_on_their_own():
    """Python's own function is called in `schreibweise` alone, and Django's forms that call it stand in no form."""
    gefunden = set()
    for ordner in ("konzept", "massnahmen", "handlungsfelder"):
        for datei in (settings.BASE_DIR / ordner).rglob("*.py"):
            quelle = datei.read_text("utf-8")
            assert "UsernameField" not in quelle, datei
            for knoten in ast.walk(ast.parse(quelle)):
                if _normalisiert(knoten):
                    gefunden.add(datei.relative_to(settings.BASE_DIR))
    assert gefunden == {Path("konzept/schreibweise.py")}
    assert Benutzer.normalize_username.__func__.__module__ == Benutzer.__module__


def _normalisiert(knoten: ast.AST) -> bool:
    if isinstance(knoten, ast.ImportFrom):
        return knoten.module == "unicodedata"
    return (
        isinstance(knoten, ast.Attribute)
        and knoten.attr in {"normalize", "is_normalized"}
        and isinstance(knoten.value, ast.Name)
        and "unicodedata" in ast.unparse(knoten.value)
    )


# Forms and rows


@pytest.mark.parametrize("art", [Zeilenfeld, Mailfeld, Textfeld, Fliesstextfeld])
def test_a_form_says_where_they_are(art):
    feld = art()
    with pytest.raises(ValidationError, match=r"hinter „Die Stadt a“ 100000 Akzente .* höchstens 30 sind möglich"):
        feld.clean(f"Die Stadt {VIELE}")
    assert kostet_hoechstens(lambda: feld.has_changed(VIELE, VIELE + "x"), 2)


@pytest.mark.parametrize(
    ("text", "html"),
    [(VIELE[:9_000], ""), ("", f"<p>{VIELE[:9_000]}</p>"), ("", f"<p>a{'&#x301;&#x316;' * 2_000}</p>")],
    ids=["dialect", "editor", "entities"],
)
def test_so_it_does_for_what_the_editor_sends(text, html):
    feld, daten = Fliesstextfeld(), QueryDict(mutable=True)
    daten.update({"text": text, "text-html": html})
    with pytest.raises(ValidationError, match="Akzente"):
        feld.clean(feld.widget.value_from_datadict(daten, {}, "text"))


def test_a_rich_text_is_refused_before_it_is_read():
    assert "Akzente" in zu_viel_text(VIELE[:9_000])
    assert "Akzente" in zu_viel_html(VIELE[:9_000])


def test_as_many_as_a_letter_can_bear_are_taken():
    gerade = "a" + "\u0301\u0316" * (HOECHSTENS_AKZENTE // 2)
    assert Textfeld().clean(gerade) == unicodedata.normalize("NFC", gerade)
    with pytest.raises(ValidationError):
        Textfeld().clean(gerade + "\u0301")


@pytest.mark.django_db
@pytest.mark.parametrize("feld", ["titel", "text", "zeitraum"])
def test_a_row_is_refused_too(feld):
    massnahme = mache_massnahme(mache_feld(mache_konzept(mache_kommune())))
    massnahme.text = "x"
    setattr(massnahme, feld, "a" + "\u0301\u0316" * 40)
    with pytest.raises(ValidationError) as fehler:
        massnahme.full_clean()
    assert "Akzente" in str(fehler.value.message_dict[feld])


# The database


@pytest.mark.django_db
@pytest.mark.datenbank
@pytest.mark.parametrize("stapel", STAPEL)
def test_what_is_written_without_asking_costs_the_database_little(stapel):
    """A second of PostgreSQL's own time would be over long before it had sorted them at once."""
    massnahme = mache_massnahme(mache_feld(mache_konzept(mache_kommune())))
    Massnahme.objects.filter(pk=massnahme.pk).update(text=f"{STAPEL[stapel]} Wort")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL statement_timeout = 1000")
    assert list(Massnahme.objects.order_by(nach_namen("text"))) == [massnahme]
    assert suche.treffer(Massnahme.objects.all(), "Wort") == {massnahme.pk}


@pytest.mark.django_db
@pytest.mark.datenbank
def test_a_lookup_costs_little():
    assert kostet_hoechstens(lambda: Gremium.objects.filter(name=VIELE).exists(), 4)
    assert kostet_hoechstens(lambda: Benutzer.objects.filter(email=VIELE).exists(), 4)


# Without an account


@pytest.mark.django_db
@pytest.mark.parametrize(("ort", "feld"), [("account_login", "login"), ("account_reset_password", "email")])
@pytest.mark.parametrize("adresse", [f"{VIELE}@x.de", "a" * 250 + "@x.de"], ids=["accents", "letters"])
def test_an_address_is_measured_before_it_is_looked_up(ort, feld, adresse, client, monkeypatch):
    gefragt = []
    monkeypatch.setattr(Benutzer, "normalize_username", gefragt.append)
    client.get(reverse(ort))
    antworten = []
    daten = {feld: adresse, "password": "geheim-und-lang"}
    assert kostet_hoechstens(lambda: antworten.append(client.post(reverse(ort), daten)), 4)
    assert antworten[0].status_code == 200
    assert ADRESSE_ZU_LANG in antworten[0].content.decode()
    assert gefragt == []
