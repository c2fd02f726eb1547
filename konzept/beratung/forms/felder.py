"""What the forms of Anmerkungen and answers share."""

from django import forms

from konzept import textfelder
from konzept.verlauf.models import Aenderung


class Grundfeld(textfelder.Zeilenfeld):
    """Why somebody changes the words of another; as long as the history keeps it."""

    def __init__(self, *, label: str = "Grund", fehlt: str):
        super().__init__(
            label=label,
            max_length=Aenderung._meta.get_field("grund").max_length,
            help_text="Steht im Verlauf, den Leitung und Redaktion lesen.",
            error_messages={"required": fehlt},
        )


class GrundForm(forms.Form):
    """Asks for nothing but the reason."""

    grund = Grundfeld(fehlt="Nennen Sie den Grund. Er steht im Verlauf.")


class Textfeld(textfelder.Textfeld):
    """A text without markup, `zeilen` high; white space alone is not one."""

    def __init__(self, *, zeilen: int = 6, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": zeilen}))
        super().__init__(**kwargs)
