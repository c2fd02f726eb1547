"""Work that comes back by the calendar: run by one worker, whatever their number, and made up for once after a pause.

Each is a row that waits for its next day and hour (`models.Termin`); whoever takes it does it. The days are those of
the calendar here, so that the change of the clock neither doubles one nor loses it.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.module_loading import import_string

from . import pacht
from .lauf import Lauf, log
from .models import Termin

ART = "termin"
"""The name of the kind of jobs."""
NEUER_VERSUCH = dt.timedelta(minutes=15)
"""After a failure, twice; then it waits for its next day."""
VERSUCHE = 3


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is done each day at `um`, by the clock here: the function at a dotted path, without arguments. What it
    raises counts as failure."""

    name: str
    fuehre_aus: str
    um: dt.time


_plaene: dict[str, Plan] = {}


def melde_an(plan: Plan) -> None:
    """For the `ready()` of an app."""
    _plaene[plan.name] = plan


def plaene() -> list[Plan]:
    return list(_plaene.values())


def naechster(um: dt.time, nach: dt.datetime) -> dt.datetime:
    """The first moment after `nach` at which the clock here shows `um`; where it never does on a day, since the clock
    is put forward over it, an hour later by the clock."""
    hier = timezone.localtime(nach)
    for tage in (0, 1, 2):
        tag = hier.date() + dt.timedelta(days=tage)
        moment = dt.datetime.combine(tag, um, hier.tzinfo).astimezone(dt.UTC)
        if moment > nach:
            return moment
    raise AssertionError("A day has passed without the hour.")


def stelle_bereit() -> None:
    """Give every plan its row, and take away those of plans that are no more. Two queries, and one for each new one."""
    vorhanden = set(Termin.objects.values_list("name", flat=True))
    for plan in plaene():
        if plan.name not in vorhanden:
            Termin.objects.get_or_create(name=plan.name, defaults={"ab": naechster(plan.um, pacht.jetzt())})
    Termin.objects.exclude(name__in=_plaene).delete()


def fuehre_aus(termine: list[Termin], lauf: Lauf) -> None:
    """Do what is due, and let it wait for the next time."""
    for termin in termine:
        plan = _plaene[termin.name]
        try:
            import_string(plan.fuehre_aus)()
        except Exception as fehler:  # it comes back, and meanwhile everybody who looks can see that it failed
            log.exception("%s failed.", termin.name)
            jetzt = pacht.jetzt()
            noch_einmal = termin.versuche < VERSUCHE
            lauf.spaeter(
                termin,
                min(jetzt + NEUER_VERSUCH, naechster(plan.um, jetzt)) if noch_einmal else naechster(plan.um, jetzt),
                fehler=f"{type(fehler).__name__}: {fehler}",
                versuche=termin.versuche if noch_einmal else 0,
            )
        else:
            jetzt = pacht.jetzt()
            lauf.spaeter(termin, naechster(plan.um, jetzt), fehler="", versuche=0, gelungen_am=jetzt)
