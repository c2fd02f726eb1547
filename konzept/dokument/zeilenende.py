"""Where lines end, mended in WeasyPrint 70's search for it (`weasyprint.text.line_break`), without importing it.

What layout sets at the end of a line is known as its own: a hyphen that is no letter of the text. And no line ends
early for the sake of a space that nobody sees: a text that fits without the space at its end (before a link, bold words
or the end of a paragraph) was hyphenated at its first long word, in mid-page.
"""

from functools import wraps


def mit_merkmal(vermesse):
    """Wrap `first_line_metrics`, so that a line's layout says whether its last sign is a hyphen of layout's own."""

    @wraps(vermesse)
    def huelle(first_line, text, layout, resume_at, space_collapse, style, hyphenated=False, character=None):
        layout.getrennt = hyphenated
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
