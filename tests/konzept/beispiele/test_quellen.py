"""The five real documents, line by line: their headings, lists and sentences, in their order and with their signs."""

from itertools import groupby

import pytest

from konzept.dokument import baum
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.fliesstext import klartext
from konzept.models import Gremium
from konzept.vorlagen.beispiele import lade_vorlagen

from .conftest import ORDNER, geladen

pytestmark = pytest.mark.django_db


def zeilen(dokument: baum.Dokument) -> list[str]:
    """What a reader sees of chapters and texts, a line each: "# heading", "- item" (indented below another), "text".

    Of structured content only its kind: "<prozessliste>".
    """
    return [zeile for kapitel in dokument.kapitel for zeile in _kapitel(kapitel)]


def _kapitel(kapitel: baum.Kapitel):
    yield f"# {kapitel.ueberschrift}"
    for teil in kapitel.teile:
        yield from _teil(teil)
    for unter in kapitel.kapitel:
        yield from _kapitel(unter)


def _teil(teil, zeichen: str = "", einzug: str = ""):
    match teil:
        case baum.Absatz():
            yield f"{einzug}{zeichen}{klartext(teil.laeufe)}"
        case baum.Zwischentitel():
            yield f"# {klartext(teil.laeufe)}"
        case baum.Liste():
            for platz, punkt in enumerate(teil.punkte):
                erster, *weitere = punkt.bloecke
                yield from _teil(erster, f"{teil.zeichen(platz) or '-'} ", einzug)
                for block in weitere:
                    yield from _teil(block, "", f"{einzug}  ")
        case baum.Hinweis():
            yield f"({teil.text})"
        case _:
            yield f"<{type(teil).__name__.lower()}>"


def gedruckt(slug: str) -> list[str]:
    return zeilen(stelle_zusammen(geladen(slug)))


def von(zeilen: list[str], erste: str, letzte: str) -> list[str]:
    """The lines from one to another, each of which is there once."""
    assert (zeilen.count(erste), zeilen.count(letzte)) == (1, 1), zeilen
    return zeilen[zeilen.index(erste) : zeilen.index(letzte) + 1]


# Monheim am Rhein 2016


def test_monheim_notes_stand_before_the_example():
    monheim = gedruckt("monheim-am-rhein")
    assert von(monheim, "# Anmerkungen zur Umsetzung", "# 4.2 Stärkung des bürgerschaftlichen Engagements") == [
        "# Anmerkungen zur Umsetzung",
        "Möglichst viele Bürgerinnen und Bürger erreichen und in die Integrationsförderung einbinden",
        "- Anlässe zum Dialog, zur Vernetzung und zum Austausch in jedem Handlungsfeld",
        "  - Bereits aktive Integrationsakteure und Multiplikator/innen weiter einbinden und vernetzen",
        "  - Teile der Gesamtbevölkerung erreichen",
        "# Rolle der Stadtverwaltung",
        "- Koordinierende, ermöglichende und begleitende Rolle",
        "# Rolle des Integrationsrates",
        "- Impulsgebende Rolle",
        "- Vermittelt Kontakte zu Schlüsselakteuren in der Integrationslandschaft",
        "# 4.1 Für ein gelingendes Miteinander einsetzen – Dialogkultur weiterentwickeln",
        "(Dieses Handlungsfeld ist noch nicht ausgearbeitet.)",
        "# 4.2 Stärkung des bürgerschaftlichen Engagements",
    ]
    assert monheim[monheim.index("# 4.5 Arbeitsmarktintegration") + 2] == "# 5 Anhang"


def test_monheim_eckpunkte_are_bullets():
    monheim = gedruckt("monheim-am-rhein")
    eckpunkte = von(monheim, "# Eckpunkte des Monheimer Integrationsverständnis:", "# 3.2 Milieuspezifischer Blick")
    assert eckpunkte[1:-1] == [
        "- Gleichberechtigte und selbstbestimmte Teilhabe aller Menschen am gesellschaftlichen Leben unabhängig von "
        "Herkunft, Milieu, Kultur, Geschlecht, Religion, Behinderung, Alter oder Status",
        "- Ein wertschätzender und respektvoller Umgang auf Augenhöhe fördert gelingende Integration und ein "
        "friedliches Zusammenleben aller Menschen",
        "- Fortdauernder und dynamischer, lebendiger Prozess",
        "- Wechselseitiger Erfahrungsprozess",
        "- Integration bedeutet miteinander zu leben, und nicht nebeneinander",
    ]


def test_monheim_structure_is_told_as_it_prints():
    monheim = gedruckt("monheim-am-rhein")
    struktur = von(monheim, "# Struktur der Handlungsfelder, Ziele und Maßnahmen", "# Anmerkungen zur Umsetzung")
    felder = [zeile.split(" ", 2)[2] for zeile in monheim if zeile.startswith("# 4.")]
    assert [zeile.partition(" ")[2] for zeile in struktur[1:6]] == felder
    assert [zeile.partition(" ")[0] for zeile in struktur[1:6]] == ["1.", "2.", "3.", "4.", "5."]
    assert struktur[6:-1] == [
        "# Zu jedem Handlungsfeld:",
        "a) Stärken und Entwicklungspotentiale",
        "b) Leitziele und Handlungsziele",
        "c) Ideen und Maßnahmen",
    ]


def test_monheim_milieus_are_lists_with_their_letters_and_signs():
    monheim = gedruckt("monheim-am-rhein")
    assert von(monheim, "# 3.2 Milieuspezifischer Blick", "# 3.3 Voraussetzungen gelingender Integration")[1:-1] == [
        "# Grundlagen:",
        "a) Differenzierte Auswertung der Perspektiven von Interviewpartner/innen mit und ohne Zuwanderungsgeschichte",
        "b) Studienergebnisse des Sinus-Instituts aus 2008 zu den Milieus der Menschen mit und ohne "
        "Zuwanderungsgeschichte in Deutschland",
        "# Erkenntnisse:",
        "- Lebenswelten und Lebensstile von Menschen mit Zuwanderungsgeschichte sind ebenso vielfältig wie die der "
        "Gesamtgesellschaft",
        "- Milieuzugehörigkeit:",
        "  - ≠ von der ethnischen Herkunft bestimmt",
        "  - = Zusammenspiel der sozialen Lage (z.B. Bildungsstand) mit den jeweiligen Wertvorstellungen und "
        "Lebensstilen",
        "# Milieuspezifischen Blick der Integrationsförderung in Monheim am Rhein:",
        "- Vielfalt der Lebensformen berücksichtigen",
        "- Berücksichtigung von zielgruppen- und milieuspezifischen Ansätzen und Maßnahmen bei der Planung und "
        "Umsetzung von Zielen und Maßnahmen",
    ]


def test_monheim_says_nothing_of_its_own():
    monheim = gedruckt("monheim-am-rhein")
    einfuehrung = ["# 2 Einführung", "# 2.1 Prozessschritte", "<prozessliste>"]
    assert von(monheim, einfuehrung[0], einfuehrung[-1]) == einfuehrung
    stelle = monheim.index("# 4.2 Stärkung des bürgerschaftlichen Engagements")
    assert monheim[stelle + 1] == (
        "Beispiel für die Konkretisierung von Maßnahmen und Ideen im Handlungsfeld 2.2: Bürgerschaftliches Engagement "
        "stärken"
    )
    assert monheim[stelle + 2].endswith("Ideen und Maßnahmen")


# Emmerich am Rhein 2016


def test_emmerich_has_the_headings_of_its_document_and_no_other():
    assert [zeile for zeile in gedruckt("emmerich-am-rhein") if zeile.startswith("#")] == [
        "# Nächste Schritte",
        "# Integrationskonzept Ziele",
        "# Voraussetzungen",
        "# Funktion der Leitlinien zur Integration in Emmerich",
        "# Vorschläge für Leitlinien zur Eingrenzung/Akzentuierung des Integrationsbegriffs",
        "# Vorschläge für Leitlinien zur Eingrenzung/Akzentuierung des Integrationsbegriffs",
    ]


def test_emmerich_has_two_lists_of_leitlinien_and_no_other_content():
    assert [zeile for zeile in gedruckt("emmerich-am-rhein") if zeile.startswith("<")] == ["<leitlinien>"] * 2


def test_emmerich_steps_and_conditions_are_numbered_and_name_no_body():
    emmerich = gedruckt("emmerich-am-rhein")
    assert von(emmerich, "# Nächste Schritte", "# Integrationskonzept Ziele")[1:-1] == [
        "1. Vorbereitung des „Kick-Off“'s zusammen mit der Lenkungsgruppe",
        "2. Dort Einladung zum ersten Netzwerktreffen, aus dem die ersten beiden Ags hervorgehen",
        "3. Sitzung des Integrationsrats vom 01.09.: Vorstellung und Diskussion von Leitlinien",
    ]
    bedingungen = von(emmerich, "# Voraussetzungen", "# Funktion der Leitlinien zur Integration in Emmerich")
    assert bedingungen[1:-1] == [
        "1. Beteiligung, insbesondere von denen, um die es geht -> Einladung zur Teilnahme an Sie und zur Werbung in "
        "Ihren Netzwerken",
        "2. Leitlinien als Rahmen",
    ]


def test_emmerich_example_of_the_ag_sprache_stands_where_it_is_told():
    emmerich = gedruckt("emmerich-am-rhein")
    stelle = emmerich.index("# Funktion der Leitlinien zur Integration in Emmerich")
    assert emmerich[stelle + 2 : stelle + 7] == [
        "- Beispiel: Leitlinie= „Integration bedeutet miteinander statt nebeneinander leben“ -> sich daraus ergebende "
        "Fragen für die AG Sprache z.B.",
        "  1. Wie können mehr Gelegenheiten zum Lernen der deutschen Sprache in direktem Kontakt geschaffen werden?",
        "  2. Wie kann ich die bestehenden Ankommenstreffpunkte, die ein solches Angebot machen, bekannter machen?",
        "  3. Wie erreiche ich bestimmte Zielgruppen?",
        "# Vorschläge für Leitlinien zur Eingrenzung/Akzentuierung des Integrationsbegriffs",
    ]
    assert not Gremium.objects.filter(name="AG Sprache").exists()


# Rheine 2017


def test_rheine_themes_are_a_list_before_the_fields_and_no_matrix():
    rheine = gedruckt("rheine")
    assert "<matrix>" not in rheine
    assert von(rheine, "# Handlungsfelder", "# 1 Sprachförderung") == [
        "# Handlungsfelder",
        "Übergreifende Themen:",
        "- Zielgruppenorientierung",
        "- Sozialraumorientierung",
        "- Potenziale der Zuwanderten einbinden & Kompetenzen feststellen",
        "# 1 Sprachförderung",
    ]


def test_rheine_guiding_thoughts_are_single_lines():
    rheine = gedruckt("rheine")
    assert von(rheine, "# Leitgedanken für den Prozess", "<prozessliste>")[1:-2] == [
        "Erfahrungswissen wertschätzen und einbinden",
        "aktuelle gesellschaftliche Entwicklungen und rechtliche Rahmenbedingungen berücksichtigen",
        "Integration ist Aufgabe der Stadtgesellschaft: für die Fortschreibung ist ein intensiver Beteiligungsprozess "
        "zu organisieren",
        "Zielgruppe: Menschen mit Migrationshintergrund",
        "Konzept muss handhabbar sein: konkrete Ziele und Maßnahmen erfordern verbindliche Organisationsstruktur",
    ]


def test_rheine_says_nothing_of_its_own_beside_its_lists():
    rheine = gedruckt("rheine")
    stelle = rheine.index("# Integrationsverständnis - Auszug")
    assert rheine[stelle + 1] == "<leitlinien>"
    stelle = rheine.index("# Gremien, Beteiligungsformate, Beauftragte")
    assert rheine[stelle + 1] == "<gremienliste>"
    teil_b = von(rheine, "# Teil B Handlungsfelder der Migrations- und Integrationsarbeit", "# Handlungsfelder")
    assert teil_b[1:3] == ["Teil B - entwickelt sich fortlaufend weiter", "- Netzwerkstruktur"]


def test_rheine_reports_to_political_bodies_as_one_line():
    beteiligungen = geladen("rheine").beteiligungen.all()
    assert [(b.gremium.name, b.aufgabe) for b in beteiligungen][3:5] == [
        (
            "Politische Gremien (Sozialausschuss, Integrationsrat, (...), Rat der Stadt Rheine)",
            "regelmäßige Berichterstattung",
        ),
        ("Dialogforum „Migration und Integration“", "Dialog und Austausch mit der Bürgerschaft"),
    ]


# Kreis Mettmann 2015


def test_mettmann_has_the_headings_of_its_document_in_their_order():
    assert [zeile for zeile in gedruckt("kreis-mettmann") if zeile.startswith("#")] == [
        "# Ausgangslage oder Warum eigentlich ein Integrationskonzept?",
        "# Ziele für das Integrationskonzept 2015",
        "# Prozess zur Erstellung des Integrationskonzeptes 2015",
        "# Handlungsfelder und Querschnittsaufgaben",
        "# Handlungsfelder",
        "# Sprache",
        "# Bildung/Ausbildung",
        "# Wirtschaft/Arbeit",
        "# Kultur",
        "# Sport",
        "# Zusammenleben in Sicherheit",
        "# Querschnittsaufgaben",
        "# Ausgewählte Ergebnisse...",
        "# AG Bildung/Ausbildung Wirtschaft/Arbeit",
        "# AG Sprache",
        "# AG Zusammenleben in Sicherheit",
        "# Zentrale Merkmale Integrationskonzept 2015",
    ]


def test_mettmann_tasks_are_a_list_and_no_matrix():
    mettmann = gedruckt("kreis-mettmann")
    assert von(mettmann, "# Querschnittsaufgaben", "# Ausgewählte Ergebnisse...")[1:-1] == [
        "1. Vernetzung",
        "2. Interkulturelle Öffnung",
    ]
    assert not [zeile for zeile in mettmann if zeile.startswith("<") and zeile != "<gremienzeile>"]


def test_mettmann_results_stand_with_their_working_groups():
    mettmann = gedruckt("kreis-mettmann")
    assert von(mettmann, "# AG Sprache", "# AG Zusammenleben in Sicherheit") == [
        "# AG Sprache",
        "z.B.",
        "- Wertschätzung von Mehrsprachigkeit als Potential",
        "- Förderung durchgängiger Sprachlicher Bildung entlang der Bildungskette u. in allen Fächern durch "
        "Vermittlung der Bildungs- und Fachsprache",
        "- Vernetzung der Multiplikatoren zur Gewährleistung der Qualitätssicherung",
        "# AG Zusammenleben in Sicherheit",
    ]


def test_mettmann_merkmale_keep_their_lines():
    mettmann = gedruckt("kreis-mettmann")
    assert mettmann[mettmann.index("# Zentrale Merkmale Integrationskonzept 2015") + 1 :] == [
        "- Gemeinsames Grundverständnis Integration\nPerspektivwechsel für eine Gesellschaft in Vielfalt\n"
        "= Kreis Mettmann hat eine Zuwanderungsgeschichte",
        "- Breite Beteiligung von über 40 Einrichtungen im Kreis Mettmann\ndaher hohe Zustimmung",
        "- Besonderheit durch Handlungsfeld\n„Zusammenleben in Sicherheit“",
        "- Handlungsfelder im Fokus (keine spezifischen Zielgruppen)",
        "- Vernetzung der Integrationsakteure und Fortführung des Diskurses",
    ]


# Meerbusch 2016


def test_meerbusch_has_the_one_heading_of_its_document():
    konzept = geladen("meerbusch")
    meerbusch = zeilen(stelle_zusammen(konzept))
    assert [zeile for zeile in meerbusch if zeile.startswith("#")] == [f"# {konzept.titel}"]
    assert meerbusch[-1] == "<angebotsliste>"


def test_meerbusch_reads_as_the_vorlage_does():
    konzept = geladen("meerbusch")
    (vorlage,) = lade_vorlagen(ORDNER / "vorlagen" / "meerbusch.yaml")
    assert konzept.abschnitte.get().text == vorlage.sachverhalt


def test_meerbusch_lists_stand_between_their_sentences():
    meerbusch = gedruckt("meerbusch")
    punkte = [zeile.startswith("- ") for zeile in meerbusch[1:-1]]
    assert [len(list(gruppe)) for ist_punkt, gruppe in groupby(punkte) if ist_punkt] == [7, 5, 4]
    assert meerbusch[-6:-1] == [
        "- Durchführung von Integrationskonferenzen zur Erarbeitung von Handlungsfeldern und Handlungsempfehlungen mit "
        "allen Akteuren vor Ort",
        "- Steuerungsgruppe (Verwaltung, Politik und Wohlfahrtsverbände)",
        "- Themenbezogene Arbeitskreise",
        "- Projektleitung",
        "Für die Erarbeitung eines Integrationskonzeptes ist zudem zu berücksichtigen, dass neben der am Anfang "
        "stehenden Bedarfserhebung und der notwendigen Partizipation der verschiedenen Akteure vor Ort, die Erst- und "
        "Folgedokumentation und schließlich die Umsetzung der getroffenen Handlungsempfehlungen erfolgen muss. "
        "Personalressourcen sind derzeit im Stellenplan 2016 nicht enthalten.",
    ]


def test_meerbusch_offers_have_the_names_of_the_list():
    konzept = geladen("meerbusch")
    punkte = [zeile.removeprefix("- ") for zeile in zeilen(stelle_zusammen(konzept)) if zeile.startswith("- ")]
    assert [angebot.titel for angebot in konzept.angebote.all()][1:8] == punkte[:7]
