from django.apps import AppConfig

from konzept import dateirechte


class KonzeptConfig(AppConfig):
    name = "konzept"
    verbose_name = "Konzept"

    def ready(self):
        from konzept import pruefungen  # noqa: F401

        for pfad in dateirechte.verschlossene():
            dateirechte.verschliesse(pfad)
