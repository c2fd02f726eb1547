"""Pages that say that the Wappen would not print, and freezing without it on purpose."""

import io

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from konzept.entwuerfe.models import Zwischenstand
from konzept.fassungen import views
from konzept.fassungen.models import Fassung
from konzept.fassungen.vorgaenge import festschreiben
from konzept.models import Konzept
from tests.fabrik import adresse, eingaben, fehler_am_feld, mache_benutzer, mache_konzept, nach_id, seite_von, text

pytestmark = pytest.mark.django_db

FEHLT = "Die Datei mit dem Wappen der Kommune ist nicht mehr da."
UNLESBAR = "Die Datei mit dem Wappen der Kommune lässt sich nicht als Bild lesen."


def png() -> bytes:
    puffer = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(puffer, "PNG")
    return puffer.getvalue()


@pytest.fixture
def konzept(settings, tmp_path) -> Konzept:
    """Of a Kommune whose Wappen is gone."""
    cache.clear()
    settings.MEDIA_ROOT = tmp_path
    konzept = mache_konzept(titel="Zusammen leben")
    konzept.kommune.wappen.save("wappen.png", ContentFile(png()))
    konzept.kommune.wappen.storage.delete(konzept.kommune.wappen.name)
    return konzept


@pytest.fixture
def melde_an(client, konzept):
    def an(rolle):
        client.force_login(mache_benutzer(konzept.kommune, rolle))
        return client

    return an


def neu(konzept) -> str:
    return adresse(konzept, "fassungen", "neu")


def mit(seite, **werte) -> dict:
    return eingaben(seite, mit="notiz") | {"art": "entwurf", "notiz": "Zur Beratung"} | werte


def hinweis(antwort) -> str:
    """The notice about the Wappen on a page, "" where there is none."""
    alle = (k for k in seite_von(antwort).iter("section") if k.get("aria-labelledby") == "wappen-fehlt")
    return "".join(map(text, alle))


def test_freezing_is_refused_and_says_what_is_missing_and_where_it_is_mended(melde_an, konzept):
    client = melde_an("leitung")
    antwort = client.post(neu(konzept), mit(client.get(neu(konzept))))
    assert antwort.status_code == 422
    assert not Fassung.objects.exists()
    assert "noch nichts festgeschrieben" in text(nach_id(seite_von(antwort), "fehler"))
    assert "neu hochladen" in fehler_am_feld(antwort, "id_ohne_wappen")
    assert FEHLT in hinweis(antwort)
    stammdaten = f"/kommunen/{konzept.kommune.slug}/stammdaten/"
    assert stammdaten in [a.get("href") for a in seite_von(antwort).iter("a")]
    assert eingaben(antwort, mit="notiz")["notiz"] == ["Zur Beratung"]


def test_who_may_not_mend_it_reads_who_can(melde_an, konzept):
    seite = melde_an("redaktion").get(neu(konzept))
    assert "Rolle Leitung oder Verwaltung" in hinweis(seite)
    assert "/stammdaten/" not in seite.content.decode()


def test_on_purpose_it_is_frozen_without_and_its_page_says_so(melde_an, konzept):
    client = melde_an("redaktion")
    antwort = client.post(neu(konzept), mit(client.get(neu(konzept)), ohne_wappen="on"), follow=True)
    assert antwort.redirect_chain == [(adresse(konzept, "fassungen", "1"), 302)]
    assert "ist ohne Wappen festgeschrieben. Die PDFs" in text(seite_von(antwort))
    spaeter = text(seite_von(client.get(adresse(konzept, "fassungen", "1"))))
    assert "Ohne Wappen festgeschrieben: Seine Datei fehlte oder ließ sich nicht lesen." in spaeter


def test_with_a_whole_wappen_nothing_is_said_or_asked(melde_an, konzept):
    konzept.kommune.wappen.save("neu.png", ContentFile(png()))
    client = melde_an("leitung")
    seite = client.get(neu(konzept))
    assert hinweis(seite) == ""
    assert "ohne_wappen" not in seite.content.decode()
    client.post(neu(konzept), mit(seite, ohne_wappen="on"))
    assert bytes(Fassung.objects.get().wappen) == png()
    assert "Ohne Wappen" not in client.get(adresse(konzept, "fassungen", "1")).content.decode()


def test_what_goes_missing_in_the_last_moment_is_refused_too(melde_an, konzept, monkeypatch):
    """The page saw a whole Wappen; the moment of freezing decides."""
    client, jetzt = melde_an("leitung"), views.wappenhinweis
    daten = mit(client.get(neu(konzept)))
    monkeypatch.setattr(views, "wappenhinweis", lambda b, k, mangel="": jetzt(b, k, mangel))
    antwort = client.post(neu(konzept), daten)
    assert antwort.status_code == 422
    assert FEHLT in hinweis(antwort)
    assert "neu hochladen" in fehler_am_feld(antwort, "id_ohne_wappen")


def test_what_was_kept_for_the_form_stays_until_it_is_frozen(melde_an, konzept):
    client = melde_an("leitung")
    konto = konzept.kommune.mitgliedschaften.get().benutzer
    Zwischenstand.objects.create(benutzer=konto, adresse=neu(konzept), daten="notiz=Zur+Beratung")
    client.post(neu(konzept), mit(client.get(neu(konzept))))
    assert Zwischenstand.objects.exists()


SEITEN = {"the overview": (), "the list of Fassungen": ("fassungen",), "freezing": ("fassungen", "neu")}


@pytest.mark.parametrize("seite", SEITEN)
@pytest.mark.parametrize(("inhalt", "satz"), [(None, FEHLT), (b"kein Bild", UNLESBAR)])
def test_staff_reads_it_where_it_prints_and_freezes(seite, inhalt, satz, melde_an, konzept):
    if inhalt:
        konzept.kommune.wappen.save("kaputt.png", ContentFile(inhalt))
    for rolle in ("leitung", "redaktion"):
        assert satz in hinweis(melde_an(rolle).get(adresse(konzept, *SEITEN[seite])))


@pytest.mark.parametrize("rolle", ["lesen", "mitwirkung"])
def test_others_are_not_bothered_with_it(rolle, melde_an, konzept):
    for seite in ((), ("fassungen",)):
        assert hinweis(melde_an(rolle).get(adresse(konzept, *seite))) == ""


def test_looking_at_it_takes_no_more_queries_with_more_fassungen(melde_an, konzept):
    client, anzahlen = melde_an("leitung"), []
    for anzahl in (1, 2):
        for _ in range(anzahl):
            festschreiben(konzept=konzept, art="entwurf", konto=None, ohne_wappen=True)
        client.get(adresse(konzept, "fassungen"))
        with CaptureQueriesContext(connection) as anfragen:
            client.get(adresse(konzept, "fassungen"))
        anzahlen.append(len(anfragen))
    assert anzahlen[0] == anzahlen[1]
