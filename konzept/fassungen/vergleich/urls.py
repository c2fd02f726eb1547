"""Addresses below /konzepte/<kommune>/<konzept>/vergleich/."""

from django.urls import path

from . import views

app_name = "vergleich"
urlpatterns = [
    path("", views.waehlen, name="waehlen"),
    path("ansicht/", views.ansicht, name="ansicht"),
    path("synopse.pdf", views.druck, name="druck"),
]
