from django.apps import AppConfig


class TeildruckeConfig(AppConfig):
    name = "konzept.teildrucke"
    label = "teildrucke"
    verbose_name = "Teildrucke"

    def ready(self):
        from konzept.druckauftraege import aufnahme

        aufnahme.melde_an("kapitel", "konzept.teildrucke.kapitel.Kapiteldruck")
        aufnahme.melde_an("steckbriefe", "konzept.teildrucke.steckbriefe.Steckbriefdruck")
        aufnahme.melde_an("liste", "konzept.teildrucke.liste.Listendruck")
        aufnahme.melde_an("akteur", "konzept.teildrucke.akteur.Akteurdruck")
