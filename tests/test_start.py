"""`make start`: server and background worker begin together and end together, and leave no process."""

import fcntl
import os
import pty
import re
import signal
import socket
import subprocess
import termios
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings

from tests import testdatenbank

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes in /proc")

FRIST = 60
"""Seconds that server and worker get to begin, on a busy machine."""


class Start:
    """The part of `make start` that stays, in a terminal of its own."""

    def __init__(self, daten: Path):
        testdatenbank.kopiere(daten / "konzeptwerk.sqlite3")
        with socket.socket() as frei:
            frei.bind(("127.0.0.1", 0))
            self.port = frei.getsockname()[1]
        rezept = ["make", "--dry-run", "--old-file=setup", "start", f"PORT={self.port}"]
        zeilen = subprocess.run(rezept, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True).stdout
        sauber = {n: w for n, w in os.environ.items() if not n.startswith(("KONZEPTWERK_", "DATABASE_URL", "DJANGO_"))}
        self.terminal, ende = pty.openpty()
        self.shell = subprocess.Popen(
            ["bash", "-euo", "pipefail", "-c", zeilen[zeilen.index("dienst=") :]],
            cwd=settings.BASE_DIR,
            env=sauber | {"KONZEPTWERK_DATA": str(daten)},
            stdin=ende,
            stdout=ende,
            stderr=ende,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(ende)
        os.set_blocking(self.terminal, False)
        self.ausgabe = ""

    def lies(self) -> None:
        with suppress(OSError):  # nothing there, or nobody who writes any more
            self.ausgabe += os.read(self.terminal, 100_000).decode(errors="replace")

    def prozesse(self) -> dict[int, str]:
        """All that came of it, with their command lines; what has ended and waits to be asked counts no more."""
        gefunden = {}
        for ordner in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                zustand, _, _, sitzung, *_ = (ordner / "stat").read_text().rpartition(") ")[2].split()
                if int(sitzung) == self.shell.pid and zustand != "Z":
                    gefunden[int(ordner.name)] = (ordner / "cmdline").read_text().replace("\0", " ")
        return gefunden

    def einer(self, befehl: str) -> list[int]:
        return sorted(pid for pid, zeile in self.prozesse().items() if f" {befehl}" in zeile and "bash" not in zeile)

    def antwortet(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/bereit", timeout=5) as antwort:
                return antwort.status == 200  # a worker lives, too
        except (OSError, urllib.error.URLError):
            return False

    def warte(self, bis, sekunden: float) -> None:
        ende = time.monotonic() + sekunden
        while not bis():
            self.lies()
            assert time.monotonic() < ende, f"{self.prozesse()}\n{self.ausgabe}"
            time.sleep(0.2)

    def endet(self) -> int:
        """The exit code, once no process is left."""
        self.warte(lambda: self.shell.poll() is not None and not self.prozesse(), 30)
        self.lies()
        return self.shell.returncode


@pytest.fixture
def start(tmp_path) -> Iterator[Start]:
    start = Start(tmp_path)
    try:
        start.warte(start.antwortet, FRIST)
        # One worker; a server with the child that it starts anew when a file changes.
        assert (len(start.einer("arbeite")), len(start.einer("runserver"))) == (1, 2)
        yield start
    finally:
        for pid in start.prozesse():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        start.shell.wait()
        os.close(start.terminal)


def test_control_c_ends_both(start):
    os.write(start.terminal, b"\x03")
    start.endet()
    assert "Traceback" not in start.ausgabe


def test_what_is_told_to_end_ends_both(start):
    start.shell.terminate()
    start.endet()


@pytest.mark.parametrize("wer", ["arbeite", "runserver"])
def test_none_of_the_two_goes_on_alone(start, wer):
    """Of the server its child is killed, which has the port."""
    os.kill(start.einer(wer)[-1], signal.SIGKILL)
    assert start.endet() == 1
    assert re.search("has ended, and the other ends with it", start.ausgabe)
