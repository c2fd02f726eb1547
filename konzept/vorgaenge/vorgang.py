"""What every use case begins with: permission, transaction, lock."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from konzept import rechte
from konzept.models import Kommune, Konzept
from konzept.verlauf.aufzeichnung import ort


@contextmanager
def vorgang(*, konto, bei: models.Model, recht: str = rechte.BEARBEITEN) -> Iterator[None]:
    """Ask whether the account `konto` holds a right where `bei` belongs, begin a transaction and lock the concept.

    `bei` is the concept, the Kommune, or a row of either. Raises PermissionDenied. One query to lock; the roles of an
    account are read once for a request.
    """
    if konto is not None and not rechte.darf(konto, recht, _wo(bei)):
        raise PermissionDenied
    with transaction.atomic():
        sperre(bei)
        yield


def _wo(bei: models.Model) -> models.Model:
    return bei if isinstance(bei, Konzept | Kommune) else getattr(bei, "konzept", None) or bei.kommune


def sperre(bei: models.Model) -> None:
    """Let nobody else change the concept to which a row belongs until the transaction ends; what belongs to a whole
    Kommune locks that. One query. SQLite lets only one write at a time anyway."""
    kommune, konzept = ort(bei)
    modell, pk = (Konzept, konzept) if konzept else (Kommune, kommune)
    list(modell._base_manager.select_for_update(no_key=True).filter(pk=pk).values_list("pk"))
