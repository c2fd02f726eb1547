"""What loading an example file promises: all or nothing, never twice, and a mistake is named."""


import pytest
from PIL import Image

from konzept.austausch.einlesen import DateiFehler, lade
from konzept.models import Kommune, Konzept
from massnahmen.models import Akteur, Massnahme, Zustaendigkeit

from .conftest import DATEIEN, ORDNER, alles, geladen

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


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


WEITER = """\
  - slug: zweites
    titel: Fortschreibung
    vorgaenger: konzept
    leitlinien:
      - {titel: Zusammen, vorgaenger: Miteinander}
    handlungsfelder:
      - titel: Deutsch
        vorgaenger: Sprache
        massnahmen:
          - {titel: Sprachcafé am Markt, vorgaenger: Sprachcafé}
          - {titel: Chor}
"""


@pytest.mark.parametrize("nacheinander", [False, True])
def test_elements_name_what_they_carry_on(datei, nacheinander):
    pfad = datei()
    if nacheinander:
        lade(pfad)
    pfad.write_text(pfad.read_text(encoding="utf-8") + WEITER, encoding="utf-8")
    neu = lade(pfad).neu[-1]
    feld = neu.handlungsfelder.get()
    cafe, chor = feld.massnahmen.all()
    assert [str(e.vorgaenger) for e in (neu.leitlinien.get(), feld, cafe)] == ["Miteinander", "Sprache", "Sprachcafé"]
    assert cafe.vorgaenger.konzept == neu.vorgaenger
    assert (cafe.fortschreibung, chor.vorgaenger, chor.fortschreibung) == ("geaendert", None, "")


@pytest.mark.parametrize("falsch", ["vorgaenger: Sprachkaffee", "vorgaenger: Miteinander"])
def test_only_an_element_of_its_kind_in_the_earlier_concept_is_carried_on(datei, falsch):
    pfad = datei()
    pfad.write_text(pfad.read_text() + WEITER.replace("vorgaenger: Sprachcafé", falsch), encoding="utf-8")
    with pytest.raises(DateiFehler, match=r"\.massnahmen\[0\]\.vorgaenger: there is no earlier Massnahme"):
        lade(pfad)
    assert not any(alles().values())


def test_those_in_charge_come_first(datei):
    lade(datei())
    assert [(str(z), z.rolle) for z in Zustaendigkeit.objects.all()] == [
        ("51", "federfuehrung"),
        ("Verein", "mitwirkung"),
    ]


@pytest.mark.parametrize("zeitraum", ["1/2028 - 2/2028", "3/2027 - 4/2027", "1/2029 bis 2/2029"])
@pytest.mark.parametrize("betrag", ["1.777 Mio. €", "12.50 €", "51"])
def test_what_can_mean_several_things_stays_as_it_is_written(datei, zeitraum, betrag):
    """Nobody is there to be asked."""
    kosten = f'kostenpositionen: [{{betrag: "{betrag}", jahr: 2028}}]'
    lade(datei(("stand: laufend", f"zeitraum: {zeitraum}\n            {kosten}\n            stand: laufend")))
    (massnahme,) = Massnahme.objects.all()
    (position,) = massnahme.kostenpositionen.all()
    assert [(str(w), w.verstanden) for w in (massnahme.zeitraum, position.angabe)] == [
        (zeitraum, False),
        (betrag, False),
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
