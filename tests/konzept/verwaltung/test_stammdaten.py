"""Master data and the coat of arms."""

import io

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from konzept.konten.models import Protokolleintrag
from konzept.models import Kommune
from konzept.verwaltung.waehrung import folgen_des_wechsels
from massnahmen.models import Kostenposition
from tests.fabrik import (
    KENNWORT,
    eingaben,
    fehler_am_feld,
    formular,
    mache_benutzer,
    mache_feld,
    mache_kommune,
    mache_konzept,
    mache_kosten,
    mache_massnahme,
    nach_id,
    seite_von,
    text,
)
from tests.kosten import kostet_hoechstens

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


@pytest.fixture(autouse=True)
def eigener_ordner(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def seite(kommune, teil="stammdaten") -> str:
    return f"/kommunen/{kommune.slug}/{teil}/"


def bild(art="PNG", farbe="red", kante=80) -> SimpleUploadedFile:
    puffer = io.BytesIO()
    Image.new("RGB", (kante, kante), farbe).save(puffer, art)
    return SimpleUploadedFile("../../boese.php", puffer.getvalue(), "text/html")


def lies(client, kommune) -> dict:
    daten = eingaben(client.get(seite(kommune)))
    daten.pop("wappen", None)
    return daten


def sende(client, kommune, **aenderungen):
    return client.post(seite(kommune), lies(client, kommune) | aenderungen)


def test_what_was_typed_is_stored_and_logged(leitung, kommune):
    antwort = sende(
        leitung,
        kommune,
        name="Stadt Neuhausen",
        ags="05158026",
        land="Hessen",
        art="gemeinde",
        akzentfarbe="#336699",
        impressum_url="www.stadt.example/impressum",
    )
    assert (antwort.status_code, antwort.url) == (302, f"/kommunen/{kommune.slug}/")
    kommune.refresh_from_db()
    assert (kommune.name, kommune.ags) == ("Stadt Neuhausen", "05158026")
    assert (kommune.land, kommune.art) == ("Hessen", "gemeinde")
    assert (kommune.akzentfarbe, kommune.impressum_url) == ("#336699", "https://www.stadt.example/impressum")
    assert (kommune.version, kommune.geaendert_von) == (2, leitung.konto)
    eintrag = Protokolleintrag.objects.get(ereignis="stammdaten")
    assert (eintrag.kommune, eintrag.benutzer) == (kommune, leitung.konto)
    assert eintrag.text == (
        "Amtliche Bezeichnung, Art, Amtlicher Gemeindeschlüssel, Land, Akzentfarbe im Druck, Impressum"
    )


def test_the_address_cannot_be_changed(leitung, kommune):
    sende(leitung, kommune, slug="anders", fiktiv="on", land="Hessen")
    kommune.refresh_from_db()
    assert (kommune.slug, kommune.fiktiv, kommune.land) == ("musterhausen", False, "Hessen")


@pytest.mark.parametrize(
    ("feld", "wert", "satz"),
    [
        ("name", "", "Geben Sie die amtliche Bezeichnung ein"),
        ("kurzname", "", "Geben Sie den kurzen Namen ein"),
        ("ags", "123", "8 Ziffern"),
        ("ags", "05999062", "schon vergeben"),
        ("akzentfarbe", "red; x", "sechs Ziffern"),
        ("impressum_url", "javascript:alert(1)", "keine Internetadresse"),
        ("datenschutz_url", "gibt es nicht", "keine Internetadresse"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(feld, wert, satz, leitung, kommune):
    mache_kommune("nachbarstadt", ags="05999062")
    antwort = sende(leitung, kommune, **{feld: wert, "land": "Hessen"})
    assert antwort.status_code == 422
    assert satz in fehler_am_feld(antwort, f"id_{feld}")
    assert eingaben(antwort)["land"] == ["Hessen"]
    kommune.refresh_from_db()
    assert kommune.land == ""
    assert not Protokolleintrag.objects.filter(ereignis="stammdaten").exists()


def test_two_people_at_once_see_both_states(leitung, verwaltung, kommune):
    daten = lies(verwaltung, kommune)
    sende(leitung, kommune, land="Hessen")
    antwort = verwaltung.post(seite(kommune), daten | {"land": "Bayern"})
    assert antwort.status_code == 409
    inhalt = text(seite_von(antwort))
    for erwartet in ("Lena Leitung", "Hessen", "Bayern"):
        assert erwartet in inhalt
    kommune.refresh_from_db()
    assert kommune.land == "Hessen"
    daten = eingaben(antwort)
    daten.pop("wappen", None)
    assert verwaltung.post(seite(kommune), daten).status_code == 302
    kommune.refresh_from_db()
    assert kommune.land == "Bayern"


def test_what_was_typed_survives_an_expired_session(leitung, kommune):
    daten = lies(leitung, kommune) | {"land": "Hessen"}
    leitung.logout()
    antwort = leitung.post(seite(kommune), daten)
    assert antwort.status_code == 401
    anmeldung = {"login": leitung.konto.email, "password": KENNWORT}
    leitung.post("/anmelden/", eingaben(antwort, "password") | anmeldung)
    assert eingaben(leitung.get(seite(kommune)))["land"] == ["Hessen"]
    kommune.refresh_from_db()
    assert kommune.land == ""


# The coat of arms


def test_coat_of_arms_is_stored_shown_and_removed(leitung, kommune):
    assert leitung.get(seite(kommune, "wappen")).status_code == 404
    assert formular(leitung.get(seite(kommune))).get("enctype") == "multipart/form-data"
    assert sende(leitung, kommune, wappen=bild("JPEG"), wappen_beschreibung="Ein roter Schild").status_code == 302
    kommune.refresh_from_db()
    assert kommune.wappen.name.startswith("wappen/")
    assert "boese" not in kommune.wappen.name
    for ort in (seite(kommune), f"/kommunen/{kommune.slug}/"):
        (zeichen,) = (k for k in seite_von(leitung.get(ort)).iter("img"))
        assert (zeichen.get("src"), zeichen.get("alt")) == (seite(kommune, "wappen"), "Ein roter Schild")
    assert sende(leitung, kommune, land="Hessen").status_code == 302
    kommune.refresh_from_db()
    assert kommune.wappen
    assert sende(leitung, kommune, **{"wappen-clear": "on"}).status_code == 302
    kommune.refresh_from_db()
    assert not kommune.wappen
    assert leitung.get(seite(kommune, "wappen")).status_code == 404
    texte = Protokolleintrag.objects.filter(ereignis="stammdaten").order_by("pk").values_list("text", flat=True)
    assert [t.split(", ")[0] for t in texte] == ["Wappen", "Land", "Wappen"]


def test_coat_of_arms_is_a_harmless_picture_for_members_only(leitung, kommune):
    sende(leitung, kommune, wappen=bild())
    for rolle in ("gremium", "verwaltung"):
        leitung.force_login(mache_benutzer(kommune, rolle))
        antwort = leitung.get(seite(kommune, "wappen"))
        assert antwort.status_code == 200
        assert antwort["Content-Type"] == "image/png"
        assert antwort.content.startswith(b"\x89PNG")
        assert antwort["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in antwort["Content-Security-Policy"]
        assert "sandbox" in antwort["Content-Security-Policy"]
        assert "private" in antwort["Cache-Control"]
    leitung.force_login(mache_benutzer(mache_kommune("nachbarstadt"), "leitung"))
    assert leitung.get(seite(kommune, "wappen")).status_code == 404
    kommune.refresh_from_db()
    leitung.logout()
    assert leitung.get(f"/media/{kommune.wappen.name}").status_code == 404


def test_a_file_that_is_gone_is_not_found(leitung, kommune):
    sende(leitung, kommune, wappen=bild())
    kommune.refresh_from_db()
    kommune.wappen.storage.delete(kommune.wappen.name)
    assert leitung.get(seite(kommune, "wappen")).status_code == 404
    assert leitung.get(seite(kommune)).status_code == 200


@pytest.mark.parametrize(
    ("datei", "satz"),
    [
        (SimpleUploadedFile("w.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "SVG-Dateien"),
        (SimpleUploadedFile("w.png", b"<script>alert(1)</script>"), "kein Bild"),
        (bild(kante=5), "64 Pixel"),
    ],
)
def test_a_wrong_picture_is_refused_and_asked_for_again(datei, satz, leitung, kommune):
    sende(leitung, kommune, wappen=bild())
    vorher = Kommune.objects.get().wappen.name
    datei.seek(0)
    antwort = sende(leitung, kommune, wappen=datei)
    assert antwort.status_code == 422
    assert satz in fehler_am_feld(antwort, "id_wappen")
    assert "noch einmal aus" in text(seite_von(antwort))
    assert Kommune.objects.get().wappen.name == vorher


def test_a_picture_in_a_conflict_has_to_be_chosen_again(leitung, verwaltung, kommune):
    daten = lies(verwaltung, kommune)
    sende(leitung, kommune, wappen=bild(farbe="blue"))
    antwort = verwaltung.post(seite(kommune), daten | {"wappen": bild()})
    assert antwort.status_code == 409
    assert "noch einmal aus" in text(seite_von(antwort))
    assert "Wappen" in {text(k) for k in seite_von(antwort).iter("th")}


# Second factor


def test_switching_the_second_factor_on_says_what_will_happen(leitung, kommune):
    warnung = "Sie selbst haben noch keinen"
    assert warnung in leitung.get(seite(kommune)).content.decode()
    sende(leitung, kommune, zweiter_faktor="on")
    kommune.refresh_from_db()
    assert kommune.zweiter_faktor
    assert leitung.get(seite(kommune)).status_code == 302  # to setting one up
    Authenticator.objects.create(user=leitung.konto, type="totp", data={})
    antwort = leitung.get(seite(kommune))
    assert antwort.status_code == 200
    assert warnung not in antwort.content.decode()


# Another currency


@pytest.fixture
def massnahme(kommune):
    return mache_massnahme(mache_feld(kommune.konzepte.get()))


def kreuz(antwort):
    """The box that confirms another currency, or None."""
    return next((k for k in seite_von(antwort).iter("input") if k.get("name") == "waehrung_wechseln"), None)


@pytest.mark.parametrize(
    ("bisher", "neu", "angaben", "satz"),
    [
        ("EUR", "CHF", ["5.000 €", "7 TEUR jährlich"], "2 Kostenpositionen nennen Euro; sie zählen dann in keiner"),
        ("EUR", "CHF", ["5.000 € (2017)", "nach Bedarf"], "1 Kostenposition nennt Euro; sie zählt dann in keiner"),
        ("EUR", "CHF", ["10.000"], "1 Kostenposition nennt keine Währung; sie zählt dann in Schweizer Franken."),
        ("CHF", "EUR", ["CHF 700", "5 €"], "1 Kostenposition nennt Schweizer Franken; sie zählt dann in keiner Summe."),
        (
            "EUR",
            "CHF",
            ["1.200", "3.000", "9 € monatlich"],
            "1 Kostenposition nennt Euro; sie zählt dann in keiner Summe. "
            "2 Kostenpositionen nennen keine Währung; sie zählen dann in Schweizer Franken.",
        ),
    ],
)
def test_another_currency_is_asked_about_before_it_is_saved(
    leitung, kommune, massnahme, bisher, neu, angaben, satz
):
    Kommune.objects.update(waehrung=bisher)
    for angabe in angaben:
        mache_kosten(massnahme, angabe)
    antwort = sende(leitung, kommune, waehrung=neu, land="Hessen")
    assert antwort.status_code == 422
    assert fehler_am_feld(antwort, "id_waehrung_wechseln").startswith(satz)
    assert text(nach_id(seite_von(antwort), "div_id_waehrung_wechseln")).count(satz) == 1
    kommune.refresh_from_db()
    assert (kommune.waehrung, kommune.land) == (bisher, "")
    daten = eingaben(antwort)
    daten.pop("wappen", None)
    assert daten["land"] == ["Hessen"]
    assert leitung.post(seite(kommune), daten).status_code == 422
    assert leitung.post(seite(kommune), daten | {"waehrung_wechseln": "on"}).status_code == 302
    kommune.refresh_from_db()
    assert (kommune.waehrung, kommune.land) == (neu, "Hessen")
    assert Protokolleintrag.objects.get(ereignis="stammdaten").text == "Land, Währung"


def test_where_no_amount_counts_nobody_is_asked(leitung, kommune, massnahme):
    mache_kosten(massnahme, "nach Bedarf")
    mache_kosten(massnahme, "CHF 500")
    nachbarin = mache_kommune("nachbarstadt")
    mache_kosten(mache_massnahme(mache_feld(mache_konzept(nachbarin))), "9 €")
    assert kreuz(leitung.get(seite(kommune))) is None
    assert sende(leitung, kommune, waehrung="CHF").status_code == 302
    kommune.refresh_from_db()
    assert kommune.waehrung == "CHF"


def test_who_takes_the_old_currency_again_is_asked_no_more(leitung, kommune, massnahme):
    mache_kosten(massnahme, "5.000 €")
    antwort = sende(leitung, kommune, waehrung="CHF", name="")
    daten = eingaben(antwort) | {"waehrung": "EUR", "waehrung_wechseln": "on"}
    daten.pop("wappen", None)
    mit_kreuz = leitung.post(seite(kommune), daten | {"waehrung": "CHF"})
    assert "1 Kostenposition nennt Euro" in text(nach_id(seite_von(mit_kreuz), "id_waehrung_wechseln_helptext"))
    antwort = leitung.post(seite(kommune), daten)
    assert antwort.status_code == 422
    assert kreuz(antwort) is None
    assert leitung.post(seite(kommune), daten | {"name": "Stadt Neuhausen"}).status_code == 302
    kommune.refresh_from_db()
    assert kommune.waehrung == "EUR"


def test_asking_costs_one_query_and_little_time_for_many_positions(leitung, kommune, massnahme):
    def abfragen():
        with CaptureQueriesContext(connection) as gezaehlt:
            assert sende(leitung, kommune, waehrung="CHF").status_code == 422
        return len(gezaehlt)

    mache_kosten(massnahme, "5 €")
    abfragen()
    wenige = abfragen()
    zeilen = [Kostenposition(massnahme=massnahme, angabe=f"{n} €", reihenfolge=n) for n in range(6, 4006)]
    Kostenposition.objects.bulk_create(zeilen)
    assert abfragen() == wenige
    assert kostet_hoechstens(lambda: folgen_des_wechsels(kommune, "CHF"), 5)
