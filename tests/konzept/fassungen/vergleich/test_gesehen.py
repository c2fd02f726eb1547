"""What looks the same is the same in every state; what can be told apart is a change."""

import unicodedata

import msgspec
import pytest

from konzept.dokument import baum
from konzept.fassungen.vergleich.aenderungsmarken import MARKEN
from konzept.fassungen.vergleich.einarbeitung import markiert
from konzept.fassungen.vergleich.gesehen import gesehen
from konzept.fassungen.vergleich.html import unterschied_html
from konzept.fassungen.vergleich.vergleich import vergleiche
from konzept.schreibweise import wie_gesehen

pytestmark = pytest.mark.django_db

WEICH = "\u00ad"


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


SCHREIBWEISEN = {
    "umlauts in two signs": nfd,
    "ligatures": lambda text: text.replace("fi", "\ufb01").replace("ff", "\ufb00"),
    "soft hyphens": lambda text: text.replace("er", f"e{WEICH}r"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "spaces without width": lambda text: f"\u200b{text}" if text else text,
}


def anders(wert, schreibe):
    """A tree whose texts are spelled another way."""
    if isinstance(wert, str):
        return schreibe(wert)
    if isinstance(wert, tuple):
        return tuple(anders(teil, schreibe) for teil in wert)
    if not isinstance(wert, msgspec.Struct):
        return wert
    felder = {name: getattr(wert, name) for name in wert.__struct_fields__}
    return type(wert)(
        **{
            name: inhalt if name in baum.NICHT_GELESEN and isinstance(inhalt, str) else anders(inhalt, schreibe)
            for name, inhalt in felder.items()
        }
    )


@pytest.mark.parametrize("schreibe", SCHREIBWEISEN.values(), ids=SCHREIBWEISEN)
@pytest.mark.parametrize("vorgaenger", [None, {}], ids=["of one concept", "of two"])
def test_another_spelling_is_no_change(schreibe, vorgaenger, beispiel):
    frueher = anders(beispiel, schreibe)
    assert baum.als_json(frueher) != baum.als_json(beispiel)
    assert vergleiche(frueher, beispiel, vorgaenger).aenderungen == ()
    assert vergleiche(beispiel, frueher, vorgaenger).aenderungen == ()
    assert not MARKEN.search(baum.als_json(markiert(frueher, beispiel, vorgaenger)).decode())


@pytest.mark.parametrize(
    ("vorher", "nachher"),
    [("Förderung", "förderung"), ("Straße", "Strasse"), ("Förderung", "Foerderung"), ("m²", "m2"), ("20 %", "20%")],
)
def test_what_can_be_told_apart_is_a_change(vorher, nachher, beispiel):
    frueher = anders(beispiel, nfd)
    eins, zwei = (msgspec.structs.replace(b, untertitel=t) for b, t in ((frueher, nfd(vorher)), (beispiel, nachher)))
    (aenderung,) = vergleiche(eins, zwei).aenderungen
    assert [feld.name for feld in aenderung.felder] == ["Untertitel"]


def test_only_the_changed_word_of_a_sentence_is_marked():
    alt = nfd("Die Förderung der Bücherei läuft für fünf Jahre.")
    html = unterschied_html(alt, "Die Förderung der Bücherei läuft für sechs Jahre.")
    assert html.startswith("Die Förderung der Bücherei läuft für <del>")
    assert html.count("<del>") == html.count("<ins>") == 1


def test_a_tree_that_is_spelled_so_comes_back_as_it_is(beispiel):
    normal = gesehen(beispiel)
    assert gesehen(normal) is normal
    assert all(wie_gesehen(text) == text for text in baum.texte(normal))
