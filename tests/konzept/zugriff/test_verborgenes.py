"""Nobody finds what they may not read: a word is planted in everything that is hidden from somebody, and each person
walks through every address and searches what comes back. `garten` says what is hidden from whom.

A model whose texts nobody has planted fails here, and so does a planted word that not even they find who may.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail
from django.utils.module_loading import import_string
from django.utils.timezone import localdate

from konzept.beratung.tagespost import schreibe_alle
from konzept.fassungen.models import AusgabeArt
from konzept.navigation import adresse, formular_adresse
from tests.fabrik import eingaben
from tests.feindlich import modelle
from tests.konzept.zugriff.gang import Gang, adressen, ohne_zufall
from tests.konzept.zugriff.garten import DARF, GEDRUCKT, GEHENDE, OHNE_PFLANZE, Garten, mache_garten
from tests.konzept.zugriff.personen import BETEILIGT
from tests.konzept.zugriff.pflanzen import NIE_GEPFLANZT, textfelder, woerter_in
from tests.satz import WO_GESETZT_WIRD, ohne_satz, stelle_ausgaben_her

pytestmark = pytest.mark.django_db

SATZ = {wo: import_string(wo) for wo in WO_GESETZT_WIRD}
"""What typesets, before the tests put something quicker in its place."""


@pytest.fixture(scope="module")
def garten(bleibend) -> Iterator[Garten]:
    """What would be printed holds the words as they are: typesetting each print would take minutes."""
    with bleibend(), ohne_satz(lambda *was, **wie: f"{was} {wie}".encode()):
        yield mache_garten()


@pytest.fixture(scope="module")
def gaenge(garten):
    """`gaenge(person)` is the walk of that person, made once."""
    alle, gegangen = adressen(garten), {}

    def gehe(art: str) -> Gang:
        if art not in gegangen:
            gegangen[art] = Gang(garten, art, alle)
        return gegangen[art]

    return gehe


def verbotenes(garten: Garten, art: str, funde: dict[str, set[str]]) -> dict[str, dict[str, list[str]]]:
    """What somebody found and may not read: hiding place → text → where."""
    gefunden: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for wort, orte in funde.items():
        versteck, was = garten.beet.pflanzen[wort]
        if art not in DARF[versteck]:
            gefunden[versteck][was] = sorted(orte)[:3]
    return dict(gefunden)


@pytest.mark.parametrize("art", GEHENDE)
def test_nobody_finds_what_is_hidden_from_them(art, garten, gaenge):
    assert verbotenes(garten, art, gaenge(art).funde) == {}


# What could be forgotten


def test_whoever_may_read_it_finds_every_planted_word(garten, gaenge):
    """Otherwise the test would search for what is nowhere. Of what lies in the Papierkorb a page shows the title; the
    rest is there again once it has been brought back."""
    _hole_alles_zurueck(garten, gaenge("leitung"))
    darf = {wort: DARF[pflanze.versteck] for wort, pflanze in garten.beet.pflanzen.items()}
    gefunden = {wort for art in GEHENDE for wort in gaenge(art).funde if art in darf[wort]}
    assert [str(pflanze) for wort, pflanze in garten.beet.pflanzen.items() if wort not in gefunden] == []


def _hole_alles_zurueck(garten: Garten, gang: Gang) -> None:
    k = garten.konzept
    gang.client.force_login(garten.konten["leitung"])  # its session went with the test in which it walked
    for eintrag in k.papierkorb.order_by("-pk"):
        gang.client.post(adresse(k, "werkbank:zurueckholen", pk=eintrag.pk))
        seite = formular_adresse(k, eintrag.anker)
        gang.pruefe(seite, gang.client.get(seite))


def test_every_text_of_every_model_is_planted(garten):
    for modell in modelle():
        if modell._meta.label not in OHNE_PFLANZE:
            assert set(textfelder(modell)) <= garten.beet.felder, modell


def test_the_table_names_every_hiding_place_and_known_persons_only(garten):
    assert {pflanze.versteck for pflanze in garten.beet.pflanzen.values()} == set(DARF)
    assert set().union(*DARF.values()) <= set(GEHENDE) == set(garten.konten)


# What gives an answer without showing anything


@pytest.mark.parametrize("art", ["redaktion", "lesen"])
def test_a_search_for_what_is_hidden_is_answered_as_one_for_what_is_nowhere(art, garten, gaenge):
    gang = gaenge(art)
    gang.client.force_login(garten.konten[art])
    verborgene = {}
    for wort, (versteck, was) in garten.beet.pflanzen.items():
        if art not in DARF[versteck]:
            verborgene[versteck, was if was.startswith("Massnahme") else ""] = wort
    hier = adresse(garten.konzept, "konzept:uebersicht")
    suchfelder = sorted((wo, name) for wo, name in gang.suchfelder if wo.startswith(hier))
    assert suchfelder
    for wo, name in suchfelder:
        nichts = ohne_zufall(gang.client.get(wo, {name: NIE_GEPFLANZT}), NIE_GEPFLANZT)
        for wort in verborgene.values():
            assert ohne_zufall(gang.client.get(wo, {name: wort}), wort) == nichts, garten.beet.pflanzen[wort]


# Mails


def test_no_mail_tells_what_is_hidden_from_who_gets_it(garten, client):
    """A Runde is opened, prolonged and ended, answers are released, and days go by."""
    wort = garten.beet.wort
    client.force_login(garten.konten["leitung"])
    k, runde, heute = garten.konzept, garten.runden["Runde"], localdate()

    def sende(name, daten, **teile):
        ort = adresse(k, name, **teile)
        antwort = client.post(ort, eingaben(client.get(ort), mit=next(iter(daten))) | daten | {"_speichern": "1"})
        assert antwort.status_code == 302, antwort.content.decode()

    neue = {
        "fassung": garten.fassungen[2].pk,
        "gremien": [gremium.pk for gremium in runde.gremien.all()],
        "anlass": wort("Runde", "Anlass einer neuen Runde"),
        "hinweis": wort("Runde", "Hinweis einer neuen Runde"),
        "ende": (heute + timedelta(days=3)).isoformat(),
    }
    sende("beratung:neu", neue)
    client.post(adresse(k, "beratung:freigeben", pk=runde.pk), {"alle": "1"})
    for tage in (0, 2, 5):
        schreibe_alle("https://konzept.example", heute + timedelta(days=tage))
    laenger = {"grund": wort("Runde", "Grund"), "bis": (heute + timedelta(days=9)).isoformat()}
    sende("beratung:verlaengern", laenger, pk=runde.pk)
    sende("beratung:beenden", {"grund": wort("Runde", "Grund des Endes")}, pk=runde.pk)
    personen = {konto.email: art for art, konto in garten.konten.items() if konto}
    personen[garten.unbeteiligt.email] = "lesen"
    funde: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for nachricht in mail.outbox:
        for wort in woerter_in(nachricht.subject, nachricht.body):
            for an in nachricht.recipients():
                funde[personen[an]][wort].add(nachricht.subject)
    assert {art: falsch for art, was in funde.items() if (falsch := verbotenes(garten, art, was))} == {}
    assert {BETEILIGT, "leitung", "redaktion", "gremium einzeln gefragt"} <= set(funde)
    assert {"Anlass einer neuen Runde", "Grund", "Grund des Endes"} <= {
        garten.beet.pflanzen[wort].was for wort in funde[BETEILIGT]
    }


# Prints


@pytest.fixture
def gesetzt(monkeypatch):
    for wo, setze in SATZ.items():
        monkeypatch.setattr(wo, setze)


@pytest.mark.usefixtures("gesetzt")
def test_no_print_holds_what_is_hidden_from_who_gets_it(garten, gaenge):
    """Typeset: text, titles, bookmarks, attachments and everything else in the file."""
    k, gedruckte = garten.konzept, garten.fassungen[GEDRUCKT - 1]
    stelle_ausgaben_her(gedruckte)
    geheim = k.vorlagen.get(oeffentlich=False)
    interne = garten.runden["interne Runde"]
    for art, versteck, wo in (
        (BETEILIGT, "Fassung 3", adresse(k, "fassungen:pdf", nummer=GEDRUCKT, art=AusgabeArt.RANDNUMMERN)),
        ("leitung", "nichtöffentliche Vorlage", adresse(k, "vorlagen:druck", pk=geheim.pk)),
        ("leitung", "interne Runde", adresse(k, "beratung:druck", pk=interne.pk)),
        ("leitung", "Fassung 2", f"{adresse(k, 'vergleich:druck')}?alt=2&neu=3"),
    ):
        gang = gaenge(art)
        gang.client.force_login(garten.konten[art])
        antwort = gang.client.get(wo)
        assert antwort.content.startswith(b"%PDF"), wo
        funde = {wort: {wo} for wort in woerter_in(antwort.content, antwort["Content-Disposition"])}
        assert verbotenes(garten, art, funde) == {}
        assert any(garten.beet.pflanzen[wort].versteck.startswith(versteck) for wort in funde), wo
