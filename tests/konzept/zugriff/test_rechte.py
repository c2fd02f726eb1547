"""The rule for a list and the rule for the single object say the same."""

import pytest

from konzept import rechte
from konzept.models import Konzept
from konzept.rechte import BEARBEITEN, LESEN, Rolle, darf
from konzept.zugriff import konzepte_fuer
from tests.fabrik import mache_benutzer
from tests.konzept.zugriff.personen import ANGEMELDET, BEARBEITENDE, LESENDE

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


@pytest.mark.parametrize("recht", [LESEN, BEARBEITEN])
@pytest.mark.parametrize("art", [*ANGEMELDET, "zwei"])
def test_list_and_single_object_agree(art, recht, welt, andere, person):
    if art == "zwei":
        konto = mache_benutzer(welt.kommune, "lesen", "gremium")
        konto.mitgliedschaften.create(kommune=andere.kommune, rolle="redaktion")
    else:
        konto = person(art)
    einzeln = {k for k in Konzept.objects.all() if darf(konto, recht, k)}
    assert set(konzepte_fuer(konto, recht)) == einzeln
    beide = {welt.konzept, andere.konzept}
    erwartet = {
        "superuser": beide,
        "fremd": {andere.konzept},
        "zwei": beide if recht == LESEN else {andere.konzept},
    }.get(art, {welt.konzept} if art in (LESENDE if recht == LESEN else BEARBEITENDE) else set())
    assert einzeln == erwartet


def test_every_right_has_roles_and_only_known_ones():
    for recht in (LESEN, BEARBEITEN):
        assert set() < rechte.rollen_mit(recht) <= set(Rolle.values)
    assert rechte.rollen_mit(BEARBEITEN) < rechte.rollen_mit(LESEN)


def test_roles_of_an_account_cost_one_query(welt, andere, django_assert_num_queries):
    konto = mache_benutzer(welt.kommune, "leitung", "gremium")
    with django_assert_num_queries(1):
        for k in (welt.konzept, andere.konzept):
            for recht in (LESEN, BEARBEITEN):
                darf(konto, recht, k)
