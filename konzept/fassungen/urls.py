"""Addresses below /konzepte/<kommune>/<konzept>/fassungen/."""

from django.urls import path

from . import grossdruck_views, views

app_name = "fassungen"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("neu/", views.neu, name="neu"),
    path("<int:nummer>/", views.detail, name="detail"),
    path("<int:nummer>/gesamt/", views.gesamt, name="gesamt"),
    path("<int:nummer>/lesen/<slug:anker>/", views.lesen, name="lesen"),
    path("<int:nummer>/fassung.json", views.json, name="json"),
    path("<int:nummer>/grossdruck.pdf", grossdruck_views.grossdruck, name="grossdruck"),
    path("<int:nummer>/<slug:art>.pdf", views.pdf, name="pdf"),
    path("<int:nummer>/erneut/", views.erneut, name="erneut"),
    path("<int:nummer>/berichtigen/", views.berichtigen, name="berichtigen"),
    path("<int:nummer>/beschluss/", views.beschluss, name="beschluss"),
    path("<int:nummer>/veroeffentlichen/", views.veroeffentlichen, name="veroeffentlichen"),
    path("<int:nummer>/zuruecknehmen/", views.zuruecknehmen, name="zuruecknehmen"),
]
