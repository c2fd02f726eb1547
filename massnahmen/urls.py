from django.urls import path

from . import views

app_name = "massnahmen"
urlpatterns = [
    path("<int:pk>/bearbeiten/", views.bearbeiten, name="bearbeiten"),
]
