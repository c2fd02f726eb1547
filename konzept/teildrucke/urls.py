"""Addresses below /konzepte/<kommune>/<konzept>/druck/."""

from django.urls import path

from . import akteur_views, liste_views, views

app_name = "teildrucke"
KAPITEL, BLAETTER = "kapitel/<slug:anker>.pdf", "kapitel/<slug:anker>/steckbriefe.pdf"
urlpatterns = [
    path(KAPITEL, views.kapitel, name="kapitel"),
    path(BLAETTER, views.kapitelblaetter, name="kapitelblaetter"),
    path("massnahme/<int:pk>.pdf", views.massnahme, name="massnahme"),
    path("steckbriefe.pdf", views.steckbriefe, name="steckbriefe"),
    path("steckbriefe/", views.auswahl, name="auswahl"),
    path(f"fassung/<int:nummer>/{KAPITEL}", views.fassung_kapitel, name="fassung_kapitel"),
    path(f"fassung/<int:nummer>/{BLAETTER}", views.fassung_kapitelblaetter, name="fassung_kapitelblaetter"),
    path("massnahmen.pdf", liste_views.liste, name="liste"),
    path("akteur/<int:pk>.pdf", akteur_views.akteur, name="akteur"),
]
