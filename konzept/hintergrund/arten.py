"""The kinds of jobs that there are: each app says for its own how they are done."""

import os
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, kw_only=True)
class Art:
    """How the rows of a model are done.

    `fuehre_aus` is the dotted path of a function that is called with a list of at most `stapel` rows and a
    `lauf.Lauf`. It runs in a process of its own, of which a worker has at most `plaetze` at once; after `dauer` seconds
    it is killed, and so is whatever it started, of which no process gets more than `speicher` bytes. What ends without
    a word (killed, the machine gone) is begun `versuche` times in all; None: again and again.
    `bereite_vor` is the dotted path of what a worker does once, so that not each of its processes has to.

    Where a model has rows of several kinds, `nur` is the method of its QuerySet that finds those of this one. What is
    `leise` nobody waits for: it is done where there is more than one core (see `wird_getan`), by processes of the
    lowest priority, begun only while nothing else runs, and the installation is well without it.
    """

    name: str
    modell: str
    fuehre_aus: str
    plaetze: int = 1
    stapel: int = 1
    dauer: int = 300
    speicher: int = 1_000_000_000
    versuche: int | None = 3
    bereite_vor: str = ""
    nur: str = ""
    leise: bool = False

    @property
    def zeilen(self):
        """All rows of the model, by which whatever was taken is found again."""
        return apps.get_model(self.modell)._default_manager

    @property
    def eigene(self):
        """The rows of this kind."""
        return getattr(self.zeilen, self.nur)() if self.nur else self.zeilen.all()

    @property
    def funktion(self):
        return import_string(self.fuehre_aus)

    def wird_getan(self) -> bool:
        """Whether a worker on this machine does it."""
        if not self.leise:
            return True
        return _kerne() > 1 if settings.VORAB is None else settings.VORAB

    def bereite_alles_vor(self) -> None:
        """What is imported or loaded before the fork, no process has to load again."""
        if self.bereite_vor:
            import_string(self.bereite_vor)()
        import_string(self.fuehre_aus)


def _kerne() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_arten: dict[str, Art] = {}


def melde_an(art: Art) -> None:
    """Register a kind of jobs; called in the `ready()` of the app that has it."""
    _arten[art.name] = art


def arten() -> list[Art]:
    return list(_arten.values())


def art(name: str) -> Art:
    return _arten[name]
