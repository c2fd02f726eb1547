"""What becomes of the elements of the earlier concept: marked by hand or by editing, struck out, taken up again."""

import pytest

from konzept.dokument.baum import als_json
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.models import Konzept
from konzept.verlauf.models import Aenderung
from konzept.vorgaenge import schreibe_fort
from massnahmen.models import Massnahme
from tests.fabrik import (
    adresse,
    eingaben,
    formular_adresse,
    mache_akteur,
    mache_benutzer,
    mache_feld,
    mache_fuelle,
    mache_handlungsziel,
    mache_konzept,
    mache_kosten,
    mache_leitziel,
    mache_massnahme,
    mache_schritt,
    nach_id,
    seite_von,
    setze_zustaendig,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

ARTEN = ("leitlinien", "handlungsfelder", "leitziele", "handlungsziele", "massnahmen")


def schreibe_neu(alt: Konzept, slug: str = "neu") -> Konzept:
    neu = mache_konzept(alt.kommune, slug, titel="Fortschreibung", vorgaenger=alt, gueltig_ab=2027, gueltig_bis=2030)
    schreibe_fort(alt=alt, neu=neu, konto=None)
    return neu


@pytest.fixture
def neu():
    """The Fortschreibung of a small concept: one field with a goal of each level and three measures."""
    alt = mache_konzept(slug="alt")
    for platz, inhalt in enumerate(("leitlinien", "handlungsfelder", "kosten", "zeitplan", "mitwirkende")):
        alt.abschnitte.create(titel=inhalt, inhalt=inhalt, reihenfolge=platz)
    alt.leitlinien.create(titel="Alle gehören dazu")
    feld = mache_feld(alt, "Wohnen")
    leitziel = mache_leitziel(feld, "Gut wohnen")
    ziel = mache_handlungsziel(feld, "Wohnraum finden", leitziel=leitziel)
    for platz, (titel, wo) in enumerate(
        (("Mietfibel", {"handlungsziel": ziel}), ("Lotsen", {"leitziel": leitziel}), ("Beirat", {}))
    ):
        massnahme = mache_massnahme(feld, titel, reihenfolge=platz, zeitraum="2028", umsetzungsstand="geplant", **wo)
        mache_kosten(massnahme, "100 €", jahr=2028)
        setze_zustaendig(mache_schritt(massnahme, "Beginnen"), mache_akteur(alt.kommune, f"Amt für {titel}"))
        massnahme.indikatoren.create(konzept=alt, titel=f"Zahl zu {titel}", art="wirkung")
    return schreibe_neu(alt)


@pytest.fixture
def redaktion(client, neu):
    client.force_login(mache_benutzer(neu.kommune, "redaktion"))
    return client


def massnahme(konzept, titel: str) -> Massnahme:
    return Massnahme.objects.get(handlungsfeld__konzept=konzept, titel=titel)


def markiere(client, zeile, art: str, marke: str):
    return client.post(adresse(zeile, art, str(zeile.pk), "markieren"), {"fortschreibung": marke})


def gedruckt(konzept) -> str:
    return als_json(stelle_zusammen(Konzept.objects.get(pk=konzept.pk))).decode()


def gliederung(client, konzept):
    feld = konzept.handlungsfelder.first()
    return client.get(f"{adresse(konzept, 'gliederung')}?feld={feld.pk}")


# The mark


def test_editing_marks_it_as_changed(redaktion, neu):
    zeile = massnahme(neu, "Mietfibel")
    pfad = formular_adresse(zeile)
    redaktion.post(pfad, eingaben(redaktion.get(pfad)))
    zeile.refresh_from_db()
    assert zeile.fortschreibung == "", "saving it as it is says nothing"
    redaktion.post(pfad, eingaben(redaktion.get(pfad)) | {"titel": "Mietfibel mit Bildern"})
    zeile.refresh_from_db()
    assert zeile.fortschreibung == "geaendert"


def test_editing_a_row_of_it_counts_too(redaktion, neu):
    zeile = massnahme(neu, "Mietfibel")
    pfad = formular_adresse(zeile)
    redaktion.post(pfad, eingaben(redaktion.get(pfad)) | {"schritte-0-text": "Anders beginnen"})
    zeile.refresh_from_db()
    assert zeile.fortschreibung == "geaendert"


@pytest.mark.parametrize("art", ["leitlinien", "handlungsfelder", "leitziele", "handlungsziele"])
def test_every_kind_is_marked_as_changed(art, redaktion, neu):
    zeile = {
        "leitlinien": neu.leitlinien,
        "handlungsfelder": neu.handlungsfelder,
        "leitziele": neu.handlungsfelder.get().leitziele,
        "handlungsziele": neu.handlungsfelder.get().handlungsziele,
    }[art].get()
    pfad = adresse(zeile, art, str(zeile.pk), "bearbeiten")
    redaktion.post(pfad, eingaben(redaktion.get(pfad)) | {"titel": "Neu gefasst"})
    zeile.refresh_from_db()
    assert (zeile.titel, zeile.fortschreibung) == ("Neu gefasst", "geaendert")


def test_what_the_person_says_counts_more(redaktion, neu):
    zeile = massnahme(neu, "Mietfibel")
    pfad = formular_adresse(zeile)
    daten = eingaben(redaktion.get(pfad)) | {"titel": "Mietfibel!", "fortschreibung": "uebernommen"}
    redaktion.post(pfad, daten)
    zeile.refresh_from_db()
    assert zeile.fortschreibung == "uebernommen"


def test_what_is_new_bears_no_mark(redaktion, neu):
    eigene = mache_massnahme(neu.handlungsfelder.get(), "Ganz neu")
    pfad = formular_adresse(eigene)
    redaktion.post(pfad, eingaben(redaktion.get(pfad)) | {"titel": "Ganz neu gefasst"})
    eigene.refresh_from_db()
    assert (eigene.titel, eigene.fortschreibung) == ("Ganz neu gefasst", "")


def test_marking_stands_in_the_history_and_claims_a_version(redaktion, neu):
    zeile = massnahme(neu, "Mietfibel")
    pfad = formular_adresse(zeile)
    offen = eingaben(redaktion.get(pfad)) | {"titel": "Vorher geöffnet"}
    antwort = markiere(redaktion, zeile, "massnahmen", "entfallen")
    assert antwort.url.endswith(f"?feld={zeile.handlungsfeld_id}#massnahme-{zeile.pk}")
    letzte = Aenderung.objects.filter(anker=f"massnahme-{zeile.pk}").first()
    assert letzte.stand["felder"]["fortschreibung"] == "entfallen"
    assert redaktion.post(pfad, offen).status_code == 409


@pytest.mark.parametrize(("art", "marke"), [("massnahmen", "unsinn"), ("abschnitte", "entfallen")])
def test_what_is_no_mark_or_bears_none_is_refused(art, marke, redaktion, neu):
    zeile = massnahme(neu, "Mietfibel") if art == "massnahmen" else neu.abschnitte.first()
    assert markiere(redaktion, zeile, art, marke).status_code == 404


# Struck out


@pytest.mark.parametrize("marke", ["erledigt", "entfallen"])
def test_a_struck_measure_is_in_no_part_of_the_document(marke, redaktion, neu):
    vorher = gedruckt(neu)
    for teil in ("Mietfibel", "Amt für Mietfibel", "Zahl zu Mietfibel", '"summe":"300'):
        assert teil in vorher
    markiere(redaktion, massnahme(neu, "Mietfibel"), "massnahmen", marke)
    nachher = gedruckt(neu)
    assert "Mietfibel" not in nachher
    assert '"summe":"200' in nachher
    assert "Lotsen" in nachher


@pytest.mark.parametrize("marke", ["", "uebernommen", "geaendert"])
def test_every_other_mark_leaves_the_document_alone(marke, redaktion, neu):
    vorher = gedruckt(neu)
    markiere(redaktion, massnahme(neu, "Mietfibel"), "massnahmen", marke)
    assert gedruckt(neu) == vorher


def test_the_umsetzungsstand_is_another_matter(redaktion, neu):
    zeile = massnahme(neu, "Mietfibel")
    Massnahme.objects.filter(pk=zeile.pk).update(umsetzungsstand="umgesetzt")
    assert "Mietfibel" in gedruckt(neu)
    Massnahme.objects.filter(pk=zeile.pk).update(umsetzungsstand="entfallen", stand_begruendung="kein Geld")
    assert "kein Geld" in gedruckt(neu)


def test_the_numbers_close_up(redaktion, neu):
    def nummern():
        (tabelle,) = (
            teil
            for _, kapitel in stelle_zusammen(Konzept.objects.get(pk=neu.pk)).alle_kapitel()
            for teil in kapitel.teile
            if type(teil).__name__ == "Massnahmentabelle"
        )
        return [(m.nummer, m.titel) for abschnitt in tabelle.abschnitte for m in abschnitt.massnahmen]

    assert [nummer for nummer, _ in nummern()] == ["1", "2", "3"]
    erste = nummern()[0][1]
    markiere(redaktion, massnahme(neu, erste), "massnahmen", "erledigt")
    assert [nummer for nummer, _ in nummern()] == ["1", "2"]
    assert erste not in [titel for _, titel in nummern()]


@pytest.mark.parametrize(
    ("art", "bleiben"),
    [("handlungsziele", {"Lotsen", "Beirat"}), ("leitziele", {"Beirat"}), ("handlungsfelder", set())],
)
def test_what_stands_below_goes_with_it_and_comes_back_with_it(art, bleiben, redaktion, neu):
    feld = neu.handlungsfelder.get()
    zeile = feld if art == "handlungsfelder" else getattr(feld, art).get()
    vorher = gedruckt(neu)
    markiere(redaktion, zeile, art, "entfallen")
    nachher = gedruckt(neu)
    assert {t for t in ("Mietfibel", "Lotsen", "Beirat") if t in nachher} == bleiben
    assert zeile.titel not in nachher
    markiere(redaktion, zeile, art, "")
    assert gedruckt(neu) == vorher


def test_a_struck_leitlinie_goes_from_list_and_measures(redaktion, neu):
    leitlinie = neu.leitlinien.get()
    massnahme(neu, "Lotsen").leitlinien.add(leitlinie)
    assert gedruckt(neu).count("Alle gehören dazu") == 2
    markiere(redaktion, leitlinie, "leitlinien", "entfallen")
    assert "Alle gehören dazu" not in gedruckt(neu)


# Where it is still to be seen


def test_the_outline_keeps_it_with_its_mark_and_the_way_back(redaktion, neu):
    ziel, unter = neu.handlungsfelder.get().handlungsziele.get(), massnahme(neu, "Mietfibel")
    markiere(redaktion, ziel, "handlungsziele", "entfallen")
    seite = gliederung(redaktion, neu)
    zeilen = {
        verweis.get("id"): zeile
        for zeile in seite_von(seite).iter("div")
        if "werkbaum__zeile" in (zeile.get("class") or "").split()
        for verweis in zeile.iter("a")
        if verweis.get("id")
    }
    gestrichen = {name for name, zeile in zeilen.items() if "werkbaum__zeile--weg" in zeile.get("class").split()}
    assert gestrichen == {f"handlungsziel-{ziel.pk}", f"massnahme-{unter.pk}"}
    assert "entfallen" in text(zeilen[f"handlungsziel-{ziel.pk}"])
    assert "damit gestrichen" in text(zeilen[f"massnahme-{unter.pk}"])
    knoepfe = {name for name, zeile in zeilen.items() if "Wieder aufnehmen" in text(zeile)}
    assert knoepfe == {f"handlungsziel-{ziel.pk}"}, "the mark is taken back where it was set"


def test_its_form_stays_open_and_leads_back_to_the_outline(redaktion, neu):
    zeile = massnahme(neu, "Mietfibel")
    markiere(redaktion, zeile, "massnahmen", "entfallen")
    pfad = formular_adresse(zeile)
    seite = redaktion.get(pfad)
    assert seite.status_code == 200
    assert "/lesen/massnahme-" not in seite.content.decode()
    antwort = redaktion.post(pfad, eingaben(seite) | {"text": "Warum sie entfiel."}, follow=True)
    assert antwort.status_code == 200
    assert "Gliederung bearbeiten" in text(seite_von(antwort))
    zeile.refresh_from_db()
    assert (zeile.text, zeile.fortschreibung) == ("Warum sie entfiel.", "entfallen")


def test_a_measure_below_a_struck_goal_keeps_it_when_it_is_saved(redaktion, neu):
    zeile = massnahme(neu, "Mietfibel")
    markiere(redaktion, zeile.handlungsziel, "handlungsziele", "entfallen")
    pfad = formular_adresse(zeile)
    assert redaktion.post(pfad, eingaben(redaktion.get(pfad)) | {"text": "Neu"}).status_code == 302
    vorher, zeile = zeile.handlungsziel_id, Massnahme.objects.get(pk=zeile.pk)
    assert (zeile.handlungsziel_id, zeile.text) == (vorher, "Neu")


def test_forms_of_goals_in_a_struck_field_lead_nowhere_that_is_not_there(redaktion, neu):
    feld = neu.handlungsfelder.get()
    markiere(redaktion, feld, "handlungsfelder", "entfallen")
    ziel = feld.handlungsziele.get()
    seite = redaktion.get(adresse(ziel, "handlungsziele", str(ziel.pk), "bearbeiten"))
    assert "Im Konzept ansehen" not in text(seite_von(seite))


def test_the_list_leaves_it_out_until_it_is_asked_for(redaktion, neu):
    markiere(redaktion, massnahme(neu, "Mietfibel"), "massnahmen", "entfallen")
    pfad = adresse(neu, "massnahmen")

    def titel(frage=""):
        tabellen = seite_von(redaktion.get(f"{pfad}{frage}")).iter("table")
        return {text(th) for tabelle in tabellen for th in tabelle.iter("th") if th.get("scope") == "row"}

    assert titel() == {"Lotsen", "Beirat"}
    assert titel("?fortschreibung=entfallen") == {"Mietfibel"}
    assert titel("?fortschreibung=ohne") == {"Lotsen", "Beirat"}
    assert titel("?fortschreibung=erledigt") == set()
    assert "Fortschreibung" not in [
        text(label) for label in seite_von(redaktion.get(adresse(neu.vorgaenger, "massnahmen"))).iter("label")
    ]


def test_the_menu_offers_marks_only_for_what_was_carried_over(redaktion, neu):
    eigene = mache_massnahme(neu.handlungsfelder.get(), "Ganz neu")
    for zeile, gefragt in ((massnahme(neu, "Lotsen"), True), (eigene, False)):
        menue = text(nach_id(seite_von(redaktion.get(adresse(zeile, "massnahmen", str(zeile.pk), "mehr"))), "mehr"))
        assert ("Vermerken: entfallen" in menue) is gefragt
        assert "Maßnahme danach" in menue


# The next Fortschreibung


def test_what_was_struck_is_not_carried_on(redaktion, neu):
    markiere(redaktion, neu.handlungsfelder.get().leitziele.get(), "leitziele", "erledigt")
    uebernaechstes = schreibe_neu(neu, "uebernaechstes")
    assert gedruckt(uebernaechstes).count("Beirat") == gedruckt(neu).count("Beirat") > 0
    assert [m.titel for m in Massnahme.objects.fuer_konzept(uebernaechstes)] == ["Beirat"]
    assert [i.titel for i in uebernaechstes.indikatoren.all()] == ["Zahl zu Beirat"]
    assert not uebernaechstes.handlungsfelder.get().handlungsziele.exists()


def test_a_full_concept_without_a_field_is_carried_on():
    alt = mache_konzept(slug="voll")
    mache_fuelle(alt, 3)
    neu = schreibe_neu(alt)
    neu.handlungsfelder.filter(pk=neu.handlungsfelder.first().pk).update(fortschreibung="entfallen")
    weiter = schreibe_neu(neu, "weiter")
    assert weiter.handlungsfelder.count() == 2
    assert all(thema.bezuege.count() == 2 for thema in weiter.querschnittsaufgaben.all())
    stelle_zusammen(weiter)
