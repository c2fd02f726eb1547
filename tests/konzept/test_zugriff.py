"""Who may open what: the whole matrix of roles, addresses and methods, and the walls between Kommunen.

A new URL pattern fails here until it has a row in ERWARTET.
"""

import re

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import RegexPattern

from konzept import rechte
from konzept.models import Konzept
from konzept.rechte import BEARBEITEN, LESEN, Rolle, darf
from konzept.zugriff import konzepte_fuer
from tests.fabrik import (
    adresse,
    formular_adresse,
    mache_abschnitt,
    mache_benutzer,
    mache_feld,
    mache_kommune,
    mache_konzept,
    mache_massnahme,
)

pytestmark = pytest.mark.django_db

PERSONEN = (
    "anonym",
    "gesperrt",  # an account that was switched off, with a session that is still there
    "ohne rolle",
    "fremd",  # Leitung of another Kommune
    *Rolle.values,
    "superuser",
)
ANGEMELDET = PERSONEN[2:]
LESENDE = {"leitung", "redaktion", "mitwirkung", "lesen", "superuser"}
BEARBEITENDE = {"leitung", "redaktion", "superuser"}


def lesbar(person: str) -> dict[str, int]:
    """A page that whoever may read the concept can open."""
    angemeldet = 200 if person in LESENDE else 404
    return {"GET": angemeldet if person in ANGEMELDET else 302, "POST": 405, "PUT": 405, "DELETE": 405}


def formular(person: str) -> dict[str, int]:
    """An editing page; the POST of the test is empty and thus refused even where it is allowed."""
    falsch = {"PUT": 405, "DELETE": 405}
    if person not in ANGEMELDET:
        return {"GET": 302, "POST": 401} | falsch
    if person not in LESENDE:
        return {"GET": 404, "POST": 404} | falsch
    if person not in BEARBEITENDE:
        return {"GET": 403, "POST": 403} | falsch
    return {"GET": 200, "POST": 422} | falsch


def startseite(person: str) -> dict[str, int]:
    return {"GET": 200 if person in ANGEMELDET else 302, "POST": 405, "PUT": 405, "DELETE": 405}


def anmeldung(person: str) -> dict[str, int]:
    """Whoever has signed in is sent on; an empty form is shown again."""
    return dict.fromkeys(("GET", "POST"), 302 if person in ANGEMELDET else 200)


def abmeldung(person: str) -> dict[str, int]:
    return {"GET": 405, "POST": 302, "PUT": 405, "DELETE": 405}


ERWARTET = {
    "konzept:start": startseite,
    "konzept:uebersicht": lesbar,
    "konzept:gesamt": lesbar,
    "konzept:pdf": lesbar,
    "konzept:kapitel": lesbar,
    "konzept:abschnitt_bearbeiten": formular,
    "massnahmen:bearbeiten": formular,
    "konten:anmelden": anmeldung,
    "konten:abmelden": abmeldung,
}


def adressen(resolver=None, raum=""):
    """(name with namespaces, pattern as text) of every URL pattern below a resolver."""
    for muster in (resolver or get_resolver()).url_patterns:
        if hasattr(muster, "url_patterns"):
            unter = f"{raum}{muster.namespace}:" if muster.namespace else raum
            for name, text in adressen(muster, unter):
                yield name, f"{_text(muster.pattern)}{text}"
        else:
            yield f"{raum}{muster.name}", _text(muster.pattern)


def _text(pattern) -> str:
    text = str(pattern)
    return text.strip("^$") if isinstance(pattern, RegexPattern) else text


@pytest.fixture
def stadt():
    return mache_kommune("musterhausen")


@pytest.fixture
def konzept(stadt):
    return mache_konzept(stadt)


@pytest.fixture
def anderes():
    """The concept of another Kommune, with rows of the same kinds."""
    konzept = mache_konzept(mache_kommune("nachbarstadt"), titel="Konzept der Nachbarn")
    mache_abschnitt(konzept, "Kapitel der Nachbarn")
    mache_massnahme(mache_feld(konzept), "Maßnahme der Nachbarn")
    return konzept


@pytest.fixture
def pfade(konzept):
    ort = {"kommune": konzept.kommune.slug, "konzept": konzept.slug}
    abschnitt = mache_abschnitt(konzept)
    massnahme = mache_massnahme(mache_feld(konzept))
    zusaetzlich = {
        "konzept:kapitel": {"anker": f"abschnitt-{abschnitt.pk}"},
        "konzept:abschnitt_bearbeiten": {"pk": abschnitt.pk},
        "massnahmen:bearbeiten": {"pk": massnahme.pk},
    }
    ohne_ort = {"konzept:start", "konten:anmelden", "konten:abmelden"}
    return {
        name: reverse(name, kwargs={} if name in ohne_ort else ort | zusaetzlich.get(name, {})) for name in ERWARTET
    }


@pytest.fixture
def person(stadt, anderes):
    """`person("lesen")` is an account of that kind, None for nobody."""

    def konto(art: str):
        match art:
            case "anonym":
                return None
            case "gesperrt":
                return mache_benutzer(stadt, "leitung", is_active=False)
            case "ohne rolle":
                return mache_benutzer()
            case "fremd":
                return mache_benutzer(anderes.kommune, "leitung", "verwaltung")
            case "superuser":
                return mache_benutzer(is_staff=True, is_superuser=True)
            case rolle:
                return mache_benutzer(stadt, rolle)

    return konto


def browser(konto) -> Client:
    client = Client()
    if konto is not None:
        client.force_login(konto)
    return client


# The matrix


def test_every_url_pattern_has_a_row():
    namen = {name for name, _ in adressen() if not name.startswith("admin:")}
    assert namen == set(ERWARTET)


@pytest.fixture
def ohne_druck(monkeypatch):
    monkeypatch.setattr("konzept.views.druck.drucke", lambda dokument: b"%PDF-")


@pytest.mark.parametrize("art", PERSONEN)
@pytest.mark.usefixtures("ohne_druck")
def test_matrix(art, person, pfade):
    konto = person(art)
    gefunden, erwartet = {}, {}
    for name, pfad in pfade.items():
        for methode, status in ERWARTET[name](art).items():
            client = browser(konto)
            erwartet[name, methode] = status
            gefunden[name, methode] = client.generic(methode, pfad).status_code
            if methode == "GET":
                erwartet[name, "HEAD"] = status
                gefunden[name, "HEAD"] = client.head(pfad).status_code
    assert gefunden == erwartet


@pytest.mark.parametrize("art", ["anonym", "gesperrt"])
def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back(art, person, pfade):
    for name in set(pfade) - {"konten:anmelden", "konten:abmelden"}:
        antwort = browser(person(art)).get(pfade[name])
        assert antwort.url == f"{reverse('konten:anmelden')}?next={pfade[name]}"


def admin_pfade() -> list[str]:
    ersatz = {"app_label": "konzept", "url": "nichts", "final_catch_all_view": "nichts"}
    pfade = []
    for name, muster in adressen():
        if not name.startswith("admin:"):
            continue
        text = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda m: ersatz[m[1]], muster)
        pfade.append("/" + re.sub(r"<(?:\w+:)?\w+>", "1", text))
    return pfade


@pytest.mark.parametrize("art", [p for p in PERSONEN if p != "superuser"])
def test_admin_is_closed_to_everybody_without_staff_status(art, person):
    client = browser(person(art))
    pfade = admin_pfade()
    assert len(pfade) > 5 * len(admin.site._registry)
    offen = []
    for pfad in pfade:
        for methode in ("GET", "POST"):
            antwort = client.generic(methode, pfad)
            if antwort.status_code != 302 or not antwort.url.startswith("/admin/"):
                offen.append((methode, pfad, antwort.status_code))
    assert offen == [("GET", "/admin/login/", 200), ("POST", "/admin/login/", 200)]


def test_staff_without_permissions_sees_no_rows(stadt):
    client = browser(mache_benutzer(stadt, "leitung", is_staff=True))
    for modell in admin.site._registry:
        pfad = reverse(f"admin:{modell._meta.app_label}_{modell._meta.model_name}_changelist")
        assert client.get(pfad).status_code == 403


# The walls between Kommunen


def test_rows_of_another_kommune_do_not_exist_under_my_address(stadt, konzept, anderes):
    client = browser(mache_benutzer(stadt, "leitung"))
    fremd_m = anderes.handlungsfelder.get().massnahmen.get()
    fremd_a = anderes.abschnitte.get()
    for pfad in (
        adresse(konzept, "massnahmen", str(fremd_m.pk), "bearbeiten"),
        adresse(konzept, "abschnitte", str(fremd_a.pk), "bearbeiten"),
        adresse(konzept, "lesen", f"massnahme-{fremd_m.pk}"),
        adresse(konzept, "lesen", f"abschnitt-{fremd_a.pk}"),
        formular_adresse(fremd_m),
        formular_adresse(fremd_a),
    ):
        assert client.get(pfad).status_code == 404, pfad
    assert client.post(formular_adresse(fremd_m), {"titel": "x"}).status_code == 404
    assert client.post(adresse(konzept, "massnahmen", str(fremd_m.pk), "bearbeiten")).status_code == 404


def test_even_who_may_edit_both_finds_a_row_only_at_its_own_address(stadt, konzept, anderes):
    """One concept's row under another's address would be shown inside the wrong outline."""
    zweites = mache_konzept(stadt, "zweites")
    feld = mache_feld(konzept)
    massnahme, abschnitt = mache_massnahme(feld), mache_abschnitt(konzept)
    client = browser(mache_benutzer(is_superuser=True))
    for falsch in (zweites, anderes):
        for art, zeile in (("massnahmen", massnahme), ("abschnitte", abschnitt)):
            assert client.get(adresse(falsch, art, str(zeile.pk), "bearbeiten")).status_code == 404
            assert client.get(formular_adresse(zeile)).status_code == 200


def _ohne_zufall(antwort) -> str:
    return re.sub(r'nonce="[^"]*"', "", antwort.content.decode())


def test_a_concept_one_may_not_see_looks_like_one_that_is_not_there(stadt, konzept, anderes):
    client = browser(mache_benutzer(stadt, "leitung"))
    verborgen = client.get(adresse(anderes))
    erfunden = client.get(f"/konzepte/{anderes.kommune.slug}/gibt-es-nicht/")
    assert (verborgen.status_code, erfunden.status_code) == (404, 404)
    assert _ohne_zufall(verborgen) == _ohne_zufall(erfunden)
    assert "Nachbar" not in verborgen.content.decode()


@pytest.mark.parametrize("nummer", ["0", "999999", "9" * 30])
def test_a_row_that_is_not_there(nummer, stadt, konzept):
    client = browser(mache_benutzer(stadt, "leitung"))
    for art in ("massnahmen", "abschnitte"):
        assert client.get(adresse(konzept, art, nummer, "bearbeiten")).status_code == 404
    assert client.get(adresse(konzept, "lesen", f"massnahme-{nummer}")).status_code == 404


# The rule for the list and the rule for the single concept


@pytest.mark.parametrize("recht", [LESEN, BEARBEITEN])
@pytest.mark.parametrize("art", [*ANGEMELDET, "zwei"])
def test_list_and_single_object_agree(art, recht, stadt, konzept, anderes, person):
    if art == "zwei":
        konto = mache_benutzer(stadt, "lesen", "gremium")
        konto.mitgliedschaften.create(kommune=anderes.kommune, rolle="redaktion")
    else:
        konto = person(art)
    einzeln = {k for k in Konzept.objects.all() if darf(konto, recht, k)}
    assert set(konzepte_fuer(konto, recht)) == einzeln
    erwartet = {
        "superuser": {konzept, anderes},
        "fremd": {anderes},
        "zwei": {konzept, anderes} if recht == LESEN else {anderes},
    }.get(art, {konzept} if art in (LESENDE if recht == LESEN else BEARBEITENDE) else set())
    assert einzeln == erwartet


def test_every_right_has_roles_and_only_known_ones():
    for recht in (LESEN, BEARBEITEN):
        assert set() < rechte.rollen_mit(recht) <= set(Rolle.values)
    assert rechte.rollen_mit(BEARBEITEN) < rechte.rollen_mit(LESEN)


def test_roles_of_an_account_cost_one_query(stadt, konzept, anderes, django_assert_num_queries):
    konto = mache_benutzer(stadt, "leitung", "gremium")
    with django_assert_num_queries(1):
        for k in (konzept, anderes):
            for recht in (LESEN, BEARBEITEN):
                darf(konto, recht, k)
