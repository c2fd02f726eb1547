"""Blocks written in the dialect, so that reading them gives the same blocks.

What the dialect has no words for (emphasis inside a word, a line break in a heading) becomes the nearest that it has;
no text is lost.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, groupby, pairwise, product
from operator import attrgetter
from typing import NamedTuple

from msgspec import structs

from konzept.grenzen import VERSUCHE, VERSUCHE_JE_ZEICHEN

from .bloecke import Absatz, Block, Lauf, Liste, Punkt, Text, Texttabelle, Zwischentitel, klartext, stil, verschmolzen
from .lesen import lies
from .marken import beginnt_mit_monat, beginnt_mit_wort
from .titelzeile import titelzeile
from .umfang import lesekosten

HOECHSTENS_STELLEN = 200
"""So many places of a paragraph are tried one by one; beyond that it keeps its text and loses its emphasis."""

_SATZZEICHEN = r"""!"#$%&'()*+,./:;<=>?@[\]^_`{|}~-"""
_ZEILENANFANG = re.compile(r"#{1,6}(?=\s|$)|[-+](?=\s|$)|[|:-](?=[|:\- ]*$)")
_NUMMER = re.compile(r"([0-9]{1,9}|[a-zA-Z]{1,15}(?=\)))([.)])(?=\s|$)")
_ORDINAL = re.compile(r"^[ \t]*(?:[-*] |[0-9]{1,9}[.)] )*[0-9]{1,9}\.(?=\s|$)", re.MULTILINE)
_WORT = re.compile(r"[^\W_]+")


class _Stil(NamedTuple):
    """A way to write marks: the order in which they enclose each other, and their signs."""

    folge: tuple[str, ...]
    kursiv: str
    fett: str


_STILE = tuple(
    _Stil(folge, kursiv, fett)
    for fett, kursiv, folge in product(
        ("**", "__"),
        ("_", "*"),
        (
            ("ziel", "fett", "kursiv"),
            ("fett", "kursiv", "ziel"),
            ("fett", "ziel", "kursiv"),
            ("kursiv", "fett", "ziel"),
            ("kursiv", "ziel", "fett"),
            ("ziel", "kursiv", "fett"),
        ),
    )
)


class _Ort(NamedTuple):
    """A kind of place for runs: what their lines need there, how to read them for a try, what that has to give."""

    zeilen: Callable[[str], str]
    probe: Callable[[str], str]
    gelesen: Callable[[tuple[Lauf, ...]], Text]


def schreibe(bloecke: Text) -> str:
    """The dialect for blocks. Never raises; `lies_text(schreibe(b)) == b` for every `b` that `lies_text` gives.

    An ordinal at the beginning of a line has no backslash ("2. Sachstandsbericht"), where no list comes of it.
    """
    text = _folge(bloecke, _weise(bloecke, ordinal_bleibt=True))
    if _ORDINAL.search(text) and lies(text) != bloecke:
        return _folge(bloecke, _weise(bloecke, ordinal_bleibt=False))
    return text


def _weise(bloecke: Text, *, ordinal_bleibt: bool) -> "_Weise":
    versuche = _Versuche(VERSUCHE + VERSUCHE_JE_ZEICHEN * _laenge(bloecke))
    return _Weise(versuche, _oben(ordinal_bleibt), _im_punkt(ordinal_bleibt))


def _laenge(bloecke: Text) -> int:
    """The signs of all words."""
    zeilen: list[tuple[Lauf, ...]] = []
    tiefer = 0
    for block in bloecke:
        match block:
            case Liste(punkte=punkte):
                tiefer += sum(_laenge(punkt.bloecke) for punkt in punkte)
            case Texttabelle(titel=titel, kopf=kopf, zeilen=reihen):
                zeilen += chain((titel,), kopf, *reihen)
            case _:
                zeilen.append(block.laeufe)
    return tiefer + sum(len(lauf.text) for zeile in zeilen for lauf in zeile)


class _Versuche:
    """What trying may still cost in one text, in microseconds: each try reads a whole paragraph."""

    def __init__(self, mikrosekunden: int) -> None:
        self.mikrosekunden = mikrosekunden

    def reicht(self, probe: str) -> bool:
        self.mikrosekunden -= lesekosten(probe)
        return self.mikrosekunden >= 0


class _Weise(NamedTuple):
    """What writing of one text goes by: what trying may cost, and the places of its paragraphs."""

    versuche: _Versuche
    oben: _Ort
    im_punkt: _Ort


def _folge(bloecke: Text, weise: _Weise, oben: bool = True) -> str:
    teile: list[str] = []
    davor = None
    zeichen = _listenzeichen(bloecke)
    for block, sein_zeichen in zip(bloecke, zeichen, strict=True):
        if davor is not None:
            teile.append("\n" if not oben and _schliesst_an(davor, block) else "\n\n")
        teile.append(
            _liste(block, sein_zeichen, weise) if isinstance(block, Liste) else _block(block, weise, oben)
        )
        davor = block
    return "".join(teile)


def _schliesst_an(davor: Block, block: Block) -> bool:
    """Whether a list may follow a paragraph in the next line; others would read as part of it."""
    if not (isinstance(davor, Absatz) and isinstance(block, Liste)):
        return False
    return block.start in (None, 1) and bool(block.punkte[0].bloecke)


def _block(block: Absatz | Zwischentitel | Texttabelle, weise: _Weise, oben: bool) -> str:
    match block:
        case Absatz(laeufe=laeufe):
            return _schreibe_laeufe(laeufe, weise.oben if oben else weise.im_punkt, weise.versuche)
        case Zwischentitel(laeufe=laeufe):
            return "#### " + _schreibe_laeufe(_einzeilig(laeufe), _TITEL, weise.versuche)
        case Texttabelle():
            return _tabelle(block, weise.versuche)


def _tabelle(tabelle: Texttabelle, versuche: "_Versuche") -> str:
    reihen = [
        [_schreibe_laeufe(_einzeilig(zelle), _ZELLE, versuche) for zelle in reihe]
        for reihe in (tabelle.kopf, *tabelle.zeilen)
    ]
    erste, *weitere = (f"| {' | '.join(reihe)} |" for reihe in reihen)
    striche = (_STRICHE.get(wo, "---") for wo in tabelle.ausrichtung or [""] * len(tabelle.kopf))
    titel = _schreibe_laeufe(_einzeilig(tabelle.titel), _TITELZEILE, versuche)
    return "\n".join([*([titel] if titel else []), erste, f"|{'|'.join(striche)}|", *weitere])


def _einzeilig(laeufe: Iterable[Lauf]) -> tuple[Lauf, ...]:
    return tuple(structs.replace(lauf, text=lauf.text.replace("\n", " ")) for lauf in laeufe)


def _listenzeichen(bloecke: Text) -> list[str]:
    """For each block the sign of its items, "" for what is no list: another one than that of the list before it, where
    both would read as one, and a bracket where a full stop would read as a word."""
    zeichen = [""] * len(bloecke)
    for platz, (davor, block) in enumerate(pairwise((None, *bloecke))):
        if not isinstance(block, Liste):
            continue
        davor_zeichen = zeichen[platz - 1] if isinstance(davor, Liste) else ""
        if block.start is None:
            zeichen[platz] = "*" if davor_zeichen == "-" else "-"
        elif not _mit_punkt(block):
            zeichen[platz] = ")"
            _weiche_aus(bloecke, zeichen, platz)
        else:
            zeichen[platz] = ")" if davor_zeichen == "." and _zaehlt_weiter(davor, block) else "."
    return zeichen


def _weiche_aus(bloecke: Text, zeichen: list[str], platz: int) -> None:
    """Turn the signs of the lists before one that needs its bracket, as far as each would read as one with the next,
    and can be turned."""
    while platz and isinstance(davor := bloecke[platz - 1], Liste) and zeichen[platz - 1] == zeichen[platz]:
        if not _zaehlt_weiter(davor, bloecke[platz]):
            return
        platz -= 1
        if zeichen[platz] == ")" and not _mit_punkt(davor):
            return
        zeichen[platz] = "." if zeichen[platz] == ")" else ")"


def _zaehlt_weiter(davor: Block | None, block: Block) -> bool:
    if not (isinstance(davor, Liste) and isinstance(block, Liste)) or davor.start is None:
        return False
    return davor.zaehlung == block.zaehlung and block.start == davor.start + len(davor.punkte)


def _mit_punkt(liste: Liste) -> bool:
    """Whether "1." makes a list of it: see `marken`."""
    if liste.zaehlung:
        return False
    erster = liste.punkte[0].bloecke
    if len(liste.punkte) == 1 and len(erster) < 2 and all(isinstance(block, Absatz) for block in erster):
        return False
    return not any(_liest_sich_als_datum(punkt.bloecke[0]) for punkt in liste.punkte if punkt.bloecke)


def _liest_sich_als_datum(block: Block) -> bool:
    """Whether a block behind "1. " may make a date of it: "Mai", "- 5. Mai"."""
    match block:
        case Absatz(laeufe=laeufe):
            return beginnt_mit_monat(klartext(laeufe))
        case Liste(start=None, punkte=(Punkt(bloecke=(Absatz(laeufe=laeufe), *_)), *_)):
            return klartext(laeufe)[:1].isdecimal()
        case Liste(start=None, punkte=(Punkt(bloecke=(Liste(start=int(), zaehlung=""), *_)), *_)):
            return True
    return False


def _liste(liste: Liste, zeichen: str, weise: _Weise) -> str:
    punkte = []
    for platz, punkt in enumerate(liste.punkte):
        marke = f"{liste.zeichen(platz)[:-1]}{zeichen} "
        inhalt = _folge(punkt.bloecke, weise, oben=False).replace("\n", "\n" + " " * len(marke))
        punkte.append(re.sub(r"^ +$", "", f"{marke}{inhalt}", flags=re.MULTILINE).rstrip())
    return "\n".join(punkte)


def _schreibe_laeufe(laeufe: tuple[Lauf, ...], ort: _Ort, versuche: _Versuche) -> str:
    """Runs as they are written at a place: the usual way if it reads as meant, else whatever does, or comes near."""
    laeufe = verschmolzen(laeufe)
    if not laeufe:
        return ""
    for meinung in dict.fromkeys((laeufe, verschmolzen(_ohne_raender(laeufe)))):
        if (text := _wie_ueblich(meinung, ort)) is not None:
            return text
    for meinung in (laeufe, verschmolzen(_ohne_raender(_auf_ganze_worte(laeufe)))):
        if meinung is not laeufe and (text := _wie_ueblich(meinung, ort)) is not None:
            return text
        stellen = [tuple(gruppe) for _, gruppe in groupby(meinung, key=lambda lauf: any(stil(lauf)))]
        if len(stellen) > HOECHSTENS_STELLEN:
            continue
        if (text := _suche(stellen, ort, versuche, genau=meinung is laeufe)) is not None:
            return text
    return ort.zeilen(_zeile(tuple(map(_schlicht, laeufe)), _STILE[0]))


def _wie_ueblich(laeufe: tuple[Lauf, ...], ort: _Ort) -> str | None:
    text = ort.zeilen(_zeile(laeufe, _STILE[0]))
    return text if _ergibt(text, laeufe, ort) else None


def _ergibt(text: str, laeufe: tuple[Lauf, ...], ort: _Ort) -> bool:
    return lies(ort.probe(text)) == ort.gelesen(laeufe)


def _suche(stellen: list[tuple[Lauf, ...]], ort: _Ort, versuche: _Versuche, genau: bool) -> str | None:
    """Find a way of writing for each place, one after the other, the later ones without marks meanwhile.

    Where there is none: None if it has to be `genau`, else the place loses marks until there is one. None also where
    nothing is left of `versuche`.
    """
    stuecke = [(tuple(map(_schlicht, stelle)), _STILE[0]) for stelle in stellen]
    for platz, stelle in enumerate(stellen):
        if not any(map(any, map(stil, stelle))):
            continue
        for versuch in product((stelle,) if genau else _abstufungen(stelle), _STILE):
            probe = [*stuecke[:platz], versuch, *stuecke[platz + 1 :]]
            text = ort.zeilen("".join(_zeile(*stueck) for stueck in probe))
            if not versuche.reicht(text):
                return None
            if _ergibt(text, verschmolzen(chain.from_iterable(laeufe for laeufe, _ in probe)), ort):
                stuecke = probe
                break
        else:
            if genau:
                return None
    return ort.zeilen("".join(_zeile(*stueck) for stueck in stuecke))


def _abstufungen(stelle: tuple[Lauf, ...]) -> Iterator[tuple[Lauf, ...]]:
    yield stelle
    yield tuple(structs.replace(lauf, kursiv=False) for lauf in stelle)
    yield tuple(structs.replace(lauf, kursiv=False, fett=False) for lauf in stelle)


def _schlicht(lauf: Lauf) -> Lauf:
    """A run without marks; the address of a link stands in brackets after its text."""
    adresse = f" ({lauf.ziel})" if lauf.ziel not in ("", lauf.text) else ""
    return Lauf(text=lauf.text + adresse)


def _ohne_raender(laeufe: tuple[Lauf, ...]) -> tuple[Lauf, ...]:
    """Runs without emphasis and link on white space at their edges."""
    text = klartext(laeufe)
    for merkmal, ohne in (("kursiv", False), ("fett", False), ("ziel", "")):
        werte = [getattr(lauf, merkmal) for lauf in laeufe for _ in lauf.text]
        for richtung in (range(len(text)), range(len(text) - 1, -1, -1)):
            davor = ohne
            for i in richtung:
                if werte[i] != davor and text[i].isspace():
                    werte[i] = ohne
                davor = werte[i]
        laeufe = _mit(laeufe, merkmal, werte)
    return laeufe


def _auf_ganze_worte(laeufe: tuple[Lauf, ...]) -> tuple[Lauf, ...]:
    """Runs with emphasis on whole words only."""
    kursiv = [lauf.kursiv for lauf in laeufe for _ in lauf.text]
    for wort in _WORT.finditer(klartext(laeufe)):
        if any(kursiv[wort.start() : wort.end()]):
            kursiv[wort.start() : wort.end()] = [True] * len(wort[0])
    return _mit(laeufe, "kursiv", kursiv)


def _mit(laeufe: tuple[Lauf, ...], merkmal: str, werte: Sequence[object]) -> tuple[Lauf, ...]:
    """Runs of one sign each, with a value each."""
    zeichen = ((lauf, eins) for lauf in laeufe for eins in lauf.text)
    return tuple(
        structs.replace(lauf, text=eins, **{merkmal: wert}) for (lauf, eins), wert in zip(zeichen, werte, strict=True)
    )


def _zeile(laeufe: tuple[Lauf, ...], art: _Stil) -> str:
    return _umschlossen(laeufe, art.folge, {"kursiv": art.kursiv, "fett": art.fett})


def _umschlossen(laeufe: Iterable[Lauf], folge: Sequence[str], zeichen: dict[str, str]) -> str:
    if not folge:
        return "".join(_geschuetzt(lauf) for lauf in laeufe)
    merkmal, *innen = folge
    teile = []
    for wert, gruppe in groupby(laeufe, key=attrgetter(merkmal)):
        text = _umschlossen(list(gruppe), innen, zeichen)
        if merkmal == "ziel":
            teile.append(f"[{text}]({_adresse(wert)})" if wert else text)
        else:
            teile.append(f"{zeichen[merkmal]}{text}{zeichen[merkmal]}" if wert else text)
    return "".join(teile)


def _adresse(ziel: str) -> str:
    return f"<{ziel}>" if re.search(r"[()\\]", ziel) else ziel


def _geschuetzt(lauf: Lauf) -> str:
    """The text of a run with a backslash before each sign that would be markup there."""
    text, zeichen = lauf.text, []
    for i, z in enumerate(text):
        danach = text[i + 1 : i + 2]
        im_wort = text[max(i - 1, 0) : i].isalnum() and danach.isalnum()
        match z:
            case "\\":
                schuetzen = danach in ("", "\n") or danach in _SATZZEICHEN
            case "*" | "_":
                schuetzen = not im_wort
            case "[":
                schuetzen = bool(lauf.ziel)
            case "]":
                schuetzen = bool(lauf.ziel) or danach in ("", "(")
            case _:
                schuetzen = False
        zeichen.append("\\" + z if schuetzen else z)
    return "".join(zeichen)


def _zeilenanfaenge(text: str, *, ordinal_bleibt: bool) -> str:
    """Lines whose beginnings are text, and neither list, nor heading, nor table."""
    zeilen = text.split("\n")
    ordinal_bleibt = ordinal_bleibt and sum(1 for zeile in zeilen if _ORDINAL.match(zeile)) == 1

    def anfang(zeile: str) -> str:
        if _ZEILENANFANG.match(zeile):
            return "\\" + zeile
        treffer = _NUMMER.match(zeile)
        if not treffer:
            return zeile
        danach = zeile[treffer.end() :].strip()
        allein = ordinal_bleibt and not _ZEILENANFANG.match(danach) and not _NUMMER.match(danach)
        if beginnt_mit_wort(zeile) or (treffer[2] == "." and allein):
            return zeile
        return f"{treffer[1]}\\{zeile[treffer.end(1) :]}"

    return "\n".join(map(anfang, zeilen))


def _titelzeile(text: str) -> str:
    return re.sub(r"#+$", lambda ende: "\\#" * len(ende[0]), text)


def _oben(ordinal_bleibt: bool) -> _Ort:
    return _Ort(
        partial(_zeilenanfaenge, ordinal_bleibt=ordinal_bleibt),
        lambda text: text,
        lambda laeufe: (Absatz(laeufe=laeufe),) if laeufe else (),
    )


def _im_punkt(ordinal_bleibt: bool) -> _Ort:
    return _Ort(
        partial(_zeilenanfaenge, ordinal_bleibt=ordinal_bleibt),
        lambda text: "- " + text.replace("\n", "\n  "),
        lambda laeufe: (Liste(punkte=(Punkt(bloecke=(Absatz(laeufe=laeufe),) if laeufe else ()),)),),
    )


_TITEL = _Ort(
    _titelzeile,
    lambda text: "#### " + text,
    lambda laeufe: (Zwischentitel(laeufe=laeufe),) if laeufe else (),
)
_TITELZEILE = _Ort(
    lambda text: klartext(titelzeile((Lauf(text=text),))),
    lambda text: f"{text}\n| a |\n|---|",
    lambda laeufe: (Texttabelle(titel=laeufe, kopf=((Lauf(text="a"),),), zeilen=()),),
)
_STRICHE = {"links": ":---", "mitte": ":---:", "rechts": "---:"}
_ZELLE = _Ort(
    lambda text: text.replace("|", r"\|"),
    lambda text: f"| {text} |\n|---|",
    lambda laeufe: (Texttabelle(kopf=(laeufe,), zeilen=()),),
)
