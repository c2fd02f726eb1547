"""What of a document concerns one who acts in it: the elements that name it, each with what of it matters to them.

Free of Django. What is left out of an element is said beside it.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

from msgspec import structs

from konzept.dokument import baum
from konzept.dokument.baum import Knoten
from konzept.dokument.druckbild import gekuerzt
from konzept.dokument.nennungen import AN_MASSNAHMEN, Nennung, Nennungsrolle, nennungen
from konzept.fliesstext import klartext
from konzept.schreibweise import namensschluessel

from .akteursworte import anzahl

KURZER_TEXT = 420
"""Signs of a description up to which it prints as it is: four or five lines."""
TITEL = {
    Nennungsrolle.FEDERFUEHRUNG: "Federführend",
    Nennungsrolle.BETEILIGUNG: "Beteiligt",
    Nennungsrolle.SCHRITT: "Einzelne Schritte",
    Nennungsrolle.ANGEBOT: "Angebote",
    Nennungsrolle.FOERDERUNG: "Geförderte Angebote",
    Nennungsrolle.GREMIUM: "Gremien und Netzwerke",
    Nennungsrolle.PROZESS: "Prozess",
    Nennungsrolle.ZAHLEN: "Zahlen",
}
SATZ = {Nennungsrolle.ZAHLEN: "Für diese Indikatoren ist der Name als Quelle genannt."}


class Teil(Knoten, kw_only=True):
    """What names it in one role; `satz` says what of that is left out."""

    titel: str
    satz: str = ""
    teil: baum.Teil


class Auszug(NamedTuple):
    """`zahlen` counts elements by role, each in one alone; `schritte` are the steps that name it. `gekuerzt`: whether a
    description was cut, `ohne`: whether indicators or Sachstände of measures were left out. `kuerzel` are the actors
    that the measures here name, where the document says who they are."""

    teile: tuple[Teil, ...]
    zahlen: dict[Nennungsrolle, int]
    schritte: int
    gekuerzt: bool
    ohne: bool
    kuerzel: tuple[baum.Mitwirkender, ...]


def ziehe_aus(dokument: baum.Dokument, kurz: str, name: str = "") -> Auszug:
    """What names an actor with this Kürzel and this full name. No queries."""
    gefunden = list(_gefunden(dokument, kurz, name))
    je_rolle = _je_rolle(gefunden)
    eigene = {n.anker for n in gefunden if n.rolle == Nennungsrolle.SCHRITT}
    teile = tuple(_teil(rolle, nennungen, eigene) for rolle, nennungen in je_rolle.items())
    massnahmen = [n.massnahme for rolle in AN_MASSNAHMEN for n in je_rolle.get(rolle, ())]
    texte = [_text_von(n.massnahme or n.knoten) for nennungen in je_rolle.values() for n in nennungen]
    return Auszug(
        teile=teile,
        zahlen={rolle: len(nennungen) for rolle, nennungen in je_rolle.items()},
        schritte=len(eigene),
        gekuerzt=any(kurztext(text) != text for text in texte),
        ohne=any(m.indikatoren or m.sachstaende for m in massnahmen),
        kuerzel=_kuerzel(dokument, teile),
    )


def _gefunden(dokument: baum.Dokument, kurz: str, name: str) -> Iterator[Nennung]:
    """Measures know an actor by its Kürzel, everything else by what somebody wrote."""
    kuerzel, worte = namensschluessel(kurz), {namensschluessel(wort) for wort in (kurz, name) if wort}
    for nennung in nennungen(dokument):
        wort = namensschluessel(nennung.wort)
        if wort == kuerzel if nennung.rolle in AN_MASSNAHMEN else wort in worte:
            yield nennung


def _je_rolle(gefunden: list[Nennung]) -> dict[Nennungsrolle, list[Nennung]]:
    """Each element once, in the first of its roles; a measure for all of its steps."""
    je_rolle, schon = {}, set()
    for rolle in Nennungsrolle:
        hiesige = [n for n in gefunden if n.rolle == rolle]
        for nennung in hiesige:
            element = nennung.massnahme.anker if rolle in AN_MASSNAHMEN else nennung.anker
            if element not in schon:
                schon.add(element)
                je_rolle.setdefault(rolle, []).append(nennung)
    return je_rolle


def _teil(rolle: Nennungsrolle, nennungen: list[Nennung], eigene: set[str]) -> Teil:
    bau: dict[Nennungsrolle, Callable] = {
        Nennungsrolle.ANGEBOT: lambda knoten: baum.Angebotsliste(angebote=knoten),
        Nennungsrolle.FOERDERUNG: lambda knoten: baum.Angebotsliste(angebote=knoten),
        Nennungsrolle.GREMIUM: lambda knoten: baum.Gremienliste(gremien=knoten),
        Nennungsrolle.PROZESS: lambda knoten: baum.Prozessliste(schritte=knoten),
        Nennungsrolle.ZAHLEN: lambda knoten: baum.Indikatorentabelle(indikatoren=knoten),
    }
    if rolle in bau:
        knoten = tuple(_mit_kurzem_text(n.knoten) for n in nennungen)
        return Teil(titel=TITEL[rolle], satz=SATZ.get(rolle, ""), teil=bau[rolle](knoten))
    abschnitte = tuple(
        baum.Tabellenabschnitt(
            titel=_feldname(feld),
            satz=feld.titel if feld and feld.nummer else "",
            massnahmen=tuple(_massnahme(n.massnahme, rolle, eigene) for n in hiesige),
        )
        for feld, hiesige in groupby(nennungen, key=lambda n: n.feld)
    )
    gezeigt = sum(len(m.schritte) for abschnitt in abschnitte for m in abschnitt.massnahmen)
    weg = sum(len(n.massnahme.schritte) for n in nennungen) - gezeigt
    return Teil(titel=TITEL[rolle], satz=_satz(rolle, weg), teil=baum.Massnahmentabelle(abschnitte=abschnitte))


def _feldname(feld: baum.Kapitel | None) -> str:
    if feld is None:
        return ""
    return f"Handlungsfeld {feld.nummer.rstrip('.')}" if feld.nummer else feld.titel


def _satz(rolle: Nennungsrolle, weg: int) -> str:
    """Which steps there are, where some are left out, and that costs are."""
    andere = f"; {anzahl(weg, 'ein anderer fehlt', '{} andere fehlen')}" if weg else ""
    if rolle == Nennungsrolle.BETEILIGUNG and weg:
        return f"Von den Schritten stehen hier die eigenen und die, bei denen niemand genannt ist{andere}."
    if rolle == Nennungsrolle.SCHRITT:
        return f"Von den Schritten stehen hier nur die eigenen{andere}. Die Kosten der ganzen Maßnahme fehlen."
    return ""


def _massnahme(m: baum.Massnahme, rolle: Nennungsrolle, eigene: set[str]) -> baum.Massnahme:
    """What of it matters to somebody in that role. Who is in charge sees every step."""
    gezeigt = {
        Nennungsrolle.FEDERFUEHRUNG: lambda schritt: True,
        Nennungsrolle.BETEILIGUNG: lambda schritt: schritt.anker in eigene or not schritt.beteiligte,
        Nennungsrolle.SCHRITT: lambda schritt: schritt.anker in eigene,
    }[rolle]
    return structs.replace(
        m,
        text=kurztext(m.text),
        schritte=tuple(filter(gezeigt, m.schritte)),
        kosten=baum.Kosten() if rolle == Nennungsrolle.SCHRITT else m.kosten,
        indikatoren=(),
        sachstaende=(),
    )


def _text_von(knoten: baum.Knoten) -> baum.Text:
    return knoten.aufgabe if isinstance(knoten, baum.Gremium) else getattr(knoten, "text", ())


def _mit_kurzem_text(knoten: baum.Knoten) -> baum.Knoten:
    text = _text_von(knoten)
    feld = "aufgabe" if isinstance(knoten, baum.Gremium) else "text"
    return structs.replace(knoten, **{feld: kurztext(text)}) if text else knoten


def kurztext(text: baum.Text) -> baum.Text:
    """A description, or the words of its beginning with an ellipsis where it is long."""
    worte = " ".join(zeile for block in text for zeile in _zeilen(block))
    if len(worte) <= KURZER_TEXT:
        return text
    return (baum.Absatz(laeufe=(baum.Lauf(text=_anfang(worte)),)),)


def _anfang(worte: str) -> str:
    """Whole sentences, where there are any of that length."""
    ende = max((treffer.end() for treffer in _SATZENDE.finditer(worte, 0, KURZER_TEXT)), default=0)
    return f"{worte[:ende]} …" if ende > KURZER_TEXT // 3 else gekuerzt(worte, KURZER_TEXT)


_SATZENDE = re.compile(r"(?<=[^\W\d]{3})[.!?](?= )")
"""Not behind a number or an abbreviation: "zum 1. Januar", "e. V."."""


def _zeilen(block) -> Iterator[str]:
    match block:
        case baum.Liste():
            for punkt in block.punkte:
                for darin in punkt.bloecke:
                    yield from _zeilen(darin)
        case baum.Texttabelle():
            yield from (klartext(zelle) for zeile in (block.kopf, *block.zeilen) for zelle in zeile)
        case _:
            yield klartext(block.laeufe)


def _kuerzel(dokument: baum.Dokument, teile: tuple[Teil, ...]) -> tuple[baum.Mitwirkender, ...]:
    """Who is meant by what stands below "Umsetzung durch"."""
    genannt = set()
    for teil in teile:
        if isinstance(teil.teil, baum.Massnahmentabelle):
            for m in (m for abschnitt in teil.teil.abschnitte for m in abschnitt.massnahmen):
                genannt |= {b.kurz for wer in (m, *m.schritte) for b in wer.beteiligte}
    alle = [
        eintrag
        for _, kapitel in dokument.alle_kapitel()
        for teil in kapitel.teile
        if isinstance(teil, baum.Mitwirkende)
        for eintrag in teil.eintraege
    ]
    return tuple(e for e in alle if e.kurz in genannt and e.name and e.name != e.kurz)
