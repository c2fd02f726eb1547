"""Several people change one concept at the same moment: no chapter vanishes, no move is lost, nobody sees an error."""

import random

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.models import Abschnitt, Konzept
from konzept.models.basis import anker
from konzept.verlauf.models import Aenderung, Geloeschtes
from konzept.werkbank import ordnung
from konzept.werkbank.elemente import NACH_MODELL
from massnahmen.models import Massnahme
from tests.fabrik import adresse, eingaben, mache_benutzer, mache_kommune, mache_konzept
from tests.konzept.vorgaenge.test_folgen import ARTEN, mache_welt
from tests.nebenlaeufig import gleichzeitig

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.datenbank]


def seite(element, verb: str) -> str:
    return adresse(element, NACH_MODELL[element._meta.model_name].art, str(element.pk), verb)


def verschiebe(browser, element, oben, nach=""):
    return browser.post(seite(element, "verschieben"), {"in": anker(oben), "nach": nach}).status_code


@pytest.fixture
def leute():
    konzept = mache_konzept(mache_kommune("neustadt"))
    konten = [mache_benutzer(konzept.kommune, "leitung") for _ in range(3)]
    browser = [Client() for _ in konten]
    for b, konto in zip(browser, konten, strict=True):
        b.force_login(konto)
    return konzept, browser


def test_two_who_move_sections_below_each_other_make_no_circle(leute):
    """Neither directly nor over a third one."""
    konzept, (eine, anderer, _) = leute
    a, b, c = (Abschnitt.objects.create(konzept=konzept, titel=t) for t in "abc")
    b1 = Abschnitt.objects.create(konzept=konzept, titel="b1", oberabschnitt=b)
    gleichzeitig(lambda: verschiebe(eine, a, b1), lambda: verschiebe(anderer, b, a))
    gleichzeitig(lambda: verschiebe(eine, c, a), lambda: verschiebe(anderer, a, c))
    gezeigt = [k.titel for _, k in stelle_zusammen(Konzept.objects.mit_kommune().get(pk=konzept.pk)).alle_kapitel()]
    assert sorted(gezeigt) == ["a", "b", "b1", "c"]


def test_a_measure_that_is_saved_while_its_goal_is_moved_goes_along(leute):
    _, (eine, anderer, _) = leute
    konzept = mache_welt()
    for b, konto in zip((eine, anderer), (mache_benutzer(konzept.kommune, "leitung") for _ in "ab"), strict=True):
        b.force_login(konto)
    massnahme = Massnahme.objects.filter(handlungsziel__isnull=False).first()
    ziel = massnahme.handlungsziel
    woanders = konzept.handlungsfelder.exclude(pk=ziel.handlungsfeld_id).get()
    pfad = seite(massnahme, "bearbeiten")
    felder = eingaben(eine.get(pfad)) | {"titel": "Neuer Titel"}
    gespeichert, verschoben = gleichzeitig(
        lambda: eine.post(pfad, felder).status_code, lambda: verschiebe(anderer, ziel, woanders)
    )
    assert verschoben == 302
    assert gespeichert in {302, 409}
    massnahme.refresh_from_db()
    assert (massnahme.handlungsziel, massnahme.handlungsfeld) == (ziel, woanders)
    assert massnahme.titel == ("Neuer Titel" if gespeichert == 302 else "Am Ziel Sprache")


def test_the_same_step_at_the_same_moment_is_no_error(leute):
    konzept, browser = leute
    massnahme = mache_welt_in(konzept)
    daten = {"auf": anker(massnahme)}
    pfad = adresse(konzept, "schritt")
    assert gleichzeitig(*(lambda b=b: b.post(pfad, daten).status_code for b in browser)) == [302] * 3


def mache_welt_in(konzept) -> Massnahme:
    feld = konzept.handlungsfelder.create(titel="Sprache")
    return [Massnahme.objects.create(handlungsfeld=feld, titel=str(i)) for i in range(5)][-1]


KANN = ("verschiebe", "schritt", "speichere", "loesche", "hole_zurueck")


class Gewusel:
    """What one of them does, chosen by chance; answers with the status."""

    def __init__(self, konzept: Konzept, wuerfel: random.Random):
        self.konzept, self.wuerfel = konzept, wuerfel

    def elemente(self) -> list:
        return [z for a in ARTEN for z in a.alle().filter(**{a.pfad: self.konzept}).order_by("pk")]

    def handlung(self, browser):
        element = self.wuerfel.choice(self.elemente())
        match self.wuerfel.choice(KANN):
            case "verschiebe":
                oben = self.wuerfel.choice(ordnung.orte(element, self.konzept))
                return lambda: verschiebe(browser, element, oben)
            case "schritt":
                daten = {self.wuerfel.choice(ordnung.RICHTUNGEN): anker(element)}
                return lambda: browser.post(adresse(self.konzept, "schritt"), daten).status_code
            case "speichere":
                pfad = seite(element, "bearbeiten")
                felder = eingaben(browser.get(pfad))
                return lambda: browser.post(pfad, felder | {"nummer": str(self.wuerfel.randrange(9))}).status_code
            case "loesche" if len(self.elemente()) > 12:
                return lambda: browser.post(seite(element, "loeschen")).status_code
            case _:
                eintrag = Geloeschtes.objects.filter(konzept=self.konzept).first()
                pfad = adresse(self.konzept, "papierkorb", str(eintrag.pk) if eintrag else "1", "zurueckholen")
                return lambda: browser.post(pfad).status_code


@pytest.mark.timeout(1800)
@given(st.integers(0, 2**32))
@settings(
    max_examples=max(2, min(settings().max_examples // 100, 30)),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_whatever_they_do_at_once_fits_together(saat):
    konzept = mache_welt(mache_kommune(f"stadt{Konzept.objects.count()}"))
    browser = []
    for _ in range(3):
        browser.append(Client())
        browser[-1].force_login(mache_benutzer(konzept.kommune, "leitung"))
    gewusel = Gewusel(konzept, random.Random(saat))
    for _ in range(8):
        status = gleichzeitig(*(gewusel.handlung(b) for b in browser))
        assert set(status) <= {200, 302, 404, 409, 410, 422}, status
        for zeile in gewusel.elemente():
            zeile.full_clean()
            letzte = Aenderung.objects.von(konzept.kommune_id, konzept.pk, anker(zeile)).first()
            for name in zeile.STEHT_UNTER[:-1] if letzte else ():
                gewusst = letzte.stand["felder"][name]
                assert getattr(zeile, f"{name}_id") == (gewusst and gewusst["pk"]), "the last one who moved it did so"
        dokument = stelle_zusammen(Konzept.objects.mit_kommune().get(pk=konzept.pk))
        assert {anker(a) for a in konzept.abschnitte.all()} <= {k.anker for _, k in dokument.alle_kapitel()}
