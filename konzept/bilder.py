"""What an uploaded picture, such as a coat of arms, must pass; what is stored is always a PNG of our own making.

Name and Content-Type of an upload say nothing here, its bytes do. Because the picture is decoded and encoded anew,
nothing but pixels comes through: no metadata (where a photo was taken), no script, nothing behind the end of the file.
"""

import hashlib
import io
import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from konzept import grenzen

FORMATE = ("PNG", "JPEG", "WEBP")
GEDRUCKT = (*FORMATE, "GIF")
"""What a print takes, and what may be stored from before uploads were made anew."""
MINDESTENS_KANTE = 64
KANTE = 1200
"""Pixels of the longer side of what is stored: 46 mm in print at 600 dpi."""

HILFE = "PNG, JPEG oder WebP, höchstens 5 MB. Größere Bilder werden auf 1200 Pixel verkleinert."
FEHLER = {
    "zu_gross": "Die Datei ist größer als 5 MB. Verkleinern Sie das Bild; 1200 Pixel an der längeren Seite genügen.",
    "svg": (
        "SVG-Dateien werden nicht angenommen, weil sie Programme enthalten können. "
        "Speichern Sie das Bild als PNG, etwa 1200 Pixel an der längeren Seite."
    ),
    "kein_bild": (
        "Das ist kein Bild im Format PNG, JPEG oder WebP, oder die Datei ist beschädigt. Speichern Sie das Bild neu "
        "in einem dieser Formate; nur den Namen der Datei zu ändern genügt nicht."
    ),
    "zu_viele_pixel": (
        "Das Bild hat mehr als 25 Millionen Pixel. Verkleinern Sie es; 1200 Pixel an der längeren Seite genügen."
    ),
    "zu_klein": (
        "Das Bild hat nur {breite} × {hoehe} Pixel. Nehmen Sie eines mit mindestens 64 Pixeln an jeder Seite."
    ),
    "bewegt": "Das Bild ist eine Animation. Nehmen Sie ein einzelnes, unbewegtes Bild.",
    "beschaedigt": (
        "Die Datei ist beschädigt und lässt sich nicht vollständig lesen. "
        "Speichern Sie das Bild noch einmal, am besten als PNG, und laden Sie es neu hoch."
    ),
}
_MARKUP = re.compile(rb"\s*<(\?xml|!|svg\b)", re.IGNORECASE)


class Bildfeld(forms.FileField):
    """A form field for one picture, for every form of a model's ImageField.

    Cleans to an upload that holds a PNG under a name of its own (see `bereinigt`), to None where nothing was sent, to
    the old file where nothing new was sent, and to False where the box "Löschen" was ticked. In a ModelForm:
    `field_classes = {"wappen": Bildfeld}` in its Meta; the form needs `enctype="multipart/form-data"`.
    """

    widget = forms.ClearableFileInput

    def __init__(self, *, max_length=None, help_text="", **optionen):
        """`max_length`, which a model field hands over, is for stored names; the uploaded name is not kept."""
        super().__init__(help_text=help_text or HILFE, **optionen)

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"accept": "image/png,image/jpeg,image/webp"}

    def to_python(self, data):
        datei = super().to_python(data)
        return datei and bereinigt(datei)


def bereinigt(datei: File) -> SimpleUploadedFile:
    """The picture as PNG in RGB or RGBA, upright, at most `KANTE` pixels wide and high, named after its content.

    Takes one PNG, JPEG or WebP of at most 5 MB and 25 megapixels. Raises ValidationError with one of `FEHLER`, whose
    key is the error's code; never anything else, whatever the bytes are.
    """
    datei.seek(0)
    roh = datei.read(grenzen.BILD_BYTES + 1)
    if len(roh) > grenzen.BILD_BYTES:
        raise _fehler("zu_gross")
    try:
        inhalt = _neu_kodiert(roh)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, MemoryError) as fehler:
        raise _fehler("zu_viele_pixel") from fehler
    except UnidentifiedImageError as fehler:
        raise _fehler("svg" if _MARKUP.match(roh.removeprefix(b"\xef\xbb\xbf")) else "kein_bild") from fehler
    except Exception as fehler:  # Pillow does not say what its decoders raise: OSError, SyntaxError, struct.error, …
        raise _fehler("beschaedigt") from fehler
    name = f"{hashlib.sha256(inhalt).hexdigest()[:20]}.png"
    return SimpleUploadedFile(name, inhalt, content_type="image/png")


def lesbar(inhalt: bytes) -> bool:
    """Whether what is stored is a whole picture that a print can show; never raises, whatever the bytes are."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(inhalt), formats=GEDRUCKT) as kopf:
            if kopf.width * kopf.height > grenzen.BILD_PIXEL:
                return False
            kopf.verify()
        with Image.open(io.BytesIO(inhalt), formats=GEDRUCKT) as bild:
            bild.load()
    except Exception:
        # Here, too, Pillow may raise anything.
        return False
    return True


def _neu_kodiert(roh: bytes) -> bytes:
    # WeasyPrint switches this on for the whole process. Then a picture of which half is missing would be accepted.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with Image.open(io.BytesIO(roh), formats=FORMATE) as kopf:  # no pixel is decoded yet
        _pruefe_masse(*kopf.size)
        # Decoding does not check the checksums of a PNG.
        kopf.verify()
    with Image.open(io.BytesIO(roh), formats=FORMATE) as quelle:
        # A camera's JPEG may hold a small preview as a second picture (MPO), which is no animation.
        if quelle.format in FORMATE and getattr(quelle, "is_animated", False):
            raise _fehler("bewegt")
        quelle.draft("RGB", (KANTE, KANTE))
        if quelle.mode in ("RGB", "RGBA") and "transparency" not in quelle.info:
            # It is made smaller before anything copies it: 25 million pixels take 100 MB each time.
            quelle.thumbnail((KANTE, KANTE))
        bild = ImageOps.exif_transpose(quelle)
    bild = _acht_bit(bild).convert("RGBA" if bild.has_transparency_data else "RGB")
    bild.thumbnail((KANTE, KANTE))
    bild.info.clear()
    ausgabe = io.BytesIO()
    bild.save(ausgabe, "PNG")
    return ausgabe.getvalue()


def _pruefe_masse(breite: int, hoehe: int) -> None:
    if breite * hoehe > grenzen.BILD_PIXEL:
        raise _fehler("zu_viele_pixel")
    if min(breite, hoehe) < MINDESTENS_KANTE:
        raise _fehler("zu_klein", breite=breite, hoehe=hoehe)


def _acht_bit(bild: Image.Image) -> Image.Image:
    """Grey with 16 bits a pixel would be cut off at 255 instead of scaled."""
    return bild.point(lambda wert: wert / 256).convert("L") if bild.mode.startswith("I") else bild


def _fehler(schluessel: str, **werte) -> ValidationError:
    return ValidationError(FEHLER[schluessel].format(**werte), code=schluessel)
