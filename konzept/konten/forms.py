"""The sign-in form."""

from django.contrib.auth.forms import AuthenticationForm
from django.forms import EmailInput

PASST_NICHT = "E-Mail-Adresse und Kennwort passen nicht zusammen. Prüfen Sie beides, auch die Feststelltaste."


class AnmeldeForm(AuthenticationForm):
    """E-mail address and password; one sentence for every failure, so that no address can be found out."""

    error_messages = {"invalid_login": PASST_NICHT, "inactive": PASST_NICHT}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "E-Mail-Adresse"
        self.fields["username"].widget = EmailInput(attrs={"autocomplete": "username", "autofocus": True})
        self.fields["password"].label = "Kennwort"
        self.fields["username"].error_messages["required"] = "Geben Sie Ihre E-Mail-Adresse ein."
        self.fields["password"].error_messages["required"] = "Geben Sie Ihr Kennwort ein."

    def clean_username(self):
        return self.cleaned_data["username"].strip().lower()
