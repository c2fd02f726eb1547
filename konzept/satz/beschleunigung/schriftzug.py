"""What all texts of a style have in common is asked for once, mended in WeasyPrint 70, without importing it.

WeasyPrint makes a context and a description of the font for each text that it measures or draws, and looks for the
height of a line under the words of sixteen properties. Both depend on the style alone, and are kept on it. Where a
style is changed it is a copy, which has none of what was kept.

A context keeps the fonts of its document alive, and lives as long as its style; a layout of Pango holds its context,
and has a description and a list of features of its own.
"""

from functools import wraps
from typing import NamedTuple


class _Schriftzug(NamedTuple):
    """Objects of Pango. `merkmale`: the attribute that switches features of the font, if any."""

    kontext: object
    sprache: object
    beschreibung: object
    merkmale: object


def mit_schriftzug(richte_ein, zeilen):
    """Wrap `Layout.setup` of the module `zeilen` (`weasyprint.text.line_break`). Texts that are underlined, or in no
    language of their own, are set up as they were."""
    ffi, pango, gobject = zeilen.ffi, zeilen.pango, zeilen.gobject

    @wraps(richte_ein)
    def huelle(layout, style) -> None:
        if not _ist_schlicht(style):
            richte_ein(layout, style)
            return
        zug = style.__dict__.get("_schriftzug")
        if zug is None:
            zug = style._schriftzug = schriftzug(style)
        layout.style = style
        layout.first_line_direction = 0
        layout.language = zug.sprache
        layout.ascent = layout.underline_position = layout.strikethrough_position = None
        layout.layout = ffi.gc(pango.pango_layout_new(zug.kontext), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout.layout, False)
        pango.pango_layout_set_font_description(layout.layout, zug.beschreibung)
        if zug.merkmale is not None:
            # The list takes the attribute as its own and would free it together with itself. Therefore it is never
            # freed, as in WeasyPrint.
            liste = pango.pango_attr_list_new()
            pango.pango_attr_list_insert(liste, zug.merkmale)
            pango.pango_layout_set_attributes(layout.layout, liste)

    def schriftzug(style) -> _Schriftzug:
        kontext = ffi.gc(
            pango.pango_font_map_create_context(style.font_config.font_map),
            gobject.g_object_unref,
        )
        pango.pango_context_set_round_glyph_positions(kontext, False)
        pango.pango_context_set_base_dir(kontext, zeilen.PANGO_DIRECTION[style["direction"]])
        zeiger, _worte = zeilen.unicode_to_char_p(style["lang"])
        sprache = pango.pango_language_from_string(zeiger)
        pango.pango_context_set_language(kontext, sprache)
        return _Schriftzug(kontext, sprache, zeilen.get_font_description(style), merkmale(style))

    def merkmale(style):
        gewaehlt = zeilen.font_features(
            style["font_kerning"],
            style["font_variant_ligatures"],
            style["font_variant_position"],
            style["font_variant_caps"],
            style["font_variant_numeric"],
            style["font_variant_alternates"],
            style["font_variant_east_asian"],
            style["font_feature_settings"],
        )
        if not gewaehlt:
            return None
        worte = ",".join(f"{name} {wert}" for name, wert in gewaehlt.items()).encode()
        bekannt = style.font_config.font_features
        if worte not in bekannt:
            bekannt[worte] = pango.pango_attr_font_features_new(worte)
        return bekannt[worte]

    return huelle


def _ist_schlicht(style) -> bool:
    return style["text_decoration_line"] == "none" and style["font_language_override"] == "normal" and style["lang"]


def mit_gemerkter_hoehe(strut):
    """Wrap `strut`, which says how high a line of a style is, and where its baseline."""

    @wraps(strut)
    def huelle(style):
        hoehe = style.__dict__.get("_zeilenhoehe")
        if hoehe is None:
            hoehe = style._zeilenhoehe = strut(style)
        return hoehe

    return huelle
