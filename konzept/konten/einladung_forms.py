"""The form with which an invited person makes an account."""

from allauth.account.forms import SetPasswordForm
from django import forms

from .forms import ZweiKennworte
from .models import Benutzer


class KontoForm(ZweiKennworte, SetPasswordForm):
    """Name and password for the invited address, which itself cannot be chosen."""

    name = forms.CharField(
        label="Ihr Name",
        max_length=Benutzer._meta.get_field("name").max_length,
        help_text="So erscheinen Sie bei allem, was Sie bearbeiten.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Geben Sie Ihren Namen ein."},
    )
    field_order = ["name", "password1", "password2"]
    texte = {
        "password1": ("Kennwort", "", "Wählen Sie ein Kennwort."),
        "password2": ("Kennwort wiederholen", "", "Geben Sie das Kennwort noch einmal ein."),
    }

    def __init__(self, data, *, email: str, **kwargs):
        super().__init__(data=data, user=Benutzer(email=email), **kwargs)

    def clean_name(self):
        self.user.name = self.cleaned_data["name"]  # a password like the own name is refused
        return self.user.name
