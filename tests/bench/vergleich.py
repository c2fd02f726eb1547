"""Comparing two drafts, and difflib over the same words as a baseline."""

import time
from difflib import SequenceMatcher
from itertools import count

from msgspec import structs

from konzept.austausch.grosses_beispiel import erzeuge
from konzept.dokument import baum
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.fassungen.vergleich.einarbeitung import markiert
from konzept.fassungen.vergleich.vergleich import vergleiche
from konzept.fassungen.vergleich.wortvergleich import STUECKE
from konzept.models import Konzept

ANZAHL = 1000


def vergleich(_groessen) -> None:
    """1000 measures, each with other words in every text, one in twenty dropped."""
    titel = f"Comparing two drafts, {ANZAHL} Maßnahmen, every text changed (goal: under 2 s)"
    print(f"\n{titel}\n{'-' * len(titel)}", flush=True)
    erzeuge(ANZAHL)
    alt = stelle_zusammen(Konzept.objects.mit_kommune().get(kommune__slug="grosses-beispiel"))
    neu = _veraendert(alt, count(1))
    paare = _textpaare(alt, neu)
    basis = _sekunden(lambda: [SequenceMatcher(None, a, n, autojunk=False).get_opcodes() for a, n in paare])
    print(f"difflib, words of {len(paare)} texts alone {basis:7.2f} s   baseline")
    for name, funktion in (
        ("list of changes", lambda: vergleiche(alt, neu)),
        ("changes in their place", lambda: markiert(alt, neu)),
        ("the same draft twice", lambda: vergleiche(alt, alt)),
    ):
        zeit = _sekunden(funktion)
        print(f"{name:32}  {zeit:7.2f} s   {zeit / basis:5.2f} × difflib", flush=True)


def _veraendert(knoten, zaehler):
    """Every longer text with two other words and one more; every twentieth measure missing."""
    if isinstance(knoten, tuple):
        return tuple(teil for teil in (_veraendert(teil, zaehler) for teil in knoten) if teil is not None)
    if isinstance(knoten, baum.Massnahme) and next(zaehler) % 20 == 0:
        return None
    if isinstance(knoten, baum.Lauf):
        worte = knoten.text.split(" ")
        if len(worte) > 6:
            worte[3:5] = ["ganz", "anders"]
            worte.insert(-2, "wirklich")
        return structs.replace(knoten, text=" ".join(worte))
    if isinstance(knoten, baum.Knoten):
        return type(knoten)(**{n: _veraendert(getattr(knoten, n), zaehler) for n in knoten.__struct_fields__})
    return knoten


def _textpaare(alt, neu) -> list[tuple[list[str], list[str]]]:
    """The texts of the measures that are in both, as words."""
    neue = {m.anker: m for m in neu.massnahmen()}
    return [
        (STUECKE.findall(_text(m)), STUECKE.findall(_text(neue[m.anker]))) for m in alt.massnahmen() if m.anker in neue
    ]


def _text(massnahme) -> str:
    return "\n".join(baum.texte(massnahme))


def _sekunden(funktion) -> float:
    """The best of three runs."""
    zeiten = []
    for _ in range(3):
        beginn = time.perf_counter()
        funktion()
        zeiten.append(time.perf_counter() - beginn)
    return min(zeiten)
