"""Addresses below /oeffentlich/; they last."""

from django.urls import include, path

from . import views

app_name = "oeffentlich"
fassung = [
    path("", views.fassung, name="fassung"),
    path("gesamt/", views.gesamt, name="gesamt"),
    path("lesen/<slug:anker>/", views.lesen, name="lesen"),
    path("fassung.json", views.json, name="json"),
    path("druck.pdf", views.pdf, name="pdf"),
    path("berichtigt.pdf", views.berichtigt, name="berichtigt"),
]
urlpatterns = [
    path("", views.liste, name="liste"),
    path("<slug:kommune>/<slug:konzept>/", views.neueste, name="neueste"),
    path("<slug:kommune>/<slug:konzept>/fassung-<int:nummer>/", include(fassung)),
]
