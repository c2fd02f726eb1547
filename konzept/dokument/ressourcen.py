"""The only files that a print may contain: static files of the project and images of the media storage.

They are addressed as `static:css/druck.css` and `media:wappen/musterstadt.png`; whatever else is asked for is refused.
"""

import base64
import io
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

import fontTools
from django.conf import settings
from fontTools.ttLib import TTFont

from konzept.betrieb.statische_dateien import finde, innerhalb
from konzept.satz.beschleunigung.zwischenlager import einmal

INHALTSTYPEN = {
    ".css": "text/css",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
BILDER = {endung for endung, typ in INHALTSTYPEN.items() if typ.startswith("image/")}


Holen = Callable[[str], tuple[str, bytes]]


class Verweigert(ValueError):
    """An address that a print may not open, or a file that is not there."""


def datei(adresse: str) -> Path:
    """The file behind a static: or media: address. Raises Verweigert for anything else and for missing files."""
    schema, _, pfad = adresse.partition(":")
    name = unquote(pfad)
    if schema not in {"static", "media"} or not _harmlos(name):
        raise Verweigert(f"Im Druck nicht erlaubte Adresse: {adresse[:200]!r}")
    if Path(name).suffix.lower() not in (INHALTSTYPEN if schema == "static" else BILDER):
        raise Verweigert(f"Im Druck nicht erlaubte Dateiart: {adresse[:200]!r}")
    gefunden = finde(name) if schema == "static" else innerhalb(Path(settings.MEDIA_ROOT), name)
    if gefunden is None:
        raise Verweigert(f"Die Datei fehlt: {adresse[:200]!r}")
    return gefunden


def inhalt(adresse: str) -> tuple[str, bytes]:
    """Media type and content of a static: or media: address, fonts unpacked; raises Verweigert as `datei` does."""
    pfad = datei(adresse)
    typ = INHALTSTYPEN[pfad.suffix.lower()]
    return typ, entpackt(pfad) if typ.startswith("font/") else pfad.read_bytes()


@lru_cache(maxsize=64)
def entpackt(schrift: Path) -> bytes:
    """A WOFF or WOFF2 font as plain OpenType; kept, because unpacking WOFF2 takes a quarter of a second a font."""
    gepackt = schrift.read_bytes()

    def entpacke() -> bytes:
        ausgabe = io.BytesIO()
        with TTFont(io.BytesIO(gepackt), recalcTimestamp=False) as font:
            font.flavor = None
            font.save(ausgabe, reorderTables=False)
        return ausgabe.getvalue()

    return einmal(settings.EINMAL_DIR, entpacke, "fontTools", fontTools.version, gepackt)


def _harmlos(name: str) -> bool:
    teile = name.split("/")
    return not re.search(r"[\\\x00-\x1f%:?#]", name) and all(teil not in {"", ".", ".."} for teil in teile)


STYLESHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
BILD = re.compile(r'(<img\b[^>]* src=")([^"]+)"')
URL = re.compile(r'url\("((?:static|media):[^"]+)"\)')


def holer(bilder: Mapping[str, tuple[str, bytes]] | None) -> Holen:
    """`inhalt`, but with these pictures (by media: address) instead of those of the media storage, and no others."""
    if bilder is None:
        return inhalt

    def hole(adresse: str) -> tuple[str, bytes]:
        if not adresse.startswith("media:"):
            return inhalt(adresse)
        if adresse not in bilder:
            raise Verweigert(f"Das Bild gehört nicht zum Dokument: {adresse[:200]!r}")
        return bilder[adresse]

    return hole


def alle(html: str, hole: Holen = inhalt) -> dict[str, tuple[str, bytes]]:
    """Every file that a print HTML needs, by its address: style sheets, what these and its head name, and images."""
    dateien = {url: inhalt(url) for url in URL.findall(html.partition("</head>")[0])}
    for adresse in STYLESHEET.findall(html):
        dateien[adresse] = inhalt(adresse)
        dateien |= {url: inhalt(url) for url in URL.findall(dateien[adresse][1].decode("utf-8"))}
    return dateien | {adresse: hole(adresse) for _, adresse in BILD.findall(html)}


def eigenstaendig(html: str) -> str:
    """The print HTML with style sheet, fonts and images inside it, so that any browser can print it."""
    kopf, ende, rumpf = html.partition("</head>")
    kopf = STYLESHEET.sub(lambda treffer: f"<style>\n{_css(treffer[1])}</style>", _mit_dateien(kopf))
    html = kopf + ende + rumpf
    return BILD.sub(lambda treffer: f'{treffer[1]}{_data(treffer[2])}"', html)


def _css(adresse: str) -> str:
    return _mit_dateien(datei(adresse).read_text(encoding="utf-8"))


def _mit_dateien(text: str) -> str:
    return URL.sub(lambda treffer: f'url("{_data(treffer[1])}")', text)


def _data(adresse: str) -> str:
    pfad = datei(adresse)
    return f"data:{INHALTSTYPEN[pfad.suffix.lower()]};base64,{base64.b64encode(pfad.read_bytes()).decode('ascii')}"
