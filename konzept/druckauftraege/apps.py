from django.apps import AppConfig


class DruckauftraegeConfig(AppConfig):
    name = "konzept.druckauftraege"
    label = "druckauftraege"
    verbose_name = "Druckaufträge"

    def ready(self):
        from konzept.konten import aufraeumen, daten

        from . import laeufe
        from .vorhaben import loesche_alle, loesche_alte

        daten.melde_an(daten.Anhang(loesche=loesche_alle))
        aufraeumen.melde_an("alte Ausdrucke", loesche_alte)
        laeufe.melde_an("konzept", "konzept.druckauftraege.arbeitsstand.stelle_her")
