"""Any rich text stays the same on its way: from the tree to the dialect, to the editor and back."""

import re

from hypothesis import example, given, settings

from konzept.fliesstext import Lauf, Liste, Punkt, Zwischentitel, html_von, lies_html, lies_text, schreibe
from tests.konzept.fliesstext.bauplan import ADRESSEN, BLOECKE, vorgelesen

EINIGE = settings(max_examples=max(60, settings.default.max_examples // 5))
"""A whole tree takes as long to make as ten texts."""


def worte(bloecke) -> str:
    """A number by itself may change its full stop into a bracket, and back; an address that cannot be a link where it
    stands is written in brackets."""
    ohne = re.sub("|".join(rf"\s*\({re.escape(ziel)}\)" for ziel in ADRESSEN), "", vorgelesen(bloecke))
    return re.sub(r"[\s.)]", "", ohne)


@EINIGE
@given(BLOECKE)
@example((Liste(start=3, zaehlung="a", punkte=(Punkt(bloecke=()),)),))
@example((Liste(start=3, zaehlung="a", punkte=(Punkt(bloecke=(Zwischentitel(laeufe=(Lauf(text="x"),)),)),)),))
def test_no_word_and_no_number_is_lost_when_a_text_is_written(bloecke):
    gelesen = lies_text(schreibe(bloecke))
    assert worte(gelesen) == worte(bloecke)


@EINIGE
@given(BLOECKE)
def test_what_was_read_once_stays_the_same_in_dialect_and_editor(bloecke):
    gelesen = lies_text(schreibe(bloecke))
    assert lies_text(schreibe(gelesen)) == gelesen
    assert lies_html(html_von(gelesen)) == gelesen
