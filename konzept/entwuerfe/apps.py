from django.apps import AppConfig


class EntwuerfeConfig(AppConfig):
    name = "konzept.entwuerfe"
    label = "entwuerfe"
    verbose_name = "Entwürfe"
