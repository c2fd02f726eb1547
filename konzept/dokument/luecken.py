"""What is still missing in a document that is put together already, such as a frozen one: what the council will ask.

`konzept.werkbank.offen` says the same of the Arbeitsstand, with the way to each field.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from konzept.druckschriften import satz as zeichensatz
from konzept.models import Leitlinie
from massnahmen.hinweise import zu_akteuren
from massnahmen.kostenhinweise import satz_zu, satz_zum_wortlaut
from massnahmen.models import Umsetzungsstand
from massnahmen.platzhalter import ist_platzhalter

from . import baum
from .bau import LUECKE
from .fehlzeichen import fehlende_zeichen
from .formatzeichen import Formatzeichen, formatzeichen
from .posten import nur_in_worten
from .verweise import ToterVerweis, tote_verweise


class Luecke(NamedTuple):
    """What is missing, as a sentence, at the element `anker`, which the document calls `titel`."""

    anker: str
    titel: str
    satz: str


def leere_kapitel(dokument: baum.Dokument) -> Iterator[Luecke]:
    """What prints in place of the content of an Abschnitt, where there is none."""
    for _, kapitel in dokument.alle_kapitel():
        leer = [teil for teil in kapitel.teile if isinstance(teil, baum.Hinweis) and teil != LUECKE]
        if kapitel.art != "abschnitt" or not leer:
            continue
        allein = len(leer) == len(kapitel.teile) and not kapitel.kapitel
        was = "Das Kapitel ist leer" if allein else "Der gewählte Inhalt ist leer"
        for teil in leer:
            yield Luecke(
                kapitel.anker, f"Abschnitt „{kapitel.ueberschrift}“", f"{was}; im Druck steht nur: „{teil.text}“"
            )


def luecken(dokument: baum.Dokument) -> list[Luecke]:
    """Everything that can be seen to be missing in the document itself, in reading order by kind. No queries."""
    texte: list[ToterVerweis | Formatzeichen] = [*tote_verweise(dokument), *formatzeichen(dokument)]
    verweise = (*(Luecke(v.anker, f"„{v.titel}“", v.satz) for v in texte), *_zeichen(dokument))
    return [*_angaben(dokument), *leere_kapitel(dokument), *verweise, *_leitlinien(dokument), *_felder(dokument)]


def _zeichen(dokument: baum.Dokument) -> Iterator[Luecke]:
    """Signs that no font of the print has, one sentence for each element."""
    stellen = defaultdict(list)
    for fehlt in fehlende_zeichen(dokument):
        stellen[fehlt.anker, fehlt.stelle].append(fehlt)
    for (anker, stelle), funde in stellen.items():
        yield Luecke(anker, f"{stelle}: „{funde[0].auszug}“", zeichensatz([fund.zeichen for fund in funde]).rstrip("."))


def _angaben(dokument: baum.Dokument) -> Iterator[Luecke]:
    if not dokument.stand:
        yield Luecke("", dokument.titel, "Kein Stand angegeben")
    if not dokument.gueltig_ab:
        yield Luecke("", dokument.titel, "Kein Jahr, ab dem das Konzept gilt")


def _leitlinien(dokument: baum.Dokument) -> Iterator[Luecke]:
    vorschlag = Leitlinie.Status.VORSCHLAG.label
    for _, kapitel in dokument.alle_kapitel():
        for teil in kapitel.teile:
            for leitlinie in teil.eintraege if isinstance(teil, baum.Leitlinien) else ():
                if leitlinie.status == vorschlag:
                    titel = f"Leitlinie „{leitlinie.titel}“"
                    yield Luecke(leitlinie.anker, titel, "Noch ein Vorschlag, nicht beschlossen")


def _felder(dokument: baum.Dokument) -> Iterator[Luecke]:
    mehrfach = {kennung for kennung, anzahl in Counter(m.kennung for m in dokument.massnahmen()).items() if anzahl > 1}
    for _, kapitel in dokument.alle_kapitel():
        if kapitel.art != "handlungsfeld":
            continue
        teile = [teil for teil_kapitel in kapitel.kapitel for teil in teil_kapitel.teile]
        name = f"Handlungsfeld „{kapitel.ueberschrift}“"
        if not any(isinstance(teil, baum.Zielbaum) for teil in teile):
            yield Luecke(kapitel.anker, name, "Noch kein Ziel")
        massnahmen = [
            massnahme
            for teil in teile
            if isinstance(teil, baum.Massnahmentabelle)
            for abschnitt in teil.abschnitte
            for massnahme in abschnitt.massnahmen
        ]
        if not massnahmen:
            yield Luecke(kapitel.anker, name, "Noch keine Maßnahme")
        for massnahme in massnahmen:
            yield from _massnahme(massnahme, mehrfach)


def _massnahme(m: baum.Massnahme, mehrfach: set[str]) -> Iterator[Luecke]:
    saetze = [f"Die Nummer {m.kennung} ist doppelt"] if m.kennung in mehrfach else []
    if m.stand_schluessel != Umsetzungsstand.ENTFALLEN:
        beteiligte = [*m.beteiligte, *(b for schritt in m.schritte for b in schritt.beteiligte)]
        # In a tree there are no rows: an Akteur is known by its name alone.
        namen = ((b.kurz, ist_platzhalter(b.kurz)) for b in beteiligte)
        saetze += zu_akteuren(namen, [b.kurz for b in m.beteiligte], len(m.schritte))
        if not m.zeitraum:
            saetze.append("Kein Zeitraum")
        if m.kosten.leer:
            saetze.append("Keine Kosten und kein bewusstes „offen“")
        saetze += [satz_zu(p.angabe, p.grund) for p in m.kosten.positionen if p.grund]
        saetze += [f"„{p.angabe}“: {p.hinweis}" for p in m.kosten.positionen if p.hinweis]
        saetze += map(satz_zum_wortlaut, nur_in_worten(m.kosten))
        if not m.stand_schluessel:
            saetze.append("Kein Umsetzungsstand")
    for satz in saetze:
        yield Luecke(m.anker, f"Maßnahme {m.kennung} „{m.titel}“", satz)
