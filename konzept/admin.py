"""Every part of a concept that has no form of its own yet is edited here."""

from django.contrib import admin
from django.db.models import ImageField

from konzept.konten.admin_site import Protokolliert

from .bilder import Bildfeld
from .models import (
    Abschnitt,
    Beteiligung,
    Gremium,
    Kommune,
    Konzept,
    Leitfrage,
    Leitlinie,
    Mitglied,
    Prozessgruppe,
    Prozessschritt,
    Prozesstermin,
)


class Zeilen(admin.TabularInline):
    extra = 0


def zeilen(modell, *, felder=None):
    """An inline for the rows of `modell`."""
    return type(
        f"{modell.__name__}Zeilen", (Zeilen,), {"model": modell} | ({"fields": felder} if felder else {})
    )


@admin.register(Kommune)
class KommuneAdmin(Protokolliert, admin.ModelAdmin):
    list_display = ["name", "art", "ags"]
    search_fields = ["name"]
    formfield_overrides = {ImageField: {"form_class": Bildfeld}}


@admin.register(Konzept)
class KonzeptAdmin(Protokolliert, admin.ModelAdmin):
    list_display = ["titel", "kommune", "stand"]
    list_filter = ["kommune"]
    search_fields = ["titel"]
    list_select_related = ["kommune"]
    inlines = [zeilen(Beteiligung)]


@admin.register(Abschnitt)
class AbschnittAdmin(Protokolliert, admin.ModelAdmin):
    list_display = ["titel", "konzept", "oberabschnitt", "reihenfolge", "inhalt"]
    list_filter = ["konzept"]
    search_fields = ["titel"]
    list_select_related = ["konzept", "oberabschnitt"]


@admin.register(Leitlinie)
class LeitlinieAdmin(Protokolliert, admin.ModelAdmin):
    list_display = ["titel", "konzept", "status", "reihenfolge"]
    list_filter = ["konzept", "status"]
    search_fields = ["titel"]
    list_select_related = ["konzept"]
    inlines = [zeilen(Leitfrage)]


@admin.register(Prozessschritt)
class ProzessschrittAdmin(Protokolliert, admin.ModelAdmin):
    list_display = ["titel", "konzept", "art", "teilnehmende", "reihenfolge"]
    list_filter = ["konzept"]
    list_select_related = ["konzept"]
    inlines = [zeilen(Prozesstermin), zeilen(Prozessgruppe)]


@admin.register(Gremium)
class GremiumAdmin(Protokolliert, admin.ModelAdmin):
    list_display = ["name", "art", "kommune"]
    list_filter = ["kommune", "art"]
    search_fields = ["name"]
    list_select_related = ["kommune"]
    inlines = [zeilen(Mitglied)]


@admin.register(Beteiligung)
class BeteiligungAdmin(Protokolliert, admin.ModelAdmin):
    list_display = ["gremium", "konzept", "takt", "reihenfolge"]
    list_filter = ["konzept"]
    list_select_related = ["gremium", "konzept"]
