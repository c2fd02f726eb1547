"""Every address of the product, found in the URL patterns."""

import inspect
import re

from django.urls import get_resolver, reverse
from django.urls.resolvers import RegexPattern

from tests.konzept.zugriff.welt import WERTE, Welt


def adressen(resolver=None, raum="", davor=""):
    """(name with namespaces, pattern as text, view) of every URL pattern below a resolver."""
    for muster in (resolver or get_resolver()).url_patterns:
        text = f"{davor}{_text(muster.pattern)}"
        if hasattr(muster, "url_patterns"):
            yield from adressen(muster, f"{raum}{muster.namespace}:" if muster.namespace else raum, text)
        else:
            yield f"{raum}{muster.name}", text, muster.callback


def _text(pattern) -> str:
    text = str(pattern)
    return text.strip("^$") if isinstance(pattern, RegexPattern) else text


def _methoden(view) -> frozenset[str] | None:
    woher = getattr(view, "__globals__", {}).get("__name__")
    if woher == "django.views.decorators.cache":  # changes the answer's headers alone
        return _methoden(inspect.getclosurevars(view).nonlocals["view_func"])
    if woher == "django.views.decorators.http":
        return frozenset(inspect.getclosurevars(view).nonlocals["request_method_list"])
    return None


_EIGENE = {name: (text, view) for name, text, view in adressen() if not name.startswith("admin:")}
MUSTER = {name: text for name, (text, _) in _EIGENE.items()}
DURCHGELASSEN = {name: methoden for name, (_, view) in _EIGENE.items() if (methoden := _methoden(view))}
"""The methods that the outermost decorator of a view lets through: all others get 405 whoever asks, and with whatever
rights. An address that is missing here decides in another way."""


def teile(name: str) -> set[str]:
    """What an address names: {"kommune", "konzept", "pk"}."""
    return set(re.findall(r"<(?:\w+:)?(\w+)>", MUSTER[name]))


def werte(name: str, welt: Welt) -> list[dict]:
    """The parts of the addresses that lead to rows of this world; at least one."""
    ort = {"kommune": welt.kommune.slug, "konzept": welt.konzept.slug}
    ort = {teil: wert for teil, wert in ort.items() if teil in teile(name)}
    weitere = WERTE[name](welt) if name in WERTE else {}
    return [ort | w for w in (weitere if isinstance(weitere, list) else [weitere])]


def pfad(name: str, welt: Welt) -> str:
    """The (first) address of this name in this world."""
    return reverse(name, kwargs=werte(name, welt)[0])
