"""The parser of HTML finds the same ends of names and texts, and compiles what it looks for once."""

import re
from xml.etree import ElementTree

import pytest
import tinyhtml5
import tinyhtml5.inputstream

from konzept.satz import setzen
from konzept.satz.beschleunigung.zeichenklassen import Zeichenklassen

HTML = """<!doctype html><html lang=de><title>T &amp; U</title><style>p > b::after { content: "]]>" }</style>
<!-- a - b -- c --><body data-x='ein "Wort"' class="a b"   id=r><p title="1 &lt; 2">x &lt; y & z<br/>é – \x00ü
<textarea>
<b></textarea><script>if (1 < 2 && "<!--") { }</script><table><tr><td>a<td>b</table></unbekannt><svg><![CDATA[x]]></svg>
<a href=/pfad?a=1&b=2>Text</a>"""


def gelesen() -> str:
    return ElementTree.tostring(tinyhtml5.parse(HTML, namespace_html_elements=False), encoding="unicode")


def test_a_document_is_read_as_it_was(monkeypatch):
    gemerkt = gelesen()
    monkeypatch.setattr(tinyhtml5.inputstream, "characters_until_regex", {})
    assert gelesen() == gemerkt
    assert "1 &lt; 2" in gemerkt


@pytest.mark.parametrize("zeichen", [("&", "<", "\x00"), frozenset("abc]^-\\"), "\x00", ("é",)])
@pytest.mark.parametrize("gerade_sie", [True, False])
def test_a_class_holds_its_signs_and_no_others(zeichen, gerade_sie):
    muster = Zeichenklassen()[zeichen, gerade_sie]
    for eines in map(chr, range(256)):
        assert bool(muster.fullmatch(eines)) == ((eines in zeichen) == gerade_sie)


def test_each_class_is_compiled_once(monkeypatch):
    gelesen()
    monkeypatch.setattr(re, "compile", pytest.fail)
    gelesen()


def test_the_parser_asks_where_it_is_mended():
    assert isinstance(setzen.tinyhtml5.inputstream.characters_until_regex, Zeichenklassen)
