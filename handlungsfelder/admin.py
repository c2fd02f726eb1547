from django.contrib import admin

from konzept.admin import zeilen
from konzept.konten.admin_site import Protokolliert

from .models import Handlungsfeld, Handlungsziel, Leitziel, Querschnittsaufgabe, Querschnittsbezug


@admin.register(Handlungsfeld)
class HandlungsfeldAdmin(Protokolliert, admin.ModelAdmin):
    list_display = ["titel", "konzept", "reihenfolge"]
    list_filter = ["konzept"]
    search_fields = ["titel"]
    list_select_related = ["konzept"]
    filter_horizontal = ["gremien"]
    inlines = [zeilen(Leitziel, felder=["reihenfolge", "nummer", "titel"])]


@admin.register(Leitziel, Handlungsziel)
class ZielAdmin(Protokolliert, admin.ModelAdmin):
    list_display = ["titel", "handlungsfeld", "reihenfolge"]
    list_filter = ["handlungsfeld__konzept"]
    search_fields = ["titel"]
    list_select_related = ["handlungsfeld"]


@admin.register(Querschnittsaufgabe)
class QuerschnittsaufgabeAdmin(Protokolliert, admin.ModelAdmin):
    list_display = ["titel", "konzept", "reihenfolge"]
    list_filter = ["konzept"]
    list_select_related = ["konzept"]
    inlines = [zeilen(Querschnittsbezug)]
