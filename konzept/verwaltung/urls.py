"""Running a Kommune: /kommunen/<kommune>/…"""

from django.urls import path

from . import mitglieder_views, protokoll_views, views

app_name = "verwaltung"

urlpatterns = [
    path("", views.kommune, name="kommune"),
    path("wappen/", views.wappen, name="wappen"),
    path("stammdaten/", views.stammdaten, name="stammdaten"),
    path("mitglieder/", mitglieder_views.mitglieder, name="mitglieder"),
    path("mitglieder/<int:pk>/bearbeiten/", mitglieder_views.rollen, name="rollen"),
    path("mitglieder/<int:pk>/entfernen/", mitglieder_views.entfernen, name="entfernen"),
    path("einladungen/neu/", mitglieder_views.einladen, name="einladen"),
    path("einladungen/<int:pk>/erneut/", mitglieder_views.erneut, name="erneut"),
    path("einladungen/<int:pk>/widerrufen/", mitglieder_views.widerrufen, name="widerrufen"),
    path("protokoll/", protokoll_views.protokoll, name="protokoll"),
]
