"""The local day: the one place in which a moment becomes a day, and a day German text.

Moments are stored in UTC, people live in `TIME_ZONE`: half an hour after midnight it is still yesterday in UTC. Tests
set the clock by replacing `django.utils.timezone.now`, by which everything here goes.
"""

from datetime import date, datetime, time

from django.utils import timezone

heute = timezone.localdate
"""heute(): the local day. heute(moment): the local day of a moment; ValueError for one without a time zone."""
# Django's own function, so that a migration that holds it as the default of a field needs no change.


def am(tag: date | datetime) -> str:
    """A day, or the local day of a moment: "01.07.2026". ValueError for a moment without a time zone."""
    return f"{timezone.localtime(tag) if isinstance(tag, datetime) else tag:%d.%m.%Y}"


def um(zeitpunkt: datetime) -> str:
    """The local time of a moment: "00:30"."""
    return f"{timezone.localtime(zeitpunkt):%H:%M}"


def ortszeit(zeitpunkt: datetime) -> datetime:
    """The same moment with the local offset, for what writes it down by itself."""
    return timezone.localtime(zeitpunkt)


def beginn_von(tag: date) -> datetime:
    """The first moment of a local day."""
    return timezone.make_aware(datetime.combine(tag, time.min))
