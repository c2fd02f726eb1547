"""The admin without doors of its own: signing in, throttling and the second factor are those of everybody."""

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from .zweiter_faktor import ZIEL, fehlt


class Verwaltungsoberflaeche(AdminSite):
    site_title = site_header = "Konzeptwerk"

    def has_permission(self, request):
        return super().has_permission(request) and not fehlt(request)

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        ziel = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(ziel)
        if self.has_permission(request):
            return redirect("admin:index")
        if super().has_permission(request):
            request.session[ZIEL] = reverse("admin:index")
            return redirect("mfa_index")
        raise PermissionDenied

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")
