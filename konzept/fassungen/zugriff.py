"""The Fassungen that an account may see: every page asks here, and for nothing beside it."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from konzept import rechte
from konzept.models import Konzept

from .models import Fassung, FassungQuerySet


def fassungen_fuer(benutzer, konzept: Konzept | None = None) -> FassungQuerySet:
    """The Fassungen that an account may read, of one concept or of all, without their trees; the list that belongs to
    `rechte.FASSUNG_LESEN`."""
    fassungen = Fassung.objects.sichtbar_fuer(benutzer).fuer_liste()
    return fassungen.filter(konzept=konzept) if konzept else fassungen


def vorige_fassung(benutzer, fassung: Fassung) -> Fassung | None:
    """The last Fassung before this one that the account may read, in the same concept, without its tree: what lies
    between them was never laid before it. One query beyond the roles of the account."""
    davor = fassungen_fuer(benutzer).filter(konzept=fassung.konzept_id, nummer__lt=fassung.nummer)
    return davor.order_by("-nummer").first()


def hole_fassung(benutzer, kommune: str, konzept: str, nummer: int, recht: str = rechte.FASSUNG_LESEN) -> Fassung:
    """The Fassung at an address, with concept and Kommune: Http404 for whom it was not laid before, PermissionDenied
    for who reads it without `recht` (a right in the concept). Two queries, three for who reads no Arbeitsstand, and one
    more for the tree once it is asked for."""
    fassung = get_object_or_404(
        Fassung.objects.fuer_liste().select_related("konzept__kommune"),
        konzept__kommune__slug=kommune,
        konzept__slug=konzept,
        nummer=nummer,
    )
    if not rechte.darf(benutzer, rechte.FASSUNG_LESEN, fassung):
        raise Http404("The Fassung does not exist for this account.")
    if recht != rechte.FASSUNG_LESEN and not rechte.darf(benutzer, recht, fassung.konzept):
        raise PermissionDenied
    return fassung


def hole_fassungen(benutzer, kommune: str, konzept: str) -> tuple[Konzept, Sequence[Fassung]]:
    """The concept at an address and those of its Fassungen that an account may read, the newest first, without their
    trees. Http404 for who reads neither the Arbeitsstand nor any of them; three queries."""
    k = get_object_or_404(Konzept.objects.mit_kommune(), kommune__slug=kommune, slug=konzept)
    fassungen = list(fassungen_fuer(benutzer, k).order_by("-nummer"))
    if not fassungen and not rechte.darf(benutzer, rechte.LESEN, k):
        raise Http404("The concept does not exist for this account.")
    return k, fassungen


def vorgelegte_fassungen(benutzer) -> list[Fassung]:
    """The Fassungen that an account may read in Kommunen whose Arbeitsstand it does not, with concept and Kommune, the
    newest first. One query beyond the roles of the account."""
    ohne = [k for k, rollen in benutzer.alle_rollen.items() if not rollen & rechte.rollen_mit(rechte.LESEN)]
    if benutzer.is_superuser or not ohne:
        return []
    fassungen = fassungen_fuer(benutzer).filter(konzept__kommune__in=ohne)
    return list(fassungen.select_related("konzept__kommune").order_by("-festgeschrieben_am", "-pk"))
