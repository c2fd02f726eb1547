"""Secrets that stand encrypted in the database: whoever reads it alone, such as a backup, has none of them.

These are the keys of authenticator apps, the seeds of recovery codes, and whatever lies in a session. The first of the
keys encrypts, every one decrypts (`KONZEPTWERK_DATENSCHLUESSEL`); where none is set, one is derived from the secret
key, which is no part of the database either. What the secret key and its predecessors encrypted stays readable after
keys of its own were set.
"""

import json
import logging
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

protokoll = logging.getLogger(__name__)

MINDESTENS = 32
"""Signs of a key; what is drawn at random and shorter can be guessed by whoever has the database."""
_ZWECK = b"Konzeptwerk: secrets in the database"
_ANFANG = "gAAAAA"
"""How everything encrypted begins (the version of Fernet, and the first bytes of a date before 2106)."""
_FELDER = ("secret", "seed", "migrated_codes")
"""Of the data of a second factor, what is secret."""


class NichtEntschluesselbar(Exception):
    """None of the keys decrypts it: a key was lost, or the database comes from another installation."""

    # Django's templates then show nothing in place of the value, instead of failing.
    silent_variable_failure = True

    def __init__(self) -> None:
        super().__init__("None of the keys decrypts it: see `manage.py geheimnisse_erneuern`.")


def pruefe_schluessel(schluessel: list[str]) -> list[str]:
    """For the settings: raises ImproperlyConfigured where a key is too short."""
    if any(len(einer) < MINDESTENS for einer in schluessel):
        raise ImproperlyConfigured(
            f"KONZEPTWERK_DATENSCHLUESSEL: every key needs at least {MINDESTENS} random signs, separated by commas."
        )
    return schluessel


def verschluessele(text: str) -> str:
    return _bund().encrypt(text.encode()).decode()


def entschluessele(text: str) -> str:
    """The text that was encrypted. Raises NichtEntschluesselbar where no key fits."""
    try:
        return _bund().decrypt(text.encode()).decode()
    except InvalidToken:
        raise NichtEntschluesselbar from None


def erneuere(text: str) -> str:
    """The encrypted text, encrypted anew with the first of the keys. Raises NichtEntschluesselbar where no key fits."""
    try:
        return _bund().rotate(text.encode()).decode()
    except InvalidToken:
        raise NichtEntschluesselbar from None


def ist_verschluesselt(text: str) -> bool:
    """Keys of apps are in capitals and seeds are hexadecimal, so that none begins like this."""
    return text.startswith(_ANFANG)


def mit_geheimnissen(daten: dict[str, Any], was: Callable[[str], str]) -> dict[str, Any]:
    """The data of a second factor after `was` was done to each of its secrets."""
    neu = dict(daten)
    for feld in _FELDER:
        if isinstance(wert := daten.get(feld), str):
            neu[feld] = was(wert)
        elif isinstance(wert, list):
            neu[feld] = [was(einer) for einer in wert]
    return neu


def ist_lesbar(daten: dict[str, Any]) -> bool:
    """Whether the data of a second factor can be decrypted."""
    try:
        mit_geheimnissen(daten, entschluessele)
    except NichtEntschluesselbar:
        return False
    return True


class Sitzungsinhalt:
    """SESSION_SERIALIZER: a session may hold the key of an app that is being set up, or the key of a mailed link.

    A session that was stored in clear before there was this stays readable; Django has checked its signature.
    """

    def dumps(self, inhalt: dict[str, Any]) -> bytes:
        klartext = json.dumps(inhalt, separators=(",", ":")).encode()
        return _bund().encrypt(zlib.compress(klartext))

    def loads(self, daten: bytes) -> dict[str, Any]:
        if daten.startswith(_ANFANG.encode()):
            try:
                daten = zlib.decompress(_bund().decrypt(daten))
            except InvalidToken:
                # For content that is not valid Django begins an empty session.
                protokoll.warning("A session cannot be decrypted; whoever it belongs to has to sign in anew.")
                raise NichtEntschluesselbar from None
        inhalt: dict[str, Any] = json.loads(daten)
        return inhalt


def _bund() -> MultiFernet:
    return _baue((*settings.DATENSCHLUESSEL, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=4)
def _baue(schluessel: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([_fernet(einer) for einer in schluessel])


def _fernet(schluessel: str) -> Fernet:
    abgeleitet = HKDF(algorithm=SHA256(), length=32, salt=None, info=_ZWECK).derive(schluessel.encode())
    return Fernet(urlsafe_b64encode(abgeleitet))
