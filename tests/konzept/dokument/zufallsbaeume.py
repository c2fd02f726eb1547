"""Documents at random, of such lengths that some of their sections begin a page and some do not: of every kind of part,
with texts of all that the dialect allows, and with links among them, some of which lead nowhere."""

from itertools import count

from hypothesis import strategies as st

from konzept.dokument import baum
from konzept.dokument.html import Ausfertigung, Vorspann
from konzept.fliesstext import lies_text, schreibe
from tests.konzept.fliesstext.bauplan import BLOECKE, TEXT
from tests.vollbaum import vollbaum

TEILE = vollbaum().kapitel[0].teile
"""A part of each kind."""
SATZ = "Ein Satz, der mit anderen eine Seite füllt, damit der nächste Abschnitt auf einer neuen beginnt. "
KURZ, LANG = 1, 30
"""Sentences in a paragraph: a dozen long ones fill a page."""


@st.composite
def dokumente(draw) -> baum.Dokument:
    vorrat, nummern = draw(st.permutations(TEILE)), count(1)

    def kapitel(ebene: int, art: str) -> baum.Kapitel:
        nummer = next(nummern)
        teile = [*draw(texte), *draw(BLOECKE.map(schreibe).map(lies_text))]
        # Each at most once, since it brings its own targets.
        teile += [vorrat.pop() for _ in range(min(len(vorrat), draw(st.integers(0, 3))))]
        weiter = st.just("teil") if art == "handlungsfeld" else st.sampled_from(["abschnitt", "handlungsfeld"])
        arten = draw(st.lists(weiter, max_size=3)) if ebene < 3 and art != "teil" else ()
        return baum.Kapitel(
            anker=f"abschnitt-{nummer}",
            art=art,
            nummer=draw(st.sampled_from(["", str(nummer), f"{ebene}.{nummer}"])),
            titel=draw(TEXT),
            teile=tuple(teile),
            kapitel=tuple(kapitel(ebene + 1, unter) for unter in arten),
        )

    return baum.Dokument(
        kommune=baum.Kommune(slug="o", name="Stadt O", kurzname="O", art="stadt"),
        slug="k",
        titel=draw(TEXT),
        stand=draw(st.none() | st.dates()),
        kapitel=tuple(kapitel(1, "abschnitt") for _ in range(draw(st.integers(1, 4)))),
    )


texte = st.lists(
    st.builds(
        lambda saetze, ziel: baum.Absatz(
            laeufe=(baum.Lauf(text=SATZ * saetze), baum.Lauf(text="mehr", ziel=f"#abschnitt-{ziel}"))
        ),
        st.sampled_from([KURZ, KURZ, LANG]),
        st.integers(1, 9),
    ),
    max_size=2,
).map(tuple)


ausfertigungen = st.builds(
    Ausfertigung,
    marke=st.sampled_from(["", "Entwurf 3 vom 03.11.2016"]),
    randnummern=st.booleans(),
    bogen=st.booleans(),
    bilder=st.none(),
    beschluss=st.sampled_from(["", "Rat der Stadt am 03.11.2016"]),
    wort=st.sampled_from(["", "Entwurf"]),
    gross=st.booleans(),
)

VORSPANN = Vorspann(
    html=f"<h1>Vorlage</h1><p>{SATZ * 60}</p>",
    stil="css/vorlagen-druck.css",
    titel="Vorlage 12/2026",
    anlage="Anlage 1 zur Drucksache 12/2026",
    vermerk="Arbeitsstand",
    lesezeichen="Anlage 1 – Konzept",
)
