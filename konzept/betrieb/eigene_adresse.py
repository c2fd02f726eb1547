"""The address under which people reach this installation, and how it gets into every request.

It comes from the environment, never from what a browser sends: links in mails, redirects, the origin of forms and of
passkeys all follow from it. Read by the settings, so this knows nothing of models.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import DisallowedHost, ImproperlyConfigured, MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

_VARIABLE = "KONZEPTWERK_ADRESSE"
_BEISPIEL = "such as https://konzept.example"
_DIESER_RECHNER = {"localhost", "127.0.0.1", "[::1]"}
_UEBLICHER_PORT = {"http": 80, "https": 443}
_MUSTER = re.compile(r"(?P<schema>https?)://(?P<host>[a-z0-9][-.a-z0-9]*|\[[0-9a-f:.]+\])(:(?P<port>\d{1,5}))?/?")
BEREIT = "/bereit"
"""Where a program asks how the installation is, by whatever name or number reaches the machine."""
IN_ENTWICKLUNG = "http://localhost:8000"
"""Where links begin in development that no request asks for."""


@dataclass(frozen=True)
class Adresse:
    """`schema://netz`, as a browser writes it in Origin: in lower case, without the usual port."""

    schema: str
    host: str
    port: int | None = None

    @property
    def netz(self) -> str:
        """What a browser sends as Host."""
        return f"{self.host}:{self.port}" if self.port else self.host

    @property
    def verschluesselt(self) -> bool:
        return self.schema == "https"

    def __str__(self) -> str:
        return f"{self.schema}://{self.netz}"


def lies(text: str, *, entwicklung: bool) -> Adresse | None:
    """The address in the environment; None only in development, where every request brings its own.

    Raises ImproperlyConfigured with a sentence that says what to set. Plain http only in development or on this
    machine: keys of invitations and passwords would be readable on the way.
    """
    text = text.strip()
    if not text:
        if entwicklung:
            return None
        raise ImproperlyConfigured(
            f"{_VARIABLE} is missing. Set it to the address under which people reach this installation, {_BEISPIEL}."
        )
    if not (treffer := _MUSTER.fullmatch(text.lower())):
        raise ImproperlyConfigured(
            f"{_VARIABLE} must be the address under which people reach this installation and nothing else, {_BEISPIEL} "
            "(no path; umlauts in the xn-- form that browsers send)."
        )
    schema, host, port = treffer["schema"], treffer["host"], int(treffer["port"] or 0)
    if schema == "http" and not (entwicklung or host in _DIESER_RECHNER):
        raise ImproperlyConfigured(
            f"{_VARIABLE} must begin with https://; passwords and invitations would be readable on the way otherwise. "
            "Where TLS ends at a proxy that does not pass it on, set KONZEPTWERK_HTTPS=0 besides."
        )
    return Adresse(schema, host, None if port == _UEBLICHER_PORT[schema] else port or None)


def absolut(pfad: str) -> str:
    """The link to a page of ours where no request asks for it, as in mails that a command sends."""
    return f"{settings.ADRESSE or IN_ENTWICKLUNG}{pfad}"


class EigeneAdresse:
    """Middleware, the outermost: every request that comes to one of our host names came to our own address.

    So whoever builds a link from a request, be it Django, allauth or ourselves, builds it from the address that the
    operator has set. Where TLS ends at a proxy that does not pass it on, the request came over https all the same.
    A foreign host is left as it is, for Django to refuse; but where a program asks whether all is well, whose answer
    is the same under every name, it counts as ours.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if settings.ADRESSE is None:
            raise MiddlewareNotUsed
        self.get_response, self.adresse = get_response, settings.ADRESSE

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == BEREIT or _ist_unserer(request):
            request.META["HTTP_HOST"] = self.adresse.netz
        if settings.TLS_ENDET_DAVOR:
            request.META["wsgi.url_scheme"] = "https"
        return self.get_response(request)


def _ist_unserer(request: HttpRequest) -> bool:
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True
