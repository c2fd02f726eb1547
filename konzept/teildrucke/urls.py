"""Addresses below /konzepte/<kommune>/<konzept>/druck/."""

from django.urls import path

from . import views

app_name = "teildrucke"
urlpatterns = [
    path("kapitel/<slug:anker>.pdf", views.kapitel, name="kapitel"),
]
