"""Template tags of the crispy-forms template pack `kern`."""

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.utils.safestring import SafeString

from konzept.formularbau import fehler, zeichen, zeilen, zeilenknoepfe

MELDUNGSARTEN = {"error": "danger", "warning": "warning", "success": "success"}
"""How KERN names what django.contrib.messages calls the level of a message; all others are "info"."""

register = template.Library()

register.filter("sichtbare_zeilen", zeilen.sichtbare_zeilen)
register.filter("ist_entfernt", zeilen.ist_entfernt)
register.filter("zeilen_id", zeilen.zeilen_id)
register.filter("ohne_schrift", zeichen.ohne_schrift)


@register.simple_tag
def kern_eingabe(feld: BoundField, klasse: str) -> SafeString:
    """The widget of a field with the KERN class, the class for errors, and the texts that describe it."""
    klassen = [feld.field.widget.attrs.get("class", ""), klasse, f"{klasse}--error" if feld.errors else ""]
    attrs = {"class": " ".join(filter(None, klassen))}
    ersetzt = f"{feld.auto_id}_zeichen" if zeichen.ohne_schrift(feld) else ""
    if ersetzt or feld.use_fieldset:
        attrs["aria-describedby"] = " ".join(filter(None, [feld.aria_describedby, ersetzt])) or None
    if zeichen.wird_gedruckt(feld):
        attrs["dir"] = "auto"
    return feld.as_widget(attrs={name: wert for name, wert in attrs.items() if wert is not None})


@register.inclusion_tag("kern/fehler.html")
def kern_fehler(*formulare_und_formsets, titel=""):
    """The error summary of all forms and formsets of a page, or of lists of them; nothing while there is no error.

    `{% crispy form %}` and `{{ form|crispy }}` bring their own summary, unless the form stood in one before.
    """
    alle = [f for teil in formulare_und_formsets for f in (teil if isinstance(teil, list) else [teil])]
    neue = [f for f in alle if not getattr(f, "steht_in_fehlerliste", False)]
    for formular in neue:
        formular.steht_in_fehlerliste = True
    return {"fehler": fehler.sammle_fehler(*neue), "titel": titel}


@register.filter
def spalten(formset: BaseFormSet) -> list[dict]:
    """Columns of a formset: `name`, `titel`, `hinweis`, `pflicht` and `anteil` (twelfths of the row)."""
    felder = formset.empty_form.visible_fields()
    anteile = getattr(formset, "spalten", {})
    gleich = max(1, 12 // max(1, len(felder)))
    return [
        {
            "name": f.name,
            "titel": f.label,
            "hinweis": f.help_text,
            "pflicht": f.field.required,
            "anteil": anteile.get(f.name, gleich),
        }
        for f in felder
    ]


@register.filter
def anteil(feld: BoundField, spalten_: list[dict]) -> int:
    """Share of a row's field in twelfths, out of the list that `spalten` gives."""
    return next((spalte["anteil"] for spalte in spalten_ if spalte["name"] == feld.name), 12)


@register.filter
def passt_in_zeile(spalten_: list[dict]) -> bool:
    """Whether the columns fit beside each other, so that one row of headings serves all rows."""
    return sum(spalte["anteil"] for spalte in spalten_) <= 12


@register.filter
def zeilen_index(zeile: BaseForm) -> str:
    """The number of a row in its field names, which `konzept.formularbau.zeilenknoepfe` expects."""
    return zeile.prefix.rpartition("-")[2]


@register.filter
def meldungsart(meldung: Message) -> str:
    """The kind of KERN alert in which a message is shown."""
    return MELDUNGSARTEN.get(meldung.level_tag, "info")


@register.simple_tag
def zeilen_knopf() -> str:
    """Name of the buttons that `konzept.formularbau.zeilenknoepfe` reads."""
    return zeilenknoepfe.NAME
