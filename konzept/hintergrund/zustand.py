"""Signs of life of the workers, and what can be told about what waits.

Nothing told here names anybody or any single job. What is counted is for the operator (`manage.py auftraege`): without
an account (`/bereit`) only is told whether all is well.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, Min, Q

from . import pacht, termine
from .arten import Art, arten
from .models import OFFEN, Arbeiter, Status, Termin

TAKT = 10.0
"""Seconds between two signs of life."""
TOT = timedelta(seconds=60)
"""After so long without one, a worker counts as dead."""
VERGESSEN = timedelta(days=1)
RUHT = "Der Hintergrunddienst läuft nicht: PDFs und E-Mails bleiben liegen, bis er wieder läuft."
ZU_LANGE = timedelta(minutes=2)
"""What is due and waits for longer, while nothing of its kind runs, shows that the workers do not work."""
VIEL_ZU_LANGE = timedelta(minutes=15)
"""While some of its kind run, they have much to do; what waits for longer shows that they do not keep up."""
RUECKBLICK = timedelta(hours=24)
"""For so long back failures are counted."""
HAENGT = timedelta(minutes=30)
"""What failed and is still open so long after it was begun will hardly come right by itself."""
NUR_FEHLER = 3
"""So many failures, and nothing that went well since the first of them, are no accidents any more."""


def melde_leben(name: str, rechner: str) -> None:
    """Say that a worker lives, and forget those that have not for long."""
    jetzt = pacht.jetzt()
    Arbeiter.objects.update_or_create(
        name=name,
        defaults={"gesehen_am": jetzt},
        create_defaults={"gesehen_am": jetzt, "begonnen_am": jetzt, "rechner": rechner},
    )
    Arbeiter.objects.filter(gesehen_am__lt=jetzt - VERGESSEN).delete()


def melde_ab(name: str) -> None:
    Arbeiter.objects.filter(name=name).delete()


def lebt() -> bool:
    """Whether anybody does what waits. One query, and one on PostgreSQL for its clock."""
    return Arbeiter.objects.filter(gesehen_am__gt=pacht.jetzt() - TOT).exists()


def hinweis() -> str:
    """What a page has to say where nobody does what waits (`hintergrund/ruht.html` shows it); "" where somebody does,
    or all is done at once by choice. At most one query, and one on PostgreSQL for its clock."""
    return RUHT if settings.DRUCK_IM_HINTERGRUND and not lebt() else ""


@dataclass(frozen=True, kw_only=True)
class Lebenszeichen:
    """How long ago the last worker was seen; None where there is none. `noetig`: whether there has to be one."""

    vor: timedelta | None
    noetig: bool

    @property
    def gut(self) -> bool:
        return not self.noetig or (self.vor is not None and self.vor < TOT)


@dataclass(frozen=True, kw_only=True)
class Schlange:
    """The jobs of a kind: how many wait, for how long the oldest that is due does, how many run, how many failed
    lately. `misslingt`: how old the oldest is that has failed and is to be tried again; `nur_fehler`: nothing went
    well since the first of those that failed lately. `leise`: nobody waits for them, and nothing is wrong without."""

    art: str
    leise: bool
    wartet: int
    aeltester: timedelta | None
    laeuft: int
    gescheitert: int
    misslingt: timedelta | None
    nur_fehler: bool

    @property
    def gut(self) -> bool:
        return self.leise or not (self.wartet_zu_lange or self.haengt or self.nur_fehler)

    @property
    def wartet_zu_lange(self) -> bool:
        return self.aeltester is not None and self.aeltester > (VIEL_ZU_LANGE if self.laeuft else ZU_LANGE)

    @property
    def haengt(self) -> bool:
        """What waits for its next try is not due: it would not be missed by the above for days."""
        return self.misslingt is not None and self.misslingt > HAENGT


@dataclass(frozen=True, kw_only=True)
class Terminstand:
    """`gelungen_am` and `gescheitert_am` are the last times, of which one may be None; `gescheitert_am` is that of a
    failure after which nothing went well yet, and `fehler` says what it was."""

    name: str
    naechster: datetime
    gelungen_am: datetime | None
    gescheitert_am: datetime | None
    fehler: str
    wird_versucht: bool

    @property
    def gut(self) -> bool:
        """Whether all is well; a failure that is tried again today does not count yet."""
        return not self.fehler or self.wird_versucht


@dataclass(frozen=True, kw_only=True)
class Zustand:
    lebenszeichen: Lebenszeichen
    schlangen: list[Schlange]
    termine: list[Terminstand]

    @property
    def gut(self) -> bool:
        return all(teil.gut for teil in (self.lebenszeichen, *self.schlangen, *self.termine))


def lies() -> Zustand:
    """The state of all work in the background: whether a worker is alive, the jobs by kind, the daily plans. A fixed
    number of queries: two, one for each kind of jobs and another where much of it fails, and one on PostgreSQL for its
    clock. None of them reads more rows than wait, run or failed lately."""
    jetzt = pacht.jetzt()
    gesehen = Arbeiter.objects.aggregate(zuletzt=Max("gesehen_am"))["zuletzt"]
    return Zustand(
        lebenszeichen=Lebenszeichen(vor=gesehen and jetzt - gesehen, noetig=settings.DRUCK_IM_HINTERGRUND),
        schlangen=[_schlange(art, jetzt) for art in arten() if art.name != termine.ART or settings.TERMINE],
        termine=[_terminstand(termin) for termin in Termin.objects.all()] if settings.TERMINE else [],
    )


def _schlange(art: Art, jetzt: datetime) -> Schlange:
    wartet, laeuft = Q(status=Status.WARTET), Q(status=Status.LAEUFT)
    gescheitert = Q(status=Status.GESCHEITERT, beendet_am__gt=jetzt - RUECKBLICK)
    zahlen = art.eigene.filter(Q(status__in=OFFEN) | gescheitert).aggregate(
        wartet=Count("pk", filter=wartet),
        faellig_seit=Min("ab", filter=wartet & Q(ab__lte=jetzt)),
        laeuft=Count("pk", filter=laeuft),
        gescheitert=Count("pk", filter=gescheitert),
        erster_fehler=Min("beendet_am", filter=gescheitert),
        misslingt_seit=Min("angelegt_am", filter=Q(status__in=OFFEN) & ~Q(fehler="")),
    )
    seit, misslingt_seit = zahlen.pop("faellig_seit"), zahlen.pop("misslingt_seit")
    erster = zahlen.pop("erster_fehler")
    if art.name == termine.ART:
        # Rows of plans are always open; of their failures `Terminstand` tells.
        misslingt_seit = None
    return Schlange(
        art=art.name,
        leise=art.leise,
        aeltester=seit and jetzt - seit,
        misslingt=misslingt_seit and jetzt - misslingt_seit,
        nur_fehler=zahlen["gescheitert"] >= NUR_FEHLER and not _gelang_seit(art, erster),
        **zahlen,
    )


def _gelang_seit(art: Art, zeitpunkt: datetime) -> bool:
    return art.eigene.filter(status=Status.FERTIG, beendet_am__gt=zeitpunkt).exists()


def _terminstand(termin: Termin) -> Terminstand:
    return Terminstand(
        name=termin.name,
        naechster=termin.ab,
        gelungen_am=termin.gelungen_am,
        gescheitert_am=termin.begonnen_am if termin.fehler else None,
        fehler=termin.fehler,
        wird_versucht=termin.versuche > 0,
    )
