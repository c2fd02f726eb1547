import datetime as dt

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.db.models.signals import post_migrate


class VerwaltungsoberflaecheConfig(admin.AdminConfig):
    default = False
    default_site = "konzept.konten.admin_site.Verwaltungsoberflaeche"


class KontenConfig(AppConfig):
    default = True
    name = "konzept.konten"
    label = "konten"
    verbose_name = "Konten"

    def ready(self):
        from konzept.hintergrund import termine
        from konzept.konten import bekannter_browser, kennwortpost, signale, sitzung, systempruefungen, zweiter_faktor  # noqa: F401
        from konzept.konten.oidc import signale as oidc_signale  # noqa: F401
        from konzept.postausgang import verfasser
        from konzept.unveraenderlich import richte_trigger_ein

        verfasser.melde_an(kennwortpost.VERFASSER, "konzept.konten.kennwortpost.verfasse")
        post_migrate.connect(richte_trigger_ein, sender=self)
        termine.melde_an(
            termine.Plan(
                name="aufraeumen", fuehre_aus="konzept.konten.aufraeumen.raeume_taeglich_auf", um=dt.time(4, 15)
            )
        )
