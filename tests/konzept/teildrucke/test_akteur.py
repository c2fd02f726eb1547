"""What concerns one Akteur: every place where a concept names it, and of each what matters to it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from konzept.dokument import baum
from konzept.dokument.nennungen import Nennungsrolle, nennungen
from konzept.models import Beteiligung, Gremium
from konzept.satz.stueck import OhneSpeicher
from konzept.teildrucke.akteur import nimm_auf
from konzept.teildrucke.akteursteile import KURZER_TEXT, kurztext, ziehe_aus
from konzept.teildrucke.akteursworte import auslassung, eingang
from konzept.teildrucke.teildruck import arbeitsstand
from massnahmen.models import Angebot, Indikator
from tests import lage
from tests.fabrik import (
    adresse,
    kommunen_adresse,
    mache_abschnitt,
    mache_akteur,
    mache_benutzer,
    mache_feld,
    mache_fuelle,
    mache_handlungsziel,
    mache_kommune,
    mache_konzept,
    mache_kosten,
    mache_leitziel,
    mache_massnahme,
    mache_sachstand,
    mache_schritt,
    seite_von,
    setze_zustaendig,
    text,
)
from tests.konzept.dokument import vorlesen
from tests.konzept.dokument.conftest import Lesen
from tests.konzept.vera import VARIANTEN
from tests.satz import ohne_satz

pytestmark = pytest.mark.django_db


class Stadt:
    """A concept in which "VHS" stands in every place where somebody can stand, and "IHK" in one."""

    def __init__(self, slug: str = "musterhausen"):
        self.kommune = kommune = mache_kommune(slug)
        self.konzept = k = mache_konzept(kommune, gueltig_ab=2027, gueltig_bis=2032)
        inhalte = ("handlungsfelder", "angebote", "gremien", "prozess", "indikatoren", "mitwirkende")
        for platz, inhalt in enumerate(inhalte):
            mache_abschnitt(k, inhalt.title(), inhalt=inhalt, reihenfolge=platz)
        self.vhs = mache_akteur(kommune, "VHS", name="Volkshochschule", art="traeger")
        self.ihk = mache_akteur(kommune, "IHK", name="Industrie- und Handelskammer")
        self.amt = mache_akteur(kommune, "51", name="Jugendamt")
        sprache, arbeit = mache_feld(k, "Sprache", reihenfolge=1), mache_feld(k, "Arbeit", reihenfolge=2)
        ziel = mache_handlungsziel(sprache, "Kurse für alle", leitziel=mache_leitziel(sprache))
        kurse = mache_massnahme(sprache, "Kurse", text="Worum es geht.", zeitraum="2028", handlungsziel=ziel)
        setze_zustaendig(kurse, self.vhs, rolle="federfuehrung")
        setze_zustaendig(kurse, self.amt)
        setze_zustaendig(mache_schritt(kurse, "Räume suchen", zeitraum="03/2028"), self.amt)
        mache_kosten(kurse, "4.500 €", jahr=2028)
        mache_sachstand(kurse, "2026-05-04", "Raum gefunden.")
        cafe = mache_massnahme(arbeit, "Café", umsetzungsstand="geplant")
        setze_zustaendig(cafe, self.amt, rolle="federfuehrung")
        setze_zustaendig(cafe, self.vhs)
        for platz, (satz, wer) in enumerate(
            [("Eröffnen", [self.vhs]), ("Werben", [self.amt]), ("Auswerten", [])], start=1
        ):
            setze_zustaendig(mache_schritt(cafe, satz, reihenfolge=platz), *wer)
        messe = mache_massnahme(arbeit, "Messe", zeitraum="2029", umsetzungsstand="geplant")
        setze_zustaendig(messe, self.amt, rolle="federfuehrung")
        for platz, (satz, wer) in enumerate([("Halle mieten", self.ihk), ("Stand planen", self.vhs)], start=1):
            setze_zustaendig(mache_schritt(messe, satz, reihenfolge=platz), wer)
        mache_kosten(messe, "9.999 €", jahr=2029)
        mache_massnahme(arbeit, "Ohne sie", umsetzungsstand="geplant")
        angebot = Angebot.objects.create(konzept=k, handlungsfeld=arbeit, titel="Beratung")
        angebot.anbieter.create(akteur=self.vhs)
        gefoerdert = Angebot.objects.create(konzept=k, titel="Stammtisch", reihenfolge=2)
        gefoerdert.foerderungen.create(geber="volkshochschule", angabe="500 €")
        gremium = Gremium.objects.create(kommune=kommune, name="AG Sprache")
        gremium.mitglieder.create(name="Volkshochschule")
        Beteiligung.objects.create(konzept=k, gremium=gremium)
        schritt = k.prozessschritte.create(titel="Werkstatt")
        schritt.gruppen.create(name="VHS")
        Indikator.objects.create(konzept=k, titel="Plätze", art="kontext", quelle="VHS")

    def drucke(self, akteur):
        return nimm_auf(arbeitsstand(self.konzept), akteur)


@pytest.fixture
def stadt():
    return Stadt()


def gesagt(druck) -> str:
    return text(seite_von(druck.html())).replace("\xa0", " ")


def ueberschriften(druck) -> list[str]:
    return [text(k) for k in seite_von(druck.html()).iter("h1", "h2")]


# Where somebody is named


def test_every_place_in_which_somebody_can_stand_is_found(stadt):
    dokument = arbeitsstand(stadt.konzept).dokument
    gefunden = [(n.wort, n.rolle, n.feld.titel if n.feld else "") for n in nennungen(dokument)]
    vhs = [(rolle, feld) for wort, rolle, feld in gefunden if wort.lower() in ("vhs", "volkshochschule")]
    assert {rolle for rolle, _ in vhs} == set(Nennungsrolle)
    an_massnahmen = (Nennungsrolle.FEDERFUEHRUNG, Nennungsrolle.BETEILIGUNG, Nennungsrolle.SCHRITT)
    assert {feld for rolle, feld in vhs if rolle in an_massnahmen} == {"Sprache", "Arbeit"}
    assert [rolle for wort, rolle, _ in gefunden if wort == "IHK"] == [Nennungsrolle.SCHRITT]


def test_an_indicator_of_goals_and_measures_names_its_source():
    i = baum.Indikator(anker="indikator-1", titel="Plätze", quelle="VHS")
    ziel = baum.Handlungsziel(anker="handlungsziel-1", rn=1, nummer="1", titel="Z", indikatoren=(i,))
    leitziel = baum.Leitziel(anker="leitziel-1", rn=2, nummer="1", titel="L", indikatoren=(i,), handlungsziele=(ziel,))
    m = baum.Massnahme(anker="massnahme-1", rn=3, nummer="1", kennung="1", titel="M", indikatoren=(i,))
    tabelle = baum.Massnahmentabelle(abschnitte=(baum.Tabellenabschnitt(titel="", massnahmen=(m,)),))
    zielbaum = baum.Zielbaum(leitziele=(leitziel,), handlungsziele=(ziel,))
    kapitel = baum.Kapitel(anker="handlungsfeld-1", art="handlungsfeld", titel="F", teile=(zielbaum, tabelle))
    dokument = baum.Dokument(
        kommune=baum.Kommune(slug="o", name="O", kurzname="O", art="stadt"), slug="k", titel="K", kapitel=(kapitel,)
    )
    assert [n.rolle for n in nennungen(dokument)] == [Nennungsrolle.ZAHLEN] * 4
    auszug = ziehe_aus(dokument, "VHS")
    assert auszug.zahlen == {Nennungsrolle.ZAHLEN: 1}  # the same one
    assert [teil.titel for teil in auszug.teile] == ["Zahlen"]


def test_only_a_kuerzel_names_somebody_in_a_measure(stadt):
    """Somebody else may have as Kürzel what is the full name of this one."""
    andere = mache_akteur(stadt.kommune, "Volkshochschule")
    setze_zustaendig(mache_massnahme(stadt.konzept.handlungsfelder.first(), "Ferne"), andere)
    titel = [m.titel for teil in stadt.drucke(stadt.vhs).teile[:3] for m in _massnahmen(teil)]
    assert titel == ["Kurse", "Café", "Messe"]


def _massnahmen(teil):
    return [m for abschnitt in teil.teil.abschnitte for m in abschnitt.massnahmen]


# What of it is said


def test_it_is_ordered_by_role_and_handlungsfeld_and_says_where_it_stands(stadt):
    druck = stadt.drucke(stadt.vhs)
    assert ueberschriften(druck) == [
        "Auszug: Volkshochschule", "Federführend", "Beteiligt", "Einzelne Schritte", "Angebote",
        "Geförderte Angebote", "Gremien und Netzwerke", "Prozess", "Zahlen", "Kürzel",
    ]  # fmt: skip
    worte = gesagt(druck)
    for satz in ("Handlungsfeld 1.1 Sprache", "Handlungsfeld 1.2 Arbeit", "Handlungsziel 1.1", "1.1-1"):
        assert satz in worte, satz
    assert "Ohne sie" not in worte
    assert [text(k) for k in seite_von(druck.html()).iter("a") if k.get("href", "").startswith("#")] == []


def test_each_role_shows_its_steps_and_costs_and_says_what_is_missing(stadt):
    fuehrt, beteiligt, schritte = stadt.drucke(stadt.vhs).teile[:3]
    assert [s.text for m in _massnahmen(fuehrt) for s in m.schritte] == ["Räume suchen"]
    assert fuehrt.satz == ""
    assert [s.text for m in _massnahmen(beteiligt) for s in m.schritte] == ["Eröffnen", "Auswerten"]
    assert beteiligt.satz == (
        "Von den Schritten stehen hier die eigenen und die, bei denen niemand genannt ist; ein anderer fehlt."
    )
    assert [s.text for m in _massnahmen(schritte) for s in m.schritte] == ["Stand planen"]
    assert schritte.satz == (
        "Von den Schritten stehen hier nur die eigenen; ein anderer fehlt. Die Kosten der ganzen Maßnahme fehlen."
    )
    worte = gesagt(stadt.drucke(stadt.vhs))
    assert "4.500 €" in worte
    assert "9.999 €" not in worte
    assert "Raum gefunden." not in worte
    assert "Nur im Konzept selbst stehen die Indikatoren und Sachstände der Maßnahmen." in worte


def test_it_begins_with_how_often_and_ends_with_who_is_meant(stadt):
    druck = stadt.drucke(stadt.vhs)
    assert druck.eingang == (
        "Das Konzept nennt „Volkshochschule“ (VHS) bei 3 Maßnahmen: als federführend bei 1, als beteiligt bei 1 und "
        "mit einzelnen Schritten bei 1. Eigens genannt ist der Name bei 2 Schritten, 1 Angebot, 1 geförderten Angebot, "
        "1 Gremium, 1 Schritt des Prozesses und 1 Indikator."
    )
    assert [(k.kurz, k.name) for k in druck.kuerzel] == [("51", "Jugendamt"), ("VHS", "Volkshochschule")]
    assert stadt.drucke(stadt.ihk).eingang == (
        "Das Konzept nennt „Industrie- und Handelskammer“ (IHK) bei 1 Maßnahme mit einzelnen Schritten. Eigens genannt "
        "ist der Name bei 1 Schritt."
    )
    fremd = mache_akteur(stadt.kommune, "Niemand")
    assert stadt.drucke(fremd).eingang == "Das Konzept nennt „Niemand“ nicht."
    assert ueberschriften(stadt.drucke(fremd)) == ["Auszug: Niemand"]


def test_counting_sentences():
    assert eingang("„A“", {Nennungsrolle.BETEILIGUNG: 6}, 0) == "Das Konzept nennt „A“ bei 6 Maßnahmen als beteiligt."
    assert eingang("„A“", {Nennungsrolle.ANGEBOT: 2, Nennungsrolle.GREMIUM: 1}, 0) == (
        "Das Konzept nennt „A“ bei 2 Angeboten und 1 Gremium."
    )
    assert auslassung(True, True) == (
        "Nur im Konzept selbst stehen längere Beschreibungen in voller Länge und die Indikatoren und Sachstände der "
        "Maßnahmen."
    )
    assert auslassung(False, False) == ""


def test_a_long_description_ends_with_a_sentence_and_says_so(stadt):
    satz = "Die Stelle beginnt am 1. Januar mit dem Verein e. V. und berät alle. "
    lang = (baum.Absatz(laeufe=(baum.Lauf(text=satz * 10),)),)
    (gekuerzt,) = kurztext(lang)
    worte = gekuerzt.laeufe[0].text
    assert len(worte) <= KURZER_TEXT + 2
    assert worte == (satz * (KURZER_TEXT // len(satz))).strip() + " …"
    kurz = (baum.Absatz(laeufe=(baum.Lauf(text=satz, fett=True),)),)
    assert kurztext(kurz) is kurz
    punkte = tuple(baum.Liste(punkte=()) for _ in range(2))
    assert kurztext(punkte) is punkte
    stadt.konzept.handlungsfelder.first().massnahmen.update(text=satz * 10)
    druck = stadt.drucke(stadt.vhs)
    assert "längere Beschreibungen in voller Länge" in druck.auslassung
    assert gesagt(druck).count("e. V. und berät alle. …") == 1


# Getting it


def test_only_akteure_of_the_kommune_whose_concept_it_is(client, stadt):
    fremde = Stadt("nachbarstadt")
    client.force_login(mache_benutzer(stadt.kommune, "lesen"))

    def hole(konzept, akteur):
        return client.get(adresse(konzept, "druck", "akteur", f"{akteur.pk}.pdf")[:-1])

    with ohne_satz():
        antwort = hole(stadt.konzept, stadt.vhs)
        assert (antwort.status_code, antwort["Content-Type"]) == (200, "application/pdf")
        assert "musterhausen-konzept-auszug-volkshochschule.pdf" in antwort["Content-Disposition"]
        assert hole(stadt.konzept, fremde.vhs).status_code == 404
        assert hole(fremde.konzept, fremde.vhs).status_code == 404
        assert hole(fremde.konzept, stadt.vhs).status_code == 404


def test_the_pages_of_akteure_and_measures_lead_there(client, stadt):
    client.force_login(mache_benutzer(stadt.kommune, "redaktion"))
    frueher = mache_konzept(stadt.kommune, "frueher", titel="Früheres Konzept", gueltig_ab=2021, gueltig_bis=2026)
    setze_zustaendig(mache_massnahme(mache_feld(frueher)), stadt.vhs)
    mache_konzept(stadt.kommune, "anderes", titel="Konzept ohne sie", gueltig_ab=2015, gueltig_bis=2020)
    mache_akteur(stadt.kommune, "Niemand")

    def links(ort):
        alle = [(text(a), a.get("href", "")) for a in seite_von(client.get(ort)).iter("a")]
        return [(wort, wohin) for wort, wohin in alle if "druck/akteur" in wohin]

    def pdf(konzept, akteur):
        return adresse(konzept, "druck", "akteur", f"{akteur.pk}.pdf")[:-1]

    assert links(kommunen_adresse(stadt.kommune, "akteure")) == [
        ("PDF: Auszug „51“, Integrationskonzept", pdf(stadt.konzept, stadt.amt)),
        ("PDF: Auszug „IHK“, Integrationskonzept", pdf(stadt.konzept, stadt.ihk)),
        ("PDF: Auszug „VHS“, Integrationskonzept", pdf(stadt.konzept, stadt.vhs)),
    ]
    assert links(kommunen_adresse(stadt.kommune, "akteure", stadt.vhs.pk, "bearbeiten")) == [
        ("Auszug zu diesem Akteur als PDF: Integrationskonzept", pdf(stadt.konzept, stadt.vhs)),
        ("Auszug zu diesem Akteur als PDF: Früheres Konzept", pdf(frueher, stadt.vhs)),
    ]
    liste = adresse(stadt.konzept, "massnahmen")
    assert links(f"{liste}?akteur={stadt.vhs.pk}") == [
        ("Auszug zu diesem Akteur, PDF", pdf(stadt.konzept, stadt.vhs))
    ]
    assert links(liste) == []


def test_where_nobody_in_particular_is_meant_nobody_gets_a_letter(client, stadt):
    client.force_login(mache_benutzer(stadt.kommune, "redaktion"))
    niemand = [mache_akteur(stadt.kommune, kurz, art="unbestimmt") for kurz in ("N.N.", "Fachamt")]
    setze_zustaendig(stadt.konzept.handlungsfelder.first().massnahmen.first(), *niemand)
    with ohne_satz():
        for akteur in niemand:
            assert client.get(adresse(stadt.konzept, "druck", "akteur", f"{akteur.pk}.pdf")[:-1]).status_code == 404
    bearbeiten = [kommunen_adresse(stadt.kommune, "akteure", akteur.pk, "bearbeiten") for akteur in niemand]
    listen = [f"{adresse(stadt.konzept, 'massnahmen')}?akteur={akteur.pk}" for akteur in niemand]
    for ort in (kommunen_adresse(stadt.kommune, "akteure"), *bearbeiten, *listen):
        antwort = client.get(ort)
        assert antwort.status_code == 200
        assert not [akteur for akteur in niemand if f"druck/akteur/{akteur.pk}.pdf" in antwort.content.decode()], ort


def test_queries_do_not_depend_on_the_number_of_rows(client):
    zahlen = []
    for anzahl in (1, 3):
        konzept = mache_konzept(mache_kommune(f"stadt-{anzahl}"))
        mache_fuelle(konzept, anzahl)
        client.force_login(mache_benutzer(konzept.kommune, "redaktion"))
        with CaptureQueriesContext(connection) as druck:
            nimm_auf(arbeitsstand(konzept), konzept.kommune.akteure.first())
        fuer_druck = len(druck)  # a request begins to count anew
        seite = kommunen_adresse(konzept.kommune, "akteure")
        client.get(seite)
        with CaptureQueriesContext(connection) as verzeichnis:
            assert client.get(seite).status_code == 200
        zahlen.append((fuer_druck, len(verzeichnis)))
    assert len(set(zahlen)) == 1, zahlen
    assert zahlen[0][0] > 20


# On paper


@pytest.fixture(scope="module")
def gedruckt(bleibend):
    with bleibend():
        stadt = Stadt("papierstadt")
        feld = stadt.konzept.handlungsfelder.first()
        for i in range(6):
            m = mache_massnahme(feld, f"Weiterführung der Regeldienste {i}", text="Worum es geht. " * 20)
            setze_zustaendig(m, stadt.vhs, rolle="federfuehrung")
        yield stadt.drucke(stadt.vhs).drucke(lambda *_: None, OhneSpeicher())


def test_it_stands_upright_within_its_margins_and_names_its_state(gedruckt):
    gelesen = Lesen(gedruckt)
    breite, hoehe = map(float, gelesen.pdf.pages[0].mediabox[2:])
    assert breite < hoehe
    assert lage.zu_klein(gedruckt) == set()
    worte = lage.worte(gedruckt)
    assert min(w.links for w in worte) >= 67
    assert max(w.rechts for w in worte) <= breite - 56
    seiten = [" ".join(seite.split()) for seite in gelesen.seiten("-layout")]
    assert len(seiten) > 1
    for nummer, seite in enumerate(seiten, start=1):
        assert "Arbeitsstand vom" in seite
        assert "Integrationskonzept" in seite
        assert f"Seite {nummer} von {len(seiten)}" in seite


def test_by_ear_it_has_headings_and_tables_with_heads(gedruckt):
    gelesen = Lesen(gedruckt)
    assert [gelesen.worte(k) for k in gelesen.elemente("/H1")] == ["Auszug: Volkshochschule"]
    rollen = [gelesen.worte(k) for k in gelesen.elemente("/H2")]
    assert rollen[:3] == ["Federführend", "Beteiligt", "Einzelne Schritte"]
    assert [titel for tiefe, titel, _ in gelesen.lesezeichen() if tiefe == 2] == rollen
    assert "Maßnahme 1.1-1: Kurse" in " ".join(vorlesen.alles(gelesen.pdf).split())
    koepfe = {str(k.A.get("/Scope", "")) for k in gelesen.elemente("/TH")}
    assert koepfe == {"/Column", "/Row"}


@pytest.mark.java
def test_it_is_valid(gedruckt, vera, tmp_path):
    datei = tmp_path / "akteur.pdf"
    datei.write_bytes(gedruckt)
    urteil = vera(datei)
    assert {variante: urteil[datei, variante] for variante in VARIANTEN} == {variante: [] for variante in VARIANTEN}
