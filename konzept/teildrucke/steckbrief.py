"""A measure on a sheet of its own: what stands on it, as values, whoever draws them. A pure function of the tree."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import structs

from konzept.dokument import baum
from konzept.dokument.druckbild import gekuerzt
from konzept.dokument.indikatoren import in_worten
from konzept.dokument.schriftbreiten import breite
from konzept.dokument.tafeln.massnahmentabelle import (
    LANGER_SCHRITT,
    LESEZEICHEN,
    Worte,
    Zelle,
    Zellwort,
    akteure,
    zielname,
)
from konzept.fliesstext import Text
from konzept.heute import am

from .steckbriefkosten import Kostentafel, kosten_in_worten, kostenkachel, kostentafel, kostenzeitraum

NUMMERNSPALTE = 4.8
"""How many em of the title's type a number may be wide that stands beside the title; a wider one stands above it."""
LANGER_TITEL = 46.0
"""The same of a title that takes a smaller size."""
KACHELZEILE = 22
"""Signs of a name that stand side by side in the band of facts, roughly."""
KACHELZEILEN = 8
"""Lines up to which who is in charge stands in the band; what has more stands in a row, which may break."""


class Eingeordnet(baum.Knoten, kw_only=True):
    """A measure with the Handlungsfeld in which it stands (without what this holds), and the Leitziel above its
    Handlungsziel."""

    massnahme: baum.Massnahme
    feld: baum.Kapitel
    leitziel: baum.Verweis | None = None


def eingeordnete(dokument: baum.Dokument) -> Iterator[Eingeordnet]:
    """Every measure in reading order."""

    def steige(kapitel: baum.Kapitel, feld: baum.Kapitel | None, leitziele: dict[str, baum.Verweis]):
        if feld is None or kapitel.art == "handlungsfeld":
            feld, leitziele = kapitel, _leitziele(kapitel)
        kopf = structs.replace(feld, teile=(), kapitel=())
        for teil in kapitel.teile:
            if isinstance(teil, baum.Massnahmentabelle):
                for m in (m for abschnitt in teil.abschnitte for m in abschnitt.massnahmen):
                    yield Eingeordnet(massnahme=m, feld=kopf, leitziel=leitziele.get(m.ziel.anker) if m.ziel else None)
        for unter in kapitel.kapitel:
            yield from steige(unter, feld if feld.art == "handlungsfeld" else None, leitziele)

    for kapitel in dokument.kapitel:
        yield from steige(kapitel, None, {})


def _leitziele(feld: baum.Kapitel) -> dict[str, baum.Verweis]:
    """By the Anker of each Handlungsziel in a section: the Leitziel above it."""
    gefunden = {}
    for kapitel in (feld, *feld.kapitel):
        for teil in kapitel.teile:
            if isinstance(teil, baum.Zielbaum):
                for leitziel in teil.leitziele:
                    verweis = baum.Verweis(anker=leitziel.anker, nummer=leitziel.nummer, titel=leitziel.titel)
                    gefunden |= dict.fromkeys((ziel.anker for ziel in leitziel.handlungsziele), verweis)
    return gefunden


def mitwirkende(dokument: baum.Dokument) -> Iterator[baum.Mitwirkender]:
    """Those of whom the document says in a list what they are called."""
    for _, kapitel in dokument.alle_kapitel():
        for teil in kapitel.teile:
            if isinstance(teil, baum.Mitwirkende):
                yield from teil.eintraege


class Kachel(NamedTuple):
    """One of the facts in the band below the title."""

    titel: str
    zelle: Zelle


class Eintrag(NamedTuple):
    """A paragraph or item of a row; `anker` where links may lead to it."""

    zelle: Zelle
    anker: str = ""


class Schrittzeile(NamedTuple):
    """`lang`: whether it may break across pages."""

    anker: str
    schritt: Zelle
    zeitraum: str
    wer: Zelle
    lang: bool


class Schrittafel(NamedTuple):
    """The table of the steps; `mit_zeitraum` and `mit_akteuren` say which columns it has, since empty ones are left
    out."""

    zeilen: tuple[Schrittzeile, ...]
    mit_zeitraum: bool
    mit_akteuren: bool


class Reihe(NamedTuple):
    """A label and what stands beside it: some `eintraege`, then a table."""

    titel: str
    eintraege: tuple[Eintrag, ...] = ()
    schritte: Schrittafel | None = None
    kosten: Kostentafel | None = None
    namen: bool = False
    """Whether there are but names, which do not part at the end of a line."""

    @property
    def leer(self) -> bool:
        return not (self.eintraege or self.schritte or self.kosten)


class Steckbrief(NamedTuple):
    """`weg` leads to the measure from its Handlungsfeld; `lesezeichen` is what it is called where it goes on on the
    next page. `nummer_oben` and `klein` say how its title is set."""

    anker: str
    nummer: str
    titel: str
    feld: baum.Kapitel
    lesezeichen: str
    weg: tuple[str, ...]
    kacheln: tuple[Kachel, ...]
    reihen: tuple[Reihe, ...]
    nummer_oben: bool = False
    klein: bool = False


def steckbrief(
    e: Eingeordnet, dokument: baum.Dokument, tag: dt.date, namen: Mapping[str, str] | None = None
) -> Steckbrief:
    """The sheet of a measure as it was on a day; of `dokument` its validity and currency. `namen`: what Akteure are
    called, by their Kürzel. What is empty has no row."""
    m, namen = e.massnahme, namen or {}
    nummer = m.kennung or m.nummer
    return Steckbrief(
        anker=m.anker,
        nummer=nummer,
        titel=m.titel,
        feld=e.feld,
        lesezeichen=gekuerzt(f"{nummer} {m.titel}", LESEZEICHEN),
        weg=tuple(_weg(e)),
        kacheln=tuple(_kacheln(m, dokument, tag, namen)),
        reihen=tuple(reihe for reihe in _reihen(m, dokument, namen) if not reihe.leer),
        nummer_oben=breite(nummer) > NUMMERNSPALTE,
        klein=breite(m.titel) > LANGER_TITEL,
    )


def _weg(e: Eingeordnet) -> Iterator[str]:
    yield e.feld.ueberschrift
    if e.leitziel:
        yield _ganz(f"Leitziel {e.leitziel.nummer}".strip())
    if e.massnahme.ziel:
        yield _ganz(zielname(e.massnahme.ziel))


def _ganz(name: str) -> str:
    return name.replace(" ", "\u00a0")


def _kacheln(m: baum.Massnahme, dokument: baum.Dokument, tag: dt.date, namen: Mapping[str, str]) -> Iterator[Kachel]:
    yield Kachel(f"Stand am {am(tag)}", _zelle(_fett(m.stand)))
    ersatz = "siehe Schritte" if any(schritt.zeitraum for schritt in m.schritte) else ""
    yield Kachel("Zeitraum", _zelle(_fett(m.zeitraum) or _schlicht(ersatz)))
    yield Kachel("Federführung", _federfuehrung(m, namen))
    zeitraum = kostenzeitraum(m.kosten, dokument)
    yield Kachel(f"Kosten {zeitraum}".strip(), _zelle(kostenkachel(m.kosten, dokument)))


def _federfuehrung(m: baum.Massnahme, namen: Mapping[str, str]) -> Zelle:
    wer = [_mit_namen(b, namen) for b in m.beteiligte if b.federfuehrend]
    if _passen(wer):
        return _zelle(*wer)
    return _zelle(_schlicht("siehe unten"))


def _passen(wer: Sequence[Worte]) -> bool:
    """Whether names, each on lines of its own, have room in the band of facts."""
    laengen = (sum(len(stueck.text) for stueck in name) for name in wer)
    return sum(-(-laenge // KACHELZEILE) for laenge in laengen) <= KACHELZEILEN


def _reihen(m: baum.Massnahme, dokument: baum.Dokument, namen: Mapping[str, str]) -> Iterator[Reihe]:
    yield Reihe(f"Warum {m.stand}" if m.stand else "Begründung", _eintraege(_schlicht(m.begruendung)))
    if m.ziel:
        yield Reihe(zielname(m.ziel).split()[0], _eintraege(_schlicht(m.ziel.titel)))
    yield Reihe("Worum es geht", _texte(m.text))
    yield _schritte(m)
    fuehren = [b for b in m.beteiligte if b.federfuehrend]
    if not _passen([_mit_namen(b, namen) for b in fuehren]):
        yield Reihe("Federführung", _eintraege(_schlicht(", ".join(_voll(b.kurz, namen) for b in fuehren))), namen=True)
    weitere = [b for b in m.beteiligte if not b.federfuehrend]
    yield Reihe("Beteiligte", _eintraege(_schlicht(", ".join(_voll(b.kurz, namen) for b in weitere))), namen=True)
    yield Reihe("Zielgruppen", _eintraege(_schlicht(", ".join(m.zielgruppen))), namen=True)
    yield _kosten(m, dokument)
    yield Reihe(
        "Woran wir es messen", tuple(Eintrag(_zelle(_schlicht(in_worten(i))), i.anker) for i in m.indikatoren)
    )
    yield Reihe("Leitlinien", _eintraege(*map(_leitlinie, m.leitlinien)))
    yield Reihe("Priorität", _eintraege(_schlicht(m.prioritaet)))
    yield Reihe("Sachstand", tuple(map(_sachstand, m.sachstaende)))
    yield Reihe("Abkürzungen", _eintraege(_schlicht(_abkuerzungen(m, namen))), namen=True)


def _schritte(m: baum.Massnahme) -> Reihe:
    """A table, or a list where there is nothing but words in any of its rows."""
    tafel = Schrittafel(
        zeilen=tuple(
            Schrittzeile(
                anker=schritt.anker,
                schritt=_zelle((_nummer(schritt), Zellwort(text=schritt.text))),
                zeitraum=schritt.zeitraum,
                wer=Zelle(spalte="", zeilen=akteure(schritt.beteiligte)),
                lang=len(schritt.text) > LANGER_SCHRITT,
            )
            for schritt in m.schritte
        ),
        mit_zeitraum=any(schritt.zeitraum for schritt in m.schritte),
        mit_akteuren=m.hat_schrittbeteiligte,
    )
    if tafel.mit_zeitraum or tafel.mit_akteuren:
        return Reihe("Schritte", schritte=tafel)
    return Reihe("Schritte", tuple(Eintrag(zeile.schritt, zeile.anker) for zeile in tafel.zeilen))


def _nummer(schritt: baum.Schritt) -> Zellwort:
    return Zellwort(text=f"({schritt.nummer})", etikett=True, gesprochen=f"Schritt {schritt.nummer}: ")


def _kosten(m: baum.Massnahme, dokument: baum.Dokument) -> Reihe:
    offen = "Die Kosten sind noch offen." if m.kosten.offen else ""
    worte = kosten_in_worten(m.kosten, dokument)
    tafel = kostentafel(m.kosten, dokument) if m.kosten.positionen and not worte else None
    return Reihe("Kosten", _eintraege(*map(_schlicht, (offen, m.kosten.wortlaut, *worte))), kosten=tafel)


def _leitlinie(leitlinie: baum.Verweis) -> Worte:
    nummer = Zellwort(text=leitlinie.nummer, gesprochen=f"Leitlinie {leitlinie.nummer}: ")
    if not leitlinie.nummer:
        return (Zellwort(text=leitlinie.titel),)
    return (nummer, Zellwort(text=f"\u2002{leitlinie.titel}"))


def _sachstand(s: baum.Sachstand) -> Eintrag:
    wann = ", ".join(filter(None, (am(s.datum), s.von)))
    return Eintrag(Zelle(spalte="", zeilen=((Zellwort(text=wann, etikett=True),),), text=s.text))


def _abkuerzungen(m: baum.Massnahme, namen: Mapping[str, str]) -> str:
    """Those of the steps that are not said in full above; a name of which one is a part needs none."""
    gesagt = {b.kurz for b in m.beteiligte}
    kuerzel = dict.fromkeys(b.kurz for schritt in m.schritte for b in schritt.beteiligte)
    return ", ".join(_voll(kurz, namen) for kurz in kuerzel if kurz not in gesagt and kurz not in namen.get(kurz, kurz))


def _voll(kurz: str, namen: Mapping[str, str]) -> str:
    """ "33 Bürgerservice", "Jugendmigrationsdienst (JMD)"."""
    name = namen.get(kurz, "")
    if not name or name == kurz:
        return kurz
    if kurz in name:
        return name
    return f"{kurz} {name}" if kurz[0].isdigit() else f"{name} ({kurz})"


def _mit_namen(b: baum.Beteiligter, namen: Mapping[str, str]) -> Worte:
    """ "**FMI** Fachstelle Migration und Integration"."""
    name = namen.get(b.kurz, b.kurz)
    if b.kurz in name:
        return _fett(name)
    return (*_fett(b.kurz), Zellwort(text=f" {name}"))


def _fett(text: str) -> Worte:
    return (Zellwort(text=text, fett=True),) if text else ()


def _schlicht(text: str) -> Worte:
    return (Zellwort(text=text),) if text else ()


def _zelle(*zeilen: Worte) -> Zelle:
    zeilen = tuple(filter(None, zeilen))
    return Zelle(spalte="", zeilen=zeilen, leer=not zeilen)


def _eintraege(*zeilen: Worte) -> tuple[Eintrag, ...]:
    return tuple(Eintrag(_zelle(zeile)) for zeile in zeilen if zeile)


def _texte(text: Text) -> tuple[Eintrag, ...]:
    return (Eintrag(Zelle(spalte="", text=text)),) if text else ()


def namen_von(eintraege: Iterable[baum.Mitwirkender]) -> dict[str, str]:
    """What Akteure are called, by their Kürzel."""
    return {e.kurz: e.name for e in eintraege if e.name}
