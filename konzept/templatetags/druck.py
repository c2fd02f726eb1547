"""Template tags of the print's page shell (templates/dokument/druck.html)."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from konzept.dokument import baum, deckblatt, druckbild, ressourcen
from konzept.dokument.akteursregister import akteursregister
from konzept.dokument.schriftbreiten import gekuerzt_auf

register = template.Library()
register.simple_tag(druckbild.anfaenge, name="anfaenge")
register.simple_tag(druckbild.inhaltsverzeichnis, name="inhaltsverzeichnis")
register.simple_tag(akteursregister)

KOPFHAELFTE = 28.0
"""Width of half a running head in em, less what parts it from the other."""
KOPFRAND = 17.0
"""The same of what is left beside the mark of a draft."""
MARKE = 20.0
"""Width of that mark in em."""
MARKE_GROSS = 16.0
"""The same in large print, where it has 12 pt instead of 9."""

GROSS = 0.68
"""So much of it there is in large print, where a running head has 12 pt instead of 8."""
FORTSETZUNG = 49.0
"""Width in em of what stands above a part that goes on, less "(Fortsetzung)"."""


@register.filter
def kopfzeile(text: str) -> str:
    """A title short enough for its half of the running head."""
    return gekuerzt_auf(text, KOPFHAELFTE)


@register.simple_tag(takes_context=True)
def kopfmarke(context, text: str) -> str:
    """The mark of a print, short enough for the running head: without what follows a dot in it, if that is too much."""
    platz = MARKE_GROSS if context.get("gross") else MARKE
    return text if gekuerzt_auf(text, platz) == text else gekuerzt_auf(text.split(" · ")[0], platz)


@register.simple_tag(takes_context=True)
def fussname(context, text: str) -> str:
    """The name of a Kommune short enough for the foot of a document, beside the day of its text."""
    return gekuerzt_auf(text, KOPFHAELFTE * (GROSS if context.get("gross") else 1))


@register.simple_tag(takes_context=True)
def kopftitel(context, text: str) -> str:
    """A title short enough for its place in the running head of a document, which may bear the mark of a draft."""
    platz = KOPFRAND if context.get("marke") else KOPFHAELFTE
    return gekuerzt_auf(text, platz * (GROSS if context.get("gross") else 1))


@register.simple_tag(takes_context=True)
def fortsetzungsname(context, text: str) -> str:
    """The name of a part short enough for one line above it where it goes on (see `satz.nachbesserung.fortsetzung`)."""
    return gekuerzt_auf(text, FORTSETZUNG * (GROSS if context.get("gross") else 1))


@register.simple_tag(takes_context=True)
def kapitelkopf(context, kapitel: baum.Kapitel) -> str:
    """What the running head calls a chapter: its number and its short title, or its title where it has no short one."""
    titel = kapitel.kurz or kapitel.titel
    return kopftitel(context, f"{kapitel.nummer}\u2002{titel}" if kapitel.nummer else titel)


@register.simple_tag(takes_context=True)
def wappen(context, kommune: baum.Kommune) -> str:
    """The image of the Wappen, or nothing where there is none (any more): out of `bilder` in the context, or where
    that is None out of the media storage."""
    if not kommune.wappen:
        return ""
    adresse = f"media:{kommune.wappen}"
    try:
        ressourcen.holer(context.get("bilder"))(adresse)
    except ressourcen.Verweigert:
        return ""
    beschreibung = kommune.wappen_beschreibung or f"Wappen: {kommune.name}"
    return format_html('<p class="dok-wappen"><img alt="{}" src="{}"></p>', beschreibung, adresse)


@register.simple_tag(takes_context=True)
def deckblattregeln(context) -> str:
    """CSS rules of the cover, by how much stands on it."""
    vorspann, marke = context.get("vorspann"), context.get("marke") or ""
    davor = (vorspann.anlage, vorspann.vermerk, marke) if vorspann else (marke,)
    worte = deckblatt.worte_von(context["dokument"], context.get("beschluss") or "", tuple(filter(None, davor)))
    return mark_safe("\n".join(deckblatt.regeln(worte, bool(context.get("gross")))))  # noqa: S308 - sizes are formatted from numbers


@register.simple_tag
def farbregeln(dokument: baum.Dokument) -> str:
    """CSS rules with the Kommune's colours."""
    f = druckbild.farben(dokument.kommune.akzentfarbe)
    regeln = [
        f".druck-band {{ background: {f.akzent} }}",
        f":is(.dok-titel, .dok-massnahmen tbody, .dok-leitliniensatz) .dok-nummer {{ color: {f.text} }}",
        f".dok-zieltitel .dok-etikett, .dok-kopfgruppe strong {{ color: {f.text} }}",
        f".dok-leitziel, .dok-massnahmen thead th, .druck-linie {{ border-color: {f.text} }}",
        f".dok-abschnittzeile th, .dok-kopfgruppe th, .dok-summe th, .dok-summe td {{ background: {f.hell} }}",
        f"a[href^='http'], a[href^='mailto'] {{ color: {f.text} }}",
    ]
    return mark_safe("\n".join(regeln))  # noqa: S308 - colours are formatted from numbers


@register.simple_tag
def verzeichnisregeln(dokument: baum.Dokument) -> str:
    """CSS rules of the table of contents: the width of its numbers."""
    regeln = []
    for ebene, breite in enumerate(druckbild.nummernbreiten(dokument), start=1):
        eintrag = f".druck-inhalt-{ebene}"
        regeln.append(f"{eintrag} > :is(.druck-zeile, .druck-inhalt) {{ padding-left: {breite}em }}")
        regeln.append(f"{eintrag} > .druck-zeile .druck-nr {{ width: {breite}em; margin-left: -{breite}em }}")
    return mark_safe("\n".join(regeln))  # noqa: S308 - widths are formatted from numbers
