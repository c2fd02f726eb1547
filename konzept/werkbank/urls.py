"""Editing the elements of a concept: /konzepte/<kommune>/<konzept>/…"""

from django.urls import path, register_converter

from . import verlauf_views, views
from .elemente import ELEMENTE


class ArtConverter:
    """The kinds of elements of a concept by their names in addresses; anything else is no such page."""

    regex = "|".join(art for art, element in ELEMENTE.items() if not element.kommunal and not element.liste)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class VerzeichnisConverter(ArtConverter):
    """The kinds of elements that belong to the whole Kommune."""

    regex = "|".join(art for art, element in ELEMENTE.items() if element.kommunal)


class ListenConverter(ArtConverter):
    """The kinds of elements of a concept that stand in a list of their own instead of the outline."""

    regex = "|".join(art for art, element in ELEMENTE.items() if element.liste)


register_converter(ArtConverter, "art")
register_converter(ListenConverter, "gelistet")
register_converter(VerzeichnisConverter, "verzeichnis")


def _element(art: str) -> list:
    return [
        path(f"<{art}:art>/neu/", views.neu, name="neu"),
        path(f"<{art}:art>/<int:pk>/bearbeiten/", views.bearbeiten, name="bearbeiten"),
        *_verlauf(art),
    ]


def _verlauf(art: str) -> list:
    return [
        path(f"<{art}:art>/<int:pk>/loeschen/", views.loeschen, name="loeschen"),
        path(f"<{art}:art>/<int:pk>/verlauf/", verlauf_views.verlauf, name="verlauf"),
        path(f"<{art}:art>/<int:pk>/verlauf/<int:aenderung>/", verlauf_views.wiederherstellen, name="wiederherstellen"),
    ]


verzeichnisse = [
    path("konzepte/neu/", views.konzept_neu, name="konzept_neu"),
    path("<verzeichnis:art>/", views.verzeichnis, name="liste"),
    *_element("verzeichnis"),
]

app_name = "werkbank"
urlpatterns = [
    path("bearbeiten/", views.konzept_bearbeiten, name="konzept"),
    path("gliederung/", views.gliederung, name="gliederung"),
    path("offen/", views.offen, name="offen"),
    path("schritt/", views.schritt, name="schritt"),
    path("papierkorb/", verlauf_views.papierkorb, name="papierkorb"),
    path("papierkorb/<int:pk>/zurueckholen/", verlauf_views.zurueckholen, name="zurueckholen"),
    path("<art:art>/<int:pk>/verschieben/", views.verschieben, name="verschieben"),
    path("<art:art>/<int:pk>/mehr/", views.mehr, name="mehr"),
    path("<art:art>/<int:pk>/markieren/", views.markieren, name="markieren"),
    *_element("art"),
    *_verlauf("gelistet"),
]
