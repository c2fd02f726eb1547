"""Amounts that stand in words: offered as Kostenpositionen, and moved there when somebody says so.

What is moved stays in the form, unsaved; what is taken away from the words stands in a row.
"""

import re
from collections import Counter
from functools import cached_property

from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict

from konzept.bearbeitung import Umbau
from konzept.formularbau.zeilenknoepfe import haenge_an
from konzept.schreibweise import zeilenform
from konzept.textfelder import Zeilenfeld

from . import geld
from .felder import GEFRAGT, LESART, MitLesung, Vorschlag, WortlautFeld
from .kosten import noch_keine_position
from .lesung import Lesung
from .models import Kostenposition, Massnahme

KOSTEN, WORTLAUT, OFFEN = "kosten", "kosten_wortlaut", "kosten_offen"
_ANGABE = re.compile(rf"{KOSTEN}-(?P<index>[0-9]{{1,4}})-angabe")
_NICHT_MITGENOMMEN = ("angabe", f"angabe{LESART}", f"angabe{GEFRAGT}", "stellenanteil")
_MITTEL = Kostenposition.Finanzierung
_BEZAHLT_AUS = {
    _MITTEL.EIGENMITTEL: re.compile(r"\beigenmitteln?\b"),
    _MITTEL.FOERDERMITTEL: re.compile(r"\b(?:landes|bundes|eu-)?fördermitteln?\b"),
    _MITTEL.DRITTMITTEL: re.compile(r"\bdrittmitteln?\b"),
}
_SPENDE = re.compile(r"\b(?:spenden?|stiftung)\b")
_NICHT_ALLEIN = re.compile(
    r"\b(?:kein\w*|nicht|ohne|statt|anstelle|außer|neben|oder|ggf|evtl|eventuell|davon|teil\w*|anteil\w*|hälfte|rest\w*"
    r"|zzgl|zuzüglich|zusätzlich|plus|darüber hinaus)\b|%"
)
"""Where a word like these stands, the whole amount need not come from what is named."""
_NUR_SPENDE = re.compile(
    r"\W*(?:(?:aus|durch|mit|von|finanziert|der|einer)\W+)*(?:spenden?|stiftung)\W*(?:finanziert\W*)?"
)
_BINDEWORTE = Counter(dict.fromkeys(("und", "sowie", "plus", "dazu", "zzgl"), 99))
IN_KEINER_SUMME = "Beträge in Worten zählen in keiner Summe"
NOCH_NICHT_GESPEICHERT = "Gespeichert ist noch nichts."
KEIN_PLATZ = "Mehr Kostenpositionen fasst das Formular nicht. Es ist nichts geändert."


class Kostenwortlaut(WortlautFeld):
    """The field "Kosten in Worten": it says that the amounts that stand in it and in no row of the Kosten do not count,
    and offers them."""

    optionen = ()

    @property
    def data(self):
        return self.getippt

    @cached_property
    def lesung(self) -> Lesung:
        teile = geld.teile(self.text) if len(self.text) <= self.field.max_length else ()
        teile = self.form.nicht_in_den_kosten(teile)
        return Lesung(IN_KEINER_SUMME if teile else "", teile=teile)

    @property
    def vorschlag(self) -> Vorschlag | None:
        teile = self.lesung.teile
        if not teile:
            return None
        if len(teile) == 1:
            return Vorschlag(self.html_name, f"„{teile[0]}“ als Kostenposition übernehmen")
        worte = " und ".join(f"„{teil}“" for teil in teile)
        return Vorschlag(self.html_name, f"{worte} als Kostenpositionen übernehmen")


class KostenwortlautFormField(MitLesung, Zeilenfeld):
    gebunden = Kostenwortlaut


def reihen_in(daten: QueryDict) -> list[str]:
    """The prefixes of the rows of the Kosten that were sent, without those that were taken away."""
    reihen = (name.removesuffix("-angabe") for name in daten if _ANGABE.fullmatch(name))
    return [reihe for reihe in reihen if not daten.get(f"{reihe}-{DELETION_FIELD_NAME}")]


def angaben_in(daten: QueryDict) -> list[str]:
    """The amounts of these rows, as they were typed."""
    return [daten[f"{reihe}-angabe"] for reihe in reihen_in(daten)]


def baue_um(daten: QueryDict, was: str) -> Umbau | None:
    """Carry out what a Vorschlag says, in mutable data of the form of a measure; `was` names the field whose amounts
    are moved. None where there is nothing to do."""
    if was == WORTLAUT:
        return _uebernimm(daten)
    if treffer := _ANGABE.fullmatch(was):
        return _teile_auf(daten, was, int(treffer["index"]))
    return None


def _uebernimm(daten: QueryDict) -> Umbau | None:
    text = zeilenform(daten.get(WORTLAUT, "")).strip()
    teile = noch_keine_position(geld.teile(text), angaben_in(daten))
    if not teile:
        return None
    mittel = _bezahlt_aus(text)
    indexe = haenge_an(daten, KOSTEN, [{"angabe": teil, "finanzierung": mittel or ""} for teil in teile])
    if not indexe:
        return Umbau(WORTLAUT, KEIN_PLATZ)
    nichts_mehr = not (_worte(text) - sum(map(_worte, teile), Counter()) - _BINDEWORTE)
    if nichts_mehr:
        daten[WORTLAUT] = ""
    worte = " und ".join(f"„{teil}“" for teil in teile)
    steht = "steht jetzt als Kostenposition" if len(teile) == 1 else "stehen jetzt als Kostenpositionen"
    woraus = f", mit der Finanzierung „{mittel.label}“" if mittel else ""
    rest = (
        "Das Feld ist geleert, denn sonst stand nichts darin."
        if nichts_mehr
        else "Die Worte stehen noch da, weil sie mehr sagen. Nehmen Sie heraus, was nicht zweimal gedruckt werden soll."
    )
    saetze = [f"{worte} {steht} unten{woraus}. {rest}", NOCH_NICHT_GESPEICHERT]
    if daten.pop(OFFEN, None):
        kreuz = Massnahme._meta.get_field(OFFEN).verbose_name
        saetze.insert(1, f"Das Kreuz bei „{kreuz}“ ist herausgenommen.")
    return Umbau(WORTLAUT, " ".join(saetze), f"id_{KOSTEN}-{indexe[0]}-angabe")


def _bezahlt_aus(text: str) -> Kostenposition.Finanzierung | None:
    """From what an amount in words is paid; None where there is not exactly one amount and one source."""
    teile, klein = geld.teile(text), text.lower()
    genannt = [mittel for mittel, muster in _BEZAHLT_AUS.items() if muster.search(klein)]
    if len(teile) != 1 or _NICHT_ALLEIN.search(klein):
        return None
    if not _SPENDE.search(klein):
        return genannt[0] if len(genannt) == 1 else None
    davor, _, danach = klein.partition(teile[0].lower())
    return _MITTEL.DRITTMITTEL if _NUR_SPENDE.fullmatch(f"{davor} {danach}") else None


def _teile_auf(daten: QueryDict, name: str, index: int) -> Umbau | None:
    erster, *weitere = geld.teile(zeilenform(daten.get(name, "")).strip()) or ("",)
    if not weitere:
        return None
    leer = dict.fromkeys(_NICHT_MITGENOMMEN, "")
    indexe = haenge_an(daten, KOSTEN, [leer | {"angabe": teil} for teil in weitere], nach=index)
    if not indexe:
        return Umbau(name, KEIN_PLATZ)
    getippt, daten[name] = daten[name], erster
    darunter = " und ".join(f"„{teil}“" for teil in weitere)
    steht = "steht" if len(weitere) == 1 else "stehen"
    satz = f"„{getippt}“ ist aufgeteilt: Hier steht „{erster}“, darunter {steht} {darunter}. {NOCH_NICHT_GESPEICHERT}"
    return Umbau(name, satz, f"id_{KOSTEN}-{indexe[0]}-angabe")


def _worte(text: str) -> Counter:
    return Counter(re.findall(r"[^\W_][\w.,]*[^\W_]|[^\W_]|€", text.lower()))
