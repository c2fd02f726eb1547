"""The worker's part with mails, done at once."""

from konzept.hintergrund.arten import art
from konzept.hintergrund.lauf import arbeite_ab


def stelle_zu() -> int:
    """Send what waits in the outbox, by POSTWEG: in tests to mail.outbox. How many rows that were."""
    return arbeite_ab(art("post"))
