"""Blocks written in the dialect, so that reading them gives the same blocks.

What the dialect has no words for (emphasis inside a word, a line break in a heading) becomes the nearest that it has;
no text is lost.
"""

import re
from collections.abc import Callable
from itertools import chain, groupby, product
from operator import attrgetter
from typing import NamedTuple

from msgspec import structs

from konzept.grenzen import VERSUCHE, VERSUCHE_JE_ZEICHEN

from .bloecke import Absatz, Block, Lauf, Liste, Punkt, Text, Texttabelle, Zwischentitel, klartext, stil, verschmolzen
from .lesen import lies
from .umfang import lesekosten

HOECHSTENS_STELLEN = 200
"""So many places of a paragraph are tried one by one; beyond that it keeps its text and loses its emphasis."""

_SATZZEICHEN = r"""!"#$%&'()*+,./:;<=>?@[\]^_`{|}~-"""
_ZEILENANFANG = re.compile(r"#{1,6}(?=\s|$)|[-+](?=\s|$)|[|:-](?=[|:\- ]*$)")
_NUMMER = re.compile(r"([0-9]{1,9})([.)])(?=\s|$)")
# Outside lists a number of three digits and more is no item; see `lesen`.
_KURZE_NUMMER = re.compile(r"([0-9]{1,2}|[0-9]{3,9}(?=[.)]$))([.)])(?=\s|$)")
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
    """The dialect for blocks. Never raises; `lies_text(schreibe(b)) == b` for every `b` that `lies_text` gives."""
    return _folge(bloecke, _Versuche(VERSUCHE + VERSUCHE_JE_ZEICHEN * _laenge(bloecke)), oben=True)


def _laenge(bloecke: Text) -> int:
    """The signs of all words."""
    zeilen: list[tuple[Lauf, ...]] = []
    tiefer = 0
    for block in bloecke:
        match block:
            case Liste(punkte=punkte):
                tiefer += sum(_laenge(punkt.bloecke) for punkt in punkte)
            case Texttabelle(kopf=kopf, zeilen=reihen):
                zeilen += chain(kopf, *reihen)
            case _:
                zeilen.append(block.laeufe)
    return tiefer + sum(len(lauf.text) for zeile in zeilen for lauf in zeile)


class _Versuche:
    """What trying may still cost in one text, in microseconds: each try reads a whole paragraph."""

    def __init__(self, mikrosekunden: int):
        self.mikrosekunden = mikrosekunden

    def reicht(self, probe: str) -> bool:
        self.mikrosekunden -= lesekosten(probe)
        return self.mikrosekunden >= 0


def _folge(bloecke: Text, versuche: _Versuche, oben: bool) -> str:
    teile: list[str] = []
    davor, zeichen = None, ""
    for block in bloecke:
        if davor is not None:
            teile.append("\n" if not oben and _schliesst_an(davor, block) else "\n\n")
        if isinstance(block, Liste):
            zeichen = _listenzeichen(block, davor, zeichen)
            teile.append(_liste(block, zeichen, versuche))
        else:
            teile.append(_block(block, versuche, oben))
        davor = block
    return "".join(teile)


def _schliesst_an(davor: Block, block: Block) -> bool:
    """Whether a list may follow a paragraph in the next line; others would read as part of it."""
    if not (isinstance(davor, Absatz) and isinstance(block, Liste)):
        return False
    return block.start in (None, 1) and bool(block.punkte[0].bloecke)


def _block(block: Block, versuche: _Versuche, oben: bool) -> str:
    match block:
        case Absatz(laeufe=laeufe):
            return _schreibe_laeufe(laeufe, _OBEN if oben else _ABSATZ, versuche)
        case Zwischentitel(laeufe=laeufe):
            return "#### " + _schreibe_laeufe(_einzeilig(laeufe), _TITEL, versuche)
        case Texttabelle(kopf=kopf, zeilen=zeilen):
            reihen = [
                [_schreibe_laeufe(_einzeilig(zelle), _ZELLE, versuche) for zelle in reihe] for reihe in (kopf, *zeilen)
            ]
            erste, *weitere = (f"| {' | '.join(reihe)} |" for reihe in reihen)
            return "\n".join([erste, "|" + "---|" * len(kopf), *weitere])


def _einzeilig(laeufe) -> tuple[Lauf, ...]:
    return tuple(structs.replace(lauf, text=lauf.text.replace("\n", " ")) for lauf in laeufe)


def _listenzeichen(liste: Liste, davor: Block | None, zeichen: str) -> str:
    """The sign of a list; another one than that of the list before it, where both would read as one."""
    if not isinstance(davor, Liste) or (davor.start is None) != (liste.start is None):
        return "-" if liste.start is None else "."
    if liste.start is None:
        return "*" if zeichen == "-" else "-"
    if liste.start == davor.start + len(davor.punkte):
        return ")" if zeichen == "." else "."
    return zeichen


def _liste(liste: Liste, zeichen: str, versuche: _Versuche) -> str:
    punkte = []
    for platz, punkt in enumerate(liste.punkte):
        marke = (zeichen if liste.start is None else f"{liste.start + platz}{zeichen}") + " "
        inhalt = _folge(punkt.bloecke, versuche, oben=False).replace("\n", "\n" + " " * len(marke))
        punkte.append(re.sub(r"^ +$", "", f"{marke}{inhalt}", flags=re.MULTILINE).rstrip())
    return "\n".join(punkte)


def _schreibe_laeufe(laeufe: tuple[Lauf, ...], ort: _Ort, versuche: _Versuche) -> str:
    """Runs as they are written at a place: the usual way if it reads as meant, else whatever does, or comes near."""
    laeufe = verschmolzen(laeufe)
    if not laeufe:
        return ""
    for meinung in (laeufe, verschmolzen(_geglaettet(laeufe))):
        if (text := _wie_ueblich(meinung, ort)) is not None:
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


def _abstufungen(stelle: tuple[Lauf, ...]):
    yield stelle
    yield tuple(structs.replace(lauf, kursiv=False) for lauf in stelle)
    yield tuple(structs.replace(lauf, kursiv=False, fett=False) for lauf in stelle)


def _schlicht(lauf: Lauf) -> Lauf:
    """A run without marks; the address of a link stands in brackets after its text."""
    adresse = f" ({lauf.ziel})" if lauf.ziel not in ("", lauf.text) else ""
    return Lauf(text=lauf.text + adresse)


def _geglaettet(laeufe: tuple[Lauf, ...]):
    """Runs with marks as the dialect likes them: emphasis on whole words, and on no white space at its edges."""
    text = klartext(laeufe)
    for merkmal in ("kursiv", "fett"):
        an = [getattr(lauf, merkmal) for lauf in laeufe for _ in lauf.text]
        for wort in _WORT.finditer(text) if merkmal == "kursiv" else ():
            if any(an[wort.start() : wort.end()]):
                an[wort.start() : wort.end()] = [True] * len(wort[0])
        for folge in (range(len(text)), range(len(text) - 1, -1, -1)):
            rand = True
            for i in folge:
                if an[i] and rand and text[i].isspace():
                    an[i] = False
                rand = not an[i]
        laeufe = [
            structs.replace(lauf, text=zeichen, **{merkmal: wert})
            for lauf, zeichen, wert in zip(
                (lauf for lauf in laeufe for _ in lauf.text), text, an, strict=True
            )
        ]
    return laeufe


def _zeile(laeufe: tuple[Lauf, ...], art: _Stil) -> str:
    return _umschlossen(laeufe, art.folge, {"kursiv": art.kursiv, "fett": art.fett})


def _umschlossen(laeufe, folge, zeichen) -> str:
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


def _zeilenanfaenge(text: str, nummer: re.Pattern) -> str:
    """Lines whose beginnings are text, and neither list, nor heading, nor table."""

    def anfang(zeile):
        if _ZEILENANFANG.match(zeile):
            return "\\" + zeile
        treffer = nummer.match(zeile)
        return f"{treffer[1]}\\{zeile[treffer.end(1) :]}" if treffer else zeile

    return "\n".join(map(anfang, text.split("\n")))


def _titelzeile(text: str) -> str:
    return re.sub(r"#+$", lambda ende: "\\#" * len(ende[0]), text)


_OBEN = _Ort(
    lambda text: _zeilenanfaenge(text, _KURZE_NUMMER),
    lambda text: text,
    lambda laeufe: (Absatz(laeufe=laeufe),) if laeufe else (),
)
_ABSATZ = _Ort(
    lambda text: _zeilenanfaenge(text, _NUMMER),
    lambda text: "- " + text.replace("\n", "\n  "),
    lambda laeufe: (Liste(punkte=(Punkt(bloecke=(Absatz(laeufe=laeufe),) if laeufe else ()),)),),
)
_TITEL = _Ort(
    _titelzeile,
    lambda text: "#### " + text,
    lambda laeufe: (Zwischentitel(laeufe=laeufe),) if laeufe else (),
)
_ZELLE = _Ort(
    lambda text: text.replace("|", r"\|"),
    lambda text: f"| {text} |\n|---|",
    lambda laeufe: (Texttabelle(kopf=(laeufe,), zeilen=()),),
)
