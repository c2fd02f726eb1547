"""Where mails go out, read from one address. Read by the settings, so this knows nothing of models."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_DIESER_RECHNER = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, kw_only=True)
class Mailserver:
    """A mail server; `starttls` turns a plain connection into an encrypted one, `tls` is encrypted from the start."""

    host: str
    port: int
    benutzer: str
    kennwort: str = field(repr=False)
    starttls: bool
    tls: bool


def lies(adresse: str) -> Mailserver | None:
    """`smtp://user:password@host:587` (encrypted by STARTTLS, except to this machine) or `smtps://…`; None for "".

    Raises ImproperlyConfigured for anything else; the message does not repeat the password.
    """
    if not adresse.strip():
        return None
    try:
        teile = urlsplit(adresse.strip())
        port = teile.port
    except ValueError as fehler:
        raise _unverstanden() from fehler
    if teile.scheme not in {"smtp", "smtps"} or not teile.hostname or teile.path not in {"", "/"}:
        raise _unverstanden()
    tls = teile.scheme == "smtps"
    hier = teile.hostname in _DIESER_RECHNER
    return Mailserver(
        host=teile.hostname,
        port=port or (465 if tls else 25 if hier else 587),
        benutzer=unquote(teile.username or ""),
        kennwort=unquote(teile.password or ""),
        starttls=not tls and not hier,
        tls=tls,
    )


def _unverstanden() -> ImproperlyConfigured:
    return ImproperlyConfigured(
        "KONZEPTWERK_SMTP must look like smtp://user:password@host:587 or smtps://user:password@host "
        "(special signs in the password percent-encoded)."
    )
