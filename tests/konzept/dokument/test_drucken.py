"""`manage.py drucken`: a concept as a file, and what the command says when it cannot."""

import re

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from konzept.austausch.einlesen import lade
from konzept.heute import am, heute
from konzept.models import Konzept


@pytest.mark.django_db
def test_command_prints_the_newest_concept_and_its_html(tmp_path, lesen):
    lade(settings.BASE_DIR / "fixtures" / "emmerich-am-rhein.yaml")
    ziel, seite = tmp_path / "k.pdf", tmp_path / "k.html"
    call_command("drucken", "emmerich-am-rhein", ziel, html=seite)
    seiten = lesen(ziel.read_bytes()).seiten()
    assert "Emmerich" in seiten[0]
    assert all(f"Arbeitsstand vom {am(heute())}" in seite for seite in seiten)  # nobody adopted it
    html = seite.read_text(encoding="utf-8")
    assert "data:font/woff2;base64," in html
    assert not re.findall(r"(?:static|media):(?!\S*base64)[a-z]+/", re.sub(r"base64,[^\"]+", "", html))


@pytest.mark.django_db
def test_command_names_missing_signs(tmp_path, capsys):
    lade(settings.BASE_DIR / "fixtures" / "emmerich-am-rhein.yaml")
    Konzept.objects.update(untertitel="Gemeinsam 🦊 weiter")
    call_command("drucken", "emmerich-am-rhein", tmp_path / "k.pdf")
    assert "U+1F98A FOX FACE, Deckblatt: „Gemeinsam \ufffd weiter“" in capsys.readouterr().err


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("was", "meldung"),
    [("nirgendwo", "Es gibt: emmerich-am-rhein"), ("emmerich-am-rhein/x", "kein Konzept „x“. Es gibt: integ")],
)
def test_command_says_what_there_is(was, meldung, tmp_path):
    lade(settings.BASE_DIR / "fixtures" / "emmerich-am-rhein.yaml")
    with pytest.raises(CommandError, match=meldung):
        call_command("drucken", was, tmp_path / "k.pdf")


@pytest.mark.django_db
def test_command_says_where_it_cannot_write(tmp_path):
    lade(settings.BASE_DIR / "fixtures" / "emmerich-am-rhein.yaml")
    with pytest.raises(CommandError, match="lässt sich nicht schreiben"):
        call_command("drucken", "emmerich-am-rhein", tmp_path / "fehlt" / "k.pdf")
