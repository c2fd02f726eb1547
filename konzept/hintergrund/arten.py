"""The kinds of jobs that there are: each app says for its own how they are done."""

from dataclasses import dataclass

from django.apps import apps
from django.utils.module_loading import import_string


@dataclass(frozen=True, kw_only=True)
class Art:
    """How the rows of a model are done.

    `fuehre_aus` is the dotted path of a function that is called with a list of at most `stapel` rows and a
    `lauf.Lauf`. It runs in a process of its own, of which a worker has at most `plaetze` at once; after `dauer` seconds
    it is killed, and so is whatever it started, of which no process gets more than `speicher` bytes. What ends without
    a word (killed, the machine gone) is begun `versuche` times in all; None: again and again.
    `bereite_vor` is the dotted path of what a worker does once, so that not each of its processes has to.
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

    @property
    def zeilen(self):
        return apps.get_model(self.modell)._default_manager

    @property
    def funktion(self):
        return import_string(self.fuehre_aus)

    def bereite_alles_vor(self) -> None:
        """What is imported or loaded before the fork, no process has to load again."""
        if self.bereite_vor:
            import_string(self.bereite_vor)()
        import_string(self.fuehre_aus)


_arten: dict[str, Art] = {}


def melde_an(art: Art) -> None:
    """For the `ready()` of an app."""
    _arten[art.name] = art


def arten() -> list[Art]:
    return list(_arten.values())


def art(name: str) -> Art:
    return _arten[name]
