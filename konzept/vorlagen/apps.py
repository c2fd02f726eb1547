from django.apps import AppConfig


class VorlagenConfig(AppConfig):
    name = "konzept.vorlagen"
    label = "vorlagen"
    verbose_name = "Vorlagen"
