"""What the list of measures shows, read off its page."""

from tests.fabrik import seite_von, text


def titel(antwort) -> list[str]:
    """The titles of the measures that the page shows, in order."""
    assert antwort.status_code == 200
    zeilen = (k for k in seite_von(antwort).iter("tr") if k.get("id", "").startswith("massnahme-"))
    return [text(next(k for k in zeile.iter("th"))) for zeile in zeilen]


def links(antwort) -> dict[str, str]:
    return {text(a): a.get("href") for a in seite_von(antwort).iter("a")}


def koepfe(antwort) -> dict[str, str]:
    """The heads of the columns, each with its aria-sort."""
    kopf = next(seite_von(antwort).iter("thead"))
    return {text(th): th.get("aria-sort") for th in kopf.iter("th") if th.get("scope") == "col"}
