"""The walls between Kommunen, and between the concepts of one Kommune."""

import re

import pytest

from tests.fabrik import adresse, formular_adresse, mache_benutzer, mache_konzept

pytestmark = pytest.mark.django_db


def test_rows_of_another_kommune_do_not_exist_under_my_address(welt, andere, browser):
    client = browser(mache_benutzer(welt.kommune, "leitung"))
    for pfad in (
        adresse(welt.konzept, "massnahmen", str(andere.massnahme.pk), "bearbeiten"),
        adresse(welt.konzept, "abschnitte", str(andere.abschnitt.pk), "bearbeiten"),
        adresse(welt.konzept, "lesen", f"massnahme-{andere.massnahme.pk}"),
        adresse(welt.konzept, "lesen", f"abschnitt-{andere.abschnitt.pk}"),
        formular_adresse(andere.massnahme),
        formular_adresse(andere.abschnitt),
    ):
        assert client.get(pfad).status_code == 404, pfad
    for pfad in (
        formular_adresse(andere.massnahme),
        adresse(welt.konzept, "massnahmen", str(andere.massnahme.pk), "bearbeiten"),
    ):
        assert client.post(pfad, {"titel": "x"}).status_code == 404


def test_even_who_may_edit_both_finds_a_row_only_at_its_own_address(welt, andere, browser):
    """One concept's row under another's address would be shown inside the wrong outline."""
    zweites = mache_konzept(welt.kommune, "zweites")
    client = browser(mache_benutzer(is_superuser=True))
    for falsch in (zweites, andere.konzept):
        for art, zeile in (("massnahmen", welt.massnahme), ("abschnitte", welt.abschnitt)):
            assert client.get(adresse(falsch, art, str(zeile.pk), "bearbeiten")).status_code == 404
            assert client.get(formular_adresse(zeile)).status_code == 200


def _ohne_zufall(antwort) -> str:
    return re.sub(r'nonce="[^"]*"', "", antwort.content.decode())


def test_a_concept_one_may_not_see_looks_like_one_that_is_not_there(welt, andere, browser):
    client = browser(mache_benutzer(welt.kommune, "leitung"))
    verborgen = client.get(adresse(andere.konzept))
    erfunden = client.get(f"/konzepte/{andere.kommune.slug}/gibt-es-nicht/")
    assert (verborgen.status_code, erfunden.status_code) == (404, 404)
    assert _ohne_zufall(verborgen) == _ohne_zufall(erfunden)
    assert "Nachbar" not in verborgen.content.decode()


@pytest.mark.parametrize("nummer", ["0", "999999", "9" * 30])
def test_a_row_that_is_not_there(nummer, welt, browser):
    client = browser(mache_benutzer(welt.kommune, "leitung"))
    for art in ("massnahmen", "abschnitte"):
        assert client.get(adresse(welt.konzept, art, nummer, "bearbeiten")).status_code == 404
    assert client.get(adresse(welt.konzept, "lesen", f"massnahme-{nummer}")).status_code == 404
