"""What is typed into any form of the product survives a save that fails. A new form fails here until it does."""

import pytest

from tests.fabrik import eingaben, seite_von, text
from tests.konzept.entwuerfe.formulare import Formular, formulare, stadt_mit_konto

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

NICHTS_GETIPPT = {
    "werkbank:verschieben": "two choices, and no words",
    "konten:loeschen": "a box to be ticked anew",
    "massnahmen:sammel": "opens with measures chosen in the list; see test_sammel.py",
}
"""Forms that keep no draft of their own, with the reason."""

NOCH_DA = "Ihre Eingaben sind noch da"
GETIPPT = "Getippt und noch nicht gespeichert"


def test_every_form_names_its_account_and_is_kept_while_it_is_filled_in(client):
    welt, konto = stadt_mit_konto(client)
    gesehen, ohne = set(), {}
    for f in formulare(client, welt):
        gesehen.add(f.name)
        felder = {k.get("name"): k.get("value") for k in f.knoten.iter("input")}
        if felder.get("_konto") != str(konto.pk) or f.knoten.get("data-zwischenstand") != "/zwischenstand/":
            ohne[f.name] = f.ort
    assert ohne.keys() == NICHTS_GETIPPT.keys() & gesehen
    assert len(gesehen) > 25


def test_no_form_that_is_kept_asks_for_a_secret(client):
    welt, _ = stadt_mit_konto(client)
    geheim = {
        (f.name, k.get("name"))
        for f in formulare(client, welt)
        for k in f.knoten.iter("input")
        if k.get("type") == "password" or k.get("autocomplete") in {"one-time-code", "current-password"}
    }
    assert geheim == set()


def fehlerhaft(f: Formular, daten: dict):
    """What the form sends with something typed in it and something that cannot be saved, one way after the other."""
    zuerst = {f.texte[0]: [GETIPPT]} if f.texte else {}
    for name in reversed(f.texte):
        yield daten | zuerst | {name: [f"{GETIPPT} " * 6_000]}
    for name in f.wahl:
        kaestchen = [k.get("value") for k in f.knoten.iter("input") if k.get("name") == name]
        yield daten | zuerst | {name: [*kaestchen, "erfunden"]}
    for name in f.texte:
        yield daten | {n: [GETIPPT] for n in f.texte} | {name: [""]}


def test_what_a_failed_save_held_is_there_again(client):
    welt, _ = stadt_mit_konto(client)
    versucht, verloren = set(), {}
    for f in formulare(client, welt):
        if f.name in NICHTS_GETIPPT:
            continue
        versucht.add(f.name)
        daten = eingaben(client.get(f.ort), "_konto", unter="inhalt")
        antworten = (client.post(f.ort, mit) for mit in fehlerhaft(f, daten))
        if (gescheitert := next((a for a in antworten if a.status_code != 302), None)) is None:
            verloren[f.name] = "could not be made to fail"
            continue
        assert gescheitert.status_code in {409, 422}, f.ort
        wieder = client.get(f.ort)
        if NOCH_DA not in text(seite_von(wieder)) or (f.texte and GETIPPT not in wieder.content.decode()):
            verloren[f.name] = f.ort
            continue
        client.post(f.ort, {"_verwerfen": "1"})
        if NOCH_DA in text(seite_von(client.get(f.ort))):
            verloren[f.name] = f"{f.ort} is not forgotten when it is discarded"
    assert verloren == {}
    assert len(versucht) > 20
