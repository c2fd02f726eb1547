"""What became of an element of the earlier concept, as the workbench shows it; see `vorgaenge.markiere`."""

from django.db import models

from konzept.models.basis import Fortgeschrieben, Fortschreibung


def ist_gestrichen(objekt: models.Model) -> bool:
    """Whether an element is no longer part of its concept, by its own mark or by that of something above it.

    At most one query for each level whose row is not loaded.
    """
    if not isinstance(objekt, Fortgeschrieben):
        return False
    oben = (getattr(objekt, name) for name in objekt.STEHT_UNTER if getattr(objekt, f"{name}_id"))
    return objekt.gestrichen or any(ist_gestrichen(zeile) for zeile in oben)


def marken(objekt: models.Model) -> list[tuple[str, str]]:
    """The marks that an element can be given now; none where it does not come from an earlier concept."""
    if not getattr(objekt, "vorgaenger_id", None):
        return []
    return [(wert, text) for wert, text in Fortschreibung.choices if wert != objekt.fortschreibung]
