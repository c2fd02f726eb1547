from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class VerlaufConfig(AppConfig):
    name = "konzept.verlauf"
    label = "verlauf"
    verbose_name = "Verlauf und Papierkorb"

    def ready(self):
        from konzept.unveraenderlich import richte_trigger_ein

        from .berichtigung import nach_migrate, vor_migrate

        pre_migrate.connect(vor_migrate, sender=self)
        post_migrate.connect(richte_trigger_ein, sender=self)
        post_migrate.connect(nach_migrate, sender=self)
