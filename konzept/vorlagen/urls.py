"""Addresses below /konzepte/<kommune>/<konzept>/vorlagen/, and one below /kommunen/<kommune>/."""

from django.urls import path

from . import kopf_views, views

app_name = "vorlagen"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("neu/", views.neu, name="neu"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/bearbeiten/", views.bearbeiten, name="bearbeiten"),
    path("<int:pk>/stationen/<int:station>/", views.ergebnis, name="ergebnis"),
    path("<int:pk>/druck.pdf", views.druck, name="druck"),
]

vorlagenkopf = [path("vorlagenkopf/", kopf_views.bearbeiten, name="bearbeiten")]
