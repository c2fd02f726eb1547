"""Free-text search in measures: title, text, steps, Sachstände, Akteure and the numbers that are shown are what is
searched.

Every word that is sought has to occur, in whatever form it is inflected and with whatever it is compounded behind:
"Sprachkurse" finds "Sprachkurs" and "Sprachkursangebot". Upper and lower case, accents and how umlauts are written do
not matter. Words in quotation marks follow each other, a word behind a minus must not occur.

A word is cut to its German stem, again until nothing more goes (Snowball leaves "Sprachkurse" as "sprachkurs", but
"Sprachkurs" as "sprachkur"), and then sought at the beginning of words. On PostgreSQL its full-text search does that,
elsewhere a regular expression; both read the text folded by the same table (`konzept.schreibweise`), so that both find
the same.

A number is no text of the measure: it is counted. Whoever asks says what numbers each measure goes by.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import snowballstemmer
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connections
from django.db.models import CharField, F, Func, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat, Replace

from konzept.schreibweise import ERSETZT, GEFALTET, NORMALISIERT, OHNE, gefaltet, namensschluessel, umlautformen

from ..models import Sachstand, Umsetzungsschritt, Zustaendigkeit

_STEMMER = snowballstemmer.stemmer("german")


class Begriff(NamedTuple):
    """Beginnings of words that follow each other, each in the forms in which it may be spelled; `ohne`: must not occur.
    `nummer` is the term as the number of a measure or goal."""

    worte: tuple[tuple[str, ...], ...]
    ohne: bool = False
    nummer: str = ""


def zerlege(text: str) -> list[Begriff]:
    """The terms that somebody seeks. What holds no letter or digit says nothing and is left out."""
    begriffe = []
    for ohne, zitat, wort in re.findall(r'(-?)(?:"([^"]*)"?|([^\s"]+))', text):
        if worte := _worte(zitat or wort):
            begriffe.append(Begriff(worte, bool(ohne), nummernschluessel(zitat or wort)))
    return begriffe


def _worte(text: str) -> tuple[tuple[str, ...], ...]:
    """The words of a term, each with its forms."""
    formen = (re.findall(r"\w+", form) for form in umlautformen(text))
    return tuple(tuple(dict.fromkeys(map(stamm, wort))) for wort in zip(*formen, strict=True))


def nummernschluessel(nummer: str) -> str:
    """A shown number as it is compared with what was typed: "Teil A." as "teil a"."""
    return namensschluessel(nummer).rstrip(".")


def stamm(wort: str) -> str:
    """The beginning that all forms of a folded word have in common."""
    while True:
        kurz = _STEMMER.stemWord(wort)
        if not wort.startswith(kurz):  # Snowball takes "ue" for "ü", in "aktuell" too.
            kurz = wort[: len(kurz) + len(re.findall("[aou]e", wort))]
        if kurz == wort:
            return wort
        wort = kurz


def treffer(massnahmen: QuerySet, text: str, nummern: Mapping[int, Iterable[str]] | None = None) -> set[int]:
    """The measures (pk) among `massnahmen` in which `text` is found; all of them where it says nothing.

    `nummern` are the numbers by which each measure (pk) may be called, as `nummernschluessel`. At most four queries,
    which read the texts of all `massnahmen`; only one on PostgreSQL where no number is named.
    """
    begriffe = zerlege(text)
    massnahmen = massnahmen.order_by()
    if not begriffe:
        return set(massnahmen.values_list("pk", flat=True))
    genannte = [_genannte(begriff.nummer, nummern) for begriff in begriffe]
    so_heissen = _genannte(nummernschluessel(text), nummern)  # a number may have a space: "Teil A-1"
    if connections[massnahmen.db].vendor == "postgresql" and not any((*genannte, so_heissen)):
        return _volltext(massnahmen, begriffe)
    ausdruecke = [(_ausdruck(begriff), begriff.ohne, pks) for begriff, pks in zip(begriffe, genannte, strict=True)]
    return {
        pk
        for pk, dokument in _dokumente(massnahmen).items()
        if pk in so_heissen
        or all((pk in pks or bool(ausdruck.search(dokument))) != ohne for ausdruck, ohne, pks in ausdruecke)
    }


def _genannte(nummer: str, nummern: Mapping[int, Iterable[str]] | None) -> set[int]:
    """The measures that go by a number."""
    return {pk for pk, namen in (nummern or {}).items() if nummer in namen}


def _ausdruck(begriff: Begriff) -> re.Pattern:
    return re.compile(r"\b" + r"\W+".join(rf"(?:{'|'.join(formen)})\w*" for formen in begriff.worte))


def _dokumente(massnahmen: QuerySet) -> dict[int, str]:
    teile = {pk: texte for pk, *texte in massnahmen.values_list("pk", "titel", "text")}
    for quelle in (
        Umsetzungsschritt.objects.filter(massnahme__in=[*teile]).order_by().values_list("massnahme_id", "text"),
        Sachstand.objects.filter(massnahme__in=[*teile]).order_by().values_list("massnahme_id", "text"),
        _akteure([*teile]),
    ):
        for pk, *texte in quelle:
            teile[pk] += texte
    return {pk: gefaltet(" \n ".join(texte)) for pk, texte in teile.items()}


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
    akteur = Concat(F("akteur__kurz"), Value(" "), F("akteur__name"), output_field=CharField())
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
    dokument = Func(dokument, function="normalize", template=f"%(function)s(%(expressions)s, {NORMALISIERT})")
    for zeichen, buchstaben in ERSETZT.items():
        dokument = Replace(dokument, Value(zeichen), Value(buchstaben))
    text = Func(
        dokument,
        Value("".join(GEFALTET) + OHNE),
        Value("".join(GEFALTET.values())),
        function="translate",
        output_field=CharField(),
    )
    # The words are stemmed and folded already; PostgreSQL's own German would stem and drop others than we do.
    anfrage = SearchQuery(" & ".join(map(_tsquery, begriffe)), config="simple", search_type="raw")
    gefunden = massnahmen.annotate(dokument_=SearchVector(text, config="simple")).filter(dokument_=anfrage)
    return set(gefunden.values_list("pk", flat=True))


def _tsquery(begriff: Begriff) -> str:
    worte = (" | ".join(f"'{form}':*" for form in formen) for formen in begriff.worte)
    folge = " <-> ".join(f"({wort})" for wort in worte)
    return f"{'!' if begriff.ohne else ''}({folge})"
