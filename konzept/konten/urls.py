"""Signing in and the own account. allauth finds its pages by their names, which therefore carry no namespace."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.decorators import login_required
from django.urls import include, path, re_path

from konzept.entwuerfe.views import zwischenstand

from . import daten_views, einladung_views, views
from .oidc import views as oidc

eigene = [
    path("konto/", views.konto, name="konto"),
    path("zwischenstand/", zwischenstand, name="zwischenstand"),
    path("konto/daten/", daten_views.daten, name="daten"),
    path("konto/daten/datei/", daten_views.datei, name="daten_datei"),
    path("konto/loeschen/", daten_views.loeschen, name="loeschen"),
    path("einladung/<str:schluessel>/", einladung_views.einladung, name="einladung"),
]

urlpatterns = [
    path("", include((eigene, "konten"))),
    path("anmelden/", views.anmelden, name="account_login"),
    path("abmelden/", views.abmelden, name="account_logout"),
    path("anmelden/registrieren/", account.signup, name="account_signup"),
    path("anmelden/gesperrt/", account.account_inactive, name="account_inactive"),
    path("anmelden/zweiter-faktor/", mfa.authenticate, name="mfa_authenticate"),
    path("anmelden/passkey/", views.anmelden_mit_passkey, name="mfa_login_webauthn"),
    path("anmelden/dienst/abgebrochen/", oidc.zur_anmeldung, name="socialaccount_login_cancelled"),
    path("anmelden/dienst/gescheitert/", oidc.zur_anmeldung, name="socialaccount_login_error"),
    path("anmelden/dienst/registrieren/", oidc.zur_anmeldung, name="socialaccount_signup"),
    path("anmelden/dienst/<slug:provider_id>/", oidc.hin, name="openid_connect_login"),
    path("anmelden/dienst/<slug:provider_id>/zurueck/", oidc.zurueck, name="openid_connect_callback"),
    path("kennwort-vergessen/", account.password_reset, name="account_reset_password"),
    path("kennwort-vergessen/gesendet/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^kennwort-vergessen/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",  # as allauth builds the link
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "kennwort-vergessen/fertig/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("adresse-bestaetigen/", account.email_verification_sent, name="account_email_verification_sent"),
    path("adresse-bestaetigen/<str:key>/", views.adresse_bestaetigen, name="account_confirm_email"),
    path("konto/adresse/", login_required(account.email), name="account_email"),
    path("konto/kennwort/", login_required(account.password_change), name="account_change_password"),
    path("konto/kennwort/setzen/", login_required(account.password_set), name="account_set_password"),
    path("konto/bestaetigen/", login_required(account.reauthenticate), name="account_reauthenticate"),
    path("konto/bestaetigen/zweiter-faktor/", login_required(mfa.reauthenticate), name="mfa_reauthenticate"),
    path(
        "konto/bestaetigen/passkey/",
        login_required(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("konto/zweiter-faktor/", login_required(mfa.index), name="mfa_index"),
    path("konto/zweiter-faktor/app/", login_required(totp.activate_totp), name="mfa_activate_totp"),
    path("konto/zweiter-faktor/app/abschalten/", login_required(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("konto/zweiter-faktor/passkeys/", login_required(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("konto/zweiter-faktor/passkeys/neu/", login_required(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(
        "konto/zweiter-faktor/passkeys/<int:pk>/bearbeiten/",
        login_required(webauthn.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
    path(
        "konto/zweiter-faktor/passkeys/<int:pk>/loeschen/",
        login_required(webauthn.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path("konto/zweiter-faktor/codes/", login_required(views.codes_ansehen), name="mfa_view_recovery_codes"),
    path("konto/zweiter-faktor/codes/neu/", login_required(views.codes_erzeugen), name="mfa_generate_recovery_codes"),
    path(
        "konto/zweiter-faktor/codes/datei/",
        login_required(views.codes_herunterladen),
        name="mfa_download_recovery_codes",
    ),
    path("konto/anmeldedienste/", oidc.verknuepfungen, name="socialaccount_connections"),
    path("konto/sitzungen/", login_required(views.sitzungen), name="usersessions_list"),
]
