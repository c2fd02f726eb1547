from django.apps import AppConfig


class KonzeptConfig(AppConfig):
    name = "konzept"
    verbose_name = "Konzept"
