"""Changing several measures at once as a person does: choose, look at the preview, carry out, take back."""

from massnahmen.models import Massnahme
from tests.fabrik import adresse, eingaben, seite_von, text


def frisch(*massnahmen) -> list[Massnahme]:
    return [Massnahme.objects.get(pk=m.pk) for m in massnahmen]


def waehle(client, massnahmen, was="stand", **weitere):
    """Tick these measures in the list and go on."""
    daten = {"m": [m.pk for m in massnahmen], "was": was, "umfang": ""} | weitere
    return client.post(adresse(massnahmen[0], "massnahmen", "sammel"), daten)


def druecke(client, antwort, knopf: str, **felder):
    """Fill in what the page asks and press a button."""
    return client.post(antwort.wsgi_request.path, eingaben(antwort, "versionen") | felder | {knopf: "1"})


def vorschau(client, massnahmen, was="stand", **felder):
    return druecke(client, waehle(client, massnahmen, was), "_vorschau", **felder)


def aendere(client, massnahmen, was="stand", **felder):
    """All the way: choose, look at the preview, carry out."""
    return druecke(client, vorschau(client, massnahmen, was, **felder), "_ausfuehren")


def zeilen(antwort) -> list[tuple[str, str, str]]:
    """(measure, now, after) of the preview."""
    (koerper,) = seite_von(antwort).iter("tbody")
    return [tuple(text(z) for z in list(zeile)[1:]) for zeile in koerper.iter("tr")]


def nimm_zurueck(client, konzept, **felder):
    return client.post(adresse(konzept, "massnahmen", "sammel", "zurueck"), felder, follow=True)


def meldungen(antwort) -> str:
    return " ".join(text(k) for k in seite_von(antwort).iter("p") if "meldung__text" in k.get("class", ""))
