from django.apps import AppConfig


class HintergrundConfig(AppConfig):
    name = "konzept.hintergrund"
    label = "hintergrund"
    verbose_name = "Hintergrund"

    def ready(self):
        from . import arten, termine

        arten.melde_an(
            arten.Art(
                name=termine.ART,
                modell="hintergrund.Termin",
                fuehre_aus="konzept.hintergrund.termine.fuehre_aus",
                dauer=30 * 60,
                versuche=None,
            )
        )
