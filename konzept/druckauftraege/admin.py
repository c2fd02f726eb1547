from django.contrib import admin

from konzept.hintergrund.admin import AuftragAdmin
from konzept.konten.admin_site import Protokolliert

from .models import Druckauftrag


@admin.register(Druckauftrag)
class DruckauftragAdmin(Protokolliert, AuftragAdmin):
    felder_der_art = ("titel", "art")
