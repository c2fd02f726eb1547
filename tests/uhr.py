"""A clock that tests set."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.utils import timezone


class Uhr:
    """Stands still at a local moment, for the whole product and for rows made meanwhile."""

    def __init__(self, monkeypatch):
        self._jetzt = timezone.now()
        echt = timezone.now
        monkeypatch.setattr(timezone, "now", self)
        for modell in apps.get_models():
            for feld in modell._meta.concrete_fields:
                if feld.default is echt:
                    monkeypatch.setattr(feld, "_get_default", self)

    def __call__(self) -> datetime:
        return self._jetzt

    def stelle(self, jahr: int, monat: int, tag: int, stunde: int = 0, minute: int = 0, *, zweites: bool = False):
        """`zweites` means the second of two equal times, when the clocks go back."""
        ort = ZoneInfo(settings.TIME_ZONE)
        moment = datetime(jahr, monat, tag, stunde, minute, tzinfo=ort, fold=zweites)
        self._jetzt = moment.astimezone(ZoneInfo("UTC"))

    def ruecke(self, um: timedelta):
        self._jetzt += um
