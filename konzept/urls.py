"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path

from . import views

konzept_adressen = [
    path("", views.start, name="start"),
    path("konzepte/<slug:kommune>/<slug:konzept>/", views.uebersicht, name="uebersicht"),
    path("konzepte/<slug:kommune>/<slug:konzept>/gesamt/", views.gesamt, name="gesamt"),
    path("konzepte/<slug:kommune>/<slug:konzept>/druck.pdf", views.pdf, name="pdf"),
    path("konzepte/<slug:kommune>/<slug:konzept>/lesen/<slug:anker>/", views.kapitel, name="kapitel"),
    path(
        "konzepte/<slug:kommune>/<slug:konzept>/abschnitte/<int:pk>/bearbeiten/",
        views.abschnitt_bearbeiten,
        name="abschnitt_bearbeiten",
    ),
]

urlpatterns = [
    path("", include((konzept_adressen, "konzept"))),
    path("", include("konzept.konten.urls")),
    path("konzepte/<slug:kommune>/<slug:konzept>/massnahmen/", include("massnahmen.urls")),
    path("admin/", admin.site.urls),
]
