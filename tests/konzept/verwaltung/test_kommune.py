"""The start page, the page of a Kommune, and the menu that leads from one to another."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from konzept.rechte import Rolle
from tests.fabrik import adresse, mache_benutzer, mache_kommune, mache_konzept, seite_von, text

pytestmark = pytest.mark.django_db

LINKS = {
    "leitung": ["Mitglieder", "Sitze in Gremien", "Stammdaten", "Vorlagenkopf", "Protokoll"],
    "verwaltung": ["Mitglieder", "Sitze in Gremien", "Stammdaten", "Vorlagenkopf"],
}


def verweise(seite, unter: str) -> list[str]:
    return [a.get("href") for a in seite.iter("a") if a.get("href", "").startswith(unter)]


def inhalt(antwort):
    return seite_von(antwort).find("body//main")


def navigation(antwort) -> list[str]:
    (leiste,) = (n for n in seite_von(antwort).iter("nav") if n.get("aria-label") == "Hauptnavigation")
    return [text(a) for a in leiste.iter("a")]


@pytest.mark.parametrize("rolle", Rolle.values)
def test_everybody_finds_what_their_role_opens(rolle, client, kommune):
    client.force_login(mache_benutzer(kommune, rolle))
    antwort = client.get(f"/kommunen/{kommune.slug}/")
    assert navigation(antwort) == ["Konzepte", *LINKS.get(rolle, [])]
    for link in (*verweise(seite_von(antwort), "/kommunen/"), *verweise(seite_von(antwort), "/konzepte/")):
        assert client.get(link).status_code == 200, link
    sieht_konzept = rolle not in ("gremium", "verwaltung")
    assert bool(verweise(inhalt(antwort), "/konzepte/")) == sieht_konzept
    start = client.get("/")
    assert bool(verweise(inhalt(start), "/konzepte/")) == sieht_konzept
    neues_konzept = rolle in ("leitung", "redaktion")
    assert len(verweise(inhalt(start), "/kommunen/")) == 1 + len(LINKS.get(rolle, [])) + neues_konzept


def test_a_gremium_learns_that_the_arbeitsstand_is_not_for_it(client, kommune):
    client.force_login(mache_benutzer(kommune, "gremium"))
    for ort in ("/", f"/kommunen/{kommune.slug}/"):
        seite = text(inhalt(client.get(ort)))
        assert "die Ihrem Gremium vorgelegt werden" in seite
        assert "Arbeitsstand" in seite
        assert "Integrationskonzept" not in seite


def test_a_verwaltung_learns_that_it_does_not_read(client, kommune):
    client.force_login(mache_benutzer(kommune, "verwaltung"))
    assert "Die Konzepte selbst sehen Sie nicht." in text(inhalt(client.get("/")))


def test_a_kommune_without_a_concept_is_listed(client):
    client.force_login(mache_benutzer(mache_kommune("leerstadt"), "lesen"))
    seite = text(inhalt(client.get("/")))
    assert "Stadt Leerstadt" in seite
    assert "noch kein Konzept" in seite


def test_start_lists_only_own_kommunen_invented_ones_first(client, kommune):
    mache_konzept(mache_kommune("nachbarstadt"), titel="Fremdes")
    konto = mache_benutzer(kommune, "lesen")
    konto.mitgliedschaften.create(kommune=mache_kommune("zwickau", fiktiv=True), rolle="lesen")
    konto.mitgliedschaften.create(kommune=mache_kommune("aalen"), rolle="verwaltung")
    client.force_login(konto)
    titel = [text(h) for h in inhalt(client.get("/")).iter("h2")]
    assert titel == ["Stadt Zwickau erfundenes Beispiel", "Stadt Aalen", "Stadt Musterhausen"]


# The menu


def menue(antwort) -> list[tuple[str, str | None]]:
    eintraege = [a for d in seite_von(antwort).iter("details") if d.get("class") == "kommunenwahl" for a in d.iter("a")]
    return [(text(a), a.get("aria-current")) for a in eintraege]


def test_the_menu_shows_every_kommune_and_which_one_this_is(client, kommune):
    konto = mache_benutzer(kommune, "leitung")
    konto.mitgliedschaften.create(kommune=mache_kommune("aalen"), rolle="gremium")
    mache_kommune("nachbarstadt")
    client.force_login(konto)
    hier = [("Stadt Aalen", None), ("Stadt Musterhausen", "true")]
    for ort in (adresse(kommune.konzepte.get()), f"/kommunen/{kommune.slug}/mitglieder/"):
        assert menue(client.get(ort)) == hier, ort
    assert menue(client.get("/impressum/")) == [(name, None) for name, _ in hier]
    assert menue(client.get("/")) == []  # the page itself is that list


def test_no_menu_for_one_kommune_or_nobody(client, kommune):
    assert menue(client.get("/anmelden/")) == []
    client.force_login(mache_benutzer(kommune, "leitung", "redaktion"))
    assert menue(client.get(f"/kommunen/{kommune.slug}/")) == []


@pytest.mark.parametrize("anzahl", [1, 3])
def test_queries(client, kommune, anzahl):
    konto = mache_benutzer(kommune, "leitung")
    for i in range(anzahl):
        mache_konzept(kommune, f"weiteres-{i}")
        konto.mitgliedschaften.create(kommune=mache_kommune(f"stadt-{i}"), rolle="leitung")
    client.force_login(konto)
    with CaptureQueriesContext(connection) as abfragen:
        client.get(f"/kommunen/{kommune.slug}/")
    # session, account, Kommune, roles, concepts; the menu
    assert len(abfragen) == 6
