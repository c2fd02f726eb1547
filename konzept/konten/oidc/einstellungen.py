"""The identity provider as the environment describes it. Read by the settings, so this knows nothing of models.

The variables stand in the README under "Single sign-on". Every mistake raises ImproperlyConfigured with a sentence
that names the variable, and thereby stops the start.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from konzept.rechte import Rolle

KENNUNG = "verwaltungskonto"
"""Names the provider in addresses and in stored links."""

_PRAEFIX = "KONZEPTWERK_OIDC_"
_BEKANNT = ("URL", "CLIENT", "SECRET", "NAME", "GRUPPEN_FELD", "GRUPPEN", "ZWEITER_FAKTOR", "ORIGINS")
_DIESER_RECHNER = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, kw_only=True)
class Anmeldedienst:
    """`gruppen` maps a group of the provider to (slug of a Kommune, role) pairs; `origins` are where its pages lie."""

    url: str
    client: str
    secret: str = field(repr=False)
    name: str
    gruppen_feld: str
    gruppen: dict[str, list[tuple[str, str]]]
    zweiter_faktor: bool
    origins: list[str]

    @property
    def allauth(self) -> dict:
        """SOCIALACCOUNT_PROVIDERS."""
        app = {
            "provider_id": KENNUNG,
            "name": self.name,
            "client_id": self.client,
            "secret": self.secret,
            "settings": {"server_url": self.url, "oauth_pkce_enabled": True},
        }
        return {"openid_connect": {"APPS": [app]}}


def lies(umgebung: Mapping[str, str], *, http_erlaubt: bool = False) -> Anmeldedienst | None:
    """The provider, or None where the environment names none. Plain http only from this machine, or in development."""
    werte = {name: umgebung.get(_PRAEFIX + name, "").strip() for name in _BEKANNT}
    _keine_unbekannten(umgebung)
    if not werte["URL"]:
        if gesetzt := [_PRAEFIX + name for name, wert in werte.items() if wert]:
            raise ImproperlyConfigured(f"{gesetzt[0]} is set, but {_PRAEFIX}URL, the address of the provider, is not.")
        return None
    for name in ("CLIENT", "SECRET"):
        if not werte[name]:
            raise ImproperlyConfigured(f"{_PRAEFIX}{name} is missing; {_PRAEFIX}URL needs it.")
    return Anmeldedienst(
        url=_adresse(werte["URL"], http_erlaubt),
        client=werte["CLIENT"],
        secret=werte["SECRET"],
        name=werte["NAME"] or "Verwaltungskonto",
        gruppen_feld=werte["GRUPPEN_FELD"] or "groups",
        gruppen=lies_gruppen(werte["GRUPPEN"]),
        zweiter_faktor=werte["ZWEITER_FAKTOR"].lower() in {"1", "true", "yes", "ja"},
        origins=_origins(f"{werte['URL']},{werte['ORIGINS']}"),
    )


def lies_gruppen(text: str) -> dict[str, list[tuple[str, str]]]:
    """`group=kommune:role` entries, one after the other; a group may occur several times.

    They are separated by commas; or by semicolons or line breaks where the text has any, so that the name of a group
    may hold commas (`CN=Integration,OU=FB 50=musterstadt:leitung`).
    """
    gruppen: dict[str, list[tuple[str, str]]] = {}
    for eintrag in filter(None, map(str.strip, re.split(r"[;\n]" if re.search(r"[;\n]", text) else ",", text))):
        gruppe, _, ziel = (teil.strip() for teil in eintrag.rpartition("="))
        kommune, _, rolle = (teil.strip() for teil in ziel.partition(":"))
        if not (gruppe and re.fullmatch(r"[-\w]+", kommune) and rolle):
            raise ImproperlyConfigured(
                f"{_PRAEFIX}GRUPPEN: “{eintrag}” must read group=kommune:role, such as fb50=musterstadt:leitung."
            )
        if rolle not in Rolle.values:
            raise ImproperlyConfigured(
                f"{_PRAEFIX}GRUPPEN: “{rolle}” in “{eintrag}” is no role; there are {', '.join(Rolle.values)}."
            )
        if (kommune, rolle) not in gruppen.setdefault(gruppe, []):
            gruppen[gruppe].append((kommune, rolle))
    return gruppen


def _keine_unbekannten(umgebung: Mapping[str, str]) -> None:
    for name in umgebung:
        if name.startswith(_PRAEFIX) and name.removeprefix(_PRAEFIX) not in _BEKANNT:
            raise ImproperlyConfigured(f"{name} is not a variable of Konzeptwerk. There are {', '.join(_BEKANNT)}.")


def _adresse(url: str, http_erlaubt: bool) -> str:
    """The issuer without the trailing path of its discovery document."""
    url = url.removesuffix("/.well-known/openid-configuration").rstrip("/")
    teile = urlsplit(url)
    if teile.scheme not in {"http", "https"} or not teile.hostname or teile.query or teile.fragment:
        raise ImproperlyConfigured(f"{_PRAEFIX}URL must be an address such as https://login.musterstadt.example.")
    if teile.scheme == "http" and not (http_erlaubt or teile.hostname in _DIESER_RECHNER):
        raise ImproperlyConfigured(f"{_PRAEFIX}URL must begin with https://; the secret would be readable otherwise.")
    return url


def _origins(text: str) -> list[str]:
    origins = []
    for adresse in filter(None, map(str.strip, text.split(","))):
        teile = urlsplit(adresse)
        if teile.scheme not in {"http", "https"} or not re.fullmatch(r"[-.:\[\]\w]+", teile.netloc, re.ASCII):
            raise ImproperlyConfigured(
                f"{_PRAEFIX}ORIGINS: “{adresse}” must read like https://login.musterstadt.example."
            )
        origins.append(f"{teile.scheme}://{teile.netloc}")
    return list(dict.fromkeys(origins))
