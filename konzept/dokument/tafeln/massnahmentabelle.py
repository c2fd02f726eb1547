"""The table of measures as a value: what each of its cells says, whoever draws it.

The same cells make the table on the screen and in print; another form, such as a sheet for one measure, takes them as
label and value. Free of Django.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from msgspec import structs

from konzept.dokument import baum
from konzept.dokument.druckbild import gekuerzt, umfang
from konzept.dokument.indikatoren import in_worten
from konzept.dokument.zahlen import zahl
from konzept.fliesstext import Text
from konzept.fliesstext.bloecke import Knoten
from massnahmen import geld

from .spaltenbreiten import LANGE_ZEILE

SPALTEN = {
    "nummer": "Nr.",
    "massnahme": "Maßnahme",
    "zeitraum": "Zeitraum",
    "wer": "Umsetzung durch",
    "betrag": "Betrag",
}
ALLEIN = frozenset({"geplant", "idee"})
"""Keys of the states that have a section of their own; others share one, whose title does not tell them apart."""
MIT_TITEL = ("zeitraum", "wer", "betrag")
ZEICHEN = {"nummer": 8, "massnahme": 40, "zeitraum": 16, "wer": 19, "betrag": 15}
"""How many signs stand side by side in a column, roughly."""
LANGER_BETRAG = 3 * ZEICHEN["betrag"]
"""Signs of an amount in words from which on it takes the whole width."""
LANGER_SCHRITT = 600
"""Signs of a step from which on its words take the whole width, below its period and actors."""
LESEZEICHEN = 90
"""Signs of the name that a measure has among the bookmarks, and where it goes on on the next page."""
LANGER_TEIL = 40
"""Measures from which on what follows under a section head of its own begins on a new page, in a table of its own."""
NUMMERNBREITEN = (7, 11, 16)
"""Signs of the longest number up to which the column of the numbers has its first, second, … width. A longer one stands
above its title."""


class Zellwort(Knoten, kw_only=True):
    """Words within a line. `anker` is where they lead, and `beschreibung` says what is there; `etikett` marks them as
    the label of what follows; `gesprochen` is how a sign is read aloud."""

    text: str
    fett: bool = False
    etikett: bool = False
    gesprochen: str = ""
    anker: str = ""
    beschreibung: str = ""


Worte = tuple[Zellwort, ...]


class Zelle(Knoten, kw_only=True):
    """A cell from the column `spalte` on, `breite` columns wide: lines that the product composes, then what somebody
    wrote. `kopf` is "row" where it is the head of its row, "rowgroup" where it is that of the whole group. `leer` says
    that there could be something, and is not."""

    spalte: str
    breite: int = 1
    kopf: str = ""
    zeilen: tuple[Worte, ...] = ()
    text: Text = ()
    leer: bool = False

    @property
    def titelzelle(self) -> bool:
        """Whether it holds the title of a measure, in the row that does."""
        return self.spalte == "massnahme" or self.breite > 1

    @property
    def titel(self) -> str:
        """The head of its column, where a cell that stands by itself needs one."""
        return "" if self.kopf or self.spalte not in MIT_TITEL else SPALTEN[self.spalte]


class Zeile(Knoten, kw_only=True):
    """`art` is abschnitt, massnahme, text, schritt, schritttext, kosten, wortlaut, angaben, indikator or sachstand;
    `lang` whether it may break across pages."""

    art: str
    anker: str = ""
    zellen: tuple[Zelle, ...]
    lang: bool = False


class Gruppe(Knoten, kw_only=True):
    """The rows of a measure, or the one row that heads those that follow (then without Anker)."""

    anker: str = ""
    rn: int = 0
    titel: str = ""
    lesezeichen: str = ""
    zeilen: tuple[Zeile, ...]


class Spalte(Knoten, kw_only=True):
    schluessel: str
    titel: str


class Tabelle(Knoten, kw_only=True):
    """`nummernbreite` counts from 1: how wide the first column has to be."""

    spalten: tuple[Spalte, ...]
    gruppen: tuple[Gruppe, ...]
    nummernbreite: int = 1


def als_tabelle(teil: baum.Massnahmentabelle) -> Tabelle:
    """The rows of a measure are its title with period, actors and sum, its text, each step and each cost position with
    its own, and what else is said about it. A column in which nothing stands is left out."""
    massnahmen = [m for abschnitt in teil.abschnitte for m in abschnitt.massnahmen]
    spalten = _spalten(massnahmen)
    gruppen: list[Gruppe] = []
    for abschnitt in teil.abschnitte:
        ziel = _gemeinsames_ziel(abschnitt)
        if abschnitt.titel:
            gruppen.append(_kopfgruppe(abschnitt, ziel, len(spalten)))
        stand = _gesagter_stand(abschnitt)
        gruppen += [
            _gruppe(m, spalten, mit_ziel=ziel is None, mit_stand=m.stand != stand) for m in abschnitt.massnahmen
        ]
    laenge = max((len(_nummer(m)) for m in massnahmen if not _ist_lang(_nummer(m))), default=0)
    return Tabelle(
        spalten=tuple(Spalte(schluessel=s, titel=t) for s, t in spalten.items()),
        gruppen=tuple(gruppen),
        nummernbreite=1 + sum(laenge > breite for breite in NUMMERNBREITEN),
    )


def in_teilen(tabelle: Tabelle) -> tuple[Tabelle, ...]:
    """The same rows as tables of some twenty printed pages at least, each from a section head on: after so many, one
    begins on a page of its own. Nearly always that is one table."""
    gewichte = [bool(gruppe.anker) for gruppe in tabelle.gruppen]
    schnitte, seit = [0], 0
    for i, gruppe in enumerate(tabelle.gruppen):
        if not gruppe.anker and seit >= LANGER_TEIL and sum(gewichte[i:]) >= LANGER_TEIL // 2:
            schnitte.append(i)
            seit = 0
        seit += gewichte[i]
    grenzen = zip(schnitte, [*schnitte[1:], len(gewichte)], strict=True)
    return tuple(structs.replace(tabelle, gruppen=tabelle.gruppen[von:bis]) for von, bis in grenzen)


def _spalten(massnahmen: list[baum.Massnahme]) -> dict[str, str]:
    spalten = dict(SPALTEN)
    schritte = any(m.schritte for m in massnahmen)
    kosten = any(not m.kosten.leer for m in massnahmen)
    spalten["massnahme"] = ", ".join(["Maßnahme", *["Schritte"] * schritte, *["Kosten"] * kosten])
    if not any(m.zeitraum or any(s.zeitraum for s in m.schritte) for m in massnahmen) and not any(
        p.zeit for m in massnahmen for p in m.kosten.positionen
    ):
        del spalten["zeitraum"]
    if not any(m.beteiligte or m.hat_schrittbeteiligte for m in massnahmen):
        del spalten["wer"]
    if not any(m.kosten.offen or any(p.angabe for p in m.kosten.positionen) for m in massnahmen):
        del spalten["betrag"]
    return spalten


def _gemeinsames_ziel(abschnitt: baum.Tabellenabschnitt) -> baum.Verweis | None:
    """The goal by which a section is called: that of all its measures."""
    ziele = {m.ziel for m in abschnitt.massnahmen}
    ziel = next(iter(ziele)) if len(ziele) == 1 else None
    return ziel if ziel and abschnitt.titel == zielname(ziel) else None


def _gesagter_stand(abschnitt: baum.Tabellenabschnitt) -> str:
    """The Umsetzungsstand of all its measures where its title says it, such as "geplant"."""
    staende = {(m.stand, m.stand_schluessel) for m in abschnitt.massnahmen}
    stand, schluessel = next(iter(staende)) if len(staende) == 1 else ("", "")
    return stand if schluessel in ALLEIN and stand.lower() in abschnitt.titel.lower() else ""


def zielname(ziel: baum.Verweis) -> str:
    name = "Handlungsziel" if ziel.anker.startswith("handlungsziel-") else "Leitziel"
    return f"{name} {ziel.nummer}".strip()


def _kopfgruppe(abschnitt: baum.Tabellenabschnitt, ziel: baum.Verweis | None, breite: int) -> Gruppe:
    worte = [Zellwort(text=abschnitt.titel, fett=True, anker=ziel.anker if ziel else "")]
    if satz := abschnitt.satz or (ziel.titel if ziel else ""):
        worte.append(Zellwort(text=f" {satz}"))
    zelle = Zelle(spalte="nummer", breite=breite, kopf="rowgroup", zeilen=(tuple(worte),))
    return Gruppe(zeilen=(Zeile(art="abschnitt", zellen=(zelle,)),))


def _nummer(m: baum.Massnahme) -> str:
    return m.kennung or m.nummer


def _ist_lang(nummer: str) -> bool:
    return len(nummer) > NUMMERNBREITEN[-1]


def _gruppe(m: baum.Massnahme, spalten: dict[str, str], **mit: bool) -> Gruppe:
    return Gruppe(
        anker=m.anker,
        rn=m.rn,
        titel=m.titel,
        lesezeichen=gekuerzt(f"{_nummer(m)} {m.titel}", LESEZEICHEN),
        zeilen=tuple(_mit_hoehe(zeile) for zeile in _zeilen(m, spalten, **mit)),
    )


def _zeilen(m: baum.Massnahme, spalten: dict[str, str], mit_ziel: bool, mit_stand: bool) -> Iterator[Zeile]:
    def quer(art: str, *worte: Zellwort, text: Text = (), anker: str = "") -> Zeile:
        zelle = Zelle(spalte="nummer", breite=len(spalten), zeilen=(worte,) if worte else (), text=text)
        return Zeile(art=art, anker=anker, zellen=(zelle,))

    yield Zeile(art="massnahme", zellen=tuple(z for z in _kopfzellen(m) if z.spalte in spalten))
    if m.text:
        yield quer("text", text=m.text)
    for schritt in m.schritte:
        lang = len(schritt.text) > LANGER_SCHRITT
        yield Zeile(art="schritt", anker=schritt.anker, zellen=tuple(_schrittzellen(schritt, spalten, kurz=not lang)))
        if lang:
            yield quer("schritttext", Zellwort(text=schritt.text))
    for position in _mit_eigener_zeile(m.kosten):
        if passt(position.angabe):
            yield Zeile(art="kosten", zellen=tuple(_kostenzellen(position, spalten)))
        else:
            zeit = f" ({position.zeit})" if position.zeit else ""
            yield quer("kosten", Zellwort(text=f"{wofuer(position) or 'Kosten'}{zeit}: {position.angabe}"))
    if m.kosten.wortlaut:
        yield quer("wortlaut", Zellwort(text="Kosten", etikett=True), Zellwort(text=m.kosten.wortlaut))
    if m.begruendung:
        yield quer("angaben", Zellwort(text=m.stand, etikett=True), Zellwort(text=m.begruendung))
    if angaben := _angaben(m, mit_ziel, mit_stand and not m.begruendung):
        yield quer("angaben", *angaben)
    for i in m.indikatoren:
        yield quer("indikator", Zellwort(text="Indikator", etikett=True), Zellwort(text=in_worten(i)), anker=i.anker)
    for s in m.sachstaende:
        # In a comparison the date is a text already.
        tag = f"{s.datum:%d.%m.%Y}" if isinstance(s.datum, dt.date) else str(s.datum)
        wann = ", ".join(filter(None, (f"Sachstand {tag}", s.von)))
        yield quer("sachstand", Zellwort(text=wann, etikett=True), text=s.text)


def _kopfzellen(m: baum.Massnahme) -> Iterator[Zelle]:
    nummer = Zellwort(text=_nummer(m), gesprochen=f"Maßnahme {_nummer(m)}: ")
    titel = Zellwort(text=m.titel, fett=True)
    if _ist_lang(nummer.text):
        yield Zelle(spalte="nummer", breite=2, kopf="rowgroup", zeilen=((nummer,), (titel,)))
    else:
        yield Zelle(spalte="nummer", kopf="rowgroup", zeilen=((nummer,),))
        yield Zelle(spalte="massnahme", kopf="rowgroup", zeilen=((titel,),))
    zeit = m.zeitraum or any(s.zeitraum for s in m.schritte)
    yield Zelle(spalte="zeitraum", zeilen=_zeile(m.zeitraum), leer=not zeit)
    yield Zelle(spalte="wer", zeilen=akteure(m.beteiligte), leer=not (m.beteiligte or m.hat_schrittbeteiligte))
    yield Zelle(spalte="betrag", zeilen=_zeile(_betrag(m.kosten)), leer=m.kosten.leer)


def _zeile(text: str) -> tuple[Worte, ...]:
    return ((Zellwort(text=text),),) if text else ()


def akteure(beteiligte: Iterable[baum.Beteiligter]) -> tuple[Worte, ...]:
    """The Kürzel of those who take part as one cell, in their order, separated by commas; those in charge in bold. ()
    where there are none."""
    worte: list[Zellwort] = []
    for b in beteiligte:
        worte += [Zellwort(text=", ")] if worte else []
        worte.append(Zellwort(text=b.kurz, fett=b.federfuehrend))
    return (tuple(worte),) if worte else ()


def _schrittzellen(s: baum.Schritt, spalten: dict[str, str], kurz: bool) -> Iterator[Zelle]:
    nummer = Zellwort(text=f"({s.nummer})", etikett=True, gesprochen=f"Schritt {s.nummer}: ")
    worte = (nummer, Zellwort(text=s.text)) if kurz else (nummer,)
    yield Zelle(spalte="nummer", breite=2, kopf="row", zeilen=(worte,))
    yield from _weitere(spalten, zeitraum=_zeile(s.zeitraum), wer=akteure(s.beteiligte))


def _mit_eigener_zeile(kosten: baum.Kosten) -> tuple[baum.Kostenposition, ...]:
    """All positions, but for a single one that says no more than its amount: that stands beside the title."""
    if len(kosten.positionen) == 1:
        (einzige,) = kosten.positionen
        return kosten.positionen if _ausser_dem_betrag(einzige) or not passt(einzige.angabe) else ()
    return kosten.positionen


def passt(angabe: str) -> bool:
    """Whether a wording has room in the column of the amounts: no long one, and no number that fills more than a line
    with the unit that it never parts from."""
    stuecke = map(len, _ZAHL_MIT_EINHEIT.findall(angabe))
    return len(angabe) <= LANGER_BETRAG and max(stuecke, default=0) <= ZEICHEN["betrag"]


def betrag_und_wort(angabe: str) -> tuple[str, str]:
    """ ("36.500 €", "jährlich"); the whole and "" where nothing follows an amount."""
    teile = _BETRAG.fullmatch(angabe)
    return (teile[1], teile[2]) if teile else (angabe, "")


_BETRAG = re.compile(r"(.*\d.*(?:€|EUR|Euro|CHF|Franken)) (\S.*)", re.DOTALL)
_ZAHL_MIT_EINHEIT = re.compile(r"\d[\d.,']*(?:\s\S+)?")


def _ausser_dem_betrag(p: baum.Kostenposition) -> str:
    return wofuer(p) or p.zeit


def wofuer(p: baum.Kostenposition) -> str:
    """ "Personalkosten 0,5 VZÄ, Eigenmittel, Produkt 05.03.01"."""
    vze = "" if p.stellenanteil is None else f"{zahl(p.stellenanteil)}\u00a0VZÄ"
    woher = ": ".join(filter(None, (p.finanzierung, p.programm)))
    produkt = f"Produkt\u00a0{p.produkt}" if p.produkt else ""
    return ", ".join(filter(None, (" ".join(filter(None, (p.art, vze))), woher, produkt, p.haushalt)))


def _kostenzellen(p: baum.Kostenposition, spalten: dict[str, str]) -> Iterator[Zelle]:
    yield Zelle(spalte="nummer", breite=2, kopf="row", zeilen=_zeile(wofuer(p) or "Kosten"))
    yield from _weitere(spalten, zeitraum=_zeile(p.zeit), betrag=_zeile(p.angabe))


def _weitere(spalten: dict[str, str], **inhalt: tuple[Worte, ...]) -> Iterator[Zelle]:
    """The cells behind those of number and title."""
    for spalte in list(spalten)[2:]:
        yield Zelle(spalte=spalte, zeilen=inhalt.get(spalte, ()))


def _betrag(kosten: baum.Kosten) -> str:
    """What stands beside the title: the sum of the positions, where there is one that says all."""
    if len(kosten.positionen) == 1 and not _mit_eigener_zeile(kosten):
        return kosten.positionen[0].angabe
    if not kosten.positionen:
        return "offen" if kosten.offen and not kosten.wortlaut else ""
    return _summe(kosten.positionen)


def _summe(positionen: tuple[baum.Kostenposition, ...]) -> str:
    """ "164.000 €"; "" where an amount does not count, or only in part, or two budgets would be added."""
    if any(p.grund or p.gekuerzt for p in positionen) or len({p.haushalt_schluessel for p in positionen}) > 1:
        return ""
    betraege = [anteil.betrag for p in positionen for anteil in p.anteile]
    if not betraege:
        return ""
    waehrungen = {_waehrung(p.angabe) for p in positionen} - {""}
    return geld.betrag_in(sum(betraege, Decimal()), *waehrungen) if len(waehrungen) == 1 else ""


def _waehrung(angabe: str) -> str:
    try:
        return geld.lies(angabe).waehrung
    except geld.GeldFehler:
        return ""


def _angaben(m: baum.Massnahme, mit_ziel: bool, mit_stand: bool) -> list[Zellwort]:
    """ "Stand: geplant · Handlungsziel 1.2 · Priorität hoch · Zielgruppen: Eltern, Kinder · Leitlinien: 2, 7"."""
    angaben: list[list[Zellwort]] = []
    if m.stand and mit_stand:
        angaben.append([Zellwort(text=f"Stand: {m.stand}")])
    if m.ziel and mit_ziel:
        name = zielname(m.ziel)
        angaben.append([Zellwort(text=name, anker=m.ziel.anker, beschreibung=f"{name}: {m.ziel.titel}")])
    if m.prioritaet:
        angaben.append([Zellwort(text=f"Priorität {m.prioritaet}")])
    if m.zielgruppen:
        angaben.append([Zellwort(text=f"Zielgruppen: {', '.join(m.zielgruppen)}")])
    if m.leitlinien:
        links = [
            Zellwort(text=ll.nummer, anker=ll.anker, beschreibung=f"Leitlinie {ll.nummer}: {ll.titel}")
            for ll in m.leitlinien
        ]
        angaben.append([Zellwort(text="Leitlinien:\u00a0"), *_getrennt(links)])
    return [stueck for i, teil in enumerate(angaben) for stueck in ([Zellwort(text=" · ")] if i else []) + teil]


def _getrennt(stuecke: list[Zellwort]) -> Iterator[Zellwort]:
    """With commas; the last one is never alone on a line."""
    for i, stueck in enumerate(stuecke):
        if i:
            yield Zellwort(text=",\u00a0" if i == len(stuecke) - 1 else ", ")
        yield stueck


def _mit_hoehe(zeile: Zeile) -> Zeile:
    return structs.replace(zeile, lang=max(map(_hoehe, zeile.zellen)) > LANGE_ZEILE)


def _hoehe(zelle: Zelle) -> float:
    """Lines, roughly."""
    alle = list(ZEICHEN)
    ab = alle.index(zelle.spalte)
    breite = sum(ZEICHEN[spalte] for spalte in alle[ab : ab + zelle.breite])
    zeilen = sum(1 + sum(len(stueck.text) for stueck in zeile) / breite for zeile in zelle.zeilen)
    return zeilen + umfang(zelle.text) / breite
