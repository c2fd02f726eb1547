"""What goes on on the next page says there what it is, such as number and title of a measure that began on the page
before.

CSS has names for that ("string-set"), but they cannot tell a group of rows that goes on from one that begins. So the
pages say it themselves, before WeasyPrint 70 fills their margins: the named string "fortsetzung", above the table.
"""

from functools import wraps

NAME = "fortsetzung"
MARKE = "data-lesezeichen"
"""The attribute of a group of rows, of an entry or a sheet, with the words by which it is called."""
TEILE = {"tbody", "section", "article"}


def mit_fortsetzung(baue):
    """Wrap what makes the margin boxes of a page, so that the string is set on each page before."""

    @wraps(baue)
    def huelle(context, page, state):
        gruppen = [*_benannte(page)]
        woher = context.__dict__.get("_geht_weiter")
        geht_weiter = gruppen and gruppen[0].element is woher
        worte = f"{gruppen[0].element.get(MARKE)} (Fortsetzung)" if geht_weiter else ""
        context.string_set[NAME][context.current_page] = [worte]
        context._geht_weiter = gruppen[-1].element if gruppen else None
        return baue(context, page, state)

    return huelle


def _benannte(kasten):
    """The groups of rows and entries with a name, in order; none stands in another."""
    for teil in getattr(kasten, "children", ()):
        if _hat_namen(teil):
            yield teil
        else:
            yield from _benannte(teil)


def _hat_namen(kasten) -> bool:
    return kasten.element_tag in TEILE and kasten.element.get(MARKE) is not None
