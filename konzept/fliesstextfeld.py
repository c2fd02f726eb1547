"""The form field's side of rich text: a text area with the dialect, which a script turns into an editor.

Without JavaScript the text area is sent as it is. With it, what was edited comes as HTML in a second field, named
like the first with `-html`, and becomes dialect here, whatever the browser sent. A text that was not touched, or whose
HTML says the same, stays what it was, to the byte.
"""

from django import forms

from konzept.fliesstext import dialekt_aus_html, html_von, lies_text


class FliesstextEingabe(forms.Textarea):
    """Widget of a CharField that holds dialect; `rows` in `attrs` is the height of an empty field in lines."""

    template_name = "kern/fliesstext.html"
    ist_fliesstext = True

    def get_context(self, name, value, attrs):
        kontext = super().get_context(name, value, attrs)
        kontext["html"] = html_von(lies_text(kontext["widget"]["value"] or ""))
        return kontext

    def value_from_datadict(self, data, files, name):
        text = super().value_from_datadict(data, files, name)
        html = data.get(html_name(name))
        return dialekt_aus_html(html, text or "") if html else text

    def value_omitted_from_data(self, data, files, name):
        return super().value_omitted_from_data(data, files, name) and html_name(name) not in data


def html_name(name: str) -> str:
    """Name of the field in which the editor sends its HTML; empty while nothing was edited."""
    return f"{name}-html"
