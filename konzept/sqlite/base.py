"""The backend: Django imports it by this name."""

from django.db.backends.sqlite3 import base

from konzept.betrieb import dateirechte
from konzept.namensordnung import FUNKTION
from konzept.schreibweise import ordnung


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params):
        """SQLite gives the files beside it (-wal, -shm) the rights of the database."""
        if not self.is_in_memory_db():
            dateirechte.verschliesse_datenbank(conn_params["database"])
        verbindung = super().get_new_connection(conn_params)
        verbindung.create_function(FUNKTION, 1, _ordnung, deterministic=True)
        return verbindung


def _ordnung(name: str | None) -> str | None:
    return None if name is None else ordnung(name)
