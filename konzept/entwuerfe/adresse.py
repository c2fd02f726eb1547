"""The address of a form: its path, and of the parameters behind it those that its view says it asks for, so that one
form has one address."""

from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve


def melde_an(view, fragt: tuple[str, ...]):
    """Say of a view that it shows a form for which text is kept; `fragt` names the parameters of the address that it
    asks for."""
    view.haelt_eingaben, view.fragt = True, fragt
    return view


def haelt_eingaben(view) -> bool:
    return getattr(view, "haelt_eingaben", False)


def formularadresse(adresse: str) -> str:
    """The address of a form as what waits for it is found; "" where there is no form."""
    pfad, _, frage = adresse.partition("?")
    try:
        view = resolve(pfad).func
    except Resolver404:
        return ""
    return _adresse(view, pfad, QueryDict(frage)) if haelt_eingaben(view) else ""


def adresse_von(request: HttpRequest) -> str:
    """`formularadresse` of the form that this request opens or sends."""
    return _adresse(request.resolver_match.func, request.path, request.GET)


def _adresse(view, pfad: str, frage: QueryDict) -> str:
    gefragt = [(name, frage[name]) for name in getattr(view, "fragt", ()) if frage.get(name)]
    return f"{pfad}?{urlencode(gefragt)}" if gefragt else pfad
