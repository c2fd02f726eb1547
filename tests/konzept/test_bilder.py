"""An uploaded coat of arms: what is taken, what is stored of it, and what a person reads when it is refused."""

import io
import struct
import tracemalloc
import zlib
from contextlib import suppress

import pytest
from django.core.exceptions import TooManyFilesSent, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import modelform_factory
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, PngImagePlugin

from konzept import bilder, grenzen
from konzept.models import Kommune
from tests.fabrik import mache_benutzer, mache_kommune, seite_von, text

_kopie = Image.Image.copy
BLAU = (31, 74, 134)


def als_bytes(bild: Image.Image, format_: str = "PNG", **optionen) -> bytes:
    ausgabe = io.BytesIO()
    bild.save(ausgabe, format_, **optionen)
    return ausgabe.getvalue()


def flaeche(breite: int = 100, hoehe: int = 120, modus: str = "RGB", farbe=BLAU) -> Image.Image:
    return Image.new(modus, (breite, hoehe), farbe)


def hochgeladen(inhalt: bytes, name: str = "wappen.png", typ: str = "image/png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, inhalt, typ)


def nimm(inhalt: bytes, name: str = "wappen.png") -> Image.Image:
    """What is stored of an upload."""
    datei = bilder.bereinigt(hochgeladen(inhalt, name))
    bild = Image.open(io.BytesIO(datei.read()))
    assert bild.format == "PNG"
    return bild


def grund(inhalt: bytes, name: str = "wappen.png") -> str:
    """Why an upload is refused."""
    with pytest.raises(ValidationError) as fehler:
        bilder.bereinigt(hochgeladen(inhalt, name))
    assert fehler.value.messages[0]
    return fehler.value.code


def png(breite: int, hoehe: int, zeilen: bytes = b"") -> bytes:
    """A PNG of any announced size with as many lines as given."""

    def stueck(art: bytes, inhalt: bytes) -> bytes:
        return struct.pack(">I", len(inhalt)) + art + inhalt + struct.pack(">I", zlib.crc32(art + inhalt))

    kopf = struct.pack(">IIBBBBB", breite, hoehe, 8, 0, 0, 0, 0)
    daten = zlib.compress(zeilen, 9)
    return b"\x89PNG\r\n\x1a\n" + stueck(b"IHDR", kopf) + stueck(b"IDAT", daten) + stueck(b"IEND", b"")


def webp(breite: int, hoehe: int) -> bytes:
    """A WebP that announces a canvas and holds one pixel."""
    pixel = als_bytes(flaeche(1, 1), "WEBP", lossless=True)[12:]
    flaeche_ = struct.pack("<I", breite - 1)[:3] + struct.pack("<I", hoehe - 1)[:3]
    einzelbild = bytes(16) + pixel
    rumpf = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + flaeche_
    rumpf += b"ANIM" + struct.pack("<I", 6) + bytes(6) + b"ANMF" + struct.pack("<I", len(einzelbild)) + einzelbild
    return b"RIFF" + struct.pack("<I", len(rumpf)) + rumpf


# What is taken


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP"])
def test_pictures_become_png_with_the_same_look(format_):
    bild = nimm(als_bytes(flaeche(), format_))
    assert bild.size == (100, 120)
    assert all(abs(ist - soll) < 12 for ist, soll in zip(bild.convert("RGB").getpixel((50, 60)), BLAU, strict=True))


@pytest.mark.parametrize("name", ["wappen.jpg", "wappen.exe", "wappen", "x" * 400 + ".svg"])
def test_content_counts_not_the_name(name):
    assert nimm(als_bytes(flaeche()), name).size == (100, 120)


@pytest.mark.parametrize(
    ("modus", "farbe", "format_"),
    [
        ("1", 1, "PNG"),
        ("L", 90, "PNG"),
        ("LA", (9, 0), "PNG"),
        ("P", 3, "PNG"),
        ("RGBA", (*BLAU, 0), "PNG"),
        ("L", 90, "JPEG"),
        ("CMYK", (9, 9, 9, 9), "JPEG"),
        ("RGBA", (*BLAU, 0), "WEBP"),
    ],
)
def test_every_kind_of_pixel_is_taken_and_transparency_kept(modus, farbe, format_):
    bild = nimm(als_bytes(flaeche(modus=modus, farbe=farbe), format_))
    assert bild.mode == ("RGBA" if modus.endswith("A") else "RGB")
    assert modus[-1] != "A" or bild.getpixel((50, 60))[3] == 0


def test_grey_with_16_bits_keeps_its_brightness():
    quelle = Image.frombytes("I;16", (80, 80), struct.pack("<H", 40_000) * 6400)
    assert nimm(als_bytes(quelle)).getpixel((40, 40)) == (156, 156, 156)


def test_palette_with_transparent_colour_stays_transparent():
    assert nimm(als_bytes(flaeche(modus="P", farbe=0), transparency=0)).getpixel((5, 5))[3] == 0


@pytest.mark.parametrize(("breite", "hoehe", "erwartet"), [(3000, 1500, (1200, 600)), (1201, 4804, (300, 1200))])
def test_large_pictures_are_scaled_down_in_proportion(breite, hoehe, erwartet):
    assert nimm(als_bytes(flaeche(breite, hoehe))).size == erwartet
    assert nimm(als_bytes(flaeche(breite, hoehe), "JPEG")).size == erwartet


def test_small_pictures_are_not_blown_up():
    assert nimm(als_bytes(flaeche(64, 64))).size == (64, 64)


def test_picture_from_a_phone_stands_upright():
    quelle = flaeche(200, 100)
    quelle.paste((255, 0, 0), (0, 0, 100, 100))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # turn clockwise to look at it
    bild = nimm(als_bytes(quelle, "JPEG", exif=exif, quality=95))
    assert bild.size == (100, 200)
    assert bild.getpixel((50, 20))[0] > 200
    assert bild.getpixel((50, 180))[0] < 100


def test_second_picture_inside_a_camera_jpeg_is_left_out():
    mpo = als_bytes(flaeche(), "MPO", save_all=True, append_images=[flaeche(farbe=(255, 0, 0))])
    bild = nimm(mpo)
    assert bild.size == (100, 120)
    assert bild.getpixel((50, 60))[0] < 60


# What is left of it


def test_nothing_but_pixels_is_stored():
    geheim = b"51.0893 N <script>alert(1)</script>"
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = geheim.decode()
    texte = PngImagePlugin.PngInfo()
    texte.add_text("Comment", geheim.decode())
    texte.add_itxt("XML:com.adobe.xmp", geheim.decode())
    for inhalt in (
        als_bytes(flaeche(), pnginfo=texte, exif=exif, dpi=(72, 72), icc_profile=geheim),
        als_bytes(flaeche(), "JPEG", exif=exif, comment=geheim, xmp=geheim, icc_profile=geheim),
        als_bytes(flaeche(), "WEBP", exif=exif, xmp=geheim, icc_profile=geheim),
        als_bytes(flaeche()) + b"\nPK\x03\x04" + geheim,
        als_bytes(flaeche(), "JPEG") + b"\n<?php " + geheim,
    ):
        assert geheim in inhalt
        gespeichert = bilder.bereinigt(hochgeladen(inhalt)).read()
        assert geheim not in gespeichert
        assert {art for art, _ in stuecke(gespeichert)} == {b"IHDR", b"IDAT", b"IEND"}
        assert sum(laenge for _, laenge in stuecke(gespeichert)) + 8 == len(gespeichert)


def stuecke(inhalt: bytes) -> list[tuple[bytes, int]]:
    """Kind and length of every chunk of a PNG."""
    gefunden, stelle = [], 8
    while stelle < len(inhalt):
        laenge = struct.unpack(">I", inhalt[stelle : stelle + 4])[0] + 12
        gefunden.append((inhalt[stelle + 4 : stelle + 8], laenge))
        stelle += laenge
    return gefunden


def test_pictures_that_look_the_same_are_stored_as_the_same_bytes():
    texte = PngImagePlugin.PngInfo()
    texte.add_text("Comment", "anders")
    eins, zwei = (bilder.bereinigt(hochgeladen(b)) for b in (als_bytes(flaeche()), als_bytes(flaeche(), pnginfo=texte)))
    assert eins.name == zwei.name
    assert eins.read() == zwei.read()


# What is refused


@pytest.mark.parametrize(
    "inhalt",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b'\xef\xbb\xbf\n<?xml version="1.0"?><svg/>',
        b"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>",
        b"<SVG></SVG>",
    ],
)
@pytest.mark.parametrize("name", ["wappen.svg", "wappen.png"])
def test_svg_is_refused_with_what_would_be_right(inhalt, name):
    assert grund(inhalt, name) == "svg"
    assert "als PNG" in bilder.FEHLER["svg"]


@pytest.mark.parametrize(
    "inhalt",
    [
        als_bytes(flaeche(), "GIF"),
        als_bytes(flaeche(), "BMP"),
        als_bytes(flaeche(), "TIFF"),
        als_bytes(flaeche(), "ICO"),
        b"%PDF-1.7\n" + b"x" * 100,
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n",
        b"#define x_width 64\n#define x_height 64\nstatic char x_bits[] = { 0x00 };",
        b"MZ\x90\x00",
        b"\0",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"RIFF\x00\x00\x00\x00WEBP",
    ],
    ids=lambda inhalt: repr(inhalt[:8]),
)
def test_other_files_are_refused(inhalt):
    assert grund(inhalt) == "kein_bild"


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP"])
def test_truncated_pictures_are_refused(format_):
    rauschen = Image.effect_noise((200, 200), 80).convert("RGB")
    ganz = als_bytes(rauschen, format_)
    for anteil in (0.3, 0.6, 0.95):
        assert grund(ganz[: int(len(ganz) * anteil)]) in {"beschaedigt", "kein_bild"}, anteil


def test_corrupt_pictures_are_refused():
    ganz = bytearray(als_bytes(Image.effect_noise((200, 200), 80)))
    ganz[len(ganz) // 2] ^= 0xFF
    assert grund(bytes(ganz)) == "beschaedigt"


@pytest.mark.parametrize("format_", ["PNG", "WEBP"])
def test_animations_are_refused(format_):
    weitere = [flaeche(farbe=(i, 0, 0)) for i in range(3)]
    assert grund(als_bytes(flaeche(), format_, save_all=True, append_images=weitere)) == "bewegt"


@pytest.mark.parametrize(("breite", "hoehe"), [(1, 1), (63, 500), (500, 63), (1, 20_000_000)])
def test_tiny_pictures_are_refused_with_their_size(breite, hoehe):
    with pytest.raises(ValidationError, match=f"nur {breite} × {hoehe} Pixel"):
        bilder.bereinigt(hochgeladen(png(breite, hoehe)))


@pytest.mark.parametrize(
    "bombe",
    [
        png(30_000, 30_000, bytes(4_000_000)),
        png(2**31 - 1, 2**31 - 1),
        png(5001, 5000),
        webp(16_383, 16_383),
        webp(8000, 8000),
    ],
    ids=["few bytes", "largest", "just above", "webp, largest", "webp"],
)
def test_bombs_are_refused_before_a_pixel_is_decoded(bombe, monkeypatch):
    def decode(*_args):
        raise AssertionError("The picture was decoded.")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decode)
    assert grund(bombe) == "zu_viele_pixel"


def test_texts_that_would_unpack_to_much_are_refused():
    inhalt = b"zTXtComment\0\0" + zlib.compress(bytes(200_000_000), 9)
    bombe = struct.pack(">I", len(inhalt) - 4) + inhalt + struct.pack(">I", zlib.crc32(inhalt))
    ganz = als_bytes(flaeche())
    tracemalloc.start()
    assert grund(ganz[:33] + bombe + ganz[33:]) == "beschaedigt"
    _, spitze = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert spitze < 20_000_000


def test_large_files_are_refused_without_reading_them_whole():
    datei = hochgeladen(als_bytes(flaeche()) + bytes(grenzen.BILD_BYTES))
    with pytest.raises(ValidationError, match="größer als 5 MB"):
        bilder.bereinigt(datei)
    assert datei.tell() == grenzen.BILD_BYTES + 1


def anfrage(anzahl: int, groesse: int):
    dateien = {f"wappen{n}": hochgeladen(bytes(groesse)) for n in range(anzahl)}
    return RequestFactory().post("/anmelden/", dateien)


@pytest.mark.parametrize("groesse", [100, 2_000_000, grenzen.BILD_BYTES, grenzen.BILD_BYTES + 1])
def test_an_upload_comes_whole(groesse):
    (datei,) = anfrage(1, groesse).FILES.values()
    assert (datei.size, len(datei.read())) == (groesse, groesse)


def test_of_a_huge_upload_the_server_stores_no_more_than_it_takes_to_see_that(tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    (datei,) = anfrage(1, 30_000_000).FILES.values()
    assert datei.size == grenzen.BILD_BYTES + 1
    assert sum(pfad.stat().st_size for pfad in tmp_path.iterdir()) == grenzen.BILD_BYTES + 1
    with pytest.raises(ValidationError, match="größer als 5 MB"):
        bilder.bereinigt(datei)


def test_many_files_at_once_are_refused():
    with pytest.raises(TooManyFilesSent):
        anfrage(grenzen.DATEIEN + 1, 10).FILES  # noqa: B018


def test_a_large_picture_is_made_small_before_it_is_copied(monkeypatch):
    """Each copy of 25 million pixels takes 100 MB."""
    kopiert = []
    monkeypatch.setattr(Image.Image, "copy", lambda bild: kopiert.append(bild.size) or _kopie(bild))
    nimm(als_bytes(flaeche(3000, 2000, "RGBA", (*BLAU, 200))))
    assert all(max(groesse) <= bilder.KANTE for groesse in kopiert)


def test_file_of_the_largest_size_is_taken():
    ganz = als_bytes(flaeche())
    assert nimm(ganz + bytes(grenzen.BILD_BYTES - len(ganz))).size == (100, 120)


GANZE = [als_bytes(flaeche(), format_) for format_ in bilder.FORMATE]


@given(
    st.sampled_from(GANZE),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8),
    st.floats(0, 1),
)
def test_no_bytes_whatever_raise_anything_else(ganz, stellen, anteil):
    verdreht = bytearray(ganz)
    for stelle, wert in stellen:
        verdreht[int(stelle * len(verdreht))] = wert
    with suppress(ValidationError):
        bilder.bereinigt(hochgeladen(bytes(verdreht[: max(1, int(len(verdreht) * anteil))])))


# In forms


def formular(datei=None, wappen="wappen/alt.png", **daten):
    klasse = modelform_factory(Kommune, fields=["wappen"], field_classes={"wappen": bilder.Bildfeld})
    return klasse(daten, {"wappen": datei} if datei else {}, instance=Kommune(wappen=wappen))


def test_form_says_what_is_allowed_before_anybody_chooses_a_file():
    feld = formular()["wappen"]
    assert "PNG, JPEG oder WebP, höchstens 5 MB" in feld.help_text
    assert 'accept="image/png,image/jpeg,image/webp"' in str(feld)


def test_form_keeps_the_old_picture_replaces_or_deletes_it():
    assert formular().is_valid()
    assert formular().save(commit=False).wappen.name == "wappen/alt.png"
    assert formular(**{"wappen-clear": "on"}).save(commit=False).wappen.name == ""
    neu = formular(hochgeladen(als_bytes(flaeche()))).save(commit=False).wappen
    assert neu.name == bilder.bereinigt(hochgeladen(als_bytes(flaeche()))).name


@pytest.mark.parametrize(
    "name",
    ["../../../etc/cron.d/x.png", "..\\..\\x.png", "/etc/passwd", "x.png\0.php", "C:\\x.png", "a" * 300, "<b>.svg"],
)
def test_uploaded_names_are_not_kept(name):
    datei = hochgeladen(als_bytes(flaeche()))
    datei._name = name  # as a storage or handler that does not clean names might leave it
    neu = formular(datei)
    assert neu.is_valid(), neu.errors
    assert neu.cleaned_data["wappen"].name == bilder.bereinigt(hochgeladen(als_bytes(flaeche()))).name


def test_empty_file_is_refused():
    assert "leer" in formular(hochgeladen(b"")).errors["wappen"][0]


# In the admin


@pytest.fixture
def kommune_im_admin(client, db, tmp_path, settings):
    """Sends the admin's form of a Kommune with a file; returns the response."""
    settings.MEDIA_ROOT = tmp_path
    kommune = mache_kommune()
    client.force_login(mache_benutzer(is_staff=True, is_superuser=True))

    def sende(datei):
        felder = {"name": "Stadt", "kurzname": "S", "slug": "s", "art": "stadt", "akzentfarbe": "#1f4a86"}
        felder["waehrung"] = "EUR"
        return client.post(f"/admin/konzept/kommune/{kommune.pk}/change/", felder | {"wappen": datei})

    return sende


def test_admin_stores_the_cleaned_picture(kommune_im_admin, tmp_path):
    antwort = kommune_im_admin(hochgeladen(als_bytes(flaeche(2000, 2000), "JPEG"), "../evil.php", "text/html"))
    assert antwort.status_code == 302
    (datei,) = (pfad for pfad in tmp_path.rglob("*") if pfad.is_file())
    assert datei.parent == tmp_path / "wappen"
    assert datei.suffix == ".png"
    assert Kommune.objects.get().wappen.name == f"wappen/{datei.name}"
    assert Image.open(datei).size == (1200, 1200)


def test_admin_shows_the_sentence_and_stores_nothing(kommune_im_admin, tmp_path):
    antwort = kommune_im_admin(hochgeladen(b"<svg onload='alert(1)'/>", "w.svg", "image/svg+xml"))
    assert antwort.status_code == 200
    assert bilder.FEHLER["svg"] in text(seite_von(antwort))
    assert not list(tmp_path.rglob("*.*"))


# What is stored already


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_stored_picture_that_prints_is_readable_and_half_of_it_is_not(format_):
    ganz = als_bytes(flaeche(), format_)
    assert bilder.lesbar(ganz)
    assert not bilder.lesbar(ganz[: len(ganz) // 2])


@pytest.mark.parametrize("inhalt", [b"", b"<svg/>", png(20_000, 20_000), als_bytes(flaeche(), "BMP")])
def test_what_no_print_shows_is_not_readable(inhalt):
    assert not bilder.lesbar(inhalt)


def test_a_flipped_bit_is_noticed_although_the_print_has_been_loaded():
    """WeasyPrint lets pictures pass of which only a part is there."""
    ganz = bytearray(als_bytes(Image.effect_noise((100, 100), 60)))
    ganz[len(ganz) // 2] ^= 1
    assert not bilder.lesbar(bytes(ganz))


@given(st.binary(max_size=200) | st.binary(max_size=200).map(lambda ende: als_bytes(flaeche())[:60] + ende))
def test_whatever_is_stored_asking_raises_nothing(inhalt):
    assert bilder.lesbar(inhalt) in (True, False)
