"""Forms for the outline of a concept."""

from crispy_forms.helper import FormHelper
from django import forms

from .models import Abschnitt


class AbschnittForm(forms.ModelForm):
    class Meta:
        model = Abschnitt
        fields = ["titel", "kurztitel", "text"]
        error_messages = {"titel": {"required": "Geben Sie dem Abschnitt einen Titel. Er steht in der Gliederung."}}
        widgets = {"text": forms.Textarea(attrs={"rows": 18})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page's own form has the token
