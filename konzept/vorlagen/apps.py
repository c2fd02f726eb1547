from django.apps import AppConfig


class VorlagenConfig(AppConfig):
    name = "konzept.vorlagen"
    label = "vorlagen"
    verbose_name = "Vorlagen"

    def ready(self):
        from konzept.druckauftraege import aufnahme
        from konzept.fassungen import beschluesse

        from .beschluesse import BUCH

        aufnahme.melde_an("vorlage", "konzept.vorlagen.druck.Vorlagendruck")
        beschluesse.melde_an(BUCH)
