"""The form with which the Arbeitsstand is frozen."""

from crispy_forms.helper import FormHelper
from django import forms

from .models import Fassung, FassungArt


class FassungForm(forms.ModelForm):
    class Meta:
        model = Fassung
        fields = ["art", "notiz"]
        widgets = {"art": forms.RadioSelect, "notiz": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "art": "Ein Entwurf wird zur Beratung vorgelegt. Eine Beschlussfassung ist, was der Rat beschlossen hat; "
            "nur sie kann veröffentlicht werden."
        }

    def __init__(self, daten=None, *, art: str = ""):
        """`art` is chosen beforehand, where it is one."""
        super().__init__(daten, initial={"art": art} if art in FassungArt else None)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page's own form has the token
