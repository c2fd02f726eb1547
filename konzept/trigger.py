"""The rules of `konzept.mauern` as triggers of SQLite and PostgreSQL.

A trigger's name ends in a sum of what it does, so that those that are there already are known by their names.
"""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from .mauern import Bleibt, KeinRing, Regel, felder_auf, regeln, wert


class Trigger(NamedTuple):
    """One trigger: what it is called, on which table, and the SQL that makes it."""

    name: str
    tabelle: str
    befehle: tuple[str, ...]


def fehlende(using: str = "default") -> list[Regel]:
    """The rules that the database does not hold yet. One query."""
    da = _vorhandene(using)
    return [regel for regel in regeln() if not {t.name for t in _trigger(regel, using)} <= da.keys()]


def stelle_auf(using: str = "default") -> None:
    """Let the database hold all rules, and only these. One query where it does so already."""
    da = _vorhandene(using)
    soll = {trigger.name: trigger for regel in regeln() for trigger in _trigger(regel, using)}
    _reisse_ein({name: tabelle for name, tabelle in da.items() if name not in soll}, using)
    with connections[using].cursor() as cursor:
        for name, trigger in soll.items():
            if name not in da:
                for befehl in trigger.befehle:
                    cursor.execute(befehl)


def reisse_ein(using: str = "default") -> None:
    """Take the triggers away, as migrations need it: SQLite renames no table while a trigger elsewhere mentions it."""
    _reisse_ein(_vorhandene(using), using)


def ist_migriert(using: str = "default") -> bool:
    """Whether the tables are those of the code."""
    ausfuehrer = MigrationExecutor(connections[using])
    return not ausfuehrer.migration_plan(ausfuehrer.loader.graph.leaf_nodes())


def kaputte(regel: Regel, using: str = "default") -> list[int]:
    """The rows (pk) that break a rule now. One query."""
    meta = regel.modell._meta
    mit_wert = " AND ".join(f"z.{spalte} IS NOT NULL" for spalte in regel.spalten())
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT z.{meta.pk.column} FROM {meta.db_table} z "  # noqa: S608
            f"WHERE {mit_wert} AND {regel.bricht('z')} ORDER BY 1"
        )
        return [pk for (pk,) in cursor]


_MARKE = "_mauer_"


def _vorhandene(using: str) -> dict[str, str]:
    """The triggers that are there: name → table."""
    abfrage = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid)",
    }
    with connections[using].cursor() as cursor:
        cursor.execute(abfrage[connections[using].vendor])
        return {name: tabelle for name, tabelle in cursor if _MARKE in name}


def _reisse_ein(namen: dict[str, str], using: str) -> None:
    with connections[using].cursor() as cursor:
        for name, tabelle in namen.items():
            if connections[using].vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER {name} ON {tabelle}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")
            else:
                cursor.execute(f"DROP TRIGGER {name}")


def _trigger(regel: Regel, using: str) -> Iterator[Trigger]:
    """What holds a rule: asked when a row comes, and when one of the columns changes at which its ways begin."""
    tabelle, spalten = regel.modell._meta.db_table, regel.spalten()
    mit_wert = " AND ".join(f"NEW.{spalte} IS NOT NULL" for spalte in spalten)
    anders = " OR ".join(f"OLD.{spalte} {_UNGLEICH[connections[using].vendor]} NEW.{spalte}" for spalte in spalten)
    baue = {"sqlite": _sqlite, "postgresql": _postgresql}[connections[using].vendor]
    if not isinstance(regel, Bleibt):
        yield baue(regel, tabelle, "BEFORE INSERT", mit_wert, regel.bricht("NEW"))
    elif connections[using].vendor == "sqlite":
        yield baue(regel, tabelle, "BEFORE INSERT", mit_wert, _ersetzt(regel))
    beim_aendern = f"BEFORE UPDATE OF {', '.join(spalten)}"
    yield baue(regel, tabelle, beim_aendern, f"{mit_wert} AND ({anders})", regel.bricht("NEW", "OLD"))


_UNGLEICH = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}


def _ersetzt(regel: Bleibt) -> str:
    """INSERT OR REPLACE changes a row, and SQLite takes it for a new one."""
    meta = regel.modell._meta
    return (
        f"EXISTS (SELECT 1 FROM {meta.db_table} z "  # noqa: S608
        f"WHERE z.{meta.pk.column} = NEW.{meta.pk.column} AND {regel.bricht('NEW', 'z')})"
    )


def _sqlite(regel: Regel, tabelle: str, wann: str, wenn: str, bricht: str) -> Trigger:
    wird = f"{wann} ON {tabelle} WHEN {wenn} AND {bricht} BEGIN SELECT RAISE(ABORT, '{regel.satz}'); END"
    name = _name(tabelle, wird)
    return Trigger(name, tabelle, (f"CREATE TRIGGER {name} {wird}",))


def _postgresql(regel: Regel, tabelle: str, wann: str, wenn: str, bricht: str) -> Trigger:
    tut = (
        f"RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {_sperre(regel)}IF {bricht} THEN "
        f"RAISE EXCEPTION '{regel.satz}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )
    wird = f"{wann} ON {tabelle} FOR EACH ROW WHEN ({wenn})"
    name = _name(tabelle, tut + wird)
    return Trigger(
        name,
        tabelle,
        (
            f"CREATE OR REPLACE FUNCTION {name}() {tut}",
            f"CREATE TRIGGER {name} {wird} EXECUTE FUNCTION {name}()",
        ),
    )


def _sperre(regel: Regel) -> str:
    """Of two that would make a ring together, the second waits, and then sees what the first one did."""
    if not isinstance(regel, KeinRing):
        return ""
    ende = felder_auf(regel.modell, regel.schloss)[-1].related_model._meta
    zeile = wert("NEW", regel.modell, regel.schloss)
    return f"PERFORM 1 FROM {ende.db_table} WHERE {ende.pk.column} = {zeile} FOR NO KEY UPDATE; "


def _name(tabelle: str, inhalt: str) -> str:
    """PostgreSQL cuts a name at 63 signs."""
    return f"{tabelle[:44]}{_MARKE}{hashlib.sha256(inhalt.encode()).hexdigest()[:12]}"
