"""The test database is what production has: every migration has run, and PostgreSQL sorts as German does."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests.fabrik import mache_kommune

pytestmark = [pytest.mark.django_db, pytest.mark.datenbank]


def test_no_migration_is_missing_in_the_snapshot():
    call_command("migrate", check_unapplied=True, verbosity=0)


def test_names_are_sorted_as_in_production():
    kommune = mache_kommune()
    for name in ("Zuwanderung", "Ämter", "Arbeit", "eine Gruppe", "Eltern"):
        kommune.gremien.create(name=name)
    nach_wort = ["Ämter", "Arbeit", "eine Gruppe", "Eltern", "Zuwanderung"]
    nach_zeichen = ["Arbeit", "Eltern", "Zuwanderung", "eine Gruppe", "Ämter"]
    namen = list(kommune.gremien.order_by("name").values_list("name", flat=True))
    assert namen == (nach_wort if connection.vendor == "postgresql" else nach_zeichen)
