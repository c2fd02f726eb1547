"""Fetch and authorise in one call. Who may not know that a thing exists gets 404, who may not change it 403."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from . import rechte
from .models import Kommune, Konzept


def kommunen_fuer(benutzer) -> QuerySet[Kommune]:
    """The Kommunen in which an account has a role, by name."""
    if not benutzer.is_authenticated:
        return Kommune.objects.none()
    return Kommune.objects.all() if benutzer.is_superuser else Kommune.objects.filter(pk__in=benutzer.alle_rollen)


def hole_kommune(benutzer, slug: str, recht: str) -> Kommune:
    """The Kommune at an address: Http404 without any role in it, PermissionDenied without the right; two queries."""
    kommune = get_object_or_404(Kommune, slug=slug)
    if not (benutzer.is_superuser or benutzer.rollen_in(kommune.pk)):
        raise Http404("The Kommune does not exist for this account.")
    if not rechte.darf(benutzer, recht, kommune):
        raise PermissionDenied
    return kommune


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

    A right in the concept is asked of the concept, one in measures of the row. A row that says of itself that it is
    `nichtoeffentlich` is only there for who holds that right too. `zeilen` should select the concept and its Kommune.
    Two queries: for the row, and for the roles.
    """
    zeile = get_object_or_404(zeilen, pk=pk)
    if (zeile.konzept.kommune.slug, zeile.konzept.slug) != (kommune, konzept):
        raise Http404("The row belongs to another concept.")
    _pruefe(benutzer, zeile.konzept, recht, zeile)
    return zeile


def hole_aus_kommune(benutzer, zeilen: QuerySet, pk: int, kommune: str, recht: str):
    """A row that belongs to the whole Kommune at an address (`zeile.kommune`); Http404 or PermissionDenied.

    `zeilen` should select the Kommune. Two queries: for the row, and for the roles.
    """
    zeile = get_object_or_404(zeilen, pk=pk, kommune__slug=kommune)
    if not rechte.darf(benutzer, rechte.LESEN, zeile.kommune):
        raise Http404("The row does not exist for this account.")
    if not rechte.darf(benutzer, recht, zeile.kommune):
        raise PermissionDenied
    return zeile


def _pruefe(benutzer, konzept: Konzept, recht: str, zeile=None) -> None:
    if not rechte.darf(benutzer, rechte.LESEN, konzept):
        raise Http404("The concept does not exist for this account.")
    if getattr(zeile, "nichtoeffentlich", False) and not rechte.darf(benutzer, rechte.NICHTOEFFENTLICHES, konzept):
        raise Http404("The row does not exist for this account.")
    if not rechte.darf(benutzer, recht, zeile if recht == rechte.MASSNAHME_BEARBEITEN else konzept):
        raise PermissionDenied
