from django.urls import path

from . import lesung_views, views
from .liste import views as liste

app_name = "massnahmen"
urlpatterns = [
    path("", liste.liste, name="liste"),
    path("sammel/", liste.sammel, name="sammel"),
    path("sammel/zurueck/", liste.zurueck, name="sammel_zurueck"),
    path("gelesen/", lesung_views.gelesen, name="gelesen"),
    path("<int:pk>/bearbeiten/", views.bearbeiten, name="bearbeiten"),
]
