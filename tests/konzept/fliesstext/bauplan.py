"""Rich texts as trees, made of all that the dialect allows and of what only an editor or a paste brings."""

from hypothesis import strategies as st
from msgspec import structs

from konzept.fliesstext import Absatz, Lauf, Liste, Punkt, Texttabelle, Zwischentitel
from konzept.fliesstext.bloecke import AUSRICHTUNGEN
from konzept.fliesstext.zaehlung import ZAEHLUNGEN

WOERTER = st.sampled_from(
    [
        *("Wort", "Bürger*innen", "Kolleg_innen", "8.", "2. Quartal", "8. Februar", "Februar", "Mai 2016", "1. Mai"),
        *("a)", "b)", "i)", "(1)", "3)", "2016.", "1999)", "12", "1.250 €", "§ 5", "z. B.", "#", "####", "-", "+"),
        *("*", "**", "_", "|", "\\", "`x`", "~~", "[1]", "[", "](", "!", "<b>", "&amp;", "=", "---", "|-|", ":-:"),
        *("[Tabelle: x]", "[Tabelle:", "https://a.example/b", "Straße", "„ja“", "–", "•", "½", "m²", "Şahin", "Игорь"),
    ]
)
TEXT = st.lists(WOERTER, min_size=1, max_size=4).map(" ".join)
ADRESSEN = ("https://a.example/", "https://a.example/b_(c)?d=e&f", "mailto:b@a.example", "#oben")
ZIELE = st.sampled_from(["", "", "", "", *ADRESSEN])
STARTS = st.sampled_from([None, None, 1, 1, 0, 2, 8, 9, 31, 99, 100, 2016, 999_999_990])


def _lauf(umbruch: bool):
    text = st.lists(TEXT, min_size=1, max_size=2).map("\n".join) if umbruch else TEXT
    return st.builds(Lauf, text=text, fett=st.booleans(), kursiv=st.booleans(), ziel=ZIELE)


@st.composite
def _laeufe(draw, umbruch: bool = True):
    """Runs that touch, or have a space or a break between them."""
    laeufe = draw(st.lists(_lauf(umbruch), min_size=1, max_size=4))
    abstaende = [draw(st.sampled_from([" ", " ", "", "\n"] if umbruch else [" ", ""])) for _ in laeufe[1:]]
    return tuple(
        structs.replace(lauf, text=lauf.text + abstand) for lauf, abstand in zip(laeufe, [*abstaende, ""], strict=True)
    )


@st.composite
def _tabelle(draw):
    breite = draw(st.integers(1, 3))
    zelle = st.one_of(st.just(()), _laeufe(umbruch=False))
    reihe = st.tuples(*[zelle] * breite)
    wo = draw(st.one_of(st.just(()), st.tuples(*[st.sampled_from(AUSRICHTUNGEN)] * breite)))
    return Texttabelle(
        titel=draw(zelle), kopf=draw(reihe), zeilen=tuple(draw(st.lists(reihe, max_size=2))), ausrichtung=wo
    )


def _liste(bloecke):
    punkt = st.builds(Punkt, bloecke=st.lists(bloecke, max_size=3).map(tuple))
    punkte = st.lists(punkt, min_size=1, max_size=4).map(tuple)
    # Ways of counting other than by numbers are for ordered lists only.
    gezaehlt = st.builds(
        Liste,
        start=STARTS.filter(lambda s: s is not None and s < 100),
        zaehlung=st.sampled_from(ZAEHLUNGEN),
        punkte=punkte,
    )
    return st.one_of(st.builds(Liste, start=STARTS, punkte=punkte), gezaehlt)


EINFACH = st.one_of(
    st.builds(Absatz, laeufe=_laeufe()),
    st.builds(Absatz, laeufe=_laeufe()),
    st.builds(Zwischentitel, laeufe=_laeufe(umbruch=False)),
    _tabelle(),
)
BLOECKE = st.lists(st.recursive(EINFACH, _liste, max_leaves=6), max_size=4).map(tuple)


def vorgelesen(bloecke) -> str:
    """All words of blocks in reading order, each item behind its sign."""
    teile = []
    for block in bloecke:
        match block:
            case Liste(punkte=punkte):
                for platz, punkt in enumerate(punkte):
                    teile += [block.zeichen(platz), vorgelesen(punkt.bloecke)]
            case Texttabelle(titel=titel, kopf=kopf, zeilen=zeilen):
                reihen = ((titel,), kopf, *zeilen)
                teile += ["".join(lauf.text for lauf in zelle) for reihe in reihen for zelle in reihe]
            case _:
                teile.append("".join(lauf.text for lauf in block.laeufe))
    return " ".join(teile)
