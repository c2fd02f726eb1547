"""The ways of a goal and its measures: moved, deleted, brought back, restored, with a form that was open meanwhile."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from konzept import navigation, vorgaenge
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.konten.models import Protokolleintrag
from konzept.models import Abschnitt, Konzept
from konzept.models.basis import anker
from konzept.verlauf.models import Aenderung
from konzept.werkbank.elemente import ELEMENTE
from massnahmen.models import Massnahme
from tests.fabrik import (
    adresse,
    eingaben,
    mache_abschnitt,
    mache_benutzer,
    mache_feld,
    mache_handlungsziel,
    mache_konzept,
    mache_leitziel,
    mache_massnahme,
    seite_von,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


class Welt:
    def __init__(self, tabellen: str):
        self.konzept = mache_konzept(tabellenabschnitte=tabellen)
        mache_abschnitt(self.konzept, "Felder", inhalt="handlungsfelder")
        self.sprache, self.arbeit = mache_feld(self.konzept), mache_feld(self.konzept, "Arbeit")
        self.leitziel = mache_leitziel(self.sprache)
        self.ziel = mache_handlungsziel(self.sprache, leitziel=self.leitziel)
        self.massnahme = mache_massnahme(self.sprache, handlungsziel=self.ziel)
        self.konto = mache_benutzer(self.konzept.kommune, "leitung", name="Lena Leitung")

    def verschiebe(self, element, unter):
        return vorgaenge.verschiebe(element=element, unter=unter, nach=None, konto=self.konto)

    def loesche(self, element):
        return vorgaenge.loesche(element=type(element).objects.get(pk=element.pk), konto=self.konto)

    def hole(self, eintrag):
        return vorgaenge.hole_zurueck(eintrag=eintrag, konto=self.konto).anders

    def frisch(self) -> Massnahme:
        return Massnahme.objects.get(pk=self.massnahme.pk)

    def dokument(self):
        return stelle_zusammen(Konzept.objects.mit_kommune().get(pk=self.konzept.pk))

    def verlauf(self, zeile) -> list[tuple[str, str]]:
        eintraege = Aenderung.objects.von(self.konzept.kommune_id, self.konzept.pk, anker(zeile))
        return [(e.art, e.benutzer.name if e.benutzer else "") for e in eintraege]


@pytest.fixture(params=["stand", "ziel"])
def welt(request):
    return Welt(request.param)


@pytest.fixture
def browser(client, welt):
    client.force_login(welt.konto)
    return client


SEITEN = ("konzept:uebersicht", "massnahmen:liste", "werkbank:offen", "werkbank:gliederung", "konzept:zeit_und_geld")


def test_a_measure_comes_back_to_its_goal_wherever_that_stands_by_now(welt, browser):
    eintrag = welt.loesche(welt.massnahme)
    welt.verschiebe(welt.leitziel, welt.arbeit)
    (satz,) = welt.hole(eintrag)
    assert satz == "„Sprachcafé“ steht jetzt dort, wohin „Kurse für alle“ inzwischen verschoben ist."
    massnahme = welt.frisch()
    massnahme.full_clean()
    assert (massnahme.handlungsziel, massnahme.handlungsfeld) == (welt.ziel, welt.arbeit)
    for name in SEITEN:
        assert browser.get(navigation.adresse(welt.konzept, name)).status_code == 200, name
    assert "Sprachcafé" in str(welt.dokument())
    pfad = adresse(massnahme, "massnahmen", str(massnahme.pk), "bearbeiten")
    browser.post(pfad, eingaben(browser.get(pfad)))
    assert welt.frisch().handlungsziel == welt.ziel


def test_a_goal_that_comes_back_leaves_alone_what_found_another_place(welt):
    eintrag = welt.loesche(welt.ziel)
    welt.verschiebe(welt.massnahme, welt.arbeit)
    assert welt.hole(eintrag) == ["„Sprachcafé“ gehörte dazu und steht inzwischen woanders; dort bleibt es."]
    assert (welt.frisch().handlungsziel, welt.frisch().handlungsfeld) == (None, welt.arbeit)
    welt.frisch().full_clean()
    assert [m.titel for m in welt.dokument().massnahmen()] == ["Sprachcafé"]


def test_a_goal_comes_back_though_its_measure_hangs_on_the_leitziel_now(welt):
    eintrag = welt.loesche(welt.ziel)
    welt.verschiebe(welt.massnahme, welt.leitziel)
    assert "bleibt es" in welt.hole(eintrag)[0]
    assert (welt.frisch().handlungsziel, welt.frisch().leitziel) == (None, welt.leitziel)
    assert welt.leitziel.handlungsziele.get() == welt.ziel


def test_what_hung_on_a_goal_hangs_there_again(welt):
    eintrag = welt.loesche(welt.ziel)
    assert welt.frisch().handlungsziel is None
    assert welt.hole(eintrag) == []
    assert welt.frisch().handlungsziel == welt.ziel
    assert welt.verlauf(welt.massnahme)[:2] == [("verschoben", "Lena Leitung")] * 2


def test_what_has_no_place_any_more_says_where_to_look_for_it(welt):
    zuerst, dann = welt.loesche(welt.massnahme), welt.loesche(welt.sprache)
    with pytest.raises(ValidationError, match="Es gehörte zu „Sprache“"):
        welt.hole(zuerst)
    assert welt.hole(dann) == []
    assert welt.hole(zuerst) == []


def test_a_measure_whose_goal_is_gone_for_good_says_so(welt):
    eintrag = welt.loesche(welt.massnahme)
    welt.ziel.delete()
    assert welt.hole(eintrag) == ["Wozu „Sprachcafé“ gehörte (Handlungsziel), gibt es nicht mehr."]
    assert welt.frisch().handlungsziel is None


def test_everything_that_goes_along_is_claimed_and_has_it_in_its_history(welt, browser):
    pfad = adresse(welt.massnahme, "massnahmen", str(welt.massnahme.pk), "bearbeiten")
    offen = eingaben(browser.get(pfad)) | {"titel": "Sprachcafé am Markt"}
    welt.verschiebe(welt.leitziel, welt.arbeit)
    assert welt.frisch().version == 2
    assert welt.frisch().geaendert_von == welt.konto
    for zeile in (welt.leitziel, welt.ziel, welt.massnahme):
        assert welt.verlauf(zeile) == [("verschoben", "Lena Leitung"), ("ausgang", "")]
    assert browser.post(pfad, offen).status_code == 409
    assert welt.frisch().handlungsfeld == welt.arbeit


def test_a_saved_form_says_nothing_of_a_move_and_is_named_for_no_move(welt, browser):
    welt.verschiebe(welt.leitziel, welt.arbeit)
    pfad = adresse(welt.massnahme, "massnahmen", str(welt.massnahme.pk), "bearbeiten")
    browser.post(pfad, eingaben(browser.get(pfad)) | {"titel": "Neu"})
    erste, zweite, _ = Aenderung.objects.von(welt.konzept.kommune_id, welt.konzept.pk, anker(welt.massnahme))
    assert erste.stand["felder"]["handlungsfeld"] == zweite.stand["felder"]["handlungsfeld"]
    assert (erste.stand["felder"]["titel"], zweite.stand["felder"]["titel"]) == ("Neu", "Sprachcafé")


def test_an_earlier_state_brings_contents_back_and_no_place(welt, browser):
    pfad = adresse(welt.massnahme, "massnahmen", str(welt.massnahme.pk), "bearbeiten")
    browser.post(pfad, eingaben(browser.get(pfad)) | {"titel": "Neu"})
    welt.verschiebe(welt.ziel, welt.arbeit)
    *_, frueher = Aenderung.objects.von(welt.konzept.kommune_id, welt.konzept.pk, anker(welt.massnahme))
    pfad = adresse(welt.massnahme, "massnahmen", str(welt.massnahme.pk), "verlauf", str(frueher.pk))
    seite = browser.get(pfad)
    assert "Handlungsfeld" not in text(seite_von(seite).find(".//table"))
    assert browser.post(pfad, eingaben(seite)).status_code == 302
    massnahme = welt.frisch()
    assert massnahme.titel == "Sprachcafé"
    assert (massnahme.handlungsziel, massnahme.handlungsfeld) == (welt.ziel, welt.arbeit)


def test_saving_writes_only_what_was_changed(welt):
    """Somebody else may have written another column since the row was read."""
    gelesen = welt.frisch()
    Massnahme.objects.filter(pk=gelesen.pk).update(kurztitel="Café", zeitraum="2027", reihenfolge=7)
    gelesen.titel, gelesen.zeitraum = "Neu", "2028"
    gelesen.save()
    jetzt = welt.frisch()
    assert (jetzt.titel, jetzt.kurztitel, jetzt.reihenfolge) == ("Neu", "Café", 7)
    assert (str(jetzt.zeitraum), jetzt.beginn_am.year) == ("2028", 2028)


def test_a_row_of_which_little_was_read_keeps_what_was_changed_in_it(welt):
    gelesen = Massnahme.objects.defer("text").get(pk=welt.massnahme.pk)
    gelesen.titel = "Neu"
    assert gelesen.text == ""
    gelesen.save()
    assert welt.frisch().titel == "Neu"
    gelesen.kurztitel = "kurz"
    gelesen.save()
    gelesen.save()
    assert (welt.frisch().titel, welt.frisch().kurztitel) == ("Neu", "kurz")


ARTEN_IM_BAUM = {
    "leitziele": lambda w: w.sprache,
    "handlungsziele": lambda w: w.leitziel,
    "massnahmen": lambda w: w.ziel,
    "abschnitte": lambda w: w.konzept.abschnitte.first(),
    "leitlinien": lambda w: mache_abschnitt(w.konzept, "Leitlinien", inhalt="leitlinien"),
    "handlungsfelder": lambda w: None,
    "angebote": lambda w: None,
}


@pytest.mark.parametrize("art", ARTEN_IM_BAUM)
def test_what_is_new_stands_behind_its_siblings(art, welt, browser):
    oben = ARTEN_IM_BAUM[art](welt)
    pfad = adresse(welt.konzept, art, "neu") + (f"?in={anker(oben)}" if oben else "")
    for titel in ("eins", "zwei", "drei", "vier"):
        antwort = browser.post(pfad, eingaben(browser.get(pfad)) | {"titel": titel})
        assert antwort.status_code == 302
    alle = ELEMENTE[art].modell.objects.order_by("reihenfolge", "pk")
    assert [z.titel for z in alle if z.titel in {"eins", "zwei", "drei", "vier"}] == ["eins", "zwei", "drei", "vier"]
    assert alle.last().titel == "vier"


def test_a_measure_that_gets_another_goal_stands_behind_those_that_are_there(welt, browser):
    schon_da = mache_massnahme(welt.sprache, "schon da", leitziel=welt.leitziel, reihenfolge=9)
    pfad = adresse(welt.massnahme, "massnahmen", str(welt.massnahme.pk), "bearbeiten")
    browser.post(pfad, eingaben(browser.get(pfad)) | {"ziel": anker(welt.leitziel)})
    assert list(welt.leitziel.massnahmen.order_by("reihenfolge")) == [schon_da, welt.massnahme]


def test_where_a_section_can_go_costs_the_same_for_any_number(welt, browser):
    abschnitt = mache_abschnitt(welt.konzept, "Vorwort")

    def abfragen() -> int:
        with CaptureQueriesContext(connection) as alle:
            browser.get(adresse(abschnitt, "abschnitte", str(abschnitt.pk), "verschieben"))
        return len(alle)

    abfragen()
    wenige = abfragen()
    oben = abschnitt
    for i in range(12):
        oben = mache_abschnitt(welt.konzept, f"Ebene {i}", oberabschnitt=oben if i % 2 else None)
    assert abfragen() == wenige


def test_nobody_else_does_any_of_this(welt):
    """Also not past the pages."""
    lesend = mache_benutzer(welt.konzept.kommune, "lesen")
    eintrag = welt.loesche(mache_massnahme(welt.sprache, "Weg"))
    stand = Aenderung.objects.filter(anker=eintrag.anker).last()
    neu = mache_konzept(welt.konzept.kommune, "neu")
    for vorgang in (
        lambda: vorgaenge.verschiebe(element=welt.massnahme, unter=welt.arbeit, nach=None, konto=lesend),
        lambda: vorgaenge.loesche(element=welt.massnahme, konto=lesend),
        lambda: vorgaenge.hole_zurueck(eintrag=eintrag, konto=lesend),
        lambda: vorgaenge.stelle_wieder_her(
            element=Massnahme(pk=stand.anker.partition("-")[2], handlungsfeld=welt.sprache),
            aenderung=stand,
            gelesen=1,
            konto=lesend,
        ),
        lambda: vorgaenge.markiere(element=welt.massnahme, marke="", konto=lesend),
        lambda: vorgaenge.schreibe_fort(alt=welt.konzept, neu=neu, konto=lesend),
    ):
        with pytest.raises(PermissionDenied):
            vorgang()
    assert welt.frisch().version == 1


def test_deleting_and_bringing_back_are_logged(welt):
    welt.hole(welt.loesche(welt.ziel))
    eintraege = Protokolleintrag.objects.order_by("pk").values_list("ereignis", "text")
    assert list(eintraege)[-2:] == [
        ("geloescht", "Handlungsziel: Kurse für alle"),
        ("zurueckgeholt", "Handlungsziel: Kurse für alle"),
    ]


def test_a_section_that_is_gone_cannot_be_moved_and_that_is_said(welt):
    abschnitt = mache_abschnitt(welt.konzept, "Weg")
    Abschnitt.objects.filter(pk=abschnitt.pk).delete()
    with pytest.raises(vorgaenge.PasstNicht, match="„Weg“ gibt es nicht mehr"):
        welt.verschiebe(abschnitt, welt.konzept)


def test_a_file_that_is_put_in_place_of_another_is_written(welt):
    kommune = welt.konzept.kommune
    for name in ("eins.png", "zwei.png"):
        kommune.wappen.save(name, ContentFile(b"x"))
        assert type(kommune).objects.get(pk=kommune.pk).wappen.name == kommune.wappen.name != ""
