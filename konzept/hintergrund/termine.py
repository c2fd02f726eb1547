"""Work that comes back by the calendar: run by one worker, whatever their number, and made up for once after a pause.

Each is a row that waits for its next day and hour (`models.Termin`); whoever takes it does it. The days are those of
the calendar here, so that the change of the clock neither doubles one nor loses it. What is run here is run by hand and
by cron too, perhaps at the same time: it has to be so made that a second run on a day does no harm.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.module_loading import import_string

from konzept.heute import heute

from . import pacht
from .lauf import FEHLER, Lauf, log
from .models import OFFEN, Status, Termin

ART = "termin"
"""The name of the kind of jobs."""
NEUER_VERSUCH = dt.timedelta(minutes=15)
"""After a failure, twice; then it waits for its next day."""
VERSUCHE = 3


class Misslungen(Exception):
    """What the function of a plan raises to say in a sentence, for who operates the installation, what did not work.
    Of any other exception only the kind is told."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is done each day at `um`, by the clock here: the function at a dotted path, without arguments. What it
    raises counts as failure."""

    name: str
    fuehre_aus: str
    um: dt.time


_plaene: dict[str, Plan] = {}


def melde_an(plan: Plan) -> None:
    """Register what is to be done every day; called in the `ready()` of the app that does it."""
    _plaene[plan.name] = plan


def plaene() -> list[Plan]:
    return list(_plaene.values())


def naechster(um: dt.time, nach: dt.datetime) -> dt.datetime:
    """The first moment after `nach` at which the clock here shows `um`; where it never does on a day, since the clock
    is put forward over it, an hour later by the clock; where it does twice, the first time."""
    ort, tag = timezone.get_default_timezone(), heute(nach)
    momente = (dt.datetime.combine(tag + dt.timedelta(days=tage), um, ort).astimezone(dt.UTC) for tage in range(3))
    return next(moment for moment in momente if moment > nach)


def stelle_bereit() -> None:
    """Give every plan its row, take away those of plans that are no more, and let none rest for ever. Three queries,
    and some for each new one."""
    jetzt = pacht.jetzt()
    vorhanden = set(Termin.objects.values_list("name", flat=True))
    for plan in plaene():
        if plan.name not in vorhanden:
            Termin.objects.get_or_create(name=plan.name, defaults={"ab": naechster(plan.um, jetzt)})
    Termin.objects.exclude(name__in=_plaene).delete()
    # These ended, but that could not be written, since the database was away for too long.
    Termin.objects.exclude(status__in=OFFEN).update(status=Status.WARTET, ab=jetzt + NEUER_VERSUCH, beendet_am=None)


def fuehre_aus(termine: list[Termin], lauf: Lauf) -> None:
    """Do what is due, and let it wait for the next time."""
    for termin in termine:
        if plan := _plaene.get(termin.name):
            _fuehre_aus(termin, plan, lauf)
        else:
            # The row belongs to a newer version of the program, whose workers will take it.
            lauf.spaeter(termin, pacht.jetzt() + NEUER_VERSUCH, versuche=0)


def _fuehre_aus(termin: Termin, plan: Plan, lauf: Lauf) -> None:
    # It was killed each time before it could report anything, and would be again.
    immer_beendet = termin.versuche > VERSUCHE
    fehler = termin.fehler or pacht.OHNE_WORT.format(VERSUCHE) if immer_beendet else _tue(plan)
    jetzt = pacht.jetzt()
    # `max`, since a clock that was put back would name the same day again.
    am_naechsten_tag = naechster(plan.um, max(jetzt, termin.ab))
    if not fehler:
        lauf.spaeter(termin, am_naechsten_tag, fehler="", versuche=0, gelungen_am=jetzt)
    elif termin.versuche < VERSUCHE:
        lauf.spaeter(termin, min(jetzt + NEUER_VERSUCH, am_naechsten_tag), fehler=fehler)
    else:
        lauf.spaeter(termin, am_naechsten_tag, fehler=fehler, versuche=0)


def _tue(plan: Plan) -> str:
    """What did not work, in a sentence; "" where all is well."""
    try:
        import_string(plan.fuehre_aus)()
    except Exception as fehler:
        # A plan is tried again by itself, and until then the page of the state shows that it failed.
        log.exception("%s failed.", plan.name)
        return str(fehler) if isinstance(fehler, Misslungen) else FEHLER.format(type(fehler).__name__)
    return ""
