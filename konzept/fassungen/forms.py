"""The form with which the Arbeitsstand is frozen."""

from crispy_forms.helper import FormHelper
from django import forms

from .models import Fassung, FassungArt


class FassungForm(forms.ModelForm):
    ohne_wappen = forms.BooleanField(
        label="Ohne Wappen festschreiben",
        required=False,
        help_text="Die Fassung und ihre PDFs haben dann für immer kein Wappen.",
    )

    class Meta:
        model = Fassung
        fields = ["art", "notiz"]
        widgets = {"art": forms.RadioSelect, "notiz": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "art": "Ein Entwurf wird zur Beratung vorgelegt. Eine Beschlussfassung ist, was der Rat beschlossen hat; "
            "nur sie kann veröffentlicht werden."
        }

    def __init__(self, daten=None, *, art: str = "", mangel: str = ""):
        """`art` is chosen beforehand, where it is one; only with a `mangel` of the Wappen can it be left out."""
        super().__init__(daten, initial={"art": art} if art in FassungArt else None)
        if not mangel:
            del self.fields["ohne_wappen"]
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page's own form has the token
