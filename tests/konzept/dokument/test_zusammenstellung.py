"""From rows to the tree: complete, in order, with the numbers of the documents, and always in 25 queries."""

import pytest
from django.conf import settings

from konzept.austausch.einlesen import lade
from konzept.dokument import baum
from konzept.dokument.baum import pruefsumme, texte
from konzept.dokument.tafeln.angebote import angebotstafel
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.models import Abschnitt, Konzept
from massnahmen.models import Angebot, Indikator
from tests.fabrik import (
    mache_abschnitt,
    mache_akteur,
    mache_feld,
    mache_fuelle,
    mache_handlungsziel,
    mache_konzept,
    mache_kosten,
    mache_leitziel,
    mache_massnahme,
    mache_sachstand,
    mache_schritt,
    setze_zustaendig,
)

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]

ORDNER = settings.BASE_DIR / "fixtures"
DATEIEN = sorted(ORDNER.glob("*.yaml"))


def geladen(slug: str) -> Konzept:
    return lade(ORDNER / f"{slug}.yaml").neu[-1]


def ueberschriften(dokument, *, teile=False) -> list[str]:
    return [k.ueberschrift for _, k in dokument.alle_kapitel() if teile or k.art != "teil"]


def knoten(wurzel):
    """Every part of a tree, in reading order."""
    if isinstance(wurzel, baum.Knoten):
        yield wurzel
        for feld in wurzel.__struct_fields__:
            yield from knoten(getattr(wurzel, feld))
    elif isinstance(wurzel, tuple):
        for teil in wurzel:
            yield from knoten(teil)


def alle(dokument, art) -> list:
    return [k for k in knoten(dokument) if isinstance(k, art)]


@pytest.fixture
def konzept():
    konzept = mache_konzept()
    mache_abschnitt(konzept, "Handlungsfelder", inhalt="handlungsfelder", reihenfolge=4)
    return konzept


@pytest.fixture
def feld(konzept):
    return mache_feld(konzept)


# The real documents


def test_monheim_has_five_chapters_and_counts_its_fields_below_the_fourth():
    kapitel = ueberschriften(stelle_zusammen(geladen("monheim-am-rhein")))
    nummern = [k.split()[0] for k in kapitel if k[0].isdigit()]
    assert nummern == ["1", "2", "2.1", "3", "3.1", "3.2", "3.3", "4", "4.1", "4.2", "4.3", "4.4", "4.5", "5"]
    assert len(kapitel) == len(nummern)


def test_rheine_has_two_parts_and_counts_its_fields_from_one():
    kapitel = ueberschriften(stelle_zusammen(geladen("rheine")))
    assert [k.split(" ")[:2] for k in kapitel if k.startswith("Teil")] == [["Teil", "A"], ["Teil", "B"]]
    assert [k.split()[0] for k in kapitel if k[0].isdigit()] == [str(i) for i in range(1, 9)]


@pytest.mark.parametrize("datei", DATEIEN, ids=lambda datei: datei.stem)
def test_no_text_of_an_example_is_missing(datei):
    for konzept in lade(datei).neu:
        dokument = stelle_zusammen(konzept)
        gezeigt = "\n".join(texte(dokument))
        gruppen = {
            konzept.abschnitte: ("titel",),
            konzept.leitlinien: ("titel",),
            konzept.prozessschritte: ("titel",),
            konzept.handlungsfelder: ("titel",),
            konzept.querschnittsaufgaben: ("titel",),
            konzept.angebote: ("titel",),
            konzept.indikatoren: ("titel", "quelle", "definition"),
        }
        for zeilen, felder in gruppen.items():
            for wert in (w for werte in zeilen.values_list(*felder) for w in werte):
                assert wert in gezeigt
        for feld in konzept.handlungsfelder.all():
            for ziel in (*feld.leitziele.all(), *feld.handlungsziele.all()):
                assert ziel.titel in gezeigt
            for m in feld.massnahmen.all():
                for wert in (m.titel, str(m.zeitraum), m.kosten_wortlaut, m.stand_begruendung):
                    assert wert in gezeigt
                for schritt in m.schritte.all():
                    assert schritt.text in gezeigt
                for kosten in m.kostenpositionen.all():
                    assert str(kosten.angabe) in gezeigt
                for z in m.zustaendigkeiten.all():
                    assert z.akteur.kurz in gezeigt


@pytest.mark.parametrize("datei", DATEIEN, ids=lambda datei: datei.stem)
def test_anchors_are_unique_and_numbers_in_the_margin_count_as_one_reads(datei):
    for konzept in lade(datei).neu:
        dokument = stelle_zusammen(konzept)
        verweisend = (baum.Verweis, baum.Kostenzeile)
        stellen = [k for k in knoten(dokument) if not isinstance(k, verweisend)]
        anker = [k.anker for k in stellen if getattr(k, "anker", "")]
        assert len(anker) == len(set(anker))
        assert {k.anker for k in knoten(dokument) if isinstance(k, verweisend) and k.anker} <= set(anker)
        rn = [k.rn for k in stellen if getattr(k, "rn", 0)]
        assert sorted(rn) == list(range(1, len(rn) + 1))
        # Goals and measures come before what stands inside of them.
        assert rn == sorted(rn)


def test_same_rows_give_the_same_checksum_every_time():
    konzept = geladen("musterstadt")
    erste = pruefsumme(stelle_zusammen(konzept))
    assert pruefsumme(stelle_zusammen(Konzept.objects.get(pk=konzept.pk))) == erste


# Order


def test_checksum_does_not_depend_on_the_order_in_which_things_were_linked(konzept):
    massnahme = mache_fuelle_mit(konzept)
    feld = massnahme.handlungsfeld
    summe = pruefsumme(stelle_zusammen(konzept))
    for beziehung in (massnahme.zielgruppen, massnahme.leitlinien, feld.gremien, konzept.angebote.first().zielgruppen):
        zeilen = list(beziehung.all())
        assert len(zeilen) == 3
        beziehung.clear()
        for zeile in reversed(zeilen):
            beziehung.add(zeile)
    bezuege = [(b.querschnittsaufgabe, b.handlungsfeld, b.text) for b in feld.bezuege.all()]
    feld.bezuege.all().delete()
    for aufgabe, ziel, text in reversed(bezuege):
        aufgabe.bezuege.create(handlungsfeld=ziel, text=text)
    assert pruefsumme(stelle_zusammen(konzept)) == summe


def mache_fuelle_mit(konzept):
    konzept.abschnitte.all().delete()
    return mache_fuelle(konzept, 3)


def test_bodies_of_a_field_stand_in_the_order_of_their_names(konzept, feld):
    for name in ("Netzwerk", "AG Sprache", "Beirat"):
        feld.gremien.add(konzept.kommune.gremien.create(name=name))
    (zeile,) = alle(stelle_zusammen(konzept), baum.Gremienzeile)
    assert zeile.namen == ("AG Sprache", "Beirat", "Netzwerk")


def test_saving_without_a_change_keeps_the_checksum(konzept):
    massnahme = mache_fuelle_mit(konzept)
    summe = pruefsumme(stelle_zusammen(konzept))
    massnahme.beanspruche_version(1, None)
    massnahme.save()
    for schritt in massnahme.schritte.all():
        schritt.save()
    assert pruefsumme(stelle_zusammen(Konzept.objects.get())) == summe


def test_reihenfolge_decides_and_creation_where_it_is_equal(konzept, feld):
    for titel, platz in (("c", 2), ("a", 1), ("d", 2), ("b", 1)):
        mache_massnahme(feld, titel, reihenfolge=platz)
    (tabelle,) = alle(stelle_zusammen(konzept), baum.Massnahmentabelle)
    assert [m.titel for m in tabelle.abschnitte[0].massnahmen] == ["a", "b", "c", "d"]


# Parts


def test_an_empty_chapter_says_so_and_invents_nothing(konzept):
    mache_abschnitt(konzept, "Leer")
    for inhalt in Abschnitt.Inhalt.values:
        if inhalt != "handlungsfelder":
            mache_abschnitt(konzept, inhalt, inhalt=inhalt)
    dokument = stelle_zusammen(konzept)
    for kapitel in dokument.kapitel:
        assert [type(teil) for teil in kapitel.teile] == [baum.Hinweis], kapitel.titel


def test_a_field_without_anything_says_so(konzept, feld):
    (kapitel,) = stelle_zusammen(konzept).kapitel[0].kapitel
    assert kapitel.teile == (baum.Hinweis(text="Dieses Handlungsfeld ist noch nicht ausgearbeitet."),)


def test_the_sections_of_all_fields_have_the_same_letters(konzept, feld):
    feld.staerken, feld.ressourcen_mittel, feld.text = "Viel.", "Wenig.", "Vorab."
    feld.save()
    mache_massnahme(feld)
    mache_massnahme(mache_feld(konzept, "Wohnen", ressourcen_stand="offen", reihenfolge=2))
    eins, zwei = stelle_zusammen(konzept).kapitel[0].kapitel
    assert [(k.nummer, k.titel) for k in eins.kapitel] == [
        ("a", "Stärken und Entwicklungspotentiale"),
        ("b", "Ideen und Maßnahmen"),
        ("c", "Ressourcen und Indikatoren"),
    ]
    assert [k.nummer for k in zwei.kapitel] == ["b", "c"]
    assert [k.anker for k in eins.kapitel] == [
        f"handlungsfeld-{feld.pk}-{n}" for n in ("staerken", "massnahmen", "ressourcen")
    ]


def test_one_kind_of_section_in_all_fields_has_no_letter(konzept, feld):
    for platz, titel in enumerate(("Wohnen", "Arbeit"), start=2):
        mache_leitziel(mache_feld(konzept, titel, reihenfolge=platz))
    assert [[k.ueberschrift for k in f.kapitel] for f in stelle_zusammen(konzept).kapitel[0].kapitel] == [
        [],
        ["Leitziele und Handlungsziele"],
        ["Leitziele und Handlungsziele"],
    ]


def test_goals_measures_and_steps(konzept, feld):
    leitziel = mache_leitziel(feld)
    ziel = mache_handlungsziel(feld, leitziel=leitziel)
    frei = mache_handlungsziel(feld, "Ohne Leitziel")
    m = mache_massnahme(feld, handlungsziel=ziel, zeitraum="03/2027", umsetzungsstand="laufend", prioritaet="hoch")
    amt, verein = mache_akteur(konzept.kommune, "51"), mache_akteur(konzept.kommune, "SKFM")
    setze_zustaendig(m, amt, rolle="federfuehrung")
    setze_zustaendig(m, verein)
    setze_zustaendig(mache_schritt(m, "Werben", zeitraum="Mai 2027"), verein)
    mache_kosten(m, "100 €", jahr=2027, finanzierung="eigenmittel")
    mache_sachstand(m, "2026-05-04", "Alt.")
    mache_sachstand(m, "2026-11-03", "Neu.", verfasst_von="51")
    dokument = stelle_zusammen(konzept)
    (zielbaum,) = alle(dokument, baum.Zielbaum)
    assert [h.anker for h in zielbaum.leitziele[0].handlungsziele] == [f"handlungsziel-{ziel.pk}"]
    assert [h.anker for h in zielbaum.handlungsziele] == [f"handlungsziel-{frei.pk}"]
    (gebaut,) = alle(dokument, baum.Massnahme)
    assert (gebaut.nummer, gebaut.kennung, gebaut.stand, gebaut.prioritaet) == ("1", "1.1-1", "laufend", "hoch")
    assert (gebaut.zeitraum, str(gebaut.von), str(gebaut.bis)) == ("03/2027", "2027-03-01", "2027-03-31")
    assert gebaut.beteiligte == (
        baum.Beteiligter(kurz="51", federfuehrend=True),
        baum.Beteiligter(kurz="SKFM"),
    )
    (schritt,) = gebaut.schritte
    assert (schritt.nummer, schritt.text, schritt.zeitraum) == (1, "Werben", "Mai 2027")
    assert schritt.beteiligte == (baum.Beteiligter(kurz="SKFM"),)
    assert gebaut.ziel == baum.Verweis(anker=f"handlungsziel-{ziel.pk}", nummer="1.1", titel=ziel.titel)
    assert [(str(s.datum), s.von) for s in gebaut.sachstaende] == [("2026-11-03", "51"), ("2026-05-04", "")]
    (position,) = gebaut.kosten.positionen
    jahre = tuple(anteil.jahr for anteil in position.anteile)
    assert (position.angabe, int(position.betrag), jahre, position.zeit) == ("100 €", 100, (2027,), "2027")


def test_open_costs_and_no_costs_are_different(konzept, feld):
    mache_massnahme(feld, "offen", kosten_offen=True)
    mache_massnahme(feld, "leer")
    offen, leer = (m.kosten for m in alle(stelle_zusammen(konzept), baum.Massnahme))
    assert (offen.offen, offen.leer) == (True, False)
    assert (leer.offen, leer.leer) == (False, True)


def test_a_reason_is_shown_only_where_it_belongs(konzept, feld):
    mache_massnahme(feld, "a", umsetzungsstand="entfallen", stand_begruendung="Kein Geld.")
    mache_massnahme(feld, "b", umsetzungsstand="laufend", stand_begruendung="Alter Grund.")
    assert {m.titel: m.begruendung for m in alle(stelle_zusammen(konzept), baum.Massnahme)} == {
        "a": "Kein Geld.",
        "b": "",
    }


def test_indicators_stand_at_their_goal_and_context_in_its_own_chapter(konzept, feld):
    mache_abschnitt(konzept, "Zahlen", inhalt="indikatoren", reihenfolge=9)
    leitziel = mache_leitziel(feld)
    massnahme = mache_massnahme(feld)
    for titel, bezug in (
        ("am Ziel", {"art": "wirkung", "leitziel": leitziel}),
        ("an der Maßnahme", {"art": "wirkung", "massnahme": massnahme}),
        ("im Umfeld", {"art": "kontext", "handlungsfeld": feld}),
    ):
        Indikator.objects.create(konzept=konzept, titel=titel, **bezug)
    dokument = stelle_zusammen(konzept)
    (tabelle,) = alle(dokument, baum.Indikatorentabelle)
    assert [(i.titel, i.feld.nummer) for i in tabelle.indikatoren] == [("im Umfeld", "1.1")]
    assert [i.titel for z in alle(dokument, baum.Leitziel) for i in z.indikatoren] == ["am Ziel"]
    assert [i.titel for m in alle(dokument, baum.Massnahme) for i in m.indikatoren] == ["an der Maßnahme"]


def test_leitlinien_count_from_one_in_each_list(konzept):
    listen = [mache_abschnitt(konzept, f"Liste {i}", inhalt="leitlinien", reihenfolge=i) for i in (1, 2)]
    for liste in listen:
        for titel in ("a", "b"):
            konzept.leitlinien.create(titel=titel, abschnitt=liste)
    assert [[ll.nummer for ll in liste.eintraege] for liste in alle(stelle_zusammen(konzept), baum.Leitlinien)] == [
        ["1", "2"],
        ["1", "2"],
    ]


def test_mitwirkende_are_those_who_act_numbers_first(konzept, feld):
    mache_abschnitt(konzept, "Mitwirkende", inhalt="mitwirkende", reihenfolge=9)
    for kurz in ("verein", "51", "AWO", "32", "unbeteiligt"):
        mache_akteur(konzept.kommune, kurz)
    akteure = {a.kurz: a for a in konzept.kommune.akteure.all()}
    m = mache_massnahme(feld)
    setze_zustaendig(m, akteure["verein"], akteure["51"])
    setze_zustaendig(mache_schritt(m, "x"), akteure["AWO"], akteure["32"])
    (liste,) = alle(stelle_zusammen(konzept), baum.Mitwirkende)
    assert [e.kurz for e in liste.eintraege] == ["32", "51", "AWO", "verein"]


# Queries


@pytest.mark.parametrize("anzahl", [0, 1, 3])
def test_always_25_queries(anzahl, django_assert_num_queries):
    konzept = mache_konzept()
    if anzahl:
        mache_fuelle(konzept, anzahl)
    konzept = Konzept.objects.mit_kommune().get()
    with django_assert_num_queries(25):
        stelle_zusammen(konzept)


@pytest.mark.parametrize("datei", DATEIEN, ids=lambda datei: datei.stem)
def test_25_queries_for_every_example(datei, django_assert_num_queries):
    lade(datei)
    for konzept in Konzept.objects.mit_kommune():
        with django_assert_num_queries(25):
            stelle_zusammen(konzept)


def test_randnummern_of_offers_count_on_as_the_table_groups_them(konzept):
    mache_abschnitt(konzept, "Angebote", inhalt="angebote", reihenfolge=9)
    felder = [mache_feld(konzept, f"Feld {i}", reihenfolge=i) for i in (1, 2)]
    for i, feld in enumerate((felder[1], None, felder[0], felder[1])):
        Angebot.objects.create(konzept=konzept, titel=f"Angebot {i}", handlungsfeld=feld, reihenfolge=i)
    (liste,) = alle(stelle_zusammen(konzept), baum.Angebotsliste)
    gezeigt = [z.angebot for gruppe in angebotstafel(liste).gruppen for z in gruppe.zeilen]
    assert [a.titel for a in gezeigt] == ["Angebot 2", "Angebot 0", "Angebot 3", "Angebot 1"]
    assert [a.rn for a in gezeigt] == sorted(a.rn for a in gezeigt)
