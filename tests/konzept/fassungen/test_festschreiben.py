"""What is frozen is what stood there, gets a number of its own, and stays as it is."""

import hashlib
import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from PIL import Image

from konzept.dokument import baum
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.fassungen import ausgaben, vorgaenge
from konzept.fassungen.models import Ausgabe, Fassung, FassungArt, Veroeffentlichung
from konzept.fassungen.vorgaenge import festschreiben
from konzept.konten.models import Protokolleintrag
from konzept.models import Konzept
from konzept.unveraenderlich import Unveraenderlich
from konzept.vorgaenge import loesche
from tests.fabrik import (
    RATSBESCHLUSS,
    mache_abschnitt,
    mache_benutzer,
    mache_beschlussfassung,
    mache_feld,
    mache_fuelle,
    mache_konzept,
    mache_massnahme,
)
from tests.nebenlaeufig import gleichzeitig

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

ENTWURF, BESCHLUSS = FassungArt


@pytest.fixture(autouse=True)
def eigener_ordner(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def png(farbe: str) -> bytes:
    puffer = io.BytesIO()
    Image.new("RGB", (64, 64), farbe).save(puffer, "PNG")
    return puffer.getvalue()


@pytest.fixture
def konzept() -> Konzept:
    return mache_konzept(titel="Zusammen leben")


@pytest.fixture
def leitung(konzept):
    return mache_benutzer(konzept.kommune, "leitung")


def test_it_holds_the_whole_document_with_its_checksum(konzept, leitung):
    mache_fuelle(konzept, 2)
    fassung = festschreiben(konzept=konzept, art=ENTWURF, notiz="Zur Beratung", konto=leitung)
    assert fassung.dokument == stelle_zusammen(konzept)
    assert hashlib.sha256(fassung.inhalt.encode()).hexdigest() == fassung.pruefsumme
    gelesen = Fassung.objects.get()
    assert (gelesen.nummer, gelesen.art, gelesen.notiz, gelesen.titel, gelesen.festgeschrieben_von) == (
        1, "entwurf", "Zur Beratung", "Zusammen leben", leitung,
    )  # fmt: skip
    assert timezone.now() - gelesen.festgeschrieben_am < timedelta(minutes=1)


def test_the_state_is_read_anew(konzept, leitung):
    Konzept.objects.update(titel="Inzwischen anders")
    assert festschreiben(konzept=konzept, art=ENTWURF, konto=leitung).titel == "Inzwischen anders"


def test_numbers_count_in_each_concept(konzept, leitung):
    anderes = mache_konzept(konzept.kommune, "anderes")
    arten = [(konzept, ENTWURF), (anderes, ENTWURF), (konzept, ENTWURF), (konzept, BESCHLUSS)]
    beschluss = {BESCHLUSS: RATSBESCHLUSS}
    fassungen = [festschreiben(konzept=k, art=art, konto=leitung, beschluss=beschluss.get(art)) for k, art in arten]
    assert [f.nummer for f in fassungen] == [1, 1, 2, 3]
    assert [str(f) for f in fassungen] == ["Entwurf 1", "Entwurf 1", "Entwurf 2", "Beschlussfassung 3"]


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_get_two_numbers(konzept, leitung):
    gleichzeitig(*[lambda: festschreiben(konzept=konzept, art=ENTWURF, konto=leitung)] * 2)
    assert sorted(Fassung.objects.values_list("nummer", flat=True)) == [1, 2]


def test_what_is_edited_or_deleted_later_does_not_show_through(konzept, leitung):
    mache_abschnitt(konzept, "Handlungsfelder", inhalt="handlungsfelder")
    massnahme = mache_massnahme(mache_feld(konzept), "Sprachcafé")
    fassung = festschreiben(konzept=konzept, art=ENTWURF, konto=leitung)
    vorher = fassung.dokument
    loesche(element=massnahme, konto=leitung)
    Konzept.objects.update(titel="Anders")
    gelesen = Fassung.objects.get()
    assert gelesen.dokument == vorher != stelle_zusammen(Konzept.objects.get())
    assert "Sprachcafé" in set(baum.texte(gelesen.dokument))


def test_the_wappen_is_frozen_with_it(konzept, leitung):
    kommune = konzept.kommune
    kommune.wappen.save("alt.png", ContentFile(png("red")))
    fassung = festschreiben(konzept=konzept, art=ENTWURF, konto=leitung)
    alt = kommune.wappen.name
    kommune.wappen.storage.delete(alt)
    kommune.wappen.save("neu.png", ContentFile(png("blue")))
    assert ausgaben.bilder(Fassung.objects.get()) == {f"media:{alt}": ("image/png", png("red"))}
    assert fassung.pruefsumme != festschreiben(konzept=konzept, art=ENTWURF, konto=leitung).pruefsumme


@pytest.mark.parametrize("name", ["", "fehlt.png", "bild.svg"])
def test_without_a_usable_picture_nothing_is_taken_from_anywhere_else(name, konzept, leitung):
    konzept.kommune.wappen = name
    konzept.kommune.save()
    fassung = festschreiben(konzept=konzept, art=ENTWURF, konto=leitung, ohne_wappen=True)
    assert ausgaben.bilder(fassung) == {}
    assert fassung.ohne_wappen == bool(name)


HALB = png("green")[:-40]
MAENGEL = {
    "gone": ("wappen.png", None, "ist nicht mehr da"),
    "empty": ("wappen.png", b"", "nicht als Bild lesen"),
    "no picture": ("wappen.png", b"Das war einmal ein Bild.", "nicht als Bild lesen"),
    "half a picture": ("wappen.png", HALB, "nicht als Bild lesen"),
    "what does not print": ("wappen.svg", b"<svg/>", "nicht als Bild lesen"),
}


@pytest.mark.parametrize(("name", "inhalt", "satz"), MAENGEL.values(), ids=MAENGEL)
def test_a_wappen_that_would_not_print_is_frozen_on_purpose_only(name, inhalt, satz, konzept, leitung):
    wappen = konzept.kommune.wappen
    wappen.save(name, ContentFile(inhalt or b""))
    if inhalt is None:
        wappen.storage.delete(wappen.name)
    with pytest.raises(vorgaenge.WappenMangelhaft) as fehler:
        festschreiben(konzept=konzept, art=ENTWURF, konto=leitung)
    assert satz in fehler.value.mangel
    assert not Fassung.objects.exists()
    assert not Protokolleintrag.objects.filter(ereignis="festgeschrieben").exists()
    fassung = festschreiben(konzept=konzept, art=ENTWURF, konto=leitung, ohne_wappen=True)
    assert (bytes(fassung.wappen), fassung.ohne_wappen) == (b"", True)
    assert Protokolleintrag.objects.get(ereignis="festgeschrieben").text == "Zusammen leben: Entwurf 1, ohne Wappen"


def test_a_wappen_that_is_whole_is_frozen_whatever_was_ticked(konzept, leitung):
    konzept.kommune.wappen.save("wappen.png", ContentFile(png("red")))
    fassung = festschreiben(konzept=konzept, art=ENTWURF, konto=leitung, ohne_wappen=True)
    assert (bytes(fassung.wappen), fassung.ohne_wappen) == (png("red"), False)
    assert Protokolleintrag.objects.get(ereignis="festgeschrieben").text == "Zusammen leben: Entwurf 1"


def test_the_picture_is_the_one_that_the_frozen_tree_names(konzept, leitung, monkeypatch):
    """Whoever replaces the Wappen meanwhile changes neither: name and picture are read in the same moment."""
    konzept.kommune.wappen.save("alt.png", ContentFile(png("red")))
    alt, stelle = konzept.kommune.wappen.name, vorgaenge.stelle_ganz_zusammen

    def dazwischen(frisch):
        dokument = stelle(frisch)
        frisch.kommune.wappen.save("neu.png", ContentFile(png("blue")), save=False)
        return dokument

    monkeypatch.setattr(vorgaenge, "stelle_ganz_zusammen", dazwischen)
    fassung = festschreiben(konzept=konzept, art=ENTWURF, konto=leitung)
    assert fassung.dokument.kommune.wappen == alt
    assert bytes(fassung.wappen) == png("red")


def test_it_is_logged(konzept, leitung):
    mache_beschlussfassung(konzept, konto=leitung)
    eintrag = Protokolleintrag.objects.get()
    assert (eintrag.ereignis, eintrag.kommune, eintrag.benutzer, eintrag.text) == (
        "festgeschrieben", konzept.kommune, leitung,
        "Zusammen leben: Beschlussfassung 1, beschlossen: Rat der Stadt am 28.10.2020 (Drucksache 18/2020)",
    )  # fmt: skip


# Nothing changes it


@pytest.fixture
def fassung(konzept, leitung) -> Fassung:
    fassung = festschreiben(konzept=konzept, art=ENTWURF, notiz="so war es", konto=leitung)
    fassung.ausgaben.create(art="druck", datei=b"%PDF so war es", seiten=1)
    return fassung


def _speichere(fassung):
    fassung.notiz = "anders"
    fassung.save()


@pytest.mark.parametrize(
    "versuch",
    [
        _speichere,
        lambda f: f.delete(),
        lambda f: Fassung.objects.update(notiz="anders"),
        lambda f: Fassung.objects.all().delete(),
        lambda f: f.ausgaben.update(datei=b"anders"),
        lambda f: f.ausgaben.get().delete(),
    ],
)
def test_the_code_refuses_to_change_it(versuch, fassung):
    with pytest.raises((Unveraenderlich, ProtectedError)):
        versuch(fassung)
    assert Fassung.objects.get().notiz == "so war es"
    assert bytes(Ausgabe.objects.get().datei) == b"%PDF so war es"


@pytest.mark.parametrize("tabelle", ["fassungen_fassung", "fassungen_ausgabe"])
@pytest.mark.parametrize("befehl", ["UPDATE {} SET pruefsumme = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_too_however_old_it_is(befehl, tabelle, fassung):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(befehl.format(tabelle))
    assert Fassung.objects.get().pruefsumme == fassung.pruefsumme
    assert Ausgabe.objects.count() == 1


def test_a_concept_with_fassungen_cannot_be_deleted(fassung):
    with pytest.raises(ProtectedError):
        fassung.konzept.delete()


# Publication


def test_only_a_beschlussfassung_is_published(fassung, leitung):
    with pytest.raises(vorgaenge.NichtBeschlossen):
        vorgaenge.veroeffentliche(fassung=fassung, konto=leitung)
    assert not Veroeffentlichung.objects.exists()


def test_publishing_and_taking_back_are_logged_once(konzept, leitung):
    fassung = mache_beschlussfassung(konzept, konto=leitung)
    for _ in range(2):
        vorgaenge.veroeffentliche(fassung=fassung, konto=leitung)
    assert Fassung.objects.get().ist_veroeffentlicht
    for _ in range(2):
        vorgaenge.nimm_zurueck(fassung=fassung, konto=leitung)
    assert not Fassung.objects.get().ist_veroeffentlicht
    ereignisse = Protokolleintrag.objects.order_by("pk").values_list("ereignis", flat=True)
    assert list(ereignisse) == ["festgeschrieben", "veroeffentlicht", "zurueckgenommen"]
