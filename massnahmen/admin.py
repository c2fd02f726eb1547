from django.contrib import admin

from konzept.admin import zeilen
from konzept.konten.admin_site import Protokolliert

from .models import (
    Akteur,
    Anbieter,
    Angebot,
    Foerderung,
    Indikator,
    Kostenposition,
    Massnahme,
    Messwert,
    Sachstand,
    Umsetzungsschritt,
    Zielgruppe,
    Zustaendigkeit,
)


@admin.register(Massnahme)
class MassnahmeAdmin(Protokolliert, admin.ModelAdmin):
    list_display = ["titel", "handlungsfeld", "umsetzungsstand", "zeitraum"]
    list_filter = ["handlungsfeld__konzept", "umsetzungsstand"]
    search_fields = ["titel", "text"]
    list_select_related = ["handlungsfeld"]
    inlines = [
        zeilen(Umsetzungsschritt),
        zeilen(Zustaendigkeit, felder=["reihenfolge", "akteur", "rolle"]),
        zeilen(Kostenposition),
        zeilen(Sachstand),
    ]


@admin.register(Umsetzungsschritt)
class UmsetzungsschrittAdmin(Protokolliert, admin.ModelAdmin):
    list_display = ["text", "massnahme", "zeitraum"]
    list_select_related = ["massnahme"]
    inlines = [zeilen(Zustaendigkeit, felder=["reihenfolge", "akteur", "rolle"])]


@admin.register(Akteur)
class AkteurAdmin(Protokolliert, admin.ModelAdmin):
    list_display = ["kurz", "name", "art", "kommune"]
    list_filter = ["kommune", "art"]
    search_fields = ["kurz", "name"]
    list_select_related = ["kommune"]


@admin.register(Zielgruppe)
class ZielgruppeAdmin(Protokolliert, admin.ModelAdmin):
    list_display = ["name", "kommune"]
    list_filter = ["kommune"]
    list_select_related = ["kommune"]


@admin.register(Angebot)
class AngebotAdmin(Protokolliert, admin.ModelAdmin):
    list_display = ["titel", "konzept", "seit", "reihenfolge"]
    list_filter = ["konzept"]
    search_fields = ["titel"]
    list_select_related = ["konzept"]
    inlines = [zeilen(Anbieter), zeilen(Foerderung)]


@admin.register(Indikator)
class IndikatorAdmin(Protokolliert, admin.ModelAdmin):
    list_display = ["titel", "konzept", "art", "einheit"]
    list_filter = ["konzept", "art"]
    list_select_related = ["konzept"]
    inlines = [zeilen(Messwert)]
