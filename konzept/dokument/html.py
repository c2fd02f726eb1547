"""The document as HTML: whole for the print, chapter by chapter or whole for the screen.

Both use the same part templates (templates/dokument/); they differ in shell, style sheet and the links to forms.
"""

from django.template.loader import render_to_string

from . import baum


def druck_html(dokument: baum.Dokument) -> str:
    """The print HTML with cover and table of contents; style sheet, fonts and Wappen are addressed as
    static: and media: files. No queries."""
    return render_to_string("dokument/druck.html", {"dokument": dokument, "ebene": 1})


def kapitel_html(kapitel: baum.Kapitel, *, ebene: int = 1, bearbeiten=None, verweise=None) -> str:
    """One Kapitel with its sub-sections for the screen.

    `bearbeiten` has `url(anker) -> str | None`; without it there are no links to forms. `verweise(anker) -> str` gives
    the address of an element on another page; without it links stay on the page. No queries.
    """
    return render_to_string(
        "dokument/kapitel.html",
        {"kapitel": kapitel, "ebene": ebene, "bearbeiten": bearbeiten, "verweise": verweise},
    )


def teil_html(teil: baum.Teil, *, verweise=None) -> str:
    """One part by itself for the screen; `verweise` as above. No queries."""
    vorlage = f"dokument/teile/{teil.__struct_config__.tag}.html"
    return render_to_string(vorlage, {"teil": teil, "verweise": verweise})
