"""Pieces are typeset side by side; what one of them breaks names it, and no process is left."""

import os
import signal
import time
from pathlib import Path

import pytest

from konzept.satz import nebeneinander
from konzept.satz.nebeneinander import setze_nebeneinander
from konzept.satz.setzen import DruckFehler, SatzAbgebrochen, TeilUnsetzbar
from konzept.satz.stueck import Satzauftrag, Stueck


def auftrag(inhalt: str, name: str = "4.1 Sprache") -> Satzauftrag:
    return Satzauftrag(html=f'<html lang="de"><title>T</title><body>{inhalt}</body></html>', dateien={}, name=name)


def ersetzt(monkeypatch, setze) -> None:
    monkeypatch.setattr(nebeneinander, "setze_stueck", setze)


def kinder() -> set[str]:
    """The processes of this one, such as that of a validator that other tests have started."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


@pytest.fixture(autouse=True)
def nichts_bleibt():
    vorher = kinder()
    yield
    assert kinder() <= vorher


def test_each_comes_with_its_number_and_says_where_things_are():
    auftraege = [auftrag(f'<p id="a{i}">A</p><p id="b{i}" style="break-before: page">B</p>') for i in range(3)]
    gesetzt = dict(setze_nebeneinander(auftraege))
    assert sorted(gesetzt) == [0, 1, 2]
    for nummer, stueck in gesetzt.items():
        assert stueck.pdf.startswith(b"%PDF")
        assert stueck.seiten == ["", ""]
        assert stueck.ziele == {f"a{nummer}": 0, f"b{nummer}": 1}


def test_the_largest_is_begun_first_and_no_more_than_so_many_at_once(monkeypatch, tmp_path):
    def setze(auftrag):
        (tmp_path / f"{time.monotonic_ns()}-{len(auftrag.html)}-{os.getpid()}").touch()
        return Stueck(b"", [str(os.getpid())], {})

    ersetzt(monkeypatch, setze)
    auftraege = [auftrag("x" * laenge) for laenge in (5, 500, 50)]
    list(setze_nebeneinander(auftraege, 1))
    laengen = [int(ort.name.split("-")[1]) for ort in sorted(tmp_path.iterdir())]
    assert laengen == sorted(laengen, reverse=True)


def test_a_large_result_comes_whole(monkeypatch):
    ersetzt(monkeypatch, lambda _: Stueck(b"x" * 5_000_000, [], {}))
    assert [len(stueck.pdf) for _, stueck in setze_nebeneinander([auftrag("")] * 2)] == [5_000_000] * 2


def test_of_what_cannot_be_typeset_the_part_is_named(monkeypatch):
    def setze(auftrag):
        raise ZeroDivisionError

    ersetzt(monkeypatch, setze)
    with pytest.raises(TeilUnsetzbar, match=r"„4\.1 Sprache“"):
        list(setze_nebeneinander([auftrag("", "4.1 Sprache")]))


def test_what_is_missing_is_named():
    with pytest.raises(DruckFehler, match=r"static:css/fehlt\.css"):
        list(setze_nebeneinander([auftrag('<link rel="stylesheet" href="static:css/fehlt.css">')]))


def test_what_takes_too_much_memory_is_named(monkeypatch):
    monkeypatch.setattr(nebeneinander, "SPEICHER", 300_000_000)
    ersetzt(monkeypatch, lambda _: bytearray(400_000_000))
    with pytest.raises(TeilUnsetzbar, match=r"„4\.1 Sprache“ zu setzen brauchte mehr Arbeitsspeicher"):
        list(setze_nebeneinander([auftrag("")]))


def test_what_takes_too_long_is_named_and_ended(monkeypatch):
    monkeypatch.setattr(nebeneinander, "FRIST", 0.5)
    ersetzt(monkeypatch, lambda a: time.sleep(60 if a.name == "5 Wohnen" else 0) or Stueck(b"", [], {}))
    beginn = time.monotonic()
    with pytest.raises(TeilUnsetzbar, match="„5 Wohnen“ zu setzen dauerte länger"):
        list(setze_nebeneinander([auftrag(""), auftrag("länger", "5 Wohnen")]))
    assert time.monotonic() - beginn < 20


def test_where_a_process_is_killed_another_try_may_succeed(monkeypatch):
    ersetzt(monkeypatch, lambda _: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(SatzAbgebrochen, match=r"Sprache.*Mangel an Arbeitsspeicher"):
        list(setze_nebeneinander([auftrag("")]))


def test_who_stops_asking_leaves_no_process(monkeypatch):
    ersetzt(monkeypatch, lambda a: time.sleep(60 if a.name == "5" else 0) or Stueck(b"", [], {}))
    erstes = setze_nebeneinander([auftrag(""), auftrag("länger", "5")], 2)
    assert next(erstes)[0] == 0
    erstes.close()
