from django.apps import AppConfig


class KontenConfig(AppConfig):
    name = "konzept.konten"
    label = "konten"
    verbose_name = "Konten"
