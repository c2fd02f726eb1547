from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FassungenConfig(AppConfig):
    name = "konzept.fassungen"
    label = "fassungen"
    verbose_name = "Fassungen"

    def ready(self):
        from konzept.druckauftraege import aufnahme
        from konzept.unveraenderlich import richte_trigger_ein

        post_migrate.connect(richte_trigger_ein, sender=self)
        aufnahme.melde_an("fassung", "konzept.fassungen.ausgaben.Ausgabedruck")
        aufnahme.melde_an("grossdruck", "konzept.fassungen.grossdruck.Grossdruck")
        aufnahme.melde_an("synopse", "konzept.fassungen.vergleich.druck.Synopse")
