"""The print of a concept as its rows are now."""

from functools import partial

from konzept.dokument import baum, pdf, ressourcen
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.models import Konzept

from .vorhaben import Vorhaben

ART = "konzept"
"""The kind of the job."""


def vorhaben(konzept: Konzept) -> Vorhaben:
    """The whole concept; the queries of `stelle_zusammen`."""
    dokument = stelle_zusammen(konzept)
    return Vorhaben(
        konzept=konzept,
        art=ART,
        angaben=(str(konzept.pk),),
        grundlage=grundlage(dokument),
        mache=partial(pdf.drucke, dokument),
    )


def grundlage(dokument: baum.Dokument) -> tuple[str, bytes | None]:
    """What flows into the print of a tree that is not frozen: the tree, and the picture that it names."""
    try:
        _, wappen = ressourcen.inhalt(f"media:{dokument.kommune.wappen}")
    except ressourcen.Verweigert:  # there is none; the print leaves it out
        wappen = None
    return baum.pruefsumme(dokument), wappen


def stelle_her(pk: str) -> None:
    """Print a concept by its primary key, for a process of its own."""
    vorhaben(Konzept.objects.mit_kommune().get(pk=pk)).stelle_her()
