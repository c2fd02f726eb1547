"""The fields for rich text, of a model and of a form: a text area with dialect, which a script turns into an editor.

Without JavaScript the text area is sent as it is. With it, what was edited comes as HTML in a second field, named
like the first with `-html`, and becomes dialect here, whatever the browser sent. A text that was not touched, or whose
HTML says the same, stays what it was, to the byte; only its spelling becomes that of all texts, and before it is read,
so that no sign which is left out leaves others behind that are read as markup.

What is too large is measured and not read: it stays in the form as it was sent, with a sentence at the field.
"""

from contextlib import suppress

from django import forms
from django.core.exceptions import ValidationError

from konzept import grenzen
from konzept.fliesstext import (
    ZU_VIELE_ZEICHEN,
    dialekt_aus_html,
    html_von,
    lesekosten,
    lies_text,
    worte_aus_html,
    zu_viel,
    zu_viel_html,
    zu_viel_text,
)
from konzept.schreibweise import normales_html, normalform
from konzept.textfelder import Text, Textfeld

_UMFANG = "_umfang"


class Ungelesen(str):
    """A rich text that is too large to be read, as its words; `text` and `html` are the two fields as they were sent,
    `satz` says what is too much."""

    text: str
    html: str
    satz: str

    def __new__(cls, text: str, html: str, satz: str):
        selbst = super().__new__(cls, worte_aus_html(html) if html else text)
        selbst.text, selbst.html, selbst.satz = text, html, satz
        return selbst


class FliesstextEingabe(forms.Textarea):
    """Widget of a `Fliesstextfeld`; `rows` in `attrs` is the height of an empty field in lines."""

    template_name = "kern/fliesstext.html"
    ist_fliesstext = True

    def get_context(self, name, value, attrs):
        """A text that is too large for the editor stands in the plain text area; an HTML that is too large goes back
        to the editor unread, beside the text from which the person came."""
        kontext = super().get_context(name, value, attrs)
        text, bearbeitet = kontext["widget"]["value"] or "", ""
        if isinstance(value, Ungelesen) and value.html and not zu_viel_text(value.text):
            text, bearbeitet = value.text, value.html
        mit_editor = not zu_viel_text(text) and (bearbeitet or not isinstance(value, Ungelesen))
        kontext["widget"]["value"] = text
        return kontext | {"html": html_von(lies_text(text)) if mit_editor else None, "bearbeitet": bearbeitet}

    def value_from_datadict(self, data, files, name):
        text, html = self.gesendet(data, name)
        if satz := _zu_viel_zusammen(data):
            return Ungelesen("" if html else text or "", html, satz)  # the text from before would have to be read
        if satz := zu_viel_text(text or "") or (zu_viel_html(html) if html else ""):
            return Ungelesen(text or "", html, satz)
        text = text and normalform(text)
        if not html:
            return text
        dialekt = dialekt_aus_html(normales_html(html), text or "")
        return Ungelesen(text or "", html, satz) if (satz := zu_viel_text(dialekt)) else dialekt

    def value_omitted_from_data(self, data, files, name):
        return super().value_omitted_from_data(data, files, name) and html_name(name) not in data

    def gesendet(self, data, name) -> tuple[str | None, str]:
        """Text and HTML as they were sent; nothing is read."""
        return super().value_from_datadict(data, {}, name), data.get(html_name(name)) or ""


class Fliesstextfeld(Textfeld):
    """A form field for rich text: takes the HTML of the editor or the text, and cleans to a text of the dialect."""

    widget = FliesstextEingabe

    def __init__(self, *, max_length: int | None = grenzen.FLIESSTEXT, **kwargs):
        super().__init__(max_length=max_length, **kwargs)

    def clean(self, value):
        if isinstance(value, Ungelesen):
            raise ValidationError(value.satz, code="max_length")
        return super().clean(value)


class Fliesstext(Text):
    """A text in the dialect of `konzept.fliesstext`, in a model."""

    HOECHSTENS = grenzen.FLIESSTEXT

    def formfield(self, **kwargs):
        return super().formfield(**({"form_class": Fliesstextfeld, "widget": FliesstextEingabe} | kwargs))


def html_name(name: str) -> str:
    """Name of the field in which the editor sends its HTML; empty while nothing was edited."""
    return f"{name}-html"


def _zu_viel_zusammen(data) -> str:
    zeichen, kosten = _alles(data)
    if kosten > grenzen.LESEN_JE_SENDUNG:
        return ZU_VIELE_ZEICHEN
    if zeichen <= grenzen.FLIESSTEXT_JE_SENDUNG:
        return ""
    return zu_viel(zeichen, grenzen.FLIESSTEXT_JE_SENDUNG, "Zeichen in einem Formular", "Alle Angaben haben")


def _alles(data) -> tuple[int, int]:
    """The signs of all that was sent, and what reading it may cost; counted once, since a form asks for each of its
    texts."""
    umfang = getattr(data, _UMFANG, None)
    if umfang is None:
        werte = (wert for werte in dict.values(data) for wert in (werte if isinstance(werte, list) else [werte]))
        texte = [wert for wert in werte if isinstance(wert, str)]
        umfang = sum(map(len, texte)), sum(map(lesekosten, texte))
        # A plain dict takes no attribute; its size is then counted each time.
        with suppress(AttributeError):
            setattr(data, _UMFANG, umfang)
    return umfang
