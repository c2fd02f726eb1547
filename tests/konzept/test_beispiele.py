"""What a reader of the five real documents finds again in the examples, and what loading them promises."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from PIL import Image

from handlungsfelder.models import Handlungsfeld, Handlungsziel, Leitziel
from konzept.austausch.einlesen import DateiFehler, lade, lies
from konzept.konten.models import Benutzer, Mitgliedschaft
from konzept.models import Abschnitt, Gremium, Kommune, Konzept
from konzept.rechte import Rolle
from massnahmen.models import Akteur, Foerderung, Massnahme, Zustaendigkeit

ORDNER = settings.BASE_DIR / "fixtures"
DATEIEN = sorted(ORDNER.glob("*.yaml"))
ECHTE = {"emmerich-am-rhein", "kreis-mettmann", "meerbusch", "monheim-am-rhein", "rheine"}

pytestmark = pytest.mark.django_db


def geladen(slug: str) -> Konzept:
    (konzept,) = lade(ORDNER / f"{slug}.yaml").neu
    return konzept


def alles() -> dict:
    """Every row of the product, so that two moments can be compared."""
    return {
        modell._meta.label: list(modell._base_manager.order_by("pk").values())
        for app in ("konzept", "konten", "handlungsfelder", "massnahmen")
        for modell in apps.get_app_config(app).get_models(include_auto_created=True)
    }


def titel(zeilen) -> list[str]:
    return [str(zeile) for zeile in zeilen.all()]


def abschnitt(konzept: Konzept, name: str) -> Abschnitt:
    return konzept.abschnitte.get(titel=name)


# Every file


def test_the_five_real_municipalities_are_there():
    assert {datei.stem for datei in DATEIEN} >= ECHTE


@pytest.mark.parametrize("datei", DATEIEN, ids=lambda datei: datei.stem)
def test_file_loads_completely(datei):
    ergebnis = lade(datei)
    assert ergebnis.kommune_neu
    assert ergebnis.kommune.slug == datei.stem
    assert [k.slug for k in ergebnis.neu] == [k.slug for k in lies(datei).konzepte]


@pytest.mark.parametrize("datei", DATEIEN, ids=lambda datei: datei.stem)
def test_outline_has_a_place_for_everything(datei):
    for konzept in lade(datei).neu:
        stellen = {
            Abschnitt.Inhalt.PROZESS: konzept.prozessschritte,
            Abschnitt.Inhalt.HANDLUNGSFELDER: konzept.handlungsfelder,
            Abschnitt.Inhalt.QUERSCHNITT: konzept.querschnittsaufgaben,
            Abschnitt.Inhalt.GREMIEN: konzept.beteiligungen,
            Abschnitt.Inhalt.ANGEBOTE: konzept.angebote,
            Abschnitt.Inhalt.INDIKATOREN: konzept.indikatoren.filter(art="kontext"),
        }
        for inhalt, zeilen in stellen.items():
            assert konzept.abschnitte.filter(inhalt=inhalt).exists() or not zeilen.exists(), inhalt
        for leitlinie in konzept.leitlinien.all():
            wo = konzept.abschnitte.filter(inhalt=Abschnitt.Inhalt.LEITLINIEN)
            assert (leitlinie.abschnitt in wo) if leitlinie.abschnitt else wo.filter(leitlinien=None).exists()


# Monheim am Rhein 2016


def test_monheim_outline_has_five_chapters_and_no_invented_text():
    konzept = geladen("monheim-am-rhein")
    oben = konzept.abschnitte.filter(oberabschnitt=None)
    assert titel(oben) == [
        "Vorwort",
        "Einführung",
        "Integrationsverständnis, Leitlinien und Voraussetzungen von Integration in Monheim am Rhein",
        "Handlungsfelder, Ziele und Maßnahmen der Integrationsförderung",
        "Anhang",
    ]
    assert [len(titel(a.unterabschnitte.exclude(zaehlung="ohne"))) for a in oben] == [0, 1, 3, 0, 0]
    assert oben[3].inhalt == "handlungsfelder"
    assert konzept.handlungsfelder.count() == 5
    assert (abschnitt(konzept, "Vorwort").text, abschnitt(konzept, "Anhang").text) == ("", "")
    assert konzept.stand == date(2016, 11, 21)
    assert "22.11.2016" in konzept.anlass


def test_monheim_process_has_all_dates_participants_and_groups():
    schritte = geladen("monheim-am-rhein").prozessschritte.all()
    assert [(s.art, s.teilnehmende, [str(t) for t in s.termine.all()]) for s in schritte] == [
        ("interview", 19, []),
        ("workshop", 24, ["05.07.2016"]),
        ("gespraech", 5, ["22.03.2016", "04.08.2016", "03.11.2016"]),
        ("sitzung", None, ["31.08.2016"]),
        ("workshop", 36, ["25.10.2016"]),
    ]
    assert [s.gruppen.count() for s in schritte] == [8, 0, 0, 0, 3]
    assert "beide Moscheegemeinden" in titel(schritte[0].gruppen)


def test_monheim_integrationsverstaendnis_has_five_eckpunkte():
    konzept = geladen("monheim-am-rhein")
    eckpunkte = abschnitt(konzept, "Monheimer Integrationsverständnis").leitlinien
    assert eckpunkte.count() == 5
    assert titel(eckpunkte)[3] == "Wechselseitiger Erfahrungsprozess"


def test_monheim_milieu_text_keeps_its_two_level_list():
    zeilen = abschnitt(geladen("monheim-am-rhein"), "Milieuspezifischer Blick").text.splitlines()
    assert [z[:5] for z in zeilen if "≠" in z or " = " in z] == ["  - ≠", "  - ="]
    assert [z[:2] for z in zeilen if z.startswith(("a.", "b."))] == ["a.", "b."]


def test_monheim_first_measure_has_its_actors_on_the_measure():
    massnahme = Massnahme.objects.fuer_konzept(geladen("monheim-am-rhein")).first()
    assert massnahme.titel == "Austauschplattformen zwischen Ehren- und Hauptamtlichen weiterentwickeln"
    assert massnahme.umsetzungsstand == "laufend"
    assert titel(massnahme.zustaendigkeiten) == ["beratungsCentrum", "SKFM", "51", "32"]
    assert not massnahme.schritte.exists()


def test_monheim_second_measure_has_its_actors_on_each_step():
    konzept = geladen("monheim-am-rhein")
    erste, zweite = Massnahme.objects.fuer_konzept(konzept)
    assert erste.handlungsfeld == zweite.handlungsfeld == konzept.handlungsfelder.all()[1]
    assert not zweite.zustaendigkeiten.exists()
    assert [titel(schritt.zustaendigkeiten) for schritt in zweite.schritte.all()] == [
        ["Ehrenamtsbörse", "32"],
        ["Ehrenamtsbörse", "beratungsCentrum", "SKFM", "32"],
        ["Ehrenamtsbörse", "beratungsCentrum", "SKFM", "51", "32"],
    ]


def test_monheim_leaves_open_what_the_document_leaves_open():
    massnahmen = Massnahme.objects.fuer_konzept(geladen("monheim-am-rhein"))
    for massnahme in massnahmen:
        assert (str(massnahme.zeitraum), massnahme.kosten_wortlaut, massnahme.kosten_offen) == ("", "", False)
        assert not massnahme.kostenpositionen.exists()
    assert massnahmen[1].schritte.last().text.endswith("…")


# Emmerich am Rhein 2016


def test_emmerich_has_two_lists_of_eight_proposals():
    konzept = geladen("emmerich-am-rhein")
    listen = konzept.abschnitte.filter(inhalt="leitlinien")
    assert [liste.leitlinien.filter(status="vorschlag").count() for liste in listen] == [8, 8]
    assert konzept.leitlinien.count() == 16
    assert str(listen[0].leitlinien.last()) == "Prinzip Hilfe zur Selbsthilfe"
    assert str(listen[1].leitlinien.last()) == "Anerkennung der soziokulturellen Vielfalt durch die Kommune"
    assert not konzept.handlungsfelder.exists()


def test_emmerich_asks_the_ag_sprache_three_questions():
    konzept = geladen("emmerich-am-rhein")
    (leitlinie,) = konzept.leitlinien.exclude(leitfragen=None).distinct()
    assert leitlinie.titel.startswith("Integration bedeutet miteinander, nicht nebeneinander leben")
    assert [str(frage.gremium) for frage in leitlinie.leitfragen.all()] == ["AG Sprache"] * 3


def test_emmerich_next_steps_end_with_the_session():
    konzept = geladen("emmerich-am-rhein")
    schritte = list(konzept.prozessschritte.all())
    assert ["Kick-Off" in s.titel for s in schritte] == [True, True, False]
    assert [termin.tag for termin in schritte[2].termine.all()] == [date(2016, 9, 1)]
    assert set(titel(konzept.beteiligungen)) >= {"Lenkungsgruppe", "Netzwerk", "AG Sprache"}
    assert konzept.herausgeber == "Stabsstelle Asyl und Integration"


# Rheine 2017


def test_rheine_has_nine_principles_eight_fields_and_three_themes():
    konzept = geladen("rheine")
    assert konzept.leitlinien.count() == 9
    assert konzept.handlungsfelder.count() == 8
    themen = konzept.querschnittsaufgaben.all()
    assert [thema.bezuege.count() for thema in themen] == [8, 8, 8]
    for feld in konzept.handlungsfelder.all():
        assert (feld.ressourcen_stand, feld.indikatoren_stand) == ("offen", "offen")


def test_rheine_parts_a_and_b():
    teile = geladen("rheine").abschnitte.filter(zaehlung="teil")
    assert [titel(teil.unterabschnitte) for teil in teile] == [
        ["Integrationsverständnis", "Kommunikations- und Steuerungsstruktur"],
        ["Übergreifende Themen", "Handlungsfelder", "Ressourcen, Indikatoren"],
    ]


def test_rheine_networks_are_run_by_a_tandem():
    konzept = geladen("rheine")
    tandem = Gremium.objects.get(name="Netzwerkmanager/-innen").mitglieder
    assert [m.funktion for m in tandem.all()] == ["netzwerkmanagement"] * 2
    assert titel(konzept.handlungsfelder.get(titel="Interreligiöser Dialog").gremien) == ["Netzwerk HF 8"]
    assert konzept.beteiligungen.get(gremium__art="dialogforum").takt == "einmal jährlich"
    assert konzept.beteiligungen.get(gremium__art="beauftragte").aufgabe.count("- ") == 3


def test_rheine_way_to_the_concept_keeps_months_as_words():
    termine = [titel(schritt.termine) for schritt in geladen("rheine").prozessschritte.all()]
    assert termine == [["August 2016"], [], [], [], [], ["Mai 2017"]]


# Kreis Mettmann 2015


def test_mettmann_matrix_is_six_by_two():
    konzept = geladen("kreis-mettmann")
    assert titel(konzept.handlungsfelder) == [
        "Sprache",
        "Bildung/Ausbildung",
        "Wirtschaft/Arbeit",
        "Kultur",
        "Sport",
        "Zusammenleben in Sicherheit",
    ]
    assert set(konzept.handlungsfelder.values_list("zaehlung", flat=True)) == {"ohne"}
    matrix = {str(a): titel(a.handlungsfelder) for a in konzept.querschnittsaufgaben.all()}
    assert list(matrix) == ["Vernetzung", "Interkulturelle Öffnung"]
    assert all(felder == titel(konzept.handlungsfelder) for felder in matrix.values())


def test_mettmann_working_group_serves_two_fields():
    geladen("kreis-mettmann")
    ag = Gremium.objects.get(name="AG Bildung/Ausbildung Wirtschaft/Arbeit")
    assert titel(ag.handlungsfelder) == ["Bildung/Ausbildung", "Wirtschaft/Arbeit"]


def test_mettmann_shows_three_results_of_each_working_group():
    felder = geladen("kreis-mettmann").handlungsfelder.all()
    assert [feld.handlungsziele.count() for feld in felder] == [3, 3, 0, 0, 0, 3]


def test_mettmann_shares_are_context_without_a_year():
    indikatoren = geladen("kreis-mettmann").indikatoren.all()
    assert [(i.art, i.ausgangswert, i.einheit, i.ausgangsjahr) for i in indikatoren] == [
        ("kontext", Decimal(26), "%", None),
        ("kontext", Decimal(34), "%", None),
    ]


# Meerbusch 2016


def test_meerbusch_has_offers_but_neither_fields_nor_goals():
    konzept = geladen("meerbusch")
    assert konzept.angebote.count() == 20
    for modell in (Handlungsfeld, Leitziel, Handlungsziel, Massnahme):
        assert not modell.objects.exists()


def test_meerbusch_muetterzentrum_since_2010_with_a_yearly_grant():
    angebot = geladen("meerbusch").angebote.first()
    assert titel(angebot.akteure) == ["AWO Mütterzentrum"]
    assert angebot.seit.erster_tag == date(2010, 1, 1)
    assert [(f.geber, f.betrag) for f in angebot.foerderungen.all()] == [
        ("Stadt Meerbusch", Decimal(30_000)),
        ("Soroptimist International Club Meerbusch", None),
        ("Rotary Club Meerbusch", None),
    ]
    assert Foerderung.objects.get(programm="Kinder- und Jugendförderplan").turnus == "jährlich"


def test_meerbusch_history_and_needed_structures():
    konzept = geladen("meerbusch")
    termine = [titel(schritt.termine) for schritt in konzept.prozessschritte.all()]
    assert termine == [["seit 2010"], ["2011"], ["08.02.2012"], ["06.03.2013"], ["01.08.2013"]]
    assert titel(konzept.beteiligungen) == [
        "Integrationskonferenzen",
        "Steuerungsgruppe",
        "Themenbezogene Arbeitskreise",
        "Projektleitung",
    ]
    steuerung = Gremium.objects.get(name="Steuerungsgruppe")
    assert titel(steuerung.mitglieder) == ["Verwaltung", "Politik", "Wohlfahrtsverbände"]


# Loading again


def test_loading_twice_changes_nothing():
    for datei in DATEIEN:
        lade(datei)
    vorher = alles()
    ergebnisse = [lade(datei) for datei in DATEIEN]
    assert alles() == vorher
    assert not any(e.neu or e.kommune_neu for e in ergebnisse)


def test_what_somebody_changed_stays():
    konzept = geladen("monheim-am-rhein")
    Kommune.objects.update(name="Umbenannt", slug="umbenannt")
    Akteur.objects.filter(kurz="51").update(kurz="Jugendamt")
    Massnahme.objects.update(titel="Anders")
    konzept.handlungsfelder.last().delete()
    Konzept.objects.update(titel="Neuer Titel")
    vorher = alles()
    lade(ORDNER / "monheim-am-rhein.yaml")
    assert alles() == vorher


KLEIN = """\
kommune:
  slug: kleinstadt
  name: Stadt Kleinstadt
  kurzname: Kleinstadt
  art: stadt
  akteure:
    - {kurz: 51, art: amt}
    - {kurz: Verein}
  gremien:
    - {name: AG Sprache, art: arbeitsgruppe}
konzepte:
  - slug: konzept
    titel: Konzept
    leitlinien:
      - {titel: Miteinander}
    prozess:
      - {titel: Auftakt, termine: [2026-03-01]}
    handlungsfelder:
      - titel: Sprache
        massnahmen:
          - titel: Sprachcafé
            stand: laufend
            federfuehrung: [51]
            mitwirkung: [Verein]
            leitlinien: [Miteinander]
"""


@pytest.fixture
def datei(tmp_path):
    """Writes the small file, with each `old=new` replaced, and returns its path."""

    def schreibe(*ersetzungen: tuple[str, str]):
        text = KLEIN
        for alt, neu in ersetzungen:
            assert alt in text
            text = text.replace(alt, neu)
        pfad = tmp_path / "kleinstadt.yaml"
        pfad.write_text(text, encoding="utf-8")
        return pfad

    return schreibe


def test_a_concept_that_is_missing_joins_the_existing_kommune(datei):
    lade(datei())
    Kommune.objects.update(name="Umbenannt")
    weiteres = "konzepte:\n  - {slug: zweites, titel: Fortschreibung, vorgaenger: konzept}\n"
    ergebnis = lade(datei(("konzepte:\n", weiteres)))
    assert ([k.slug for k in ergebnis.neu], [k.slug for k in ergebnis.vorhanden]) == (
        ["zweites"],
        ["konzept"],
    )
    assert ergebnis.neu[0].vorgaenger == ergebnis.vorhanden[0]
    assert Kommune.objects.get().name == "Umbenannt"
    assert Akteur.objects.count() == 2


def test_those_in_charge_come_first(datei):
    lade(datei())
    assert [(str(z), z.rolle) for z in Zustaendigkeit.objects.all()] == [
        ("51", "federfuehrung"),
        ("Verein", "mitwirkung"),
    ]


# Mistakes in a file


FEHLER = {
    "unknown key": ("    titel: Konzept\n", "    titl: Konzept\n", "$.konzepte[0]", "titl"),
    "key twice": (
        "    titel: Konzept\n",
        "    titel: Konzept\n    titel: K\n",
        "line 12",
        '"titel" stands twice',
    ),
    "no YAML": ("gremien:", "gremien: [", "line 10", "expected"),
    "wrong kind of value": (
        "stand: laufend",
        "kosten_offen: vielleicht",
        ".massnahmen[0].kosten_offen",
        "bool",
    ),
    "unknown choice": ("stand: laufend", "stand: leufend", ".massnahmen[0]", "'leufend'"),
    "missing reason": ("stand: laufend", "stand: entfallen", ".massnahmen[0]", "begründen"),
    "unknown Akteur": ("[Verein]", "[Verien]", ".massnahmen[0].mitwirkung[0]", 'did you mean "Verein"'),
    "empty name": ("[Verein]", '[""]', ".massnahmen[0].mitwirkung[0]", "no Akteur"),
    "same Akteur twice": ("[Verein]", "[51]", ".massnahmen[0].mitwirkung[0]", "zustaendigkeit"),
    "unknown Leitlinie": (
        "leitlinien: [Mit",
        "leitlinien: [Ohne",
        ".leitlinien[0]",
        'Leitlinie "Ohneeinander"',
    ),
    "unknown Gremium": (
        "- titel: Sprache\n",
        "- titel: Sprache\n        gremien: [AG Sport]\n",
        "$.konzepte[0].handlungsfelder[0].gremien[0]",
        'Gremium "AG Sport"',
    ),
    "unknown Zielgruppe": (
        "stand: laufend",
        "zielgruppen: [Alle]",
        ".massnahmen[0].zielgruppen[0]",
        'Zielgruppe "Alle"',
    ),
    "unknown Handlungsfeld": (
        "    leitlinien:\n",
        "    angebote: [{titel: Café, handlungsfeld: Sport}]\n    leitlinien:\n",
        "$.konzepte[0].angebote[0].handlungsfeld",
        'Handlungsfeld "Sport"',
    ),
    "unknown Vorgänger": (
        "    titel: Konzept\n",
        "    titel: Konzept\n    vorgaenger: altes\n",
        "$.konzepte[0].vorgaenger",
        "altes",
    ),
    "day that does not exist": (
        "2026-03-01",
        "2026-02-30",
        "$.konzepte[0].prozess[0].termine[0]",
        "2026-02-30",
    ),
    "actor defined twice": ("{kurz: Verein}", "{kurz: 51}", "$.kommune.akteure[1]", '"51" stands twice'),
    "Wappen not there": (
        "  art: stadt\n",
        "  art: stadt\n  wappen: fehlt.png\n",
        "$.kommune.wappen",
        "fehlt.png",
    ),
    "not a Gemeindeschlüssel": ("  art: stadt\n", "  art: stadt\n  ags: 5158\n", "$.kommune", "ags:"),
}


@pytest.mark.parametrize(("alt", "neu", "ort", "grund"), FEHLER.values(), ids=FEHLER)
def test_a_mistake_is_named_with_its_place_and_loads_nothing(datei, alt, neu, ort, grund):
    with pytest.raises(DateiFehler) as fehler:
        lade(datei((alt, neu)))
    satz = str(fehler.value)
    assert satz.startswith("kleinstadt.yaml: ")
    assert ort in satz
    assert grund in satz
    assert "\n" not in satz
    assert not any(alles().values())


def test_a_mistake_in_the_second_concept_rolls_back_the_first(datei):
    zweites = "konzepte:\n  - {slug: erstes, titel: Erstes}\n"
    with pytest.raises(DateiFehler, match=r"\$\.konzepte\[1\]"):
        lade(datei(("konzepte:\n", zweites), ("[Verein]", "[Fehlt]")))
    assert not any(alles().values())


def test_a_file_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(DateiFehler, match=r"nichts\.yaml"):
        lade(tmp_path / "nichts.yaml")


# Wappen


def test_wappen_is_copied_to_the_media_folder(datei, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "wappen").mkdir()
    Image.new("RGB", (4, 4), "#1f4a86").save(tmp_path / "wappen" / "klein.png")
    lade(datei(("  art: stadt\n", "  art: stadt\n  wappen: klein.png\n")))
    assert Kommune.objects.get().wappen.name == "wappen/klein.png"
    assert (tmp_path / "media/wappen/klein.png").read_bytes() == (tmp_path / "wappen/klein.png").read_bytes()


def test_a_mistaken_file_leaves_no_wappen_behind(datei, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "wappen").mkdir()
    Image.new("RGB", (4, 4)).save(tmp_path / "wappen" / "klein.png")
    with pytest.raises(DateiFehler):
        lade(datei(("  art: stadt\n", "  art: stadt\n  wappen: klein.png\n"), ("[Verein]", "[Fehlt]")))
    assert not (tmp_path / "media").exists()


# The command


def beispiele(*argumente) -> str:
    ausgabe = StringIO()
    call_command("beispiele", *argumente, stdout=ausgabe)
    return ausgabe.getvalue()


def rollen(email: str) -> set[tuple[str, str]]:
    return set(Mitgliedschaft.objects.filter(benutzer__email=email).values_list("kommune__slug", "rolle"))


@pytest.fixture
def entwicklung(settings):
    settings.DEBUG = True


def test_command_loads_every_file_and_says_so():
    assert beispiele().count(" geladen") >= len(DATEIEN)
    assert set(Kommune.objects.values_list("slug", flat=True)) >= ECHTE
    assert not Benutzer.objects.exists()
    ausgabe = beispiele()
    assert "geladen" not in ausgabe
    assert ausgabe.count(" schon vorhanden") >= len(DATEIEN)


def test_command_reports_a_mistake(datei):
    with pytest.raises(CommandError, match=r"kleinstadt\.yaml: .*Fehlt"):
        beispiele(datei(("[Verein]", "[Fehlt]")))


@pytest.mark.usefixtures("entwicklung")
def test_demo_accounts_have_their_role_in_every_example():
    ausgabe = beispiele("--zugaenge")
    for rolle in Rolle.values:
        email = f"{rolle}@musterstadt.example"
        assert email in ausgabe
        assert rollen(email) == {(slug, rolle) for slug in Kommune.objects.values_list("slug", flat=True)}
    (admin,) = Benutzer.objects.filter(is_superuser=True)
    assert admin.email == "admin@musterstadt.example"
    assert admin.check_password("konzeptwerk-demo")
    assert admin.email in ausgabe
    assert "konzeptwerk-demo" in ausgabe


@pytest.mark.usefixtures("entwicklung")
def test_demo_of_the_jugendamt_has_measures_to_edit():
    beispiele("--zugaenge", ORDNER / "musterstadt.yaml")
    konto = Benutzer.objects.get(email="mitwirkung@musterstadt.example")
    konzept = Konzept.objects.get(slug="integrationskonzept-2027-2032")
    alle = Massnahme.objects.fuer_konzept(konzept)
    assert 5 < alle.bearbeitbar_fuer(konto, konzept).count() < alle.count() / 2


@pytest.mark.usefixtures("entwicklung")
def test_demo_accounts_that_exist_are_left_alone(datei):
    beispiele("--zugaenge", datei())
    konto = Benutzer.objects.get(email="leitung@musterstadt.example")
    konto.set_password("eigenes")
    konto.save()
    konto.mitgliedschaften.all().delete()
    beispiele("--zugaenge", datei())
    konto.refresh_from_db()
    assert konto.check_password("eigenes")
    assert rollen(konto.email) == set()


@pytest.mark.usefixtures("entwicklung")
def test_demo_accounts_join_an_example_that_is_new(datei):
    beispiele("--zugaenge", datei())
    beispiele("--zugaenge", ORDNER / "rheine.yaml")
    assert rollen("lesen@musterstadt.example") == {("kleinstadt", "lesen"), ("rheine", "lesen")}


def test_demo_accounts_are_refused_in_production(datei, settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="öffentlich bekanntes Kennwort"):
        beispiele("--zugaenge", datei())
    assert not any(alles().values())
    beispiele("--zugaenge", "--erzwingen", datei())
    assert Benutzer.objects.count() == 7
