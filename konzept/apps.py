from django.apps import AppConfig


class KonzeptConfig(AppConfig):
    name = "konzept"
    verbose_name = "Konzept"

    def ready(self):
        from konzept import pruefungen  # noqa: F401
