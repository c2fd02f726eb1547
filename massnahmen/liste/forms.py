"""The form above the list: what to show, how sorted, in which columns. It is sent with GET and never refused whole."""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from konzept import grenzen
from konzept.formularbau.felder import Jahresfeld
from konzept.models.basis import Fortschreibung
from konzept.textfelder import Zeilenfeld

from ..models import Massnahme, Umsetzungsstand
from .suche import zerlege

OHNE = "ohne"
"""The choice "ohne Angabe" of a field with choices."""

FEHLT = {
    "irgendetwas": "irgendetwas davon",
    "zustaendig": "keine Zuständigkeit",
    "zeitraum": "kein Zeitraum",
    "kosten": "keine Kosten und kein „offen“",
    "stand": "kein Umsetzungsstand",
    "ziel": "kein Ziel",
}
FORTSCHREIBUNG = {"": "was im neuen Konzept steht", OHNE: "noch nicht angesehen", **dict(Fortschreibung.choices)}
"""Measures that are erledigt or entfallen are only listed when they are asked for."""
SORTIERUNGEN = {
    "": "Nummer, wie gedruckt",
    "-nummer": "Nummer, die letzte zuerst",
    "titel": "Titel",
    "-titel": "Titel, von Z bis A",
    "zeitraum": "Beginn",
    "-zeitraum": "Beginn, der späteste zuerst",
    "stand": "Umsetzungsstand",
    "-stand": "Umsetzungsstand, umgekehrt",
    "-geaendert": "zuletzt geändert zuerst",
    "geaendert": "lange nicht geändert zuerst",
}
SPALTEN = {
    "feld": "Handlungsfeld",
    "ziel": "Ziel",
    "zeitraum": "Zeitraum",
    "kosten": "Kosten",
    "durch": "Umsetzung durch",
    "stand": "Stand",
    "prioritaet": "Priorität",
    "zielgruppen": "Zielgruppen",
    "geaendert": "Zuletzt geändert",
}
GRUNDSPALTEN = ("feld", "zeitraum", "kosten", "durch", "stand")
JE_SEITE = {"": "50", "100": "100"}
NICHT_IN_DER_LISTE = "Das gibt es hier nicht (mehr). Wählen Sie etwas aus der Liste."


def kurz(text: str) -> str:
    """So much of a title that it fits into a list of choices."""
    return text if len(text) <= 90 else f"{text[:89]}…"


class Auswahlliste(forms.Select):
    """A select whose options Django would otherwise render with a template each."""

    def render(self, name, value, attrs=None, renderer=None):
        gewaehlt = "" if value is None else str(value)
        optionen = ((k, mark_safe(" selected") if k == gewaehlt else "", text) for k, text in self.choices)
        return format_html(
            '<select name="{}"{}>{}</select>',
            name,
            flatatt(self.build_attrs(self.attrs, attrs)),
            format_html_join("", '<option value="{}"{}>{}</option>', optionen),
        )


def _wahl(label: str, choices=()) -> forms.ChoiceField:
    fehler = {"invalid_choice": NICHT_IN_DER_LISTE}
    return forms.ChoiceField(
        label=label, required=False, choices=list(choices), error_messages=fehler, widget=Auswahlliste
    )


def _mehrere(label: str, choices) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=list(choices),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NICHT_IN_DER_LISTE, "invalid_list": NICHT_IN_DER_LISTE},
    )


class ListenForm(forms.Form):
    """Filter and view. What makes no sense is said at its field and left out, everything else counts.

    `auswahl` gives what to choose from, under the names of the fields: `feld`, `ziel` as (key, text), `akteur`,
    `zielgruppe`, `leitlinie`.
    """

    FILTER = (
        "q", "feld", "ziel", "akteur", "fehlt", "meine", "stand", "prioritaet", "von", "bis", "zielgruppe", "leitlinie",
        "fortschreibung",
    )  # fmt: skip

    q = Zeilenfeld(
        label="Suche",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Wort oder Nummer"}),
        error_messages={"null_characters_not_allowed": "In der Suche steht ein Zeichen, das es in Texten nicht gibt."},
    )
    feld = _wahl("Handlungsfeld")
    akteur = _wahl("Akteur")
    fehlt = _wahl("Was fehlt", [("", "alle Maßnahmen"), *FEHLT.items()])
    meine = forms.BooleanField(label="Meine Maßnahmen", required=False)
    ziel = _wahl("Ziel")
    von = Jahresfeld(label="Zeitraum ab (Jahr)", required=False)
    bis = Jahresfeld(label="Zeitraum bis (Jahr)", required=False)
    zielgruppe = _wahl("Zielgruppe")
    leitlinie = _wahl("Leitlinie")
    fortschreibung = _wahl("Fortschreibung", FORTSCHREIBUNG.items())
    stand = _mehrere("Umsetzungsstand", [*Umsetzungsstand.choices, (OHNE, "ohne Angabe")])
    prioritaet = _mehrere("Priorität", [*Massnahme.Prioritaet.choices, (OHNE, "ohne Angabe")])
    sort = _wahl("Sortieren nach", SORTIERUNGEN.items())
    je = _wahl("Zeilen je Seite", JE_SEITE.items())
    spalte = _mehrere("Spalten", SPALTEN.items())

    def __init__(self, daten, auswahl, mit_meinen: bool, fortgeschrieben: bool):
        daten = daten.copy()
        if not daten.getlist("spalte"):
            daten.setlist("spalte", GRUNDSPALTEN)
        super().__init__(daten)
        for name in ("feld", "ziel", "akteur", "zielgruppe", "leitlinie"):
            self.fields[name].choices = [("", "alle"), *getattr(auswahl, name)]
        if not mit_meinen:
            del self.fields["meine"]
        if not fortgeschrieben:
            del self.fields["fortschreibung"]
        self.full_clean()
        self.gilt = self.cleaned_data
        """The answers that make sense."""

    def clean_q(self):
        worte = sum(len(begriff.worte) for begriff in zerlege(self.cleaned_data["q"]))
        if worte > grenzen.SUCHWORTE:
            satz = f"Das sind {worte} Wörter. Suchen Sie höchstens {grenzen.SUCHWORTE} auf einmal."
            raise forms.ValidationError(satz, code="zu_viele")
        return self.cleaned_data["q"]

    def clean(self):
        von, bis = self.cleaned_data.get("von"), self.cleaned_data.get("bis")
        if von and bis and bis < von:
            self.add_error("bis", f"Das letzte Jahr ({bis}) liegt vor dem ersten ({von}).")

    @property
    def sortierung(self) -> str:
        return self.gilt.get("sort") or "nummer"

    @property
    def spalten(self) -> list[str]:
        """The chosen columns in their fixed order."""
        gewaehlt = self.gilt.get("spalte") or GRUNDSPALTEN
        return [name for name in SPALTEN if name in gewaehlt]

    @property
    def je_seite(self) -> int:
        return int(self.gilt.get("je") or JE_SEITE[""])

    @property
    def hat_fehler_im_filter(self) -> bool:
        weitere = ("ziel", "zielgruppe", "leitlinie", "von", "bis", "stand", "prioritaet", "fortschreibung")
        return not self.errors.keys().isdisjoint(weitere)

    @property
    def hat_fehler_in_ansicht(self) -> bool:
        return not self.errors.keys().isdisjoint(("sort", "je", "spalte"))

    @property
    def vorgabe(self) -> str:
        return " ".join(GRUNDSPALTEN)

    def aktiv(self) -> list[tuple[str, str, str]]:
        """The filters that count: (field, value as in the address, what it says)."""
        gefunden = []
        for name in self.FILTER:
            wert = self.gilt.get(name)
            if not wert:
                continue
            feld = self.fields[name]
            if name == "meine":
                gefunden.append((name, "on", feld.label))
            elif hasattr(feld, "choices"):
                namen = {str(k): v for k, v in feld.choices}
                for einer in wert if isinstance(wert, list) else [wert]:
                    gefunden.append((name, einer, f"{feld.label}: {namen[einer]}"))
            else:
                label = {"q": "Suche: „{}“", "von": "ab {}", "bis": "bis {}"}[name]
                gefunden.append((name, str(wert), label.format(wert)))
        return gefunden
