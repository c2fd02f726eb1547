"""Every form of the product that an account can fill in: found on the pages of all addresses, none by hand."""

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import resolve, reverse

from tests.fabrik import mache_benutzer, mache_runde, seite_von
from tests.konzept.zugriff.adressen import DURCHGELASSEN, MUSTER, pfad, werte
from tests.konzept.zugriff.welt import mache_welt

VON_SELBST = {"hidden", "submit", "button", "file"}


class Formular(NamedTuple):
    """A form as a page shows it: what it would send (`eingaben`), its fields of text, and those to choose from."""

    name: str
    ort: str
    knoten: object
    texte: list[str]
    wahl: list[str]


def stadt_mit_konto(client):
    """A Kommune with rows of every kind, and an account that may do everything there and takes part in its Runde."""
    welt = mache_welt("musterhausen")
    konto = mache_benutzer(welt.kommune, "leitung", "redaktion", name="Lena Leitung")
    mache_benutzer(welt.kommune, "leitung")
    mache_runde(welt.fassung, konto)
    client.force_login(konto)
    return welt, konto


def haelt_eingaben(name: str, welt) -> bool:
    return getattr(resolve(pfad(name, welt)).func, "haelt_eingaben", False)


def formulare(client, welt) -> Iterator[Formular]:
    """The forms of all pages that send to an address which needs an account, and have something to fill in."""
    for name in MUSTER:
        if not {"GET", "POST"} <= DURCHGELASSEN.get(name, set()) or not haelt_eingaben(name, welt):
            continue
        for teile in werte(name, welt):
            ort = reverse(name, kwargs=teile)
            antwort = client.get(ort)
            if antwort.status_code == 200 and antwort.headers["Content-Type"].startswith("text/html"):
                yield from (Formular(name, ort, *f) for f in _auf(antwort, ort))


def _auf(antwort, ort: str):
    for knoten in seite_von(antwort).iter("form"):
        if knoten.get("method") != "post" or (knoten.get("action") or ort).partition("?")[0] != ort:
            continue
        felder = [f for f in knoten.iter("input", "select", "textarea") if _sichtbar(f)]
        texte = [f.get("name") for f in felder if _ist_text(f)]
        wahl = [f.get("name") for f in felder if not _ist_text(f)]
        if felder:
            yield knoten, texte, wahl


def _sichtbar(feld) -> bool:
    return bool(feld.get("name")) and feld.get("type") not in VON_SELBST and feld.get("disabled") is None


def _ist_text(feld) -> bool:
    return feld.tag == "textarea" or (feld.tag == "input" and feld.get("type") not in {"checkbox", "radio"})
