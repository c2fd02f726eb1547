"""Every migration forwards and back: `python -m tests.migrationen`, on SQLite or on the server of DATABASE_URL.

On SQLite they go forwards in a new file. On PostgreSQL they do so for the snapshot with which tests begin
(tests/testdatenbank.py), where there is none yet, and back in a copy of it.
"""

import os


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konzept.settings")
    import django

    django.setup()
    from tests import testdatenbank

    with testdatenbank.kopie(frisch=True):
        _geh_zurueck()


def _geh_zurueck() -> None:
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from konzept import trigger
    from tests import testdatenbank

    eigene = {app.label for app in apps.get_app_configs() if testdatenbank.ist_eigene(app)}
    trigger.reisse_ein()  # as `migrate` does before
    hin = set(connection.introspection.table_names())
    zurueck = MigrationExecutor(connection)
    zurueck.migrate([(app, None) for app in sorted(eigene & zurueck.loader.migrated_apps)])
    uebrig = [name for name in connection.introspection.table_names() if name.split("_")[0] in eigene]
    print(f"{connection.vendor}: {len(hin)} tables made, {len(uebrig)} of ours left {uebrig or ''}")
    if uebrig:
        raise SystemExit("A migration does not take back what it made.")


if __name__ == "__main__":
    main()
