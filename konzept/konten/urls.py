from django.urls import path

from . import views

app_name = "konten"
urlpatterns = [
    path("anmelden/", views.Anmelden.as_view(), name="anmelden"),
    path("abmelden/", views.Abmelden.as_view(), name="abmelden"),
]
