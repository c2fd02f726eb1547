"""Template tags that turn parts of the document tree into markup, for screen and print alike.

The same templates serve both; `bearbeiten` in the context (an object with `url(anker)`, see `konzept.views`) adds the
links to the forms on the screen, and is missing in print, which says that it is one with `im_druck`.
"""

import re
from itertools import groupby
from operator import attrgetter

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from konzept.dokument import baum, indikatoren
from konzept.dokument.tafeln import kosten as tabellen
from konzept.dokument.tafeln.massnahmentabelle import Tabelle, als_tabelle, betrag_und_wort, in_teilen
from konzept.dokument.tafeln.spaltenbreiten import PLATZ, PLATZ_GROSS
from konzept.dokument.tafeln.texte import IN_ZELLE, texttafel, texttafeln
from konzept.dokument.zahlen import zahl
from konzept.fliesstext import klartext

register = template.Library()
register.filter("zahl", zahl)
register.filter("in_worten", indikatoren.in_worten)
register.filter("klartext", klartext)

register.simple_tag(als_tabelle)

EBENEN = range(1, 7)
ALS_BLOECKE = frozenset({"massnahmentabelle", "angebotsliste", "prozessliste", "zeitplan", "matrix", "mitwirkende"})
"""Parts that have no room for their columns in large print (templates/dokument/gross/)."""


@register.simple_tag(takes_context=True)
def massnahmentabellen(context, teil: baum.Massnahmentabelle) -> tuple[Tabelle, ...]:
    """The tables of a part: on the screen always one. None where there is no measure."""
    tabelle = als_tabelle(teil)
    if not tabelle.gruppen:
        return ()
    return in_teilen(tabelle) if context.get("im_druck") else (tabelle,)


@register.simple_tag(takes_context=True)
def teil(context, knoten):
    """Render one part with the template that bears its tag's name; in large print tables of records are blocks."""
    tag = knoten.__struct_config__.tag
    ort = "gross" if context.get("gross") and tag in ALS_BLOECKE else "teile"
    vorlage = context.template.engine.get_template(f"dokument/{ort}/{tag}.html")
    with context.push(teil=knoten):
        return vorlage.render(context)


@register.filter
def bloecke(text) -> str:
    """A rich text inside a table cell or list item, without Randnummern."""
    return mark_safe("".join(_block(block) for block in text))  # noqa: S308 - every piece is escaped below


@register.filter
def laeufe(zeile) -> str:
    """Runs of text with strong, emphasis, links and line breaks; what leads to the same address is one link."""
    return format_html_join("", "{}", ((_link(ziel, list(gruppe)),) for ziel, gruppe in groupby(zeile, _ziel)))


_ziel = attrgetter("ziel")


def _link(ziel: str, zeile) -> str:
    inhalt = format_html_join("", "{}", ((_lauf(lauf),) for lauf in zeile))
    return format_html('<a href="{}">{}</a>', ziel, inhalt) if ziel else inhalt


def _lauf(lauf) -> str:
    inhalt = format_html_join(mark_safe("<br>"), "{}", ((zeile,) for zeile in lauf.text.split("\n")))
    if lauf.kursiv:
        inhalt = format_html("<em>{}</em>", inhalt)
    return format_html("<strong>{}</strong>", inhalt) if lauf.fett else inhalt


def _block(block) -> str:
    match block.__struct_config__.tag:
        case "absatz":
            return format_html("<p>{}</p>", laeufe(block.laeufe))
        case "zwischentitel":
            return format_html('<p class="dok-zwischentitel"><strong>{}</strong></p>', laeufe(block.laeufe))
        case "liste":
            return liste(block)
        case "texttabelle":
            return _texttafel(texttafel(block, IN_ZELLE))


@register.filter
def liste(knoten) -> str:
    """A list; an item with one paragraph holds its text directly, so that it does not open a gap."""
    punkte = format_html_join("", "<li>{}</li>", ((_punkt(punkt),) for punkt in knoten.punkte))
    if knoten.start is None:
        return format_html('<ul class="dok-liste">{}</ul>', punkte)
    start = format_html(' start="{}"', knoten.start) if knoten.start != 1 else ""
    art = format_html(' type="{}"', knoten.zaehlung) if knoten.zaehlung else ""
    klasse = _LISTENKLASSE[knoten.zaehlung] + _weite(max(len(knoten.zeichen(i)) for i in range(len(knoten.punkte))))
    return format_html('<ol class="dok-liste{}"{}{}>{}</ol>', klasse, start, art, punkte)


def _weite(zeichen: int) -> str:
    """The class of a list whose longest sign has so many letters: "99." fits where every list begins."""
    return "" if zeichen <= 3 else " dok-weit" if zeichen <= 6 else " dok-sehr-weit"


_LISTENKLASSE = {
    "": "",
    "a": " dok-kleinbuchstaben",
    "A": " dok-grossbuchstaben",
    "i": " dok-kleinroemisch",
    "I": " dok-grossroemisch",
}


def _punkt(punkt) -> str:
    teile = [
        laeufe(block.laeufe) if i == 0 and block.__struct_config__.tag == "absatz" else _block(block)
        for i, block in enumerate(punkt.bloecke)
    ]
    return mark_safe("".join(teile))  # noqa: S308 - pieces come escaped


@register.simple_tag(takes_context=True)
def texttabellen(context, knoten) -> str:
    """A table of a text; in print as several where it is too wide for the page."""
    platz = PLATZ_GROSS if context.get("gross") else PLATZ
    tafeln = texttafeln(knoten, in_teilen=bool(context.get("im_druck")), platz=platz)
    return format_html_join("", "{}", ((_texttafel(tafel),) for tafel in tafeln))


def _texttafel(tafel) -> str:
    """A table with its title, the widths of its columns, and what heads columns and rows."""
    titel = format_html("<caption>{}</caption>", laeufe(tafel.titel)) if tafel.titel else ""
    breiten = format_html_join("", '<col class="dok-b{}">', ((s.prozent,) for s in tafel.spalten))
    kopf = format_html_join("", "{}", ((_zelle(*paar, "col"),) for paar in zip(tafel.kopf, tafel.spalten, strict=True)))
    zeilen = format_html_join("", "{}", ((_tabellenzeile(zeile, tafel),) for zeile in tafel.zeilen))
    return format_html(
        '<table class="dok-tabelle{}">{}<colgroup>{}</colgroup><thead><tr>{}</tr></thead><tbody>{}</tbody></table>',
        " dok-zusammen" if tafel.klein else "",
        titel,
        breiten,
        kopf,
        zeilen,
    )


def _tabellenzeile(zeile, tafel) -> str:
    zellen = (
        (_zelle(zelle, spalte, "row" if i < tafel.zeilenkoepfe else ""),)
        for i, (zelle, spalte) in enumerate(zip(zeile.zellen, tafel.spalten, strict=True))
    )
    klasse = mark_safe(' class="dok-lange-zeile"') if zeile.lang else ""
    return format_html("<tr{}>{}</tr>", klasse, format_html_join("", "{}", zellen))


def _zelle(zelle, spalte, scope: str) -> str:
    """A cell, in which no number is broken; `scope` is "" for one that heads nothing."""
    klasse = format_html(' class="dok-{}"', spalte.ausrichtung) if spalte.ausrichtung else ""
    inhalt = _ganze_zahlen(laeufe(zelle))
    if scope:
        return format_html('<th scope="{}"{}>{}</th>', scope, klasse, inhalt)
    return format_html("<td{}>{}</td>", klasse, inhalt)


_ZAHLENWORT = re.compile(r"(<[^>]*>)|(?<![\w&#;])(\d[\d.,]*(?:[/–-]\d[\d.,]*)+|\d[\d.,]{3,}\d)(?!\w)")


def _ganze_zahlen(html: str) -> str:
    """Escaped HTML whose long numbers ("1.234.567") and those of several parts ("2016/17") stay in one line."""
    ersetzt = _ZAHLENWORT.sub(lambda t: t[1] or f'<span class="dok-ganz">{t[2]}</span>', html)
    return mark_safe(ersetzt)  # noqa: S308 - what was escaped, with a span around digits


@register.simple_tag(takes_context=True)
def kostentabellen(context, uebersicht):
    return list(tabellen.kostentabellen(uebersicht, platz=_platz(context)))


@register.simple_tag(takes_context=True)
def mitteltabellen(context, uebersicht):
    """The costs by source of money alone."""
    return list(tabellen.kostentabellen(uebersicht, nur_mittel=True, platz=_platz(context)))


@register.simple_tag(takes_context=True)
def stellentabellen(context, stellen):
    return list(tabellen.stellentabellen(stellen, platz=_platz(context)))


def _platz(context) -> int | None:
    """How wide a table may be: as the page of the print, or on the screen as it needs, for there it scrolls."""
    if context.get("gross"):
        return tabellen.PLATZ_GROSS
    return tabellen.PLATZ if context.get("im_druck") else None


@register.simple_tag(takes_context=True)
def worte(context, zelle) -> str:
    """What stands in a cell of the table of measures: its lines, each a paragraph, and its text; a sign where there is
    nothing that could be there."""
    if zelle.leer:
        return leer()
    zeilen = (((_stueck(context, stueck, zelle.spalte),) for stueck in zeile) for zeile in zelle.zeilen)
    absaetze = format_html_join("", "<p>{}</p>", ((format_html_join("", "{}", zeile),) for zeile in zeilen))
    return format_html("{}{}", absaetze, bloecke(zelle.text)) if zelle.text else absaetze


def _betrag(text: str) -> str:
    """An amount, and what follows it ("jährlich") for itself: on paper it stands below."""
    betrag, wort = betrag_und_wort(text)
    return format_html('{} <span class="dok-betragswort">{}</span>', betrag, wort) if wort else linebreaksbr(text)


def _stueck(context, stueck, spalte: str) -> str:
    inhalt = _betrag(stueck.text) if spalte == "betrag" else linebreaksbr(stueck.text)
    if stueck.gesprochen:
        inhalt = format_html('<span data-gesprochen="{}">{}</span>', stueck.gesprochen, inhalt)
    if stueck.anker:
        name = format_html(' aria-label="{}"', stueck.beschreibung) if stueck.beschreibung else ""
        inhalt = format_html('<a href="{}"{}>{}</a>', verweis(context, stueck.anker), name, inhalt)
    if stueck.fett:
        inhalt = format_html("<strong>{}</strong>", inhalt)
    return format_html('<span class="dok-etikett">{}</span> ', inhalt) if stueck.etikett else inhalt


@register.filter
def mit(werte, andere) -> zip:
    """Two sequences of the same length, side by side."""
    return zip(werte, andere, strict=True)


@register.filter
def tiefer(ebene: int) -> int:
    """The heading level below; six is the deepest that HTML knows."""
    return min(ebene + 1, EBENEN[-1])


@register.simple_tag(takes_context=True)
def verweis(context, anker: str) -> str:
    """Where a link to another element leads: to its place in the same document, or to its own page.

    `verweise` in the context is a function from Anker to address; print and whole-page view have none. "" for what has
    no place in the document (see `konzept.dokument.html`).
    """
    if not anker:
        return ""
    verweise = context.get("verweise")
    return verweise(anker) if verweise else f"#{anker}"


@register.simple_tag(takes_context=True)
def randnummer(context, knoten) -> str:
    """The Randnummer at the head of a block, to jump to as "#rn-119"; nothing without `randnummern` in the context.

    Screen and print show the number alone; the word that is read aloud the screen has out of sight, the print in its
    tags.
    """
    if not (context.get("randnummern") and knoten.rn):
        return ""
    wort = mark_safe('<span class="dok-rn-wort">Randnummer </span>')
    return format_html(
        '<span class="dok-rn" id="rn-{0}" data-gesprochen="Randnummer {0}: ">{1}{0}</span>', knoten.rn, wort
    )


@register.simple_tag
def leer(zeichen: str = "–", worte: str = "keine Angabe") -> str:
    """A sign for what is not there, read aloud as `worte` on the screen (`dok-nur-vorgelesen`) and in print."""
    return format_html(
        '<span class="dok-leer" data-gesprochen="{1}"><span aria-hidden="true">{0}</span>'
        '<span class="dok-nur-vorgelesen">{1}</span></span>',
        zeichen,
        worte,
    )


@register.simple_tag(takes_context=True)
def bearbeiten_link(context, anker: str, was: str):
    """The small link to an element's form where the reader may edit, else to the sheet of a measure; none in print."""
    bearbeiten = context.get("bearbeiten")
    if not bearbeiten:
        return ""
    if url := bearbeiten.url(anker):
        return format_html('<a class="dok-bearbeiten" href="{}" aria-label="{} bearbeiten">Bearbeiten</a>', url, was)
    if url := bearbeiten.blatt(anker):
        name = f"Steckbrief, PDF: {was}"
        return format_html('<a class="dok-blattweg" href="{}" aria-label="{}">Steckbrief</a>', url, name)
    return ""
