"""Another place for an element."""

from django.db import models

from konzept.models.basis import VersionVeraltet
from konzept.verlauf.aufzeichnung import merke_ausgang, schreibe_alle_mit, schreibe_mit
from konzept.verlauf.models import AenderungArt

from .ort import eltern, lies_neu, reihe_ein, stelle_unter, was_folgt
from .vorgang import vorgang


def verschiebe(*, element: models.Model, unter: models.Model, nach: models.Model | None, konto) -> models.Model:
    """Move an element below `unter`, after the sibling `nach` (None: first), and return it as it is now.

    Another parent is a change of what a form shows: the version of the element goes up, and that of all that goes along
    to another Handlungsfeld, so that no open form undoes it unseen. Raises PasstNicht, also where one of them is gone.
    """
    with vorgang(konto=konto, bei=element):
        element, unter = lies_neu(element), lies_neu(unter)
        merke_ausgang(element)
        if eltern(element) != unter:
            _haenge_um(element, unter, konto)
        reihe_ein(element, nach)
        schreibe_mit(element, konto, AenderungArt.VERSCHOBEN)
    return element


def _haenge_um(element, unter, konto) -> None:
    vorher = {name: getattr(element, f"{name}_id") for name in element.STEHT_UNTER}
    stelle_unter(element, unter)
    geaendert = [name for name, pk in vorher.items() if getattr(element, f"{name}_id") != pk]
    with Mitgehende.von([element], geaendert, konto):
        element.beanspruche_version(element.version, konto)
        element.save(update_fields=geaendert)


class Mitgehende:
    """What goes along when rows get another place. As a context it claims the versions of these rows and records their
    history; the database itself moves them, when the rows above them are saved inside."""

    def __init__(self, arten: dict[type[models.Model], list[models.Model]], konto):
        self.arten, self.konto = arten, konto

    @classmethod
    def von(cls, zeilen: list[models.Model], geaendert: list[str], konto) -> "Mitgehende":
        """`geaendert` are the fields of the place that change. What follows is known by the last of them: only from one
        Handlungsfeld to another does anything go along."""
        arten = {}
        if zeilen and geaendert and zeilen[0].STEHT_UNTER[-1] in geaendert:
            arten = was_folgt(zeilen, zeilen[0].STEHT_UNTER[-1])
        return cls(arten, konto)

    def __enter__(self):
        for modell, zeilen in self.arten.items():
            schreibe_alle_mit(zeilen, None, None)
            if len(modell.beanspruche_alle(zeilen, self.konto)) != len(zeilen):
                raise VersionVeraltet
        return self

    def __exit__(self, art, *_):
        if art is None:
            for zeilen in self.arten.values():
                schreibe_alle_mit(zeilen, self.konto, AenderungArt.VERSCHOBEN)
