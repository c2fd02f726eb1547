"""Rows that are written once: neither the code nor somebody at the database changes or deletes them.

A model that inherits `NurAnhaengen` refuses in Python, and the database refuses by triggers, which are put in place
after every `migrate` (SQLite loses a table's triggers when a migration rebuilds it).
"""

from django.apps import apps
from django.db import connections, models


class Unveraenderlich(Exception):
    """Somebody tried to change or delete a row that is written once. The database raises an IntegrityError instead."""


class NurAnhaengenQuerySet(models.QuerySet):
    def update(self, **felder):
        raise Unveraenderlich(f"{self.model.__name__} rows are never changed.")

    def delete(self):
        raise Unveraenderlich(f"{self.model.__name__} rows are not deleted; see loesche_abgelaufene().")

    def loesche_abgelaufene(self, vor) -> int:
        """Delete the rows from before a moment; the database lets only rows go that are older than `AUFBEWAHREN`."""
        abgelaufen = self.filter(**{f"{self.model.ZEITFELD}__lt": vor})
        return abgelaufen._raw_delete(self.db)


class NurAnhaengen(models.Model):
    """Abstract: rows that can be added and read. After `AUFBEWAHREN` days (None: never) they may be deleted."""

    AUFBEWAHREN: int | None = None
    ZEITFELD = "zeitpunkt"

    objects = NurAnhaengenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise Unveraenderlich(f"{type(self).__name__} rows are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Unveraenderlich(f"{type(self).__name__} rows are not deleted.")


def richte_trigger_ein(sender=None, *, using: str = "default", **_) -> None:
    """Signal receiver of post_migrate, and callable by itself: put the triggers of an app's models in place."""
    verbindung = connections[using]
    vorhanden = set(verbindung.introspection.table_names())
    with verbindung.cursor() as cursor:
        for modell in _modelle(sender):
            if modell._meta.db_table in vorhanden:
                for befehl in _SPRACHEN[verbindung.vendor](modell):
                    cursor.execute(befehl)


def entferne_trigger(using: str = "default") -> None:
    """Take the triggers away, as emptying a whole database needs; `richte_trigger_ein` brings them back."""
    verbindung = connections[using]
    with verbindung.cursor() as cursor:
        for modell in _modelle(None):
            tabelle = modell._meta.db_table
            for name in _TRIGGER:
                bei = f" ON {tabelle}" if verbindung.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {tabelle}_{name}{bei}")


_TRIGGER = ("kein_update", "kein_delete", "kein_ersetzen", "kein_truncate")


def _modelle(sender) -> list[type[NurAnhaengen]]:
    alle = sender.get_models() if sender else apps.get_models()
    return [modell for modell in alle if issubclass(modell, NurAnhaengen)]


def _satz(modell) -> str:
    return f"{modell._meta.db_table} is append-only"


def _sqlite(modell) -> list[str]:
    """A row replaced by INSERT OR REPLACE fires no DELETE trigger, so that the INSERT itself has to be refused.

    Django stores moments as text in UTC, which is also how datetime() writes them.
    """
    tabelle, pk = modell._meta.db_table, modell._meta.pk.column
    wenn = ""
    if modell.AUFBEWAHREN is not None:
        wenn = f"WHEN OLD.{modell.ZEITFELD} > datetime('now', '-{modell.AUFBEWAHREN} days') "
    schon_da = f"WHEN EXISTS (SELECT 1 FROM {tabelle} WHERE {pk} = NEW.{pk}) "  # noqa: S608
    abbruch = f"BEGIN SELECT RAISE(ABORT, '{_satz(modell)}'); END"
    return [
        *(f"DROP TRIGGER IF EXISTS {tabelle}_{name}" for name in _TRIGGER),
        f"CREATE TRIGGER {tabelle}_kein_update BEFORE UPDATE ON {tabelle} {abbruch}",
        f"CREATE TRIGGER {tabelle}_kein_delete BEFORE DELETE ON {tabelle} {wenn}{abbruch}",
        f"CREATE TRIGGER {tabelle}_kein_ersetzen BEFORE INSERT ON {tabelle} {schon_da}{abbruch}",
    ]


def _postgresql(modell) -> list[str]:
    tabelle = modell._meta.db_table
    wenn = ""
    if modell.AUFBEWAHREN is not None:
        wenn = f"WHEN (OLD.{modell.ZEITFELD} > now() - interval '{modell.AUFBEWAHREN} days') "
    ausfuehren = f"EXECUTE FUNCTION {tabelle}_nur_anhaengen()"
    return [
        f"CREATE OR REPLACE FUNCTION {tabelle}_nur_anhaengen() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_satz(modell)}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE OR REPLACE TRIGGER {tabelle}_kein_update BEFORE UPDATE ON {tabelle} FOR EACH ROW {ausfuehren}",
        f"CREATE OR REPLACE TRIGGER {tabelle}_kein_delete BEFORE DELETE ON {tabelle} FOR EACH ROW {wenn}{ausfuehren}",
        f"CREATE OR REPLACE TRIGGER {tabelle}_kein_truncate BEFORE TRUNCATE ON {tabelle} {ausfuehren}",
    ]


_SPRACHEN = {"sqlite": _sqlite, "postgresql": _postgresql}
