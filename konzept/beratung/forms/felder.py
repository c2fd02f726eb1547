"""What the forms of Anmerkungen and answers share."""

from django import forms

from ..models.anmerkung import HOECHSTLAENGE

ZU_LANG = "Höchstens 20.000 Zeichen haben hier Platz. Kürzen Sie den Text, oder teilen Sie ihn auf."


class Textfeld(forms.CharField):
    """A text of at most 20,000 signs; white space alone is not one."""

    def __init__(self, *, zeilen: int = 6, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": zeilen}))
        super().__init__(max_length=HOECHSTLAENGE, **kwargs)
        self.widget.attrs.pop("maxlength", None)  # a browser would cut what is pasted
        self.error_messages["max_length"] = ZU_LANG
