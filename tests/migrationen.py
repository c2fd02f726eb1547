"""Every migration forwards and back: `python -m tests.migrationen`, on SQLite or on the server of DATABASE_URL.

Forwards they go for the snapshot with which tests begin (tests/testdatenbank.py), and back in a copy of it.
"""

import os
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konzept.settings")
    import django

    django.setup()
    from tests import testdatenbank

    with testdatenbank.kopie():
        _geh_zurueck()


def _geh_zurueck() -> None:
    from django.apps import apps
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from konzept import trigger

    eigene = {app.label for app in apps.get_app_configs() if _ist_eigene(app, settings.BASE_DIR)}
    trigger.reisse_ein()  # as `migrate` does before
    hin = set(connection.introspection.table_names())
    zurueck = MigrationExecutor(connection)
    zurueck.migrate([(app, None) for app in sorted(eigene & zurueck.loader.migrated_apps)])
    uebrig = [name for name in connection.introspection.table_names() if name.split("_")[0] in eigene]
    print(f"{connection.vendor}: {len(hin)} tables made, {len(uebrig)} of ours left {uebrig or ''}")
    if uebrig:
        raise SystemExit("A migration does not take back what it made.")


def _ist_eigene(app, wurzel) -> bool:
    teile = Path(app.path).relative_to(wurzel).parts if Path(app.path).is_relative_to(wurzel) else ()
    return bool(teile) and not teile[0].startswith(".")


if __name__ == "__main__":
    main()
