"""What the columns of the list say of a measure, as table cells."""

from collections import defaultdict

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from ..gliederung import Nummern
from ..models import Kostenposition, Massnahme, Zustaendigkeit
from .forms import SPALTEN, kurz

LEER = "–"


def zielname(nummern: Nummern, ziel, mit_feld: bool = False) -> str:
    """The name of a goal, "Leitziel 1: …"; `mit_feld` puts the number of its field first."""
    feld = nummern.nummer.get(("handlungsfeld", ziel.handlungsfeld_id), "") if mit_feld else ""
    return kurz(f"{feld} {ziel._meta.verbose_name} {nummern[ziel]}: {ziel.kurztitel or ziel.titel}".strip())


class Zellen:
    """The cells of these measures (pks): one query for each kind of rows that the columns show, two for Akteure.

    Thousands of cells make a page, so that they are put together here and not by a template.
    """

    def __init__(self, nummern: Nummern, spalten: list[str], pks: list[int]):
        self.nummern = nummern
        self.felder = {feld.pk: f"{nummern[feld]} {feld.kurz}".strip() for feld in nummern.felder}
        ziele = (ziel for feld in nummern.felder for ziel in nummern.ziele(feld)) if "ziel" in spalten else ()
        self.ziele = {(ziel._meta.model_name, ziel.pk): zielname(nummern, ziel) for ziel in ziele}
        self.namen = _namen(pks) if "durch" in spalten else {}
        self.positionen = _positionen(pks) if "kosten" in spalten else {}
        self.gruppen = _gruppen(pks) if "zielgruppen" in spalten else {}
        self._spalten = [
            (format_html('<td class="sp-{}" data-label="{}">', name, SPALTEN[name]), getattr(self, f"_{name}"))
            for name in spalten
        ]

    def html(self, m: Massnahme) -> SafeString:
        return format_html_join("", "{}{}</td>", ((anfang, inhalt(m) or LEER) for anfang, inhalt in self._spalten))

    def _feld(self, m):
        return self.felder[m.handlungsfeld_id]

    def _ziel(self, m):
        ziel = ("handlungsziel", m.handlungsziel_id) if m.handlungsziel_id else ("leitziel", m.leitziel_id)
        return self.ziele.get(ziel)

    def _zeitraum(self, m):
        return str(m.zeitraum)

    def _kosten(self, m):
        worte = m.kosten_wortlaut or ("offen" if m.kosten_offen else "")
        return "; ".join(filter(None, [*self.positionen.get(m.pk, ()), worte]))

    def _durch(self, m):
        namen = sorted(self.namen.get(m.pk, {}).items(), key=lambda eintrag: not eintrag[1])
        teile = ((format_html("<strong>{}</strong>", kurz) if fuehrt else kurz,) for kurz, fuehrt in namen)
        return format_html_join(", ", "{}", teile)

    def _stand(self, m):
        stand = m.umsetzungsstand
        return stand and format_html('<span class="marke marke--{}">{}</span>', stand, m.get_umsetzungsstand_display())

    def _prioritaet(self, m):
        return m.get_prioritaet_display()

    def _zielgruppen(self, m):
        return ", ".join(sorted(self.gruppen.get(m.pk, ())))

    def _geaendert(self, m):
        von = f", {m.geaendert_von}" if m.geaendert_von else ""
        return f"{localtime(m.geaendert_am):%d.%m.%Y}{von}"


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


def _positionen(pks: list[int]) -> dict[int, list[str]]:
    positionen = defaultdict(list)
    angabe = Cast("angabe", CharField())  # the wording alone, without reading the amount in it
    zeilen = Kostenposition.objects.filter(massnahme__in=pks)
    for pk, text, stellen, jahr, bis in zeilen.values_list("massnahme_id", angabe, "stellenanteil", "jahr", "bis_jahr"):
        anteil = "" if stellen is None else f"{stellen.normalize():f} VZÄ".replace(".", ",")
        jahre = f"{jahr}–{bis}" if bis and bis != jahr else jahr
        positionen[pk].append(", ".join(filter(None, (text, anteil))) + (f" ({jahre})" if jahre else ""))
    return positionen


def _gruppen(pks: list[int]) -> dict[int, list[str]]:
    gruppen = defaultdict(list)
    bezuege = Massnahme.zielgruppen.through.objects.filter(massnahme__in=pks)
    for pk, name in bezuege.values_list("massnahme_id", "zielgruppe__name"):
        gruppen[pk].append(name)
    return gruppen
