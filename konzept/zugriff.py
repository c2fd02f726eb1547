"""Fetch and authorise in one call. Who may not know that a thing exists gets 404, who may not change it 403."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from . import rechte
from .models import Konzept


def konzepte_fuer(benutzer, recht: str = rechte.LESEN) -> QuerySet[Konzept]:
    """The concepts in which an account holds a right; the list that belongs to `rechte.darf`."""
    konzepte = Konzept.objects.mit_kommune()
    if not benutzer.is_authenticated:
        return konzepte.none()
    if benutzer.is_superuser:
        return konzepte
    return konzepte.filter(
        kommune__in=[k for k, rollen in benutzer.alle_rollen.items() if rollen & rechte.rollen_mit(recht)]
    )


def hole_konzept(benutzer, kommune: str, konzept: str, recht: str = rechte.LESEN) -> Konzept:
    """The concept at an address, with its Kommune. Http404 or PermissionDenied; two queries."""
    gefunden = get_object_or_404(Konzept.objects.mit_kommune(), kommune__slug=kommune, slug=konzept)
    _pruefe(benutzer, gefunden, recht)
    return gefunden


def hole(benutzer, zeilen: QuerySet, pk: int, kommune: str, konzept: str, recht: str = rechte.LESEN):
    """A row that belongs to the concept at an address (`zeile.konzept`); Http404 or PermissionDenied.

    `zeilen` should select the concept and its Kommune. The row's own queries and one for the roles.
    """
    zeile = get_object_or_404(zeilen, pk=pk)
    if (zeile.konzept.kommune.slug, zeile.konzept.slug) != (kommune, konzept):
        raise Http404("The row belongs to another concept.")
    _pruefe(benutzer, zeile.konzept, recht)
    return zeile


def _pruefe(benutzer, konzept: Konzept, recht: str) -> None:
    if not rechte.darf(benutzer, rechte.LESEN, konzept):
        raise Http404("The concept does not exist for this account.")
    if not rechte.darf(benutzer, recht, konzept):
        raise PermissionDenied
