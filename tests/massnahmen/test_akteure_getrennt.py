"""Who is named in one field: brackets hold together, "/" and "und" part known ones, what was split is said."""

import pytest

from massnahmen.models import Akteur, Angebot
from massnahmen.zustaendigkeiten import AkteureDerKommune
from tests.fabrik import (
    adresse,
    eingaben,
    fehler_am_feld,
    hole,
    kommunen_adresse,
    mache_akteur,
    nach_id,
    seite_von,
    sende,
    setze_zustaendig,
    text,
    zustaendig,
)
from tests.kosten import kostet_hoechstens

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


@pytest.fixture(autouse=True)
def weitere(massnahme):
    """Beside 51 (Jugendamt), SKFM and Ehrenamtsbörse."""
    for kurz in ("40", "Caritas", "Jugend und Familie"):
        mache_akteur(massnahme.konzept.kommune, kurz)


def mitwirkende(massnahme) -> list[str]:
    return [kurz for kurz, rolle in zustaendig(massnahme) if rolle == "mitwirkung"]


def meldungen(antwort) -> str:
    return "\n".join(str(meldung) for meldung in antwort.wsgi_request._messages)


@pytest.mark.parametrize(
    ("getippt", "sind"),
    [
        ("Träger (z. B. Caritas, Diakonie)", ["Träger (z. B. Caritas, Diakonie)"]),
        ("51 / 40; Träger (z. B. Caritas, Diakonie)", ["51", "40", "Träger (z. B. Caritas, Diakonie)"]),
        ("Schulen [Grundschule (2, 3), Realschule]; 40", ["Schulen [Grundschule (2, 3), Realschule]", "40"]),
        ("Kitas (städtisch; kirchlich), 51", ["Kitas (städtisch; kirchlich)", "51"]),
    ],
)
def test_brackets_hold_a_new_name_together_for_good(leitung, massnahme, getippt, sind):
    antwort = sende(leitung, massnahme, {"federfuehrung": "", "neue_akteure": "on", "mitwirkung": getippt})
    assert antwort.status_code == 302
    assert mitwirkende(massnahme) == sind
    daten = hole(leitung, massnahme)
    assert daten["mitwirkung"] == [", ".join(sind)]
    assert sende(leitung, massnahme, {"titel": "Anders"}).status_code == 302
    assert mitwirkende(massnahme) == sind
    for akteur in Akteur.objects.all():
        akteur.full_clean()


@pytest.mark.parametrize(
    "getippt", ["Träger (z. B. Caritas, Diakonie", "Träger z. B. Caritas), 51", "Kitas [alle, 51", "A (b]"]
)
def test_a_bracket_without_its_other_half_is_asked_back_and_swallows_nothing(leitung, massnahme, getippt):
    antwort = sende(leitung, massnahme, {"federfuehrung": "", "neue_akteure": "on", "mitwirkung": getippt})
    satz = fehler_am_feld(antwort, "id_mitwirkung")
    assert "Zu einer Klammer fehlt die andere. Ergänzen Sie sie" in satz
    assert "Diakonie" not in satz
    assert "51" not in satz
    assert nach_id(seite_von(antwort), "id_mitwirkung").get("value") == getippt


def test_halves_that_are_stored_stay_and_grow_together_on_request(leitung, massnahme):
    kommune = massnahme.konzept.kommune
    massnahme.zustaendigkeiten.all().delete()
    setze_zustaendig(massnahme, mache_akteur(kommune, "Träger (Caritas"), mache_akteur(kommune, "Diakonie)"))
    assert sende(leitung, massnahme, {"titel": "Anders"}).status_code == 302
    assert mitwirkende(massnahme) == ["Träger (Caritas", "Diakonie)"]
    assert "Bei „Träger (Caritas“, „Diakonie)“ fehlt zu einer Klammer die andere" in text(
        seite_von(leitung.get(f"{adresse(massnahme.konzept)}offen/"))
    )


@pytest.mark.parametrize(
    ("getippt", "sind"),
    [
        ("51 / 40", ["51", "40"]),
        ("51/40/SKFM", ["51", "40", "SKFM"]),
        ("51 und Caritas", ["51", "Caritas"]),
        ("Jugendamt u. caritas", ["51", "Caritas"]),
        ("40 & Ehrenamtsbörse sowie 51", ["40", "Ehrenamtsbörse", "51"]),
        ("Jugend und Familie und Caritas", ["Jugend und Familie", "Caritas"]),
        ("51, 51 / 40", ["51", "40"]),
    ],
)
def test_known_ones_are_parted_and_it_is_said(leitung, massnahme, getippt, sind):
    antwort = sende(leitung, massnahme, {"federfuehrung": "", "mitwirkung": getippt})
    assert antwort.status_code == 302
    assert mitwirkende(massnahme) == sind
    assert hole(leitung, massnahme)["mitwirkung"] == [", ".join(sind)]
    assert "nennt mehrere Akteure und steht jetzt als „" in meldungen(antwort)


@pytest.mark.parametrize(
    "getippt", ["Amt für Jugend, Familie und Sport", "51, amt für jugend,  familie und sport", "SKFM; 60"]
)
def test_a_full_name_may_hold_a_comma(leitung, massnahme, getippt):
    mache_akteur(massnahme.konzept.kommune, "60", name="Amt für Jugend, Familie und Sport")
    assert sende(leitung, massnahme, {"federfuehrung": "", "mitwirkung": getippt}).status_code == 302
    assert mitwirkende(massnahme)[-1] == "60"
    assert "Familie" not in str(zustaendig(massnahme))


def test_a_name_that_is_known_as_a_whole_stays_one(leitung, massnahme):
    kommune = massnahme.konzept.kommune
    for kurz in ("Jugend", "Familie", "51 / 40"):
        mache_akteur(kommune, kurz)
    antwort = sende(leitung, massnahme, {"federfuehrung": "", "mitwirkung": "jugend und familie, 51 / 40"})
    assert mitwirkende(massnahme) == ["Jugend und Familie", "51 / 40"]
    assert "mehrere" not in meldungen(antwort)


@pytest.mark.parametrize(
    ("getippt", "vorschlag"),
    [
        ("51 / 41", "„51, 41“"),
        ("SKFM/Diakonie", "„SKFM, Diakonie“"),
        ("SKM/SKFM", "„SKM, SKFM“"),
        ("Caritas und Ehrenamtsbörsse", "„Caritas, Ehrenamtsbörse“"),
        ("Karitas & Diakonie", "„Caritas, Diakonie“"),
        ("51 / 40 / Feuerwehr", "„51, 40, Feuerwehr“"),
    ],
)
def test_what_is_known_in_part_is_asked_back_with_a_suggestion(leitung, massnahme, getippt, vorschlag):
    satz = fehler_am_feld(sende(leitung, massnahme, {"mitwirkung": getippt}), "id_mitwirkung")
    assert satz.startswith(f"„{getippt}“ ist kein Akteur der Kommune. Meinten Sie {vorschlag}? Sonst kreuzen Sie")


@pytest.mark.parametrize("getippt", ["SKM/SKF", "Kultur und Sport", "AWO / Diakonie", "51 / 2"])
def test_a_new_one_that_looks_like_several_is_one_and_that_is_said(leitung, massnahme, getippt):
    antwort = sende(leitung, massnahme, {"federfuehrung": "", "neue_akteure": "on", "mitwirkung": getippt})
    assert mitwirkende(massnahme) == [getippt]
    satz = f"„{getippt}“ ist als ein Akteur neu angelegt. Sind es mehrere, trennen Sie sie mit Kommas."
    assert satz in meldungen(antwort)


def test_the_offer_parts_its_providers_the_same(leitung, konzept):
    angebot = Angebot.objects.create(konzept=konzept, titel="Sprachcafé")
    seite = f"{adresse(konzept)}angebote/{angebot.pk}/bearbeiten/"
    neu = {"anbieter": "51 / 40, Träger (Caritas, SKFM)", "neue_akteure": "on"}
    antwort = leitung.post(seite, eingaben(leitung.get(seite)) | neu)
    assert antwort.status_code == 302
    assert [a.akteur.kurz for a in angebot.anbieter.all()] == ["51", "40", "Träger (Caritas, SKFM)"]
    assert "„51 / 40“ nennt mehrere Akteure und steht jetzt als „51“ und „40“." in meldungen(antwort)


def test_many_names_that_join_others_cost_no_time(massnahme):
    kommune = massnahme.konzept.kommune
    viele = "/".join(["51"] * 59)
    assert AkteureDerKommune(kommune).zerlege(viele) == ["51"]
    akteure = AkteureDerKommune(kommune)
    assert kostet_hoechstens(lambda: [akteure.zerlege(f"{viele}/x{nr}") for nr in range(5_000)], 4)
    assert akteure.zerlege("51 / 40") == ["51 / 40"]  # asked too often
    assert AkteureDerKommune(kommune).zerlege("51 / 40") == ["51", "40"]


@pytest.mark.parametrize(
    ("kurz", "satz"),
    [
        ("Caritas, Diakonie", "außer in Klammern"),
        ("Caritas; Diakonie", "außer in Klammern"),
        ("Caritas,", "außer in Klammern"),
        ("Träger (Caritas, Diakonie), 51", "außer in Klammern"),
        ("Träger (Caritas,\nDiakonie)", "außer in Klammern"),
        ("Träger (Caritas", "fehlt die andere"),
        ("Träger Caritas]", "fehlt die andere"),
    ],
)
def test_the_register_takes_only_what_a_field_takes_for_one_name(leitung, konzept, kurz, satz):
    antwort = lege_an(leitung, konzept.kommune, kurz)
    assert antwort.status_code == 422
    assert satz in fehler_am_feld(antwort, "id_kurz")


def test_what_brackets_hold_together_may_stand_in_the_register(leitung, konzept):
    kurz = "Träger (z. B. Caritas, Diakonie)"
    assert lege_an(leitung, konzept.kommune, kurz).status_code == 302
    assert AkteureDerKommune(konzept.kommune).finde(kurz).kurz == kurz


def lege_an(client, kommune, kurz: str):
    ort = kommunen_adresse(kommune, "akteure", "neu")
    return client.post(ort, eingaben(client.get(ort)) | {"kurz": kurz, "_speichern": "1"})
