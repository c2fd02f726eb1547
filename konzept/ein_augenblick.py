"""Reading as if time stood still."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def ein_augenblick() -> Iterator[None]:
    """All that is read inside comes from the database of one moment, so that no half of somebody's change is seen;
    others may write meanwhile. Nothing is written inside. A transaction that has begun already cannot be changed any
    more, and stays what it is."""
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    connection.ensure_connection()
    # By the settings a transaction on SQLite begins with the lock for writing. This one only reads, and lets others
    # write.
    vorher, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = vorher
