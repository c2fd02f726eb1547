"""The admin without doors of its own: signing in, throttling and the second factor are those of everybody, and what is
done in it stands in the log."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from konzept.hintergrund import zustand
from konzept.mauern import feste_felder

from .models import Ereignis, Protokolleintrag
from .protokoll import halte_fest, halte_fest_je_kommune
from .zweiter_faktor import ZIEL, fehlt

ABGEWIESEN_JE = timedelta(hours=1)
"""So often an account that tries the admin in vain gets an entry; more would tell nothing and fill the log."""


class Verwaltungsoberflaeche(AdminSite):
    site_title = site_header = "Konzeptwerk"

    def has_permission(self, request):
        return super().has_permission(request) and not fehlt(request)

    def login(self, request, extra_context=None):
        ziel = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(ziel)
        if self.has_permission(request):
            return redirect("admin:index")
        if super().has_permission(request):
            request.session[ZIEL] = reverse("admin:index")
            return redirect("mfa_index")
        _vermerke_abgewiesene(request.user)
        raise PermissionDenied

    def index(self, request, extra_context=None):
        if satz := zustand.hinweis():
            messages.warning(request, satz)
        return super().index(request, extra_context)

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")


def _vermerke_abgewiesene(benutzer) -> None:
    seit = timezone.now() - ABGEWIESEN_JE
    schon = Protokolleintrag.objects.filter(ereignis=Ereignis.ABGEWIESEN, benutzer=benutzer, zeitpunkt__gt=seit)
    if not schon.exists():
        halte_fest_je_kommune(Ereignis.ABGEWIESEN, benutzer, "von der Verwaltungsoberfläche")


class Protokolliert:
    """Mixin of every ModelAdmin: what is added, changed and deleted stands in the log of the Kommune it belongs to, and
    where a row belongs is chosen once."""

    def get_readonly_fields(self, request, obj=None):
        fest = feste_felder(self.model) if obj else ()
        return [*super().get_readonly_fields(request, obj), *sorted(fest)]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """What does not belong together is refused by lists and by the database, below the forms; nothing is saved."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as fehler:
            self.message_user(request, " ".join(fehler.messages), messages.ERROR)
        except IntegrityError:
            self.message_user(request, "Das gehört nicht zusammen, und nichts ist gespeichert.", messages.ERROR)
        return redirect(request.get_full_path())

    def log_addition(self, request, obj, message):
        self._halte_fest(request, obj, "angelegt")
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        if message:
            # Saving without a change is not logged.
            self._halte_fest(request, obj, "geändert")
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        for obj in queryset:
            self._halte_fest(request, obj, "gelöscht")
        return super().log_deletions(request, queryset)

    def _halte_fest(self, request, obj, tat: str) -> None:
        text = f"{obj._meta.verbose_name} {tat}: {obj}"
        halte_fest(Ereignis.OBERFLAECHE, kommune=_kommune(obj, tat), benutzer=request.user, text=text)


def _kommune(obj: models.Model, tat: str):
    """To which Kommune a row belongs; an entry of its own would keep a Kommune from ever being deleted."""
    if obj._meta.label == "konzept.Kommune":
        return obj if tat == "geändert" else None
    return getattr(obj, "kommune", None) or getattr(getattr(obj, "konzept", None), "kommune", None)
