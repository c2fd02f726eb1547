"""To the identity provider and back. Without one these addresses do not exist."""

from functools import wraps

from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.views import ConnectionsView
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_GET, require_http_methods, require_safe
from requests import RequestException

from ..anmeldeseite import lege_ohne_konto_vor
from .dienst import Dienst


def _nur_mit_dienst(view):
    @wraps(view)
    def huelle(request, *args, **kwargs):
        if settings.OIDC is None:
            raise Http404
        return view(request, *args, **kwargs)

    return huelle


@_nur_mit_dienst
@require_http_methods(["GET", "POST"])
def hin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """POST: to the provider; `next`, and what was typed while a session had expired, wait for the person's return."""
    _, provider = _dienst(request, provider_id)
    ziel = get_next_redirect_url(request)
    if request.method == "GET":
        return redirect_to_login(ziel) if ziel else redirect("account_login")
    if zu_oft := ratelimit.consume_or_429(request, action="login"):
        return zu_oft
    if erst_kopieren := lege_ohne_konto_vor(request, ziel):
        return erst_kopieren
    provider.oauth2_adapter_class = Dienst
    nonce = get_random_string(32)
    try:
        return provider.redirect(request, AuthProcess.LOGIN, ziel, nonce=nonce, auth_params={"nonce": nonce})
    except (OAuth2Error, RequestException) as fehler:
        return _gescheitert(request, provider, fehler, {"next": ziel})


@_nur_mit_dienst
@require_GET
def zurueck(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The answer of the provider."""
    dienst, provider = _dienst(request, provider_id)
    try:
        return _Rueckkehr.adapter_view(dienst)(request)
    except (OAuth2Error, RequestException) as fehler:
        return _gescheitert(request, provider, fehler, dienst.state)


class _Rueckkehr(OAuth2CallbackView):
    def _get_state(self, request, provider):
        state, antwort = super()._get_state(request, provider)
        self.adapter.state = state
        return state, antwort


def _dienst(request: HttpRequest, provider_id: str) -> tuple[Dienst, OAuth2Provider]:
    dienst = Dienst(request, provider_id)
    try:
        return dienst, dienst.get_provider()
    except SocialApp.DoesNotExist:
        raise Http404 from None


def _gescheitert(request, provider, fehler, state):
    return render_authentication_error(request, provider, exception=fehler, extra_context={"state": state})


@_nur_mit_dienst
@require_safe
def zur_anmeldung(request: HttpRequest) -> HttpResponse:
    """Where allauth would have pages of its own: everything is said on the sign-in page."""
    return redirect("account_login")


class _Verknuepfungen(ConnectionsView):
    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"dienst": settings.OIDC.name}


verknuepfungen = _nur_mit_dienst(_Verknuepfungen.as_view())
