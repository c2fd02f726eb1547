"""Second factors for tests: an authenticator app without a telephone, a passkey without a device."""

import hashlib
import json
import os
import time

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from konzept.konten.models import Benutzer
from tests.fabrik import KENNWORT

SCHLUESSEL = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(schluessel: str = SCHLUESSEL, schritt: int = 0) -> str:
    """What the app shows now, or that many half minutes later. Each code counts once."""
    return format_hotp_value(hotp_value(schluessel.replace(" ", ""), int(time.time()) // 30 + schritt))


def mache_app(benutzer: Benutzer) -> Authenticator:
    return TOTP.activate(benutzer, SCHLUESSEL).instance


def mache_codes(benutzer: Benutzer) -> list[str]:
    return RecoveryCodes.activate(benutzer).get_unused_codes()


class Passkey:
    """A device with one passkey of an account, for the host of the test client. Every answer counts one up."""

    def __init__(self, benutzer: Benutzer):
        self.handle = websafe_encode(user_pk_to_url_str(benutzer).encode())
        self.kennung = os.urandom(16)
        self._privat = ec.generate_private_key(ec.SECP256R1())
        self._zaehler = 0

    def registrierung(self) -> dict:
        """What the browser sends when the passkey is added."""
        oeffentlich = ES256.from_cryptography_key(self._privat.public_key())
        daten = self._daten(AttestedCredentialData.create(bytes(16), self.kennung, oeffentlich))
        antwort = {
            "clientDataJSON": _angaben("webauthn.create", b"x"),
            "attestationObject": websafe_encode(AttestationObject.create("none", daten, {})),
        }
        return self._umschlag(antwort) | {"clientExtensionResults": {"credProps": {"rk": True}}}

    def antwort(self, client) -> str:
        """Fetch a challenge on the sign-in page and answer it: what the form then sends as `credential`."""
        frage = client.get("/anmelden/passkey/", headers={"accept": "application/json"}).json()
        angaben = _angaben("webauthn.get", websafe_decode(frage["request_options"]["publicKey"]["challenge"]))
        daten = self._daten()
        unterschrift = self._privat.sign(
            daten + hashlib.sha256(websafe_decode(angaben)).digest(), ec.ECDSA(hashes.SHA256())
        )
        teile = {"authenticatorData": daten, "signature": unterschrift}
        teile = {name: websafe_encode(wert) for name, wert in teile.items()}
        return json.dumps(self._umschlag(teile | {"clientDataJSON": angaben, "userHandle": self.handle}))

    def _daten(self, neu=None) -> AuthenticatorData:
        self._zaehler += 1
        merkmale = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
        if neu:
            return AuthenticatorData.create(_HOST, merkmale | AuthenticatorData.FLAG.AT, self._zaehler, neu)
        return AuthenticatorData.create(_HOST, merkmale, self._zaehler)

    def _umschlag(self, antwort: dict) -> dict:
        kennung = websafe_encode(self.kennung)
        return {"id": kennung, "rawId": kennung, "type": "public-key", "response": antwort}


_HOST = hashlib.sha256(b"testserver").digest()


def _angaben(art: str, frage: bytes) -> str:
    return websafe_encode(CollectedClientData.create(art, frage, "http://testserver"))


def mache_passkey(benutzer: Benutzer, name: str = "Handy") -> Passkey:
    passkey = Passkey(benutzer)
    daten = {"name": name, "credential": passkey.registrierung()}
    passkey.zeile = Authenticator.objects.create(user=benutzer, type=Authenticator.Type.WEBAUTHN, data=daten)
    return passkey


def bestaetige(client) -> None:
    """Confirm with the password that it is oneself, as the pages about the account's safety ask."""
    antwort = client.post("/konto/bestaetigen/?next=/konto/", {"password": KENNWORT})
    assert (antwort.status_code, antwort.url) == (302, "/konto/")
