"""The PDFs of a Fassung: made once, in a process of their own, while the page says how far they are.

What is under way stands in the cache: a sign of life that the process renews and that runs out soon after it was
killed, and for a day that printing failed. A page that finds a PDF missing and nobody at work starts the process.
"""

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import PurePosixPath
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from konzept.dokument import bindung, pdf, ressourcen
from konzept.dokument.html import Ausfertigung

from .models import Ausgabe, AusgabeArt, Fassung, FassungArt

log = logging.getLogger(__name__)

ANLAUF = 60
"""Seconds within which a process that was started gives its first sign of life."""
TAKT, LEBENSZEICHEN = 5, 25
"""Seconds between two signs of life, and after how many without one the process counts as dead."""
FEHLER_BEHALTEN = 24 * 60 * 60


class Stand(NamedTuple):
    """How far a PDF is: `ausgabe` (without its bytes) once it is there, else whether somebody is at work on it since
    when, or whether it `gescheitert` (and is not tried again before somebody asks for it)."""

    art: AusgabeArt
    ausgabe: Ausgabe | None
    seit: datetime | None
    gescheitert: bool

    @property
    def offen(self) -> bool:
        """Whether it is still to come."""
        return self.ausgabe is None and not self.gescheitert


def staende(fassung: Fassung) -> list[Stand]:
    """The state of each PDF of a Fassung, in the order of AusgabeArt. Two queries."""
    fertig = {a.art: a for a in fassung.ausgaben.ohne_datei()}
    gemerkt = cache.get_many([_lauf(fassung.pk), *(_fehler(fassung.pk, art) for art in AusgabeArt)])
    return [
        Stand(art, fertig.get(art), gemerkt.get(_lauf(fassung.pk)), _fehler(fassung.pk, art) in gemerkt)
        for art in AusgabeArt
    ]


def stosse_an(fassung: Fassung) -> list[Stand]:
    """Start making what is missing once the transaction is through, unless somebody is at work on it or it failed;
    returns the `staende`. Where `settings.DRUCK_IM_HINTERGRUND` is off it is made at once."""
    stand = staende(fassung)
    offen = any(s.offen for s in stand)
    # Only one of several visitors gets the key.
    if offen and stand[0].seit is None and cache.add(_lauf(fassung.pk), timezone.now(), ANLAUF):
        transaction.on_commit(lambda: _starte(fassung.pk))
    return stand


def versuche_erneut(fassung: Fassung) -> None:
    """Forget what failed and start again."""
    cache.delete_many([_fehler(fassung.pk, art) for art in AusgabeArt])
    stosse_an(fassung)


def _lauf(pk: int) -> str:
    return f"fassungsdruck-{pk}"


def _fehler(pk: int, art: str) -> str:
    return f"fassungsdruck-{pk}-{art}-gescheitert"


def _starte(pk: int) -> None:
    if not settings.DRUCK_IM_HINTERGRUND:
        stelle_alle_her(pk)
        return
    prozess = subprocess.Popen(  # noqa: S603 - our own program, with a number
        [sys.executable, settings.BASE_DIR / "manage.py", "drucke_fassung", str(pk)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    # Waits for its end, so that no zombie is left; where the server ends first, the process goes on by itself.
    threading.Thread(target=prozess.wait, daemon=True).start()


def stelle_alle_her(pk: int) -> None:
    """Make the PDFs that a Fassung lacks; what fails is logged and remembered for the page."""
    fassung = Fassung.objects.get(pk=pk)
    try:
        for stand in staende(fassung):
            if stand.offen:
                stelle_her(fassung, stand.art)
    finally:
        cache.delete(_lauf(pk))


def stelle_her(fassung: Fassung, art: AusgabeArt) -> None:
    """Make one PDF. Where two are at it at once, the first to be ready counts."""
    try:
        inhalt = pdf.drucke(fassung.dokument, ausfertigung=ausfertigung(fassung, art))
    except Exception:  # whatever it was: the page has to say that there will be no PDF
        log.exception("The %s of Fassung %s cannot be made.", art, fassung.pk)
        cache.set(_fehler(fassung.pk, art), True, FEHLER_BEHALTEN)
        return
    seiten, _ = bindung.ziele(inhalt)
    with suppress(IntegrityError), transaction.atomic():
        Ausgabe.objects.create(fassung=fassung, art=art, datei=inhalt, seiten=seiten)


def ausfertigung(fassung: Fassung, art: str) -> Ausfertigung:
    """How a Fassung prints: an Entwurf marked as one, with a sheet for comments where the Randnummern are."""
    entwurf = fassung.art == FassungArt.ENTWURF
    mit_randnummern = art == AusgabeArt.RANDNUMMERN
    return Ausfertigung(
        marke=fassung.bezeichnung if entwurf else "",
        randnummern=mit_randnummern,
        bogen=entwurf and mit_randnummern,
        bilder=bilder(fassung),
    )


def bilder(fassung: Fassung) -> dict[str, tuple[str, bytes]]:
    """The pictures that were frozen with a Fassung, for `Ausfertigung.bilder`."""
    name = fassung.dokument.kommune.wappen
    typ = ressourcen.INHALTSTYPEN.get(PurePosixPath(name).suffix.lower())
    return {f"media:{name}": (typ, bytes(fassung.wappen))} if fassung.wappen and typ else {}


@contextmanager
def lebenszeichen(pk: int) -> Iterator[None]:
    """Let the pages know, as long as it lasts, that this process is at work on a Fassung."""
    seit, ende = cache.get(_lauf(pk)) or timezone.now(), threading.Event()

    def melde():
        while not ende.is_set():
            cache.set(_lauf(pk), seit, LEBENSZEICHEN)
            ende.wait(TAKT)
        connection.close()

    faden = threading.Thread(target=melde)
    faden.start()
    try:
        yield
    finally:
        ende.set()
        faden.join()
        cache.delete(_lauf(pk))
