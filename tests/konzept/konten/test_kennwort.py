"""Passwords that everybody would try first at an installation of Konzeptwerk."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from konzept.rechte import Rolle
from tests.fabrik import KENNWORT, mache_benutzer, mache_kommune

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kommunen():
    mache_kommune(name="Stadt Mönchengladbach", kurzname="Mönchengladbach", slug="moenchengladbach")
    mache_kommune(name="Stadt Monheim am Rhein", kurzname="Monheim", slug="monheim")


@pytest.mark.parametrize(
    "kennwort",
    [
        "Integration2026!",
        "konzeptwerk-demo",
        "Konzeptwerk-Konzeptwerk",
        "Integrationsrat_Monheim1",
        "MÖNCHENGLADBACH 1",
        "moenchengladbach!",
        "Stadt-Monheim-am-Rhein",
        "Kennwort-Kennwort",
        "Willkommen2026",
        *(f"{rolle.label}-123456" for rolle in Rolle),
    ],
)
def test_what_everybody_would_try_is_refused(kennwort):
    with pytest.raises(ValidationError, match="die hier jeder zuerst probiert"):
        validate_password(kennwort, mache_benutzer(email="rita@stadt.example"))


@pytest.mark.parametrize(
    "kennwort",
    [KENNWORT, "Monheim badet gern im Regen", "vier Stühle auf dem Rathaus", "x7$Kd-qT2!vbW", "Kirschbaum-8-Stuhl"],
)
def test_such_a_word_among_others_is_welcome(kennwort):
    validate_password(kennwort, mache_benutzer(email="rita@stadt.example"))
