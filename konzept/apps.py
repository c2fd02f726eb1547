from django.apps import AppConfig

from konzept.betrieb import dateirechte


class KonzeptConfig(AppConfig):
    name = "konzept"
    verbose_name = "Konzept"

    def ready(self):
        from konzept.betrieb import systempruefungen  # noqa: F401

        for pfad in dateirechte.verschlossene():
            dateirechte.verschliesse(pfad)
