"""What a list of measures shows, in words: which ones, how many of how many, in which order."""

from itertools import groupby
from operator import itemgetter

from massnahmen.liste.forms import SORTIERUNGEN
from massnahmen.liste.tabelle import Tabelle

ALS_FILTER = {"von": "Zeitraum: ab {}", "bis": "Zeitraum: bis {}", "q": "Suche: „{}“"}
"""How an answer is named whose field has no list of choices."""
ZEITRAUM = "Zeitraum: "


def auswahl(tabelle: Tabelle) -> tuple[str, ...]:
    """Each filter that counts, those of one field together: "Umsetzungsstand: Idee oder geplant"."""
    form = tabelle.form
    worte: list[str] = []
    for name, werte in groupby(form.aktiv(), key=itemgetter(0)):
        texte = [text for _, _, text in werte]
        if name == "meine":
            worte.append(_meine(tabelle))
        elif name in ALS_FILTER:
            worte.append(ALS_FILTER[name].format(form.gilt[name]))
        else:
            titel = f"{form.fields[name].label}: "
            worte.append(titel + " oder ".join(text.removeprefix(titel) for text in texte))
    return tuple(_zeitraum_zusammen(worte))


def _meine(tabelle: Tabelle) -> str:
    """Whose they are, by the Akteure for whom the account takes part: on paper nobody knows who "I" was."""
    eigene = {str(pk) for pk in tabelle.eigene or ()}
    return "Maßnahmen von " + " oder ".join(text for pk, text in tabelle.form.fields["akteur"].choices if pk in eigene)


def _zeitraum_zusammen(worte: list[str]) -> list[str]:
    """ "Zeitraum: ab 2027 bis 2030" instead of two."""
    grenzen = [wort.removeprefix(ZEITRAUM) for wort in worte if wort.startswith(ZEITRAUM)]
    if len(grenzen) < 2:
        return worte
    erste = next(i for i, wort in enumerate(worte) if wort.startswith(ZEITRAUM))
    andere = [wort for wort in worte if not wort.startswith(ZEITRAUM)]
    return [*andere[:erste], ZEITRAUM + " ".join(grenzen), *andere[erste:]]


def anzahl(tabelle: Tabelle) -> str:
    """ "37 von 120 Maßnahmen"; "120 Maßnahmen" where all are shown."""
    alle = len(tabelle.folge)
    if tabelle.anzahl == alle and not tabelle.filter:
        return f"{_zahl(alle)} Maßnahme{'' if alle == 1 else 'n'}"
    return f"{_zahl(tabelle.anzahl)} von {_zahl(alle)} Maßnahme{'' if alle == 1 else 'n'}"


def sortierung(tabelle: Tabelle) -> str:
    """The order where it is not that of the printed concept, else ""."""
    wie = tabelle.form.gilt.get("sort") or ""
    return f"sortiert nach: {SORTIERUNGEN[wie]}" if wie else ""


def schnitt(gezeigt: int, gefunden: int) -> str:
    """What is said where not all have room; "" where they have."""
    if gezeigt >= gefunden:
        return ""
    return (
        f"Gedruckt sind nur die ersten {_zahl(gezeigt)} von {_zahl(gefunden)} Maßnahmen, mehr fasst diese Liste nicht. "
        "Die übrigen druckt eine engere Auswahl."
    )


def _zahl(anzahl: int) -> str:
    return f"{anzahl:,}".replace(",", ".")
