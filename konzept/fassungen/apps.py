from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FassungenConfig(AppConfig):
    name = "konzept.fassungen"
    label = "fassungen"
    verbose_name = "Fassungen"

    def ready(self):
        from konzept.druckauftraege import laeufe
        from konzept.unveraenderlich import richte_trigger_ein

        post_migrate.connect(richte_trigger_ein, sender=self)
        laeufe.melde_an("fassung", "konzept.fassungen.ausgaben.stelle_alle_her")
        laeufe.melde_an("synopse", "konzept.fassungen.vergleich.druck.stelle_her")
