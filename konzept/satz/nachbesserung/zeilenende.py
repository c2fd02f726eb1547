"""Where lines and words end, mended in WeasyPrint 70, without importing it.

What layout sets at the end of a line is known as its own: a hyphen that is no letter of the text. No line ends early
for the sake of a space that nobody sees: a text that fits without the space at its end (before a link, bold words or
the end of a paragraph) was hyphenated at its first long word, in mid-page. And words are apart for whom they are read
aloud: the space between two lines or two elements is drawn, which WeasyPrint leaves out (ISO 32000-1, 14.8.2.5).
"""

from functools import wraps


def mit_merkmal(vermesse):
    """Wrap `first_line_metrics`, so that a line's layout says whether its last sign is a hyphen of layout's own
    (`getrennt`), and whether it ends inside a word (`im_wort`), which may also be behind a hyphen that was typed."""

    @wraps(vermesse)
    def huelle(first_line, text, layout, resume_at, space_collapse, style, hyphenated=False, character=None):
        layout.getrennt = hyphenated
        layout.im_wort = resume_at is not None and text.encode()[resume_at - 1] not in b" \n"
        return vermesse(first_line, text, layout, resume_at, space_collapse, style, hyphenated, character)

    return huelle


def ohne_leerzeichen(teile):
    """Wrap `split_first_line`: what fits without the space at its end is one line, and the next begins behind it."""

    @wraps(teile)
    def huelle(text, style, context, max_width, justification_spacing, is_line_start=True, minimum=False):
        def geteilt(worte):
            return teile(worte, style, context, max_width, justification_spacing, is_line_start, minimum)

        zeile = geteilt(text)
        knapp = text.rstrip(" ")
        if zeile[2] is None or knapp in ("", text) or style["white_space"] not in ("normal", "pre-line"):
            return zeile
        layout, laenge, naechste, breite, *masse = geteilt(knapp)
        if naechste is None and breite <= max_width:
            return layout, laenge, len(text.encode()), breite, *masse
        return zeile

    return huelle


def mit_ende(naechste_zeile):
    """Wrap `get_next_linebox`: a space is drawn behind the last words of a line, where a word ends."""

    @wraps(naechste_zeile)
    def huelle(*angaben):
        zeile, weiter = naechste_zeile(*angaben)
        letzte = next(_texte_von_hinten(zeile), None)
        if letzte is not None and not letzte.pango_layout.im_wort and letzte.style["direction"] == "ltr":
            letzte.pango_layout.text = letzte.pango_layout.text.rstrip(" ") + " "
        return zeile, weiter

    return huelle


def _texte_von_hinten(kasten):
    """The boxes of text in a line, last first, without blank ones."""
    if hasattr(kasten, "text"):
        if kasten.text.strip():
            yield kasten
    else:
        for teil in reversed(getattr(kasten, "children", ())):
            yield from _texte_von_hinten(teil)


def mit_leerraum(zeichne):
    """Wrap `draw_first_line`: a space is drawn that is all of a text."""

    @wraps(zeichne)
    def huelle(stream, textbox, *angaben):
        if textbox.text.isspace():
            textbox = textbox.copy()
            # WeasyPrint only asks this text whether there is anything to draw; what is drawn is the layout.
            textbox.text = "_"
        return zeichne(stream, textbox, *angaben)

    return huelle
