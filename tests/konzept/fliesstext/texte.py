"""Texts for tests of rich text: whatever people and accidents type."""

from hypothesis import strategies as st

STUECKE = st.sampled_from(
    [
        *("\n", "\n\n", "\r\n", "\t", " ", "  ", "    ", "- ", "* ", "+ ", "1. ", "7) ", "# ", "#### ", "|", "|-|\n"),
        *("**", "*", "_", "__", "[", "](https://a.example)", "](javascript:x)", "](", ")", "!", "<", ">", "<b>"),
        *("</p>", "<script>", "&lt;", "&", "\\", "`", "~~", "|a|b|\n|-|-|\n", "---\n", "===\n", "\x00", "\u2028"),
        *("2. ", "8. Februar", "a) ", "b) ", "i) ", "ii) ", "\n1. a\n2. b\n", "\na) x\n", "\n   "),
        *("Wort", "Bürger*innen", "12", "2016. ", "ä", "👍", "ﬁ", "İ", '"', "'", ' "Titel")'),
    ]
)
TEXTE = st.one_of(st.text(), st.lists(STUECKE, max_size=40).map("".join))


def woerter(text: str) -> list[str]:
    """The letters and digits of a text, in order."""
    return [zeichen for zeichen in text if zeichen.isalnum()]
