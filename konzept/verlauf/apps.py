from django.apps import AppConfig
from django.db.models.signals import post_migrate


class VerlaufConfig(AppConfig):
    name = "konzept.verlauf"
    label = "verlauf"
    verbose_name = "Verlauf und Papierkorb"

    def ready(self):
        from konzept.unveraenderlich import richte_trigger_ein

        post_migrate.connect(richte_trigger_ein, sender=self)
