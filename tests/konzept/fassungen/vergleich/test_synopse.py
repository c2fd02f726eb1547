"""The printed Synopse: valid, complete, and both sides where they belong."""

import subprocess
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from msgspec import structs

from konzept.dokument import baum
from konzept.fassungen.vergleich import ansichten
from konzept.fassungen.vergleich import druck as synopsendruck
from tests.konzept.vera import VARIANTEN

pytestmark = pytest.mark.django_db


@dataclass
class Stand:
    """A state without a row."""

    dokument: baum.Dokument
    titel: str
    schluessel: str = "1"
    konzept = SimpleNamespace(pk=1)
    fassung = True

    def adresse(self, anker, rn=0):
        return f"/{anker}/"


def drucke(alt: baum.Dokument, neu: baum.Dokument) -> bytes:
    gegenueber = ansichten.Gegenueber(Stand(alt, "Entwurf 1"), Stand(neu, "Entwurf 2"), druck=True)
    return synopsendruck.synopse(gegenueber)


def gelesen(pdf: bytes) -> str:
    lauf = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return lauf.stdout.decode()


@pytest.fixture(scope="module")
def staende(beispiel):
    """The first chapter and two Handlungsfelder of the example; then the chapter with other words and a sign that no
    font has, one field dropped, another one new."""
    vorwort = beispiel.kapitel[0]
    felder = [k for _, k in beispiel.alle_kapitel() if k.art == "handlungsfeld"][:3]
    anders = structs.replace(
        vorwort, titel="Vorwort 😀", teile=(*vorwort.teile[1:], baum.Absatz(rn=1, laeufe=(baum.Lauf(text="Neu."),)))
    )
    return (
        structs.replace(beispiel, kapitel=(vorwort, felder[0], felder[1])),
        structs.replace(beispiel, kapitel=(anders, felder[0], felder[2])),
    )


@pytest.fixture(scope="module")
def synopse(staende) -> bytes:
    return drucke(*staende)


def test_both_sides_stand_beside_each_other(mache):
    alt = mache.dokument(mache.feld(mache.massnahme(1, "Sprachcafé", zeitraum="bis 2018")))
    neu = mache.dokument(mache.feld(mache.massnahme(1, "Sprachcafé", zeitraum="ab 2019")))
    (zeile,) = (z for z in gelesen(drucke(alt, neu)).splitlines() if z.startswith("Zeitraum"))
    assert zeile.split() == ["Zeitraum", "bis", "2018", "ab", "2019"]


def test_same_states_same_bytes(mache):
    alt, neu = (mache.dokument(mache.feld(mache.massnahme(1, titel))) for titel in ("Café", "Chor"))
    assert drucke(alt, neu) == drucke(alt, neu)


def test_other_scripts_have_their_font(mache):
    alt, neu = (mache.dokument(mache.feld(mache.massnahme(1, titel))) for titel in ("Café", "Café ሰላም"))
    assert "ሰላም" in gelesen(drucke(alt, neu))


@pytest.mark.java
def test_the_synopse_is_valid(vera, synopse, mache, tmp_path):
    dateien = {name: tmp_path / f"{name}.pdf" for name in ("viel", "nichts")}
    dateien["viel"].write_bytes(synopse)
    dateien["nichts"].write_bytes(drucke(mache.dokument(), mache.dokument()))
    ergebnis = vera(*dateien.values())
    assert {(name, v): ergebnis[datei, v] for name, datei in dateien.items() for v in VARIANTEN} == {
        (name, v): [] for name in dateien for v in VARIANTEN
    }


def test_everything_that_changed_is_printed(staende, synopse):
    text = "".join(gelesen(synopse).split())
    massnahmen = {m.titel for m in staende[0].massnahmen()} ^ {m.titel for m in staende[1].massnahmen()}
    assert len(massnahmen) > 4
    assert [titel for titel in massnahmen if titel[:20].replace(" ", "") not in text] == []
