"""Equal styles are one, mended in WeasyPrint 70, without importing it.

WeasyPrint shares the computed style of equal elements. It turns each `id` into a property of its own, though, so that
an element with one, and all below it, have styles of their own; and those of pseudo-elements, of which its own style
sheet gives six to every element, are never shared. Here an anchor is laid over the shared style, and a pseudo-element
shares that of another below the same style with the same declarations. Nothing computed depends on the element:
`attr()` stays a token until a box is made of it.

`ohne_anker` and `mit_geteilten_stilen` belong together: what the one leaves out, the other adds.
"""

import re
from functools import wraps
from math import inf

SCHLICHT = re.compile(r"[\w-]+")
"""An ID that means itself as a string of CSS."""
GEWICHT = (3, inf, (0, 0, 0))
"""With which weight WeasyPrint takes an `id` into the cascade."""
_EIGENE_ANGABEN = ("style", "lang", "name")


class _Allein:
    """A tree of one element, for a function that goes through a tree."""

    def __init__(self, element) -> None:
        self._element = element

    def iter(self):
        return (self._element,)


def ohne_anker(finde):
    """Wrap `find_style_attributes`: an element that has an `id` and nothing else that is style has none of its own."""

    @wraps(finde)
    def huelle(tree, presentational_hints=False, base_url=None):
        for element in tree.iter():
            if presentational_hints or not _hat_nur_anker(element):
                yield from finde(_Allein(element), presentational_hints, base_url)

    return huelle


def _hat_nur_anker(element) -> bool:
    kennung = element.get("id")
    return (
        kennung is not None
        and SCHLICHT.fullmatch(kennung) is not None
        and not any(map(element.get, _EIGENE_ANGABEN))
        and not str(element.tag).endswith("}svg")
    )


def mit_geteilten_stilen(stile, stil):
    """Wrap the class `StyleFor`; `stil` is `ComputedStyle`."""

    class MitAnker(stil):
        """A style with an anchor, and in all else another, which goes on being computed there."""

        def __init__(self, grundlage, anker) -> None:
            super().__init__(
                grundlage.parent_style,
                grundlage.cascaded,
                grundlage.pseudo_type,
                grundlage.root_style,
                grundlage.base_url,
                grundlage.font_config,
                grundlage.initial_page_sizes,
            )
            self.specified = grundlage.specified
            self.grundlage = grundlage
            self["anchor"] = anker

        @property
        def anonymous_style(self):
            return self.grundlage.anonymous_style

        def __missing__(self, key):
            wert = self[key] = self.grundlage[key]
            return wert

    @wraps(stile, updated=())
    class Geteilt(stile):
        def __init__(self, html, sheets, presentational_hints, font_config, target_collector) -> None:
            self._pseudo = {}
            super().__init__(html, sheets, presentational_hints, font_config, target_collector)
            # Styles of pages and of their margins are made later, one by one, and are not shared.
            self._pseudo = None
            if not presentational_hints:
                self._setze_anker(html.etree_element, target_collector)

        def _setze_anker(self, baum, sammler) -> None:
            for element in baum.iter():
                grundlage = self._computed_styles.get((element, None))
                if grundlage is None or not _hat_nur_anker(element):
                    continue
                if "anchor" in grundlage.cascaded and grundlage.cascaded["anchor"][1] >= GEWICHT:
                    continue
                # When WeasyPrint is asked for a style, it drops some of its properties. That has to happen here, too,
                # before children inherit from it.
                self(element)
                self._computed_styles[element, None] = MitAnker(grundlage, element.get("id"))
                if sammler:
                    sammler.collect_anchor(element.get("id"))

        def set_computed_styles(
            self, element, parent, root=None, pseudo_type=None, base_url=None, target_collector=None
        ) -> None:
            if self._pseudo is None or pseudo_type is None or self._ist_fussnote(element):
                super().set_computed_styles(element, parent, root, pseudo_type, base_url, target_collector)
                return
            kaskade = self._cascaded_styles[element, pseudo_type]
            # A parent's style lives as long as this object, so that no other object can get the same `id`.
            bekannte = self._pseudo.setdefault((id(self._computed_styles[parent, None]), pseudo_type), [])
            for bekannter in bekannte:
                if bekannter.cascaded == kaskade:
                    self._computed_styles[element, pseudo_type] = bekannter
                    return
            super().set_computed_styles(element, parent, root, pseudo_type, base_url, target_collector)
            bekannte.append(self._computed_styles[element, pseudo_type])

        def _ist_fussnote(self, element) -> bool:
            """Layout gives each note and its call an anchor of their own."""
            return self._computed_styles[element, None]["position"][0] == "note()"

    return Geteilt
