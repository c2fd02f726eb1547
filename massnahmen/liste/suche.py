"""Free-text search in measures: title, text, steps, Sachstände and Akteure together are what is searched.

Every word of a query has to occur, in whatever form it is inflected and with whatever it is compounded behind:
"Sprachkurse" finds "Sprachkurs" and "Sprachkursangebot". Upper and lower case and accents do not matter. Words in
quotation marks follow each other, a word behind a minus must not occur.

A word is cut to its German stem, again until nothing more goes (Snowball leaves "Sprachkurse" as "sprachkurs", but
"Sprachkurs" as "sprachkur"), and then sought at the beginning of words. On PostgreSQL its full-text search does that,
elsewhere a regular expression; both read the text folded by the same table, so that both find the same.
"""

import re
import string
import unicodedata
from typing import NamedTuple

import snowballstemmer
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connections
from django.db.models import CharField, F, Func, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat, Replace

from ..models import Sachstand, Umsetzungsschritt, Zustaendigkeit

_STEMMER = snowballstemmer.stemmer("german")


def _grundbuchstaben() -> dict[str, str]:
    """Letters with accents → the ASCII letter below them, punctuation → space; always one character for one."""
    tabelle = dict.fromkeys(string.punctuation + "–—„“”‚‘’«»…", " ") | dict(zip("ıøłđØŁĐ", "iolDOLD", strict=True))
    for zeichen in map(chr, range(0xC0, 0x250)):
        grund = unicodedata.normalize("NFKD", zeichen)[0]
        if grund != zeichen and grund.isascii() and grund.isalpha():
            tabelle[zeichen] = grund
    return tabelle


FALTUNG = _grundbuchstaben()
_TABELLE = str.maketrans(FALTUNG)


def falte(text: str) -> str:
    """A text as it is compared: small letters without accents, words apart. "Mädchen-Café" → "madchen cafe"."""
    text = text.replace("ß", "ss").replace("ẞ", "ss")
    try:  # Nearly every German text fits into this code page, and bytes are translated twenty times as fast.
        return text.encode("cp1252").translate(_BYTES).decode("cp1252")
    except UnicodeEncodeError:
        return text.translate(_TABELLE).lower()


_BYTES = bytes(
    bytes([byte]).decode("cp1252", "replace").translate(_TABELLE).lower().encode("cp1252", "replace")[0]
    for byte in range(256)
)


class Begriff(NamedTuple):
    """Beginnings of words that follow each other; `ohne`: must not occur."""

    worte: tuple[str, ...]
    ohne: bool = False


def zerlege(text: str) -> list[Begriff]:
    """The terms of a query. What holds no letter or digit says nothing and is left out."""
    begriffe = []
    for ohne, zitat, wort in re.findall(r'(-?)(?:"([^"]*)"?|([^\s"]+))', text):
        if worte := re.findall(r"\w+", falte(zitat or wort)):
            begriffe.append(Begriff(tuple(map(stamm, worte)), bool(ohne)))
    return begriffe


def stamm(wort: str) -> str:
    """The beginning that all forms of a folded word have in common."""
    while True:
        kurz = _STEMMER.stemWord(wort)
        if not wort.startswith(kurz):  # Snowball takes "ue" for "ü", in "aktuell" too.
            kurz = wort[: len(kurz) + len(re.findall("[aou]e", wort))]
        if kurz == wort:
            return wort
        wort = kurz


def treffer(massnahmen: QuerySet, text: str) -> set[int]:
    """The measures (pk) among `massnahmen` that a query finds; all of them where it says nothing.

    One query on PostgreSQL, four elsewhere, which read the texts of all `massnahmen`.
    """
    begriffe = zerlege(text)
    massnahmen = massnahmen.order_by()
    if not begriffe:
        return set(massnahmen.values_list("pk", flat=True))
    if connections[massnahmen.db].vendor == "postgresql":
        return _volltext(massnahmen, begriffe)
    ausdruecke = [(_ausdruck(begriff), begriff.ohne) for begriff in begriffe]
    return {
        pk
        for pk, dokument in _dokumente(massnahmen).items()
        if all(bool(ausdruck.search(dokument)) != ohne for ausdruck, ohne in ausdruecke)
    }


def _ausdruck(begriff: Begriff) -> re.Pattern:
    return re.compile(r"\b" + r"\W+".join(rf"{wort}\w*" for wort in begriff.worte))


def _dokumente(massnahmen: QuerySet) -> dict[int, str]:
    teile = {pk: texte for pk, *texte in massnahmen.values_list("pk", "titel", "text")}
    for quelle in (
        Umsetzungsschritt.objects.filter(massnahme__in=[*teile]).order_by().values_list("massnahme_id", "text"),
        Sachstand.objects.filter(massnahme__in=[*teile]).order_by().values_list("massnahme_id", "text"),
        _akteure([*teile]),
    ):
        for pk, *texte in quelle:
            teile[pk] += texte
    return {pk: falte(" \n ".join(texte)) for pk, texte in teile.items()}


def _akteure(pks: list[int]) -> QuerySet:
    felder = ("akteur__kurz", "akteur__name")
    zeilen = Zustaendigkeit.objects.order_by()
    direkt = zeilen.filter(massnahme__in=pks).values_list("massnahme_id", *felder)
    am_schritt = zeilen.filter(schritt__massnahme__in=pks).values_list("schritt__massnahme_id", *felder)
    return direkt.union(am_schritt, all=True)


class _Zusammen(Func):
    function = "string_agg"
    template = "%(function)s(%(expressions)s, ' ')"
    output_field = CharField()


def _alle(modell, bezug: str, ausdruck) -> Subquery:
    """The texts of all rows of a kind that belong to a measure, as one text."""
    zeilen = modell.objects.filter(**{bezug: OuterRef("pk")}).order_by().values(bezug)
    return Subquery(zeilen.annotate(zusammen_=_Zusammen(ausdruck)).values("zusammen_"))


def _volltext(massnahmen: QuerySet, begriffe: list[Begriff]) -> set[int]:
    akteur = Concat(F("akteur__kurz"), Value(" "), F("akteur__name"))
    dokument = Func(
        Value(" \n "),
        F("titel"),
        F("text"),
        _alle(Umsetzungsschritt, "massnahme", F("text")),
        _alle(Sachstand, "massnahme", F("text")),
        _alle(Zustaendigkeit, "massnahme", akteur),
        _alle(Zustaendigkeit, "schritt__massnahme", akteur),
        function="concat_ws",
        output_field=CharField(),
    )
    for scharf in "ßẞ":
        dokument = Replace(dokument, Value(scharf), Value("ss"))
    gefaltet = Func(
        dokument,
        Value("".join(FALTUNG)),
        Value("".join(FALTUNG.values())),
        function="translate",
        output_field=CharField(),
    )
    # The words are stemmed and folded already; PostgreSQL's own German would stem and drop others than we do.
    anfrage = SearchQuery(" & ".join(map(_tsquery, begriffe)), config="simple", search_type="raw")
    gefunden = massnahmen.annotate(dokument_=SearchVector(gefaltet, config="simple")).filter(dokument_=anfrage)
    return set(gefunden.values_list("pk", flat=True))


def _tsquery(begriff: Begriff) -> str:
    worte = " <-> ".join(f"'{wort}':*" for wort in begriff.worte)
    return f"{'!' if begriff.ohne else ''}({worte})"
