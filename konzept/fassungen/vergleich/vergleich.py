"""What became of every element between two states of a document."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import structs

from konzept.dokument import baum
from konzept.dokument.baum import Lauf
from konzept.fliesstext.bloecke import Knoten

from .aenderungsmarken import ohne_marken
from .ankernamen import benenne_um, neue_namen, neuer_name
from .aufwand import begrenzt
from .felder import Feld, Zeile
from .gesehen import gesehen
from .vergleichsstellen import ABSATZ, Vergleichsstelle, stellen
from .wortvergleich import NEU, WEG, ganz, markiere_laeufe
from .zuordnung import ordne_zu, ruhende, vereine, verschraenke

MINDESTLAENGE = 40
"""Signs from which on the same paragraph in two places is no coincidence."""


class Wandel(StrEnum):
    """What can happen to an element; several may hold at once."""

    NEU = "neu"
    GEAENDERT = "geaendert"
    VERSCHOBEN = "verschoben"
    UMNUMMERIERT = "umnummeriert"
    ENTFALLEN = "entfallen"


class Feldaenderung(Knoten, kw_only=True):
    """The changed lines of a field, with marks (see `aenderungsmarken`); `name` is "" for the text of a paragraph.

    `luecken` says how many lines that did not change are left out before each of them, and in the end behind the last.
    """

    name: str
    zeilen: tuple[tuple[Lauf, ...], ...]
    luecken: tuple[int, ...] = ()

    @property
    def mit_luecken(self) -> Iterator[tuple[int, tuple[Lauf, ...]]]:
        """Each line with the number of those left out before it; what is left out behind the last has no line, ()."""
        luecken = self.luecken or (0,) * (len(self.zeilen) + 1)
        return zip(luecken, (*self.zeilen, ()), strict=True)


class Elementaenderung(Knoten, kw_only=True):
    """One element and what became of it.

    `anker` leads to its place in the new document, `anker_alt` in the old one: its own Anker, for a paragraph that of
    its Kapitel, "" where it is not there. `seite` is the Anker of the chapter or Handlungsfeld in whose list it stands,
    of the new document where it still is. `rn` and `rn_alt` are Randnummern, 0 for none; `nummer` and
    `nummer_alt` what the documents call it by, such as "4.1-3".
    """

    wandel: tuple[Wandel, ...]
    art: str
    seite: str
    anker: str = ""
    anker_alt: str = ""
    rn: int = 0
    rn_alt: int = 0
    nummer: str = ""
    nummer_alt: str = ""
    titel: str = ""
    ort: str = ""
    ort_alt: str = ""
    ort_anker: str = ""
    """Of the chapter with the heading above it, likewise of the new document where it still is."""
    anderswo: bool = False
    """Whether it stands below another heading now."""
    hinter: str = ""
    """Where it was moved: what stands before it now, "" at the beginning of its list."""
    felder: tuple[Feldaenderung, ...] = ()


class Vergleichsseite(Knoten, kw_only=True):
    """A chapter or Handlungsfeld and what changed on its page; `anker` is "" for the title page."""

    anker: str
    titel: str
    entfallen: bool
    aenderungen: tuple[Elementaenderung, ...]


class Vergleich(Knoten, kw_only=True):
    """Everything that differs, in the order of the new document, what was dropped at its old place in between."""

    seiten: tuple[Vergleichsseite, ...]
    grob: bool = False
    """Whether so much changed that elements stand as dropped and new which may only have changed (see `aufwand`)."""

    @property
    def aenderungen(self) -> tuple[Elementaenderung, ...]:
        return tuple(a for seite in self.seiten for a in seite.aenderungen)

    def anzahlen(self) -> dict[Wandel, int]:
        """How many elements each kind of change concerns; 0 where none."""
        return zaehle(self.aenderungen)

    def auswahl(self, wandel: Iterable[str] = (), seite: str | None = None) -> "Vergleich":
        """Only the changes of these kinds (of any where none is named) and of one page where one is named."""
        gefragt = set(wandel) or set(Wandel)
        seiten = (
            structs.replace(s, aenderungen=tuple(a for a in s.aenderungen if gefragt.intersection(a.wandel)))
            for s in self.seiten
            if seite is None or s.anker == seite
        )
        return structs.replace(self, seiten=tuple(s for s in seiten if s.aenderungen))


def zaehle(aenderungen: Iterable[Elementaenderung]) -> dict[Wandel, int]:
    zaehler = Counter(wandel for aenderung in aenderungen for wandel in aenderung.wandel)
    return {wandel: zaehler[wandel] for wandel in Wandel}


def vergleiche(alt: baum.Dokument, neu: baum.Dokument, vorgaenger: Mapping[str, str] | None = None) -> Vergleich:
    """What differs between two trees.

    Elements are the same where they bear the same Anker; between two concepts, where `vorgaenger` (new Anker: old
    Anker) or else kind and title say so (see `ankernamen.neue_namen`). Paragraphs are paired inside their Kapitel by
    their words. A Randnummer that counts on is no change, and of what follows a moved element only that one has moved.
    What a reader cannot tell apart is the same.
    """
    with begrenzt() as haushalt:
        seiten = tuple(_vergleiche(gesehen(alt), gesehen(neu), vorgaenger))
    return Vergleich(seiten=seiten, grob=haushalt.grob)


def _vergleiche(
    alt: baum.Dokument, neu: baum.Dokument, vorgaenger: Mapping[str, str] | None
) -> Iterator[Vergleichsseite]:
    namen = {} if vorgaenger is None else neue_namen(alt, neu, vorgaenger)
    alte, neue = list(stellen(benenne_um(alt, namen) if namen else alt)), list(stellen(neu))
    alt_von = _nach_namen(alte, neue)
    alt_von |= _absaetze(alte, neue)
    alt_von |= _versetzte_absaetze(alte, neue, alt_von)
    bewegt = _bewegt(alte, neue, alt_von)
    davor = _davor(neue)
    fruehere = {neuer: alter for alter, neuer in namen.items()}
    seiten: dict[str, list[Elementaenderung]] = {}
    for j, i in verschraenke(alt_von, len(alte), len(neue)):
        vorher, jetzt = alte[j] if j is not None else None, neue[i] if i is not None else None
        hinter = davor[i] if i in bewegt else None
        if aenderung := _aenderung(vorher, jetzt, hinter, fruehere):
            seiten.setdefault(aenderung.seite, []).append(aenderung)
    return _seiten(alte, neue, seiten)


def _nach_namen(alte: list[Vergleichsstelle], neue: list[Vergleichsstelle]) -> dict[int, int]:
    plaetze = {stelle.schluessel: j for j, stelle in enumerate(alte) if stelle.schluessel}
    return {i: plaetze[stelle.schluessel] for i, stelle in enumerate(neue) if stelle.schluessel in plaetze}


def _absaetze(alte: list[Vergleichsstelle], neue: list[Vergleichsstelle]) -> dict[int, int]:
    """The paragraphs of each Kapitel, each kind by itself."""
    gruppen: dict[tuple[str, str], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for welche, alle in enumerate((alte, neue)):
        for k, stelle in enumerate(alle):
            if stelle.art in ABSATZ:
                gruppen[stelle.oben, stelle.art][welche].append(k)
    alt_von = {}
    for in_alt, in_neu in gruppen.values():
        for j, i in ordne_zu([alte[j].text for j in in_alt], [neue[i].text for i in in_neu]):
            if i is not None and j is not None:
                alt_von[in_neu[i]] = in_alt[j]
    return alt_von


def _versetzte_absaetze(
    alte: list[Vergleichsstelle], neue: list[Vergleichsstelle], alt_von: dict[int, int]
) -> dict[int, int]:
    """Paragraphs that went, word for word, to another place."""
    vergeben = set(alt_von.values())

    def uebrige(alle: list[Vergleichsstelle], belegt: Container[int]) -> dict[tuple[str, str], list[int]]:
        nach_text = defaultdict(list)
        for k, stelle in enumerate(alle):
            if stelle.art in ABSATZ and k not in belegt and len(stelle.text) >= MINDESTLAENGE:
                nach_text[stelle.art, stelle.text].append(k)
        return nach_text

    weg = uebrige(alte, vergeben)
    return {
        plaetze[0]: weg[text][0]
        for text, plaetze in uebrige(neue, alt_von).items()
        if len(plaetze) == len(weg.get(text, ())) == 1
    }


def _bewegt(alte: list[Vergleichsstelle], neue: list[Vergleichsstelle], alt_von: dict[int, int]) -> set[int]:
    """The elements that stand elsewhere: in another place, or in another order, of which as few as possible."""
    bewegt, reihen = set(), defaultdict(list)
    for i, j in sorted(alt_von.items()):
        if alte[j].oben != neue[i].oben:
            bewegt.add(i)
        elif alte[j].reihe == neue[i].reihe:
            reihen[neue[i].reihe].append(i)
    for reihe in reihen.values():
        bleibend = ruhende([alt_von[i] for i in reihe])
        bewegt.update(i for platz, i in enumerate(reihe) if platz not in bleibend)
    return bewegt


def _davor(neue: list[Vergleichsstelle]) -> list[str]:
    """For each element what stands before it in its list."""
    davor: list[str] = []
    letzte: dict[str, str] = {}
    for stelle in neue:
        davor.append(letzte.get(stelle.reihe, ""))
        letzte[stelle.reihe] = f"{stelle.kennung} {stelle.titel}".strip()
    return davor


def _aenderung(
    alt: Vergleichsstelle | None, neu: Vergleichsstelle | None, hinter: str | None, fruehere: dict[str, str]
) -> Elementaenderung | None:
    """`hinter` is None for what was not moved."""
    felder = tuple(_felder(alt.felder if alt else (), neu.felder if neu else ()))
    wandel: tuple[Wandel, ...]
    if alt is None:
        wandel = (Wandel.NEU,)
    elif neu is None:
        wandel = (Wandel.ENTFALLEN,)
    else:
        gilt = {
            Wandel.GEAENDERT: felder,
            Wandel.VERSCHOBEN: hinter is not None,
            Wandel.UMNUMMERIERT: alt.nummer != neu.nummer,
        }
        wandel = tuple(art for art, ja in gilt.items() if ja)
    stelle = neu or alt
    if stelle is None or not wandel:
        return None
    return Elementaenderung(
        wandel=wandel,
        art=stelle.art,
        seite=stelle.seite,
        anker=neu.anker if neu else "",
        anker_alt=neuer_name(alt.anker, fruehere) if alt else "",
        rn=neu.rn if neu else 0,
        rn_alt=alt.rn if alt else 0,
        nummer=neu.kennung if neu else "",
        nummer_alt=alt.kennung if alt else "",
        titel=stelle.titel,
        ort=neu.ort if neu else "",
        ort_alt=alt.ort if alt else "",
        ort_anker=stelle.ort_anker,
        anderswo=bool(alt and neu and alt.ort_anker != neu.ort_anker),
        hinter=hinter or "",
        felder=felder,
    )


def _felder(alt: tuple[Feld, ...], neu: tuple[Feld, ...]) -> Iterator[Feldaenderung]:
    if alt == neu:
        return
    alte, neue = _nach_feldnamen(alt), _nach_feldnamen(neu)
    for name in vereine(list(alte), list(neue)):
        luecken = [0]
        zeilen: list[tuple[Lauf, ...]] = []
        for zeile in _zeilen(alte.get(name, ()), neue.get(name, ())):
            if zeile is None:
                luecken[-1] += 1
            else:
                zeilen.append(zeile)
                luecken.append(0)
        if zeilen:
            yield Feldaenderung(name=name, zeilen=tuple(zeilen), luecken=tuple(luecken) if any(luecken) else ())


def _nach_feldnamen(felder: tuple[Feld, ...]) -> dict[str, tuple[Zeile, ...]]:
    zeilen: dict[str, tuple[Zeile, ...]] = {}
    for feld in felder:
        zeilen[feld.name] = zeilen.get(feld.name, ()) + feld.zeilen
    return zeilen


def _zeilen(alt: tuple[Zeile, ...], neu: tuple[Zeile, ...]) -> Iterator[tuple[Lauf, ...] | None]:
    """The lines that differ, with marks; None for each that does not."""
    if alt == neu:
        return
    for j, i in verschraenke(_gepaarte_zeilen(alt, neu), len(alt), len(neu)):
        vorher = alt[j] if j is not None else None
        jetzt = neu[i] if i is not None else None
        if vorher and jetzt:
            anders = not jetzt.fest and vorher.laeufe != jetzt.laeufe
            yield _mit_vorsatz(jetzt, markiere_laeufe(vorher.laeufe, jetzt.laeufe)) if anders else None
        elif vorher:
            yield ganz(_mit_vorsatz(vorher, vorher.laeufe), WEG)
        elif jetzt:
            yield ganz(_mit_vorsatz(jetzt, jetzt.laeufe), NEU)


def _gepaarte_zeilen(alt: tuple[Zeile, ...], neu: tuple[Zeile, ...]) -> dict[int, int]:
    plaetze = {zeile.schluessel: j for j, zeile in enumerate(alt) if zeile.schluessel}
    alt_von = {i: plaetze[zeile.schluessel] for i, zeile in enumerate(neu) if zeile.schluessel in plaetze}
    offen_alt = [j for j, zeile in enumerate(alt) if not zeile.schluessel]
    offen_neu = [i for i, zeile in enumerate(neu) if not zeile.schluessel]
    paare = ordne_zu([alt[j].text for j in offen_alt], [neu[i].text for i in offen_neu], ab=0)
    return alt_von | {offen_neu[i]: offen_alt[j] for j, i in paare if i is not None and j is not None}


def _mit_vorsatz(zeile: Zeile, laeufe: tuple[Lauf, ...]) -> tuple[Lauf, ...]:
    return (Lauf(text=ohne_marken(zeile.vorsatz)), *laeufe) if zeile.vorsatz else laeufe


def _seiten(
    alte: list[Vergleichsstelle], neue: list[Vergleichsstelle], seiten: dict[str, list[Elementaenderung]]
) -> Iterator[Vergleichsseite]:
    namen_alt, namen_neu = (list(dict.fromkeys(stelle.seite for stelle in alle)) for alle in (alte, neue))
    titel = {s.schluessel: f"{s.nummer} {s.titel}".strip() for s in (*alte, *neue) if s.schluessel == s.seite}
    for anker in vereine(namen_alt, namen_neu):
        if anker in seiten:
            yield Vergleichsseite(
                anker=anker,
                titel=titel.get(anker, "Titelseite"),
                entfallen=anker not in namen_neu,
                aenderungen=tuple(seiten[anker]),
            )
