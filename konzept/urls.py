"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path

from konzept.beratung import urls as beratung
from konzept.hintergrund.views import bereit
from konzept.vorlagen import urls as vorlagen
from konzept.werkbank import urls as werkbank

from . import datenschutz_views, views

konzept_adressen = [
    path("", views.start, name="start"),
    path("bereit", bereit, name="bereit"),
    path("impressum/", datenschutz_views.impressum, name="impressum"),
    path("datenschutz/", datenschutz_views.datenschutz, name="datenschutz"),
    path("konzepte/<slug:kommune>/<slug:konzept>/", views.uebersicht, name="uebersicht"),
    path("konzepte/<slug:kommune>/<slug:konzept>/gesamt/", views.gesamt, name="gesamt"),
    path("konzepte/<slug:kommune>/<slug:konzept>/zeit-und-geld/", views.zeit_und_geld, name="zeit_und_geld"),
    path("konzepte/<slug:kommune>/<slug:konzept>/druck.pdf", views.pdf, name="pdf"),
    path("konzepte/<slug:kommune>/<slug:konzept>/lesen/<slug:anker>/", views.kapitel, name="kapitel"),
]

urlpatterns = [
    path("", include((konzept_adressen, "konzept"))),
    path("", include("konzept.konten.urls")),
    path("konzepte/<slug:kommune>/<slug:konzept>/massnahmen/", include("massnahmen.urls")),
    path("konzepte/<slug:kommune>/<slug:konzept>/fassungen/", include("konzept.fassungen.urls")),
    path("konzepte/<slug:kommune>/<slug:konzept>/vergleich/", include("konzept.fassungen.vergleich.urls")),
    path("oeffentlich/", include("konzept.fassungen.oeffentlich.urls")),
    path("konzepte/<slug:kommune>/<slug:konzept>/druck/", include("konzept.teildrucke.urls")),
    path("konzepte/<slug:kommune>/<slug:konzept>/vorlagen/", include("konzept.vorlagen.urls")),
    path("konzepte/<slug:kommune>/<slug:konzept>/beratung/", include("konzept.beratung.urls")),
    path("konzepte/<slug:kommune>/<slug:konzept>/", include("konzept.werkbank.urls")),
    path("kommunen/<slug:kommune>/", include("konzept.verwaltung.urls")),
    path("kommunen/<slug:kommune>/", include((vorlagen.vorlagenkopf, "vorlagenkopf"))),
    path("kommunen/<slug:kommune>/", include((beratung.sitze, "sitze"))),
    path("kommunen/<slug:kommune>/", include((werkbank.verzeichnisse, "verzeichnis"))),
    path("admin/", admin.site.urls),
]

handler400 = "konzept.werkbank.verweigert.unbrauchbar"
handler403 = "konzept.werkbank.verweigert.verweigert"
handler404 = "konzept.werkbank.verweigert.nicht_gefunden"
handler429 = "konzept.konten.views.zu_viele_versuche"
