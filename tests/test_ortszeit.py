"""A moment becomes a day in one module only, so that no page, mail or file takes its day from UTC."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

WURZEL = Path(__file__).parent.parent
MODUL = WURZEL / "konzept/heute.py"
QUELLEN = sorted(
    datei
    for paket in ("konzept", "handlungsfelder", "massnahmen")
    for datei in (WURZEL / paket).rglob("*.py")
    if "migrations" not in datei.parts and datei != MODUL
)
FORMATE = {
    "konzept/formularbau/felder.py": "how a field writes its date, which is a day",
    "konzept/verwaltung/protokoll_views.py": "how a field for a browser writes its date, which is a day",
    "konzept/fassungen/vergleich/felder.py": "knows no Django; the dates of a document are days",
    "konzept/dokument/tafeln/massnahmentabelle.py": "likewise",
    "konzept/betrieb/logzeile.py": "the log of the server is written in UTC, and says so with a Z",
}
"""Where a format of dates may stand besides."""
VERBOTEN = {"localdate", "localtime", "template_localtime", "make_aware", "make_naive", "today", "utcnow"}
"""Names that turn a moment into a day or the other way round; `heute` has them all."""
TEILE = {"date", "time", "year", "month", "day", "hour", "weekday", "isocalendar", "strftime", "timetuple"}
"""What is taken out of a moment, and then is that of UTC."""
_FORMAT = re.compile(r"%-?[YyjHMXxcDF](?!\w)|%-?[dm][.\-/]")
_ABFRAGE = re.compile(r"__(date|year|iso_year|quarter|month|day|week|week_day|iso_week_day|time|hour)(__|$)")


def momente() -> set[str]:
    """Names under which models keep moments, and no model a day."""
    felder = [feld for modell in apps.get_models() for feld in modell._meta.concrete_fields]
    zeit = {feld.name for feld in felder if isinstance(feld, models.DateTimeField)}
    return zeit - {feld.name for feld in felder if type(feld) is not models.DateTimeField}


def verstoesse(quelle: str, namen: set[str], format_erlaubt: bool = False) -> list[str]:
    gefunden = []
    baum = ast.parse(quelle)
    doku = {id(k.value) for k in ast.walk(baum) if isinstance(k, ast.Expr)}

    def ist_format(knoten):
        return not format_erlaubt and id(knoten) not in doku and _FORMAT.search(knoten.value)

    for knoten in ast.walk(baum):
        zeile = getattr(knoten, "lineno", 0)
        match knoten:
            case ast.Attribute(attr=name) | ast.alias(name=name) | ast.Name(id=name) if name in VERBOTEN:
                gefunden.append(f"{zeile}: {name}")
            case ast.Attribute(value=wert, attr=teil) if teil in TEILE and _ist_moment(wert, namen):
                gefunden.append(f"{zeile}: .{teil} of a moment")
            case ast.Call(func=ast.Attribute(attr="date"), args=[], keywords=[]):
                gefunden.append(f"{zeile}: .date()")
            case ast.FormattedValue(value=wert, format_spec=ast.JoinedStr()) if _ist_moment(wert, namen):
                gefunden.append(f"{zeile}: a moment with a format")
            case ast.Constant(value=str(text)) if ist_format(knoten):
                gefunden.append(f"{zeile}: {text}")
            case ast.Constant(value=str(text)) | ast.keyword(arg=str(text)) if _ABFRAGE.search(text):
                gefunden.append(f"{zeile}: {text}")
    return gefunden


def _ist_moment(wert: ast.expr, namen: set[str]) -> bool:
    match wert:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name in namen
        case ast.Call(func=ast.Attribute(attr="now") | ast.Name(id="now")):
            return True
        case ast.Subscript(slice=ast.Constant(value=name)):
            return name in namen
    return False


@pytest.mark.parametrize("datei", QUELLEN, ids=lambda datei: datei.relative_to(WURZEL).as_posix())
def test_no_module_takes_a_day_out_of_a_moment_by_itself(datei):
    name = datei.relative_to(WURZEL).as_posix()
    assert verstoesse(datei.read_text("utf-8"), momente(), name in FORMATE) == []


@pytest.mark.parametrize(
    "quelle",
    [
        'f"{x.zeitpunkt:%d.%m.%Y}"',
        'f"{stand:%d.%m.%Y}"',
        'f"{stand:%Y-%m-%d}"',
        'x.strftime("%H:%M")',
        "timezone.now().date()",
        "x.verfasst_am.date()",
        "irgendwas.date()",
        "timezone.now().year",
        "x.verfasst_am.month",
        'm["geaendert_am"].day',
        "timezone.localdate()",
        "from django.utils.timezone import localtime",
        "date.today()",
        "x.filter(verfasst_am__date=tag)",
        'Q(**{"verfasst_am__year__gte": 2026})',
    ],
)
def test_what_would_be_the_day_of_utc_is_found(quelle):
    assert verstoesse(quelle, momente())


@pytest.mark.parametrize(
    "quelle",
    [
        'f"{am(x.zeitpunkt)}"', 'f"{x.zeitpunkt}"', "x.ende.year", "dt.date(2026, 1, 1)", '"%s von %d" % (a, b)',
        '"LIKE \'%der\'"', "x.filter(verfasst_am__gte=a, art__in=b)", "x.stand.isoformat()", "timezone.now() - frist",
    ],
)  # fmt: skip
def test_what_has_nothing_to_do_with_it_is_left_alone(quelle):
    assert verstoesse(quelle, momente()) == []
