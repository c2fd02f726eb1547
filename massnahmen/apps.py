from django.apps import AppConfig


class MassnahmenConfig(AppConfig):
    name = "massnahmen"
    verbose_name = "Maßnahmen"

    def ready(self):
        from konzept import navigation

        from .models import Massnahme

        navigation.melde_an(Massnahme.objects.bearbeitbar_fuer)
