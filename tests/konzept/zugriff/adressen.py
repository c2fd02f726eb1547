"""Every address of the product, found in the URL patterns."""

import re

from django.urls import get_resolver, reverse
from django.urls.resolvers import RegexPattern

from tests.konzept.zugriff.welt import WERTE, Welt


def adressen(resolver=None, raum="", davor=""):
    """(name with namespaces, pattern as text) of every URL pattern below a resolver."""
    for muster in (resolver or get_resolver()).url_patterns:
        text = f"{davor}{_text(muster.pattern)}"
        if hasattr(muster, "url_patterns"):
            yield from adressen(muster, f"{raum}{muster.namespace}:" if muster.namespace else raum, text)
        else:
            yield f"{raum}{muster.name}", text


def _text(pattern) -> str:
    text = str(pattern)
    return text.strip("^$") if isinstance(pattern, RegexPattern) else text


MUSTER = {name: text for name, text in adressen() if not name.startswith("admin:")}


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
