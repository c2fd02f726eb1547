"""The form with which an invited person makes an account."""

from allauth.account.forms import SetPasswordForm
from django import forms
from django.core.exceptions import ValidationError

from konzept.textfelder import Zeilenfeld

from .anrede import pruefe_name
from .forms import ZweiKennworte
from .models import Benutzer
from .vorgaenge import NAME_VERGEBEN, name_vergeben


class KontoForm(ZweiKennworte, SetPasswordForm):
    """Name and password for the invited address, which itself cannot be chosen."""

    name = Zeilenfeld(
        label="Ihr Name",
        max_length=Benutzer._meta.get_field("name").max_length,
        help_text="So erscheinen Sie bei allem, was Sie bearbeiten.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        validators=[pruefe_name],
        error_messages={"required": "Geben Sie Ihren Namen ein."},
    )
    field_order = ["name", "password1", "password2"]
    texte = {
        "password1": ("Kennwort", "", "Wählen Sie ein Kennwort."),
        "password2": ("Kennwort wiederholen", "", "Geben Sie das Kennwort noch einmal ein."),
    }

    def __init__(self, data, *, email: str, kommune, **kwargs):
        super().__init__(data=data, user=Benutzer(email=email), **kwargs)
        self.kommune = kommune

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if name_vergeben(self.user, name, [self.kommune]):
            raise ValidationError(NAME_VERGEBEN)
        # The validators refuse a password that resembles the name, which they take from the account.
        self.user.name = name
        return name
