"""From format 1 to 2: fields that had their default were left out, and words stood without the keys behind them.

What stands here is how format 1 was. It never changes, whatever becomes of the classes in `baum`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Art(NamedTuple):
    """A kind of node: what its fields held where they were left out, and of which kind the nodes in them are; NACH_TYP
    where they say so themselves."""

    vorgaben: Mapping[str, object] = {}
    teile: Mapping[str, str] = {}


NACH_TYP = ""
_UNBEKANNT = Art()

_VERWEIS = {"nummer": "", "titel": ""}
_INDIKATOR = {
    "definition": "", "einheit": "", "quelle": "", "ausgangswert": None, "ausgangsjahr": None, "zielwert": None,
    "zieljahr": None, "feld": None, "messwerte": (),
}  # fmt: skip
_KOSTEN = {"offen": False, "wortlaut": "", "positionen": ()}
_KOSTENPOSITION = {
    "betrag": None, "jaehrlich": None, "jahre": (), "zeit": "", "art": "", "stellenanteil": None, "finanzierung": "",
    "programm": "", "produkt": "",
}  # fmt: skip
_MASSNAHME = {
    "text": (), "stand": "", "begruendung": "", "prioritaet": "", "zeitraum": "", "von": None, "bis": None,
    "kosten": _KOSTEN, "beteiligte": (), "schritte": (), "ziel": None, "zielgruppen": (), "leitlinien": (),
    "indikatoren": (), "sachstaende": (),
}  # fmt: skip
_DOKUMENT = {
    "untertitel": "", "anlass": "", "herausgeber": "", "stand": None, "gueltig_ab": None, "gueltig_bis": None,
    "kapitel": (),
}  # fmt: skip

ARTEN = {
    "Dokument": Art(_DOKUMENT, {"kommune": "Kommune", "kapitel": "Kapitel"}),
    "Kommune": Art({"ags": "", "wappen": "", "wappen_beschreibung": "", "akzentfarbe": "#1f4a86"}),
    "Kapitel": Art(
        {"art": "abschnitt", "nummer": "", "kurz": "", "teile": (), "kapitel": ()},
        {"teile": NACH_TYP, "kapitel": "Kapitel"},
    ),
    "Verweis": Art(_VERWEIS),
    # rich text
    "absatz": Art({"rn": 0}, {"laeufe": "Lauf"}),
    "zwischentitel": Art({}, {"laeufe": "Lauf"}),
    "liste": Art({"rn": 0, "start": None}, {"punkte": "Punkt"}),
    "Punkt": Art({}, {"bloecke": NACH_TYP}),
    "texttabelle": Art({"rn": 0}, {"kopf": "Lauf", "zeilen": "Lauf"}),
    "Lauf": Art({"fett": False, "kursiv": False, "ziel": ""}),
    # the parts of a Kapitel, and what they consist of
    "leitlinien": Art({}, {"eintraege": "Leitlinie"}),
    "Leitlinie": Art({"text": (), "status": "", "fragen": ()}, {"text": NACH_TYP, "fragen": "Fragengruppe"}),
    "Fragengruppe": Art({"gremium": ""}),
    "prozessliste": Art({}, {"schritte": "Prozessschritt"}),
    "Prozessschritt": Art({"termine": (), "teilnehmende": None, "gruppen": (), "text": ()}, {"text": NACH_TYP}),
    "gremienliste": Art({}, {"gremien": "Gremium"}),
    "Gremium": Art(
        {"takt": "", "aufgabe": (), "mitglieder": (), "tandem": (), "felder": ()},
        {"aufgabe": NACH_TYP, "mitglieder": "Mitglied", "felder": "Verweis"},
    ),
    "Mitglied": Art({"funktion": ""}),
    "gremienzeile": Art(),
    "matrix": Art({}, {"spalten": "Verweis", "zeilen": "Matrixzeile"}),
    "Matrixzeile": Art({"text": ()}, {"text": NACH_TYP, "zellen": "Matrixzelle"}),
    "Matrixzelle": Art({"text": ""}),
    "indikatorentabelle": Art({}, {"indikatoren": "Indikator"}),
    "Indikator": Art(_INDIKATOR, {"feld": "Verweis", "messwerte": "Messwert"}),
    "Messwert": Art({"wert": None, "anmerkung": "", "bruch": False}),
    "zielbaum": Art(
        {"leitziele": (), "handlungsziele": ()}, {"leitziele": "Leitziel", "handlungsziele": "Handlungsziel"}
    ),
    "Leitziel": Art(
        {"text": (), "indikatoren": (), "handlungsziele": ()},
        {"text": NACH_TYP, "indikatoren": "Indikator", "handlungsziele": "Handlungsziel"},
    ),
    "Handlungsziel": Art({"text": (), "indikatoren": ()}, {"text": NACH_TYP, "indikatoren": "Indikator"}),
    "massnahmentabelle": Art({}, {"abschnitte": "Tabellenabschnitt"}),
    "Tabellenabschnitt": Art({}, {"massnahmen": "Massnahme"}),
    "Massnahme": Art(
        _MASSNAHME,
        {
            "text": NACH_TYP, "kosten": "Kosten", "beteiligte": "Beteiligter", "schritte": "Schritt",
            "ziel": "Verweis", "leitlinien": "Verweis", "indikatoren": "Indikator", "sachstaende": "Sachstand",
        },
    ),
    "Kosten": Art(_KOSTEN, {"positionen": "Kostenposition"}),
    "Kostenposition": Art(_KOSTENPOSITION),
    "Beteiligter": Art({"federfuehrend": False}),
    "Schritt": Art({"zeitraum": "", "beteiligte": ()}, {"beteiligte": "Beteiligter"}),
    "Sachstand": Art({"von": ""}, {"text": NACH_TYP}),
    "angebotsliste": Art({}, {"angebote": "Angebot"}),
    "Angebot": Art(
        {"text": (), "seit": "", "anbieter": (), "zielgruppen": (), "feld": None, "foerderungen": ()},
        {"text": NACH_TYP, "feld": "Verweis", "foerderungen": "Foerderung"},
    ),
    "Foerderung": Art({"programm": "", "angabe": ""}),
    "mitwirkende": Art({}, {"eintraege": "Mitwirkender"}),
    "Mitwirkender": Art({"name": "", "art": ""}),
    "kostenuebersicht": Art(
        {"ohne_betrag": 0}, {"felder": "Kostenzeile", "mittel": "Kostenzeile", "summe": "Kostenzeile"}
    ),
    "Kostenzeile": Art({"nummer": "", "anker": "", "ohne_jahr": "0"}),
    "zeitplan": Art({}, {"felder": "Zeitplanfeld"}),
    "Zeitplanfeld": Art({}, {"feld": "Verweis", "zeilen": "Zeitplanzeile"}),
    "Zeitplanzeile": Art({"zeitraum": ""}, {"massnahme": "Verweis"}),
    "hinweis": Art(),
}  # fmt: skip

SCHLUESSEL = {
    "Massnahme": (
        "stand",
        {
            "Idee": "idee", "geplant": "geplant", "laufend": "laufend", "umgesetzt": "umgesetzt",
            "zurückgestellt": "zurueckgestellt", "entfallen": "entfallen",
        },
    ),
    "Kostenposition": (
        "finanzierung",
        {"Eigenmittel": "eigenmittel", "Fördermittel": "foerdermittel", "Drittmittel": "drittmittel"},
    ),
}  # fmt: skip
"""By kind of node: the word that format 1 compared, and the keys that stood behind it in the rows."""


def hebe(dokument: dict[str, Any]) -> dict[str, Any]:
    """A Dokument of format 2 with new dicts; what format 1 did not have stays, for strict reading to refuse."""
    gehoben: dict[str, Any] = _gehoben(dokument, "Dokument")
    return gehoben


# Most nodes hold no others; a call for each of them would take as long as all the rest.
_BLAETTER = {name: art.vorgaben for name, art in ARTEN.items() if not art.teile and name not in SCHLUESSEL}


def _gehoben(wert: Any, art: str) -> Any:
    if type(wert) is list:
        if (vorgaben := _BLAETTER.get(art)) is not None:
            return [{**vorgaben, **teil} if type(teil) is dict else _gehoben(teil, art) for teil in wert]
        return [_gehoben(teil, art) for teil in wert]
    if type(wert) is not dict:
        return wert
    art = art or str(wert.get("type"))
    eigene, teile = ARTEN.get(art, _UNBEKANNT)
    neu = {**eigene, **wert}
    for feld, teilart in teile.items():
        if innen := neu.get(feld):
            neu[feld] = _gehoben(innen, teilart)
    if art in SCHLUESSEL:
        wort, schluessel = SCHLUESSEL[art]
        neu[f"{wort}_schluessel"] = schluessel.get(str(neu[wort]), "")
    return neu
