"""What a reader sees of an element, as fields with names and lines: for lists of changes and the Synopse."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import singledispatch
from itertools import chain
from typing import TypeVar

from konzept.dokument import baum
from konzept.dokument.baum import Lauf
from konzept.dokument.zahlen import zahl
from konzept.fliesstext.bloecke import Block, Knoten, Punkt, Text, aus_zeilen, klartext, verschmolzen, zeilen_von
from konzept.fliesstext.marken import beginnt_mit_monat
from massnahmen.geld import betrag_in

K = TypeVar("K", bound=Knoten)


class Zeile(Knoten, kw_only=True):
    """A paragraph, an item, a row of a table, or a single value.

    `schluessel` pairs it with its counterpart in the same field, wherever that stands; without one, order and words
    tell. `vorsatz` stands before it and does not count ("(2)" moves on with every step inserted above). `fest` says
    that it only names something whose own changes are told elsewhere: with the same key it is the same line.
    """

    laeufe: tuple[Lauf, ...]
    vorsatz: str = ""
    schluessel: str = ""
    fest: bool = False

    @property
    def text(self) -> str:
        return "".join(lauf.text for lauf in self.laeufe)


class Feld(Knoten, kw_only=True):
    name: str
    zeilen: tuple[Zeile, ...]


@singledispatch
def felder(knoten: object) -> Iterator[Feld]:
    """The fields of an element or part in reading order; empty ones are left out where they are compared."""
    raise TypeError(f"No fields are known of {type(knoten).__name__}")


_GEZAEHLT = re.compile(r"(?:\d{1,9}[.)]|[a-zA-Z]{1,3}\)) ")


def wie_gezaehlt(block: K) -> Iterator[K | baum.Absatz]:
    """A part, or what of a numbered list looks like lines as those lines: "8. Februar 2016" was frozen as a list once,
    and "a) …" as lines. Both states of a comparison come through here."""
    match block:
        case baum.Liste(start=int(), punkte=punkte) if all(map(_ist_zeile, punkte)) and _liest_sich_anders(block):
            for platz, punkt in enumerate(punkte):
                laeufe = verschmolzen((Lauf(text=f"{block.zeichen(platz)} "), *_erste_zeile(punkt)))
                yield from wie_gezaehlt(baum.Absatz(rn=block.rn, laeufe=laeufe))
        case baum.Absatz(laeufe=laeufe):
            gruppen: list[list[tuple[Lauf, ...]]] = [[]]
            for zeile in zeilen_von(laeufe):
                if gruppen[-1] and _GEZAEHLT.match(klartext(zeile)):
                    gruppen.append([])
                gruppen[-1].append(zeile)
            if len(gruppen) == 1:
                yield block
            else:
                yield from (baum.Absatz(rn=block.rn, laeufe=aus_zeilen(gruppe)) for gruppe in gruppen)
        case _:
            yield block


def _ist_zeile(punkt: Punkt) -> bool:
    return len(punkt.bloecke) == 1 and isinstance(punkt.bloecke[0], baum.Absatz)


def _erste_zeile(punkt: Punkt) -> tuple[Lauf, ...]:
    return next((block.laeufe for block in punkt.bloecke if isinstance(block, baum.Absatz)), ())


def _liest_sich_anders(liste: baum.Liste) -> bool:
    """Whether what was typed for it was read otherwise once, or is now."""
    if liste.zaehlung or len(liste.punkte) == 1:
        return True
    return any(beginnt_mit_monat(klartext(_erste_zeile(punkt))) for punkt in liste.punkte)


def bloecke(text: Text, davor: str = "") -> Iterator[Zeile]:
    """A rich text as lines; what stands inside a list is set off by `davor`."""
    for block in chain.from_iterable(map(wie_gezaehlt, text)):
        match block:
            case baum.Absatz() | baum.Zwischentitel():
                yield Zeile(laeufe=block.laeufe, vorsatz=davor)
            case baum.Liste():
                for platz, punkt in enumerate(block.punkte):
                    zeichen = f"{block.zeichen(platz) or '–'} "
                    for i, zeile in enumerate(bloecke(punkt.bloecke, "" if not davor else "  ")):
                        vorsatz = davor + (zeichen if i == 0 else "  ") + zeile.vorsatz
                        yield Zeile(laeufe=zeile.laeufe, vorsatz=vorsatz)
            case baum.Texttabelle():
                if block.titel:
                    yield Zeile(laeufe=block.titel, vorsatz=davor)
                for zellen in (block.kopf, *block.zeilen):
                    yield Zeile(laeufe=_nebeneinander(zellen), vorsatz=davor)


def _nebeneinander(zellen: Iterable[tuple[Lauf, ...]]) -> tuple[Lauf, ...]:
    laeufe: list[Lauf] = []
    for i, zelle in enumerate(zellen):
        laeufe += [Lauf(text=" | ")] * (i > 0) + list(zelle)
    return tuple(laeufe)


def _zeile(text: str, *, vorsatz: str = "", schluessel: str = "", fest: bool = False) -> Zeile:
    return Zeile(laeufe=(Lauf(text=text),), vorsatz=vorsatz, schluessel=schluessel, fest=fest)


def _feld(name: str, *texte: str) -> Feld:
    return Feld(name=name, zeilen=tuple(_zeile(text) for text in texte if text))


def _text(name: str, text: Text) -> Feld:
    return Feld(name=name, zeilen=tuple(bloecke(text)))


def _verweise(name: str, *ziele: baum.Verweis | None) -> Feld:
    zeilen = (
        _zeile(f"{ziel.nummer} {ziel.titel}".strip(), schluessel=ziel.anker, fest=True) for ziel in ziele if ziel
    )
    return Feld(name=name, zeilen=tuple(zeilen))


def _beteiligte(beteiligte: Iterable[baum.Beteiligter]) -> tuple[Lauf, ...]:
    laeufe: list[Lauf] = []
    for b in beteiligte:
        laeufe += [Lauf(text=", ")] * bool(laeufe) + [Lauf(text=b.kurz, fett=b.federfuehrend)]
    return tuple(laeufe)


@felder.register
def _(d: baum.Dokument) -> Iterator[Feld]:
    yield _feld("Titel", d.titel)
    yield _feld("Untertitel", d.untertitel)
    yield _feld("Kommune", d.kommune.name)
    yield _feld("Herausgegeben von", d.herausgeber)
    yield _feld("Anlass", d.anlass)
    yield _feld("Stand", f"{d.stand:%d.%m.%Y}" if d.stand else "")
    yield _feld("Gültig", d.gueltigkeit)


@felder.register
def _(k: baum.Kapitel) -> Iterator[Feld]:
    yield _feld("Überschrift", k.titel)
    yield _feld("Kurztitel", k.kurz)


@felder.register(baum.Absatz)
@felder.register(baum.Zwischentitel)
@felder.register(baum.Liste)
@felder.register(baum.Texttabelle)
def _(block: Block) -> Iterator[Feld]:
    yield _text("", (block,))


@felder.register
def _(h: baum.Hinweis) -> Iterator[Feld]:
    yield _feld("", h.text)


@felder.register
def _(g: baum.Gremienzeile) -> Iterator[Feld]:
    yield _feld("", ", ".join(g.namen))


@felder.register
def _(ll: baum.Leitlinie) -> Iterator[Feld]:
    yield _feld("Leitlinie", ll.titel)
    yield _text("Text", ll.text)
    yield _feld("Status", ll.status)
    for gruppe in ll.fragen:
        yield _feld(f"Fragen an: {gruppe.gremium}" if gruppe.gremium else "Leitfragen", *gruppe.fragen)


@felder.register
def _(s: baum.Prozessschritt) -> Iterator[Feld]:
    yield _feld("Titel", s.titel)
    yield _feld("Art", s.art)
    yield _feld("Wann", *s.termine)
    yield _text("Text", s.text)
    yield _feld("Teilnehmende", "" if s.teilnehmende is None else str(s.teilnehmende))
    yield _feld("Gruppen", *s.gruppen)


@felder.register
def _(g: baum.Gremium) -> Iterator[Feld]:
    yield _feld("Name", g.name)
    yield _feld("Art", g.art)
    yield _feld("Takt", g.takt)
    yield _text("Aufgabe", g.aufgabe)
    yield _verweise("Handlungsfelder", *g.felder)
    yield _feld("Netzwerkmanagement", *g.tandem)
    yield _feld("Mitglieder", *(f"{m.name} ({m.funktion})" if m.funktion else m.name for m in g.mitglieder))


def matrixzeile(z: baum.Matrixzeile, spalten: tuple[baum.Verweis, ...]) -> Iterator[Feld]:
    """A row of the matrix: what it says to each column that it concerns."""
    yield _feld("Querschnittsaufgabe", z.titel)
    yield Feld(
        name="Bezug zu Handlungsfeldern",
        zeilen=tuple(
            _zeile(zelle.text or "betrifft", vorsatz=f"{spalte.titel}: ", schluessel=spalte.anker or spalte.titel)
            for zelle, spalte in zip(z.zellen, spalten, strict=True)
            if zelle.betrifft or zelle.text
        ),
    )
    yield _text("Text", z.text)


def _messwert(m: baum.Messwert) -> str:
    return "".join(
        (zahl(m.wert), ", Bruch in der Zeitreihe" if m.bruch else "", f" ({m.anmerkung})" if m.anmerkung else "")
    )


def _wert(wert: Decimal | str | None, jahr: int | str | None) -> str:
    return "" if wert is None else f"{zahl(wert)} ({jahr})" if jahr else zahl(wert)


@felder.register
def _(i: baum.Indikator) -> Iterator[Feld]:
    yield _feld("Indikator", i.titel)
    yield _feld("Einheit", i.einheit)
    yield _feld("Definition", i.definition)
    yield Feld(
        name="Messwerte",
        zeilen=tuple(_zeile(_messwert(m), vorsatz=f"{m.jahr}: ", schluessel=str(m.jahr)) for m in i.messwerte),
    )
    yield _feld("Ausgangswert", _wert(i.ausgangswert, i.ausgangsjahr))
    yield _feld("Zielwert", _wert(i.zielwert, i.zieljahr))
    yield _verweise("Handlungsfeld", i.feld)
    yield _feld("Quelle", i.quelle)


def _indikatoren(indikatoren: Iterable[baum.Indikator]) -> Feld:
    """Those of a goal or measure, each in a line."""

    def satz(i: baum.Indikator) -> str:
        teile = [f"{i.titel} ({i.einheit})" if i.einheit else i.titel]
        for name, text in (
            ("Ausgangswert", _wert(i.ausgangswert, i.ausgangsjahr)),
            ("Zielwert", _wert(i.zielwert, i.zieljahr)),
            ("gemessen", ", ".join(f"{m.jahr}: {_messwert(m)}" for m in i.messwerte)),
            ("Definition", i.definition),
            ("Quelle", i.quelle),
        ):
            teile += [f"{name}: {text}"] if text else []
        return "; ".join(teile)

    return Feld(name="Indikatoren", zeilen=tuple(_zeile(satz(i)) for i in indikatoren))


@felder.register(baum.Leitziel)
@felder.register(baum.Handlungsziel)
def _(z: baum.Leitziel | baum.Handlungsziel) -> Iterator[Feld]:
    yield _feld("Ziel", z.titel)
    yield _text("Text", z.text)
    yield _indikatoren(z.indikatoren)


@felder.register
def _(m: baum.Massnahme) -> Iterator[Feld]:
    yield _feld("Titel", m.titel)
    yield _text("Beschreibung", m.text)
    yield Feld(name="Schritte", zeilen=tuple(map(_schritt, m.schritte)))
    yield _feld("Zeitraum", m.zeitraum)
    wortlaut = m.kosten.wortlaut or ("offen" if m.kosten.offen else "")
    yield _feld("Kosten", *map(_position, m.kosten.positionen), wortlaut)
    yield Feld(name="Umsetzung durch", zeilen=(Zeile(laeufe=_beteiligte(m.beteiligte)),) if m.beteiligte else ())
    yield _feld("Umsetzungsstand", m.stand)
    yield _feld("Begründung", m.begruendung)
    yield _feld("Priorität", m.prioritaet)
    yield _verweise("Ziel", m.ziel)
    yield _feld("Zielgruppen", ", ".join(m.zielgruppen))
    yield _verweise("Leitlinien", *m.leitlinien)
    yield _indikatoren(m.indikatoren)
    for s in m.sachstaende:
        yield _text(f"Sachstand {s.datum:%d.%m.%Y}" + (f", {s.von}" if s.von else ""), s.text)


def _schritt(s: baum.Schritt) -> Zeile:
    laeufe = [Lauf(text=s.text)]
    laeufe += [Lauf(text=f" – {s.zeitraum}")] * bool(s.zeitraum)
    if s.beteiligte:
        laeufe += [Lauf(text="; Umsetzung durch "), *_beteiligte(s.beteiligte)]
    return Zeile(laeufe=tuple(laeufe), vorsatz=f"({s.nummer}) ")


def _position(p: baum.Kostenposition) -> str:
    vzae = "" if p.stellenanteil is None else f"{zahl(p.stellenanteil)} VZÄ"
    satz = ", ".join(filter(None, (p.angabe, vzae))) + (f" ({p.zeit})" if p.zeit else "")
    mittel = ": ".join(filter(None, (p.finanzierung, p.programm)))
    produkt = ", ".join(filter(None, (p.art, p.produkt and f"Produkt {p.produkt}", p.haushalt)))
    return "; ".join(filter(None, (satz.strip(), mittel, produkt)))


@felder.register
def _(a: baum.Angebot) -> Iterator[Feld]:
    yield _feld("Titel", a.titel)
    yield _text("Text", a.text)
    yield _feld("Seit", a.seit)
    yield _feld("Anbieter", ", ".join(a.anbieter))
    yield _feld("Zielgruppen", ", ".join(a.zielgruppen))
    yield _verweise("Handlungsfeld", a.feld)
    yield _feld("Förderung", *(", ".join(filter(None, (f.geber, f.programm, f.angabe))) for f in a.foerderungen))


@felder.register
def _(m: baum.Mitwirkende) -> Iterator[Feld]:
    zeilen = (
        _zeile(", ".join(filter(None, (e.name or e.kurz, e.art))), vorsatz=f"{e.kurz}: ", schluessel=e.kurz)
        for e in m.eintraege
    )
    yield Feld(name="Mitwirkende", zeilen=tuple(zeilen))


@felder.register
def _(u: baum.Kostenuebersicht) -> Iterator[Feld]:
    for sicht in u.sichten:
        davor = f"{sicht.haushalt}: " if sicht.haushalt else ""
        for name, zeilen in (("Handlungsfeldern", sicht.felder), ("Finanzierung", sicht.mittel)):
            yield Feld(name=f"{davor}Kosten nach {name}", zeilen=tuple(_kostenzeile(z, u) for z in zeilen))
        yield Feld(name=f"{davor}Summe", zeilen=(_kostenzeile(sicht.summe, u),))


def _kostenzeile(z: baum.Kostenzeile, u: baum.Kostenuebersicht) -> Zeile:
    betraege = [f"{kopf}: {betrag_in(b, u.waehrung)}" for kopf, b in zip(u.spalten, z.betraege, strict=True) if b]
    summe = f"Summe: {betrag_in(z.summe, u.waehrung)}"
    return _zeile("; ".join([*betraege, summe]), vorsatz=f"{z.titel}: ", schluessel=z.anker or z.titel)


@felder.register
def _(p: baum.Zeitplan) -> Iterator[Feld]:
    for feld in p.felder:
        yield Feld(
            name=f"Zeitplan {feld.feld.titel}",
            zeilen=tuple(
                _zeile(
                    z.vermerk
                    or ", ".join(str(jahr) for jahr, laeuft in zip(p.jahre, z.laeuft, strict=True) if laeuft)
                    or "ohne Balken",
                    vorsatz=f"{z.massnahme.nummer} {z.massnahme.titel}: ",
                    schluessel=z.massnahme.anker,
                )
                for z in feld.zeilen
            ),
        )
