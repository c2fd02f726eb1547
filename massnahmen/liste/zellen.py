"""What the columns of the list say of a measure: as values, and as table cells."""

from collections import defaultdict
from html import escape

from django.contrib.auth import get_user_model
from django.db.models import CharField
from django.db.models.functions import Cast

from konzept.heute import am
from konzept.schreibweise import ordnung

from ..gliederung import Nummern
from ..kosten import Rahmen, rechne, spanne
from ..models import Kostenposition, Massnahme, Umsetzungsstand, Zustaendigkeit
from .forms import kurz

LEER = "–"
STAENDE = dict(Umsetzungsstand.choices)
PRIORITAETEN = dict(Massnahme.Prioritaet.choices)


def zielname(nummern: Nummern, ziel, mit_feld: bool = False) -> str:
    """The name of a goal, "Leitziel 1: …"; `mit_feld` puts the number of its field first."""
    feld = nummern.nummer.get(("handlungsfeld", ziel.handlungsfeld_id), "") if mit_feld else ""
    return kurz(f"{feld} {ziel._meta.verbose_name} {nummern[ziel]}: {ziel.kurztitel or ziel.titel}".strip())


class Werte:
    """What each column says of these measures (pks), by its name as a method of one of `massnahmen`. A fixed number of
    queries: one for them, one for each kind of rows that the columns show, two for Akteure."""

    def __init__(self, nummern: Nummern, spalten: list[str], pks: list[int]):
        self.nummern = nummern
        self.felder = {feld.pk: f"{nummern[feld]} {feld.kurz}".strip() for feld in nummern.felder}
        ziele = (ziel for feld in nummern.felder for ziel in nummern.ziele(feld)) if "ziel" in spalten else ()
        self.ziele = {(ziel._meta.model_name, ziel.pk): zielname(nummern, ziel) for ziel in ziele}
        self.namen = _namen(pks) if "durch" in spalten else {}
        self.gruppen = _gruppen(pks) if "zielgruppen" in spalten else {}
        self.massnahmen = _massnahmen(pks)
        self.positionen = _positionen(self.massnahmen, nummern.konzept) if "kosten" in spalten else {}
        self.benutzer = _benutzer(self.massnahmen.values()) if "geaendert" in spalten else {}

    def feld(self, m) -> str:
        return self.felder.get(m["handlungsfeld_id"], "")

    def ziel(self, m) -> str:
        if m["handlungsziel_id"]:
            return self.ziele.get(("handlungsziel", m["handlungsziel_id"]), "")
        return self.ziele.get(("leitziel", m["leitziel_id"]), "")

    def zeitraum(self, m) -> str:
        return m["wortlaut"]

    def kosten(self, m) -> list[str]:
        """The wording of each position, and what is said in words besides; [] where nothing is known."""
        worte = m["kosten_wortlaut"] or ("offen" if m["kosten_offen"] else "")
        return [text for text in (*self.positionen.get(m["pk"], ()), worte) if text]

    def durch(self, m) -> list[tuple[str, bool]]:
        """Who, and whether they lead the measure: those first."""
        return sorted(self.namen.get(m["pk"], {}).items(), key=lambda eintrag: not eintrag[1])

    def stand(self, m) -> str:
        """The key of the Umsetzungsstand, not its label."""
        return m["umsetzungsstand"]

    def prioritaet(self, m) -> str:
        return PRIORITAETEN.get(m["prioritaet"], m["prioritaet"])

    def zielgruppen(self, m) -> list[str]:
        return sorted(self.gruppen.get(m["pk"], ()), key=ordnung)

    def geaendert(self, m) -> str:
        von = self.benutzer.get(m["geaendert_von_id"])
        return am(m["geaendert_am"]) + (f", {von}" if von else "")


class Zellen:
    """The cells of these measures (pks). A fixed number of queries: those of `Werte`.

    Thousands of cells make a page, so that they are put together here and not by a template: each column gives HTML, in
    which every text out of the database went through `escape`. The labels that cells have in a narrow window come from
    liste.css.
    """

    def __init__(self, nummern: Nummern, spalten: list[str], pks: list[int]):
        werte = Werte(nummern, spalten, pks)
        self.massnahmen = werte.massnahmen
        self._spalten = [(f'<td class="sp-{name}">', _HTML.get(name, escape), getattr(werte, name)) for name in spalten]

    def html(self, pk: int) -> str:
        """The cells of a measure, one of `massnahmen`."""
        m = self.massnahmen[pk]
        return "".join([f"{anfang}{als_html(wert(m)) or LEER}</td>" for anfang, als_html, wert in self._spalten])


def _durch(namen) -> str:
    return ", ".join(f"<strong>{escape(wer)}</strong>" if fuehrt else escape(wer) for wer, fuehrt in namen)


def _stand(stand: str) -> str:
    return stand and f'<span class="marke marke--{escape(stand)}">{escape(STAENDE.get(stand, stand))}</span>'


_HTML = {
    "kosten": lambda angaben: escape("; ".join(angaben)),
    "durch": _durch,
    "stand": _stand,
    "zielgruppen": lambda gruppen: escape(", ".join(gruppen)),
}
"""How a column whose values are no plain texts is written."""


def _massnahmen(pks: list[int]) -> dict[int, dict]:
    """What the columns need of the measures themselves. The wording of the Zeitraum alone, without reading it."""
    spalten = (
        "pk", "titel", "handlungsfeld_id", "leitziel_id", "handlungsziel_id", "kosten_wortlaut", "kosten_offen",
        "umsetzungsstand", "prioritaet", "geaendert_am", "geaendert_von_id",
    )  # fmt: skip
    zeilen = Massnahme.objects.filter(pk__in=pks).order_by().values(*spalten, wortlaut=Cast("zeitraum", CharField()))
    return {zeile["pk"]: zeile for zeile in zeilen}


def _benutzer(massnahmen) -> dict[int, str]:
    pks = {m["geaendert_von_id"] for m in massnahmen} - {None}
    return {pk: str(konto) for pk, konto in get_user_model().objects.in_bulk(pks).items()} if pks else {}


def _namen(pks: list[int]) -> dict[int, dict[str, bool]]:
    """The Akteure of each measure and then of its steps, and whether they lead the measure."""
    namen = defaultdict(dict)
    zeilen = Zustaendigkeit.objects.filter
    direkt = zeilen(massnahme__in=pks).values_list("massnahme_id", "akteur__kurz", "rolle")
    for pk, kuerzel, rolle in direkt:
        namen[pk][kuerzel] = rolle == Zustaendigkeit.Rolle.FEDERFUEHRUNG
    am_schritt = zeilen(schritt__massnahme__in=pks).order_by("schritt__reihenfolge", "schritt", "reihenfolge", "pk")
    for pk, kuerzel in am_schritt.values_list("schritt__massnahme_id", "akteur__kurz"):
        namen[pk].setdefault(kuerzel, False)
    return namen


def _positionen(massnahmen: dict[int, dict], konzept) -> dict[int, list[str]]:
    positionen = defaultdict(list)
    angabe = Cast("angabe", CharField())  # the wording alone, without reading the amount in it
    zeilen = Kostenposition.objects.filter(massnahme__in=[*massnahmen])
    for pk, text, stellen, jahr, bis in zeilen.values_list("massnahme_id", angabe, "stellenanteil", "jahr", "bis_jahr"):
        anteil = "" if stellen is None else f"{stellen.normalize():f} VZÄ".replace(".", ",")
        jahre = spanne(jahr, bis) if bis or not jahr else _ab_oder_in(text, jahr, massnahmen[pk]["wortlaut"], konzept)
        positionen[pk].append(", ".join(filter(None, (text, anteil))) + (f" ({jahre})" if jahre else ""))
    return positionen


def _ab_oder_in(text: str, jahr: int, zeitraum: str, konzept) -> str:
    """A year alone as it prints: "2028", or "ab 2028" where the amount goes on."""
    angabe = Kostenposition._meta.get_field("angabe").from_db_value(text, None, None)
    rahmen = Rahmen(Massnahme._meta.get_field("zeitraum").from_db_value(zeitraum, None, None),
                    konzept.gueltig_ab, konzept.gueltig_bis)  # fmt: skip
    return rechne(angabe, jahr, None, rahmen).zeit


def _gruppen(pks: list[int]) -> dict[int, list[str]]:
    gruppen = defaultdict(list)
    bezuege = Massnahme.zielgruppen.through.objects.filter(massnahme__in=pks)
    for pk, name in bezuege.values_list("massnahme_id", "zielgruppe__name"):
        gruppen[pk].append(name)
    return gruppen
