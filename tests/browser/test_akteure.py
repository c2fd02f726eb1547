"""Naming Akteure in the browser: chips for what was typed and pasted. That it is parted by the same rules as on the
server is asked in `tests/js/namen.test.mjs`."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from massnahmen.models import Akteur, Massnahme
from tests.fabrik import mache_akteur, zustaendig

from .conftest import speichern

FUEGE_EIN = """(feld, text) => {
  const ablage = new DataTransfer();
  ablage.setData("text/plain", text);
  feld.dispatchEvent(new ClipboardEvent("paste", { clipboardData: ablage, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def massnahme(monheim) -> Massnahme:
    """A measure with three steps."""
    return Massnahme.objects.get(kurztitel="Handlungskonzept Ehrenamt")


@pytest.fixture
def formular(massnahme, monheim, kontext, melde_an) -> Page:
    mache_akteur(monheim.kommune, "N.N.", art=Akteur.Art.UNBESTIMMT)
    seite = melde_an(kontext)
    seite.goto(f"/konzepte/monheim-am-rhein/{monheim.slug}/massnahmen/{massnahme.pk}/bearbeiten/")
    return seite


def marken(feld: Locator) -> list[str]:
    return [marke.evaluate("marke => marke.firstChild.textContent") for marke in feld.get_by_role("listitem").all()]


def gesendet(seite: Page, name: str) -> str:
    return seite.locator(f"input[name={name}]").input_value()


def test_brackets_hold_together_while_they_are_typed(formular, massnahme):
    feld = formular.locator("#div_id_mitwirkung")
    eingabe = feld.get_by_role("combobox")
    eingabe.press_sequentially("Träger (z. B. Caritas, Diakonie")
    expect(eingabe).to_have_value("Träger (z. B. Caritas, Diakonie")
    eingabe.press_sequentially("), 51 / 32,")
    expect(feld.get_by_role("listitem")).to_have_count(3)
    assert marken(feld) == ["Träger (z. B. Caritas, Diakonie)", "51", "32"]
    expect(formular.locator("#ansage")).to_have_text("51, 32 hinzugefügt.")
    formular.get_by_label("Unbekannte Akteure neu anlegen").check()
    speichern(formular)
    expect(formular.get_by_role("status").first).to_have_text(re.compile("ist gespeichert"))
    mitwirkende = [kurz for kurz, rolle in zustaendig(massnahme) if rolle == "mitwirkung"]
    assert mitwirkende == ["Träger (z. B. Caritas, Diakonie)", "51", "32"]


def test_a_bracket_that_stays_open_swallows_nothing(formular):
    feld = formular.locator("#div_id_mitwirkung")
    feld.get_by_role("combobox").press_sequentially("Träger (Caritas, SKFM, 51")
    feld.get_by_role("combobox").press("Tab")
    assert marken(feld) == ["Träger (Caritas", "SKFM", "51"]
    assert gesendet(formular, "mitwirkung") == "Träger (Caritas, SKFM, 51"
    speichern(formular)
    expect(formular.locator("#fehler")).to_contain_text("„Träger (Caritas“: Zu einer Klammer fehlt die andere.")
    assert marken(feld) == ["Träger (Caritas", "SKFM", "51"]


def test_what_is_pasted_becomes_chips(formular):
    feld = formular.locator("#div_id_mitwirkung")
    eingabe = feld.get_by_role("combobox")
    eingabe.focus()
    formular.keyboard.insert_text("51; Kitas [städtisch, kirchlich], SKFM")
    eingabe.press("Enter")
    assert marken(feld) == ["51", "Kitas [städtisch, kirchlich]", "SKFM"]
    eingabe.evaluate(FUEGE_EIN, "32\r\nTräger (Caritas,\r\nDiakonie)\r\n\r\nberatungsCentrum\tEhrenamtsbörse\r\n")
    eingabe.press("Enter")
    assert marken(feld)[3:] == ["32", "Träger (Caritas, Diakonie)", "beratungsCentrum", "Ehrenamtsbörse"]


def test_a_column_with_numbers_of_steps_reaches_its_steps(formular, massnahme):
    massnahme.schritte.first().zustaendigkeiten.all().delete()
    feld = formular.locator("#div_id_mitwirkung")
    feld.get_by_role("combobox").evaluate(FUEGE_EIN, "(1) Ehrenamtsbörse, 32\n(2) 51, 32")
    feld.get_by_role("combobox").press("Enter")
    assert marken(feld) == ["(1) Ehrenamtsbörse", "32", "(2) 51", "32"]
    expect(feld.get_by_role("listitem").nth(1)).to_have_text("32 zu (1)")
    expect(feld.get_by_role("listitem").last).to_have_text("32 zu (2)")
    expect(feld.get_by_text("steht noch nicht in der Liste")).to_have_count(0)
    formular.reload()
    feld.get_by_role("combobox").fill("(1) SKFM, 51,")
    speichern(formular)
    expect(formular.get_by_text("„SKFM“ und „51“ stehen jetzt bei Schritt 1.")).to_be_visible()
    assert {k for k, r in zustaendig(massnahme.schritte.first()) if r == "mitwirkung"} >= {"SKFM", "51"}


def test_nobody_in_particular_is_said_at_the_field(formular, massnahme):
    feld = formular.locator("#div_id_federfuehrung")
    feld.get_by_role("combobox").press_sequentially("N.N.,")
    expect(feld.get_by_role("listitem")).to_have_text(re.compile(r"^N\.N\. noch niemand Bestimmtes"))
    speichern(formular)
    satz = "„N.N.“ steht so im Druck; damit ist noch niemand zuständig."
    expect(formular.get_by_text(satz)).to_be_visible()
    formular.go_back()
    formular.reload()
    expect(feld.get_by_role("combobox")).to_have_accessible_description(re.compile(re.escape(satz)))
    assert Akteur.objects.filter(kurz="N.N.").count() == 1
