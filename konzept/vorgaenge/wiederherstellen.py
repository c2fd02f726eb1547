"""The contents of an earlier state; a thing stays where it stands now."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models

from konzept import rechte
from konzept.models.basis import VersionVeraltet, anker
from konzept.verlauf.aufzeichnung import schreibe_alle_mit
from konzept.verlauf.models import Aenderung, AenderungArt
from konzept.verlauf.stand import lade_alle
from konzept.verlauf.wiederherstellung import Bezuege, Wiederherstellung

from .verschieben import Mitgehende
from .vorgang import vorgang


def stelle_wieder_her(*, element: models.Model, aenderung: Aenderung, gelesen: int, konto) -> list[str]:
    """Give an element the contents of an earlier state; the present ones stay in the history.

    Names of what the state referred to and is gone. Raises VersionVeraltet where somebody saved since version
    `gelesen`, ValidationError where the state is no longer allowed; then nothing changed.
    """
    (rueckkehr,) = stelle_alle_wieder_her(wohin=[(element, aenderung, gelesen)], konto=konto)
    if rueckkehr.fehler:
        raise rueckkehr.fehler
    element.refresh_from_db()
    return rueckkehr.fehlend


class Rueckkehr(NamedTuple):
    """What became of an element that was to have an earlier state: what the state referred to and is gone, or why it
    could not be (VersionVeraltet, ValidationError)."""

    fehlend: list[str]
    fehler: Exception | None = None


def stelle_alle_wieder_her(
    *,
    wohin: list[tuple[models.Model, Aenderung, int]],
    konto,
    recht: str = rechte.BEARBEITEN,
    auch_den_ort: bool = False,
) -> list[Rueckkehr]:
    """`stelle_wieder_her` for several elements of one kind in one concept, each with its change and version; each fails
    for itself. `recht` is asked of the concept; who asks for less than editing it says which elements are meant.
    `auch_den_ort` takes a move back as well (see `Wiederherstellung`). Raises ValidationError for all where the
    database refuses one.

    What is read does not depend on their number; what differs is checked and written for each element.
    """
    for element, aenderung, _ in wohin:
        if aenderung.anker != anker(element):
            raise ValueError("The change belongs to another element.")
    if not wohin:
        return []
    try:
        return _stelle_wieder_her(wohin, konto, recht, auch_den_ort)
    except IntegrityError as fehler:
        raise ValidationError("Etwas, worauf sich ein früherer Stand bezieht, gehört heute woandershin.") from fehler


def _stelle_wieder_her(wohin, konto, recht, auch_den_ort) -> list[Rueckkehr]:
    modell = type(wohin[0][0])
    with vorgang(konto=konto, bei=wohin[0][0], recht=recht):
        frische = {zeile.pk: zeile for zeile in lade_alle(modell, [element.pk for element, _, _ in wohin])}
        bezuege, moeglich = Bezuege(), []
        rueckkehren = {element.pk: Rueckkehr([], VersionVeraltet()) for element, _, _ in wohin}
        for element, aenderung, gelesen in wohin:
            frisch = frische.get(element.pk)
            if frisch is None or frisch.version != gelesen:
                continue
            try:
                moeglich.append(Wiederherstellung(frisch, aenderung.stand, bezuege, auch_den_ort=auch_den_ort))
            except ValidationError as fehler:
                rueckkehren[element.pk] = Rueckkehr([], fehler)
        beansprucht = {zeile.pk for zeile in modell.beanspruche_alle([w.objekt for w in moeglich], konto)}
        kommen = [w for w in moeglich if w.objekt.pk in beansprucht]
        with Mitgehende.von([w.objekt for w in kommen], list(modell.STEHT_UNTER) if auch_den_ort else [], konto):
            for wiederherstellung in kommen:
                wiederherstellung.schreibe()
                rueckkehren[wiederherstellung.objekt.pk] = Rueckkehr(wiederherstellung.fehlend)
        zurueck = [element for element, _, _ in wohin if element.pk in beansprucht]
        schreibe_alle_mit(zurueck, konto, AenderungArt.WIEDERHERGESTELLT)
    return [rueckkehren[element.pk] for element, _, _ in wohin]
