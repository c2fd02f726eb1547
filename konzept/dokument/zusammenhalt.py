"""What never parts at the end of a line: "2. Halbjahr", "§ 5", "1 Enthaltung", "10.000 €", "e. V.", "2027–2030".

Found in the HTML of a print as a whole, like the languages (see `sprachen`), so that neither a template nor a sentence
that the product puts together has to think of it. What is stored, compared and frozen has plain spaces.
"""

import re

_DAVOR = (
    "Abb", "Abbildung", "Abs", "Absatz", "Abschnitt", "Anhang", "Anlage", "Art", "Artikel", "Beschlussfassung",
    "Buchst", "Drucksache", "Entwurf", "Fassung", "Handlungsfeld", "Handlungsziel", "Kap", "Kapitel", "Leitlinie",
    "Leitziel", "Maßnahme", "Nr", "Nummer", "Phase", "Punkt", "Randnummer", "Rn", "S", "Satz", "Schritt", "Seite",
    "Seiten", "Stufe", "Tab", "Tabelle", "Teil", "Ziel", "Ziff", "Ziffer",
)  # fmt: skip
"""Words that a number follows, in their short form with or without a full stop."""
_NUMMER = r"\d[\d.,/-]{0,7}(?![\w.,/-])|[A-Z]{1,2}(?!\w)|[IVX]+(?!\w)"
"""A longer one would leave no place to break in a narrow column."""
_EINHEITEN = (
    "€|%|‰|[Ee]uro|EUR|TEUR|T€|CHF|Franken|Tsd|Mio|Mrd|Prozent|VZÄ|Stellen?|km|m²|Uhr|Std|Stunden?|Minuten|"
    "Tagen?|Wochen?|Monat(?:en?)?|Jahr(?:en?)?|Ja|Nein|Enthaltung(?:en)?|Stimmen?|Person(?:en)?|Teilnehmende|"
    "Mitglieder|Maßnahmen?|Position(?:en)?|Posten|Beträge|Betrag|Anmerkung(?:en)?|Änderung(?:en)?|Seiten?"
)
_NACH_PUNKT = (
    "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|"
    "Jan|Feb|Apr|Jun|Jul|Aug|Sept?|Okt|Nov|Dez|Halbjahr(?:e?s)?|Quartal(?:s|e)?|Trimester|Drittel|Woche|Tag|Jahr"
)
_TEXT = re.compile(r"(?<=>)[^<>]*[\dA-Z§][^<>]*(?=<)")
_LEERSTELLEN = re.compile(
    rf"(?:(?<=§)|(?<![\w-])(?P<wort>(?:{'|'.join(_DAVOR)})\.?)) (?={_NUMMER})"
    rf"|(?<=\d) (?=(?:{_EINHEITEN})(?!\w))"
    rf"|(?<=\d\.) (?=(?:{_NACH_PUNKT})(?!\w))"
    r"|(?:(?<=Tsd\.)|(?<=Mio\.)|(?<=Mrd\.)) (?=€|Euro|EUR|CHF)"
    r"|(?<=(?<!\w)[^\W\d_]\.) (?=[^\W\d_]\.)"  # "e. V.", "z. B.", "i. d. R."
)
_SPANNE = re.compile(r"(?<![\d.,])\d{1,4}(?:–| – )\d{1,4}(?![.,]?\d)")


def zusammengehalten(html: str) -> str:
    """The same HTML, in which these hold together: by no-break spaces, and a span of years by a `<span>`, since what
    would hold it as a sign is none that people search for."""
    return _TEXT.sub(_ohne_trennstellen, html)


def _ohne_trennstellen(text: re.Match[str]) -> str:
    fest = _LEERSTELLEN.sub(lambda stelle: f"{stelle['wort'] or ''}\u00a0", text[0])
    return _SPANNE.sub(r'<span class="dok-fest">\g<0></span>', fest) if "–" in fest else fest
