"""What the identity provider says, taken only after every check that OpenID Connect offers."""

import hashlib
import logging

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest

from konzept.schreibweise import schlichte_zeile

protokoll = logging.getLogger(__name__)

_NOETIG = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
_MUSS_UEBEREINSTIMMEN = ("sub", "email", "email_verified")

SIGNATUREN = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""How an ID token may be signed: with the private key of a pair, whose public key the provider shows."""


class Dienst(OpenIDConnectOAuth2Adapter):
    """The provider as allauth talks to it; stricter, and keeping less of a person.

    The ID token counts only with the provider's signature, although it comes from the provider itself over TLS.

    Raises OAuth2Error where an answer is not in order, RequestException where there is none. `state` is what was kept
    when the person was sent to the provider, with the `nonce` that its answer must repeat.
    """

    state: dict | None = None

    @property
    def openid_config(self) -> dict:
        try:
            angaben = super().openid_config
            fehlt = [name for name in _NOETIG if not isinstance(angaben.get(name), str)]
        except (AttributeError, TypeError) as fehler:
            raise OAuth2Error("The discovery document is no JSON object.") from fehler
        if fehlt:
            raise OAuth2Error(f"The discovery document lacks {', '.join(fehlt)}.")
        # OpenID Connect Discovery 1.0, 4.3
        if angaben["issuer"].rstrip("/") != settings.OIDC.url:
            raise OAuth2Error(f"The provider calls itself {angaben['issuer']}; KONZEPTWERK_OIDC_URL must be the same.")
        return angaben

    def get_access_token_data(self, *args, **kwargs) -> dict:
        try:
            return super().get_access_token_data(*args, **kwargs)
        except TypeError as fehler:
            raise OAuth2Error("The token endpoint sent no JSON object.") from fehler

    def complete_login(self, request: HttpRequest, app, token, *, response: dict, **_) -> SocialLogin:
        try:
            angaben = self._angaben(app, token, response)
            # A `sub` is unique within its issuer only.
            kennung = hashlib.sha256(f"{settings.OIDC.url}\n{angaben['sub']}".encode()).hexdigest()
            login = self.get_provider().sociallogin_from_response(
                request, {"userinfo": angaben | {"sub": kennung}}
            )
        except (AttributeError, KeyError, TypeError, ValueError) as fehler:
            raise OAuth2Error(f"The answer of the provider cannot be understood: {fehler!r}") from fehler
        login.account.extra_data = {
            "userinfo": {"email": angaben.get("email")},
            "gruppen": _gruppen(angaben),
        }
        return login

    def _decode_id_token(self, app, id_token: str) -> dict:
        """The claims of an ID token that is signed by the provider, meant for us, and has not expired."""
        try:
            return jwt.decode(
                id_token,
                self._schluessel(jwt.get_unverified_header(id_token).get("kid")),
                algorithms=SIGNATUREN,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                options={"require": ["exp"]},
            )
        except jwt.PyJWTError as fehler:
            raise OAuth2Error(f"The ID token is not valid: {fehler}") from fehler

    def _schluessel(self, kennung: str | None):
        """The provider's public key of that name; an ID token that names none needs a provider that has just one."""
        with get_adapter().get_requests_session() as sitzung:
            antwort = sitzung.get(self.openid_config["jwks_uri"])
            antwort.raise_for_status()
        zum_unterschreiben = [s for s in jwt.PyJWKSet.from_dict(antwort.json()).keys if s.public_key_use != "enc"]
        passende = [s.key for s in zum_unterschreiben if kennung in (None, s.key_id)]
        if len(passende) != 1:
            raise OAuth2Error("The ID token names no key of the provider, or one of several.")
        return passende[0]

    def _angaben(self, app, token, antwort: dict) -> dict:
        ausweis = self._decode_id_token(app, antwort["id_token"])
        if not self.state or ausweis.get("nonce") != self.state["nonce"]:
            raise OAuth2Error("The ID token was made for another sign-in.")
        if ausweis.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("The ID token was made for another client.")
        auskunft = {"sub": ausweis["sub"]}
        if "userinfo_endpoint" in self.openid_config:
            auskunft = {"sub": None} | self._fetch_user_info(token.token)
        angaben = ausweis | auskunft
        if not (isinstance(ausweis["sub"], str) and ausweis["sub"]):
            raise OAuth2Error("The ID token lacks a `sub`.")
        # OpenID Connect Core 1.0, 5.3.2: whose `sub` is another may not be used. The address opens accounts, too.
        for name in _MUSS_UEBEREINSTIMMEN:
            if name in ausweis and angaben[name] != ausweis[name]:
                raise OAuth2Error(f"ID token and userinfo do not agree on {name}.")
        # Lower case turns some other signs, such as the Kelvin sign, into ASCII letters.
        email = angaben.get("email")
        angaben["email"] = email if isinstance(email, str) and email.isascii() else None
        angaben["email_verified"] = angaben.get("email_verified") is True
        name = angaben.get("name")
        angaben["name"] = schlichte_zeile(name).strip() if isinstance(name, str) else ""
        return angaben


def _gruppen(angaben: dict) -> list[str]:
    """The person's groups, as far as they mean something here."""
    gruppen = angaben.get(settings.OIDC.gruppen_feld)
    if gruppen is None and settings.OIDC.gruppen:
        protokoll.info("The provider sent no claim “%s”.", settings.OIDC.gruppen_feld)
    if isinstance(gruppen, str):
        gruppen = [gruppen]
    if not isinstance(gruppen, list):
        return []
    return [gruppe for gruppe in settings.OIDC.gruppen if gruppe in gruppen]
