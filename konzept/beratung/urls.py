"""The Beratung of a concept: /konzepte/<kommune>/<konzept>/beratung/…; who sits where: /kommunen/<kommune>/sitze/…"""

from django.urls import path

from . import abwaegung_views, anmerken_views, pruefen_views, runden_views, verlauf_views

app_name = "beratung"

_EINE = "<int:pk>/anmerkungen/<int:anmerkung>/"
_ANTWORT = "<int:pk>/abwaegung/<int:anmerkung>/"

urlpatterns = [
    path("", runden_views.liste, name="liste"),
    path("neu/", runden_views.neu, name="neu"),
    path("<int:pk>/", runden_views.detail, name="detail"),
    path("<int:pk>/bearbeiten/", runden_views.bearbeiten, name="bearbeiten"),
    path("<int:pk>/verlaengern/", runden_views.verlaengern, name="verlaengern"),
    path("<int:pk>/beenden/", runden_views.beenden, name="beenden"),
    path("<int:pk>/pruefen/", pruefen_views.pruefen, name="pruefen"),
    path("<int:pk>/pruefen/<slug:anker>/", pruefen_views.kapitel, name="pruefen_kapitel"),
    path("<int:pk>/anmerken/", anmerken_views.anmerken, name="anmerken"),
    path("<int:pk>/anmerkungen/", pruefen_views.anmerkungen, name="anmerkungen"),
    path("<int:pk>/gelesen/", pruefen_views.gelesen, name="gelesen"),
    path(f"{_EINE}bearbeiten/", anmerken_views.bearbeiten, name="bearbeiten_anmerkung"),
    path(f"{_EINE}zurueckziehen/", anmerken_views.zurueckziehen, name="zurueckziehen"),
    path("<int:pk>/anmerkungsbogen.pdf", anmerken_views.druck_bogen, name="bogen"),
    path("<int:pk>/papier/", anmerken_views.papier, name="papier"),
    path("<int:pk>/verlauf/", verlauf_views.verlauf, name="verlauf"),
    path("<int:pk>/abwaegung/", abwaegung_views.abwaegung, name="abwaegung"),
    path("<int:pk>/abwaegung/freigeben/", abwaegung_views.freigeben, name="freigeben"),
    path("<int:pk>/abwaegung/tabelle.pdf", abwaegung_views.druck, name="druck"),
    path("<int:pk>/abwaegung/tabelle.xlsx", abwaegung_views.excel, name="excel"),
    path(_ANTWORT, abwaegung_views.stellungnahme, name="stellungnahme"),
    path(f"{_ANTWORT}zuruecknehmen/", abwaegung_views.zuruecknehmen, name="zuruecknehmen"),
    path(f"{_ANTWORT}uebernehmen/", abwaegung_views.uebernehmen, name="uebernehmen"),
    path(f"{_ANTWORT}eingearbeitet/", abwaegung_views.eingearbeitet, name="eingearbeitet"),
]

sitze = [
    path("sitze/", runden_views.gremien, name="liste"),
    path("gremien/<int:pk>/sitze/", runden_views.sitze, name="bearbeiten"),
]
