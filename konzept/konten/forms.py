"""allauth's forms in our words, and the forms of the account pages that are our own."""

import logging

from allauth.account import forms as konto
from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from allauth.usersessions.adapter import get_adapter as get_sitzungsadapter
from allauth.usersessions.forms import ManageUserSessionsForm
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator

from konzept.betrieb.geheimnisse import NichtEntschluesselbar, ist_lesbar
from konzept.schreibweise import zeilenform
from konzept.textfelder import pruefe_sichtbares

from .anrede import pruefe_name
from .fehlversuche import CODE, VERGESSEN, gezaehlt, zaehle
from .kennwortpost import fordere_link_an
from .models import Benutzer
from .vorgaenge import NAME_VERGEBEN, name_vergeben

_log = logging.getLogger(__name__)

PASSKEY_PASST_NICHT = (
    "Das hat mit diesem Passkey nicht geklappt. Versuchen Sie es noch einmal, oder nehmen Sie einen anderen Weg."
)
FAKTOR_UNLESBAR = (
    "Ihr zweiter Faktor lässt sich auf diesem Server zurzeit nicht prüfen; an Ihrem Code liegt es nicht. Haben Sie "
    "einen Passkey, dann verwenden Sie ihn. Sonst wenden Sie sich an die Fachstelle Ihrer Verwaltung, die das Konzept "
    "betreut: Sie kann veranlassen, dass Ihr zweiter Faktor zurückgesetzt wird."
)
KEINE_ADRESSE = "Das ist keine vollständige E-Mail-Adresse. Richtig wäre zum Beispiel: name@stadt.example"
_ADRESSE_ZEICHEN = Benutzer._meta.get_field("email").max_length
ADRESSE_ZU_LANG = f"Eine E-Mail-Adresse hat hier höchstens {_ADRESSE_ZEICHEN} Zeichen."
SCHON_ANGEFORDERT = (
    "Für diese Adresse ist gerade schon mehrmals ein neues Kennwort angefordert worden. Sehen Sie in Ihr Postfach, "
    "auch in den Ordner für Spam: Der Link in der E-Mail gilt noch."
)
UNGLEICH = "Die beiden Kennwörter sind nicht gleich. Geben Sie hier dasselbe ein wie darüber."
ZWEIMAL = "Geben Sie das neue Kennwort noch einmal ein."


class Beschriftet:
    """Mixin: `texte` gives the fields of an allauth form their label, their hint, and the sentence when left empty."""

    texte: dict[str, tuple[str, str, str]] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (beschriftung, hinweis, fehlt) in self.texte.items():
            feld = self.fields[name]
            feld.label, feld.help_text = beschriftung, hinweis
            feld.error_messages |= {"required": fehlt}
            feld.widget.attrs.pop("placeholder", None)


class MitAdresse(Beschriftet):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        adresse = self.fields["email"]
        adresse.error_messages["invalid"] = KEINE_ADRESSE
        adresse.validators = [v for v in adresse.validators if not isinstance(v, MaxLengthValidator)] + [NICHT_ZU_LANG]


NICHT_ZU_LANG = MaxLengthValidator(_ADRESSE_ZEICHEN, ADRESSE_ZU_LANG)
"""Asked before an address is looked for or counted."""


class ZweiKennworte(Beschriftet):
    """Mixin: a new password, typed twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())

    def clean(self):
        daten = super().clean()
        if daten.get("password1") and self.data.get("password2") and self.has_error("password2"):
            del self.errors["password2"]
            self.add_error("password2", UNGLEICH)
        return daten


# Signing in


class AnmeldeForm(Beschriftet, konto.LoginForm):
    """E-mail address and password; one sentence for every failure, so that no address can be found out."""

    texte = {
        "login": ("E-Mail-Adresse", "", "Geben Sie Ihre E-Mail-Adresse ein."),
        "password": ("Kennwort", "", "Geben Sie Ihr Kennwort ein."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        adresse = self.fields["login"]
        adresse.validators = [ProhibitNullCharactersValidator(), NICHT_ZU_LANG]
        adresse.widget.attrs |= {"autocomplete": "username", "autofocus": True}


class KennwortVergessenForm(MitAdresse, konto.ResetPasswordForm):
    texte = {
        "email": ("E-Mail-Adresse", "Die Adresse, mit der Sie sich anmelden.", "Geben Sie Ihre E-Mail-Adresse ein.")
    }

    def clean_email(self):
        """Does not ask whether there is an account: the worker does, when it sends the mail (see `kennwortpost`)."""
        if zaehle(context.request, VERGESSEN, self.cleaned_data["email"]) is None:
            raise ValidationError(SCHON_ANGEFORDERT)
        return self.cleaned_data["email"]

    def save(self, request, **kwargs):
        fordere_link_an(self.cleaned_data["email"], request)


class KennwortNeuForm(ZweiKennworte, konto.ResetPasswordKeyForm):
    texte = {
        "password1": ("Neues Kennwort", "", "Geben Sie ein neues Kennwort ein."),
        "password2": ("Neues Kennwort wiederholen", "", ZWEIMAL),
    }


class BestaetigenForm(Beschriftet, konto.ReauthenticateForm):
    texte = {"password": ("Kennwort", "", "Geben Sie Ihr Kennwort ein.")}


# The own account


class NameForm(forms.ModelForm):
    class Meta:
        model = Benutzer
        fields = ["name"]
        help_texts = {"name": "So erscheinen Sie überall. Wenn Sie ihn ändern, erfährt es die Leitung."}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
        error_messages = {"name": {"required": "Geben Sie Ihren Namen ein."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].validators.append(pruefe_name)

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if name_vergeben(self.instance, name):
            raise ValidationError(NAME_VERGEBEN)
        return name


class AdresseForm(MitAdresse, konto.AddEmailForm):
    texte = {
        "email": (
            "Neue E-Mail-Adresse",
            "Wir senden an die neue Adresse einen Link. Erst wenn Sie ihn öffnen, gilt sie.",
            "Geben Sie die neue E-Mail-Adresse ein.",
        )
    }

    def clean_email(self):
        self.cleaned_data["email"] = Benutzer.normalize_username(self.cleaned_data["email"])
        return super().clean_email()


class KennwortAendernForm(ZweiKennworte, konto.ChangePasswordForm):
    texte = KennwortNeuForm.texte | {
        "oldpassword": ("Bisheriges Kennwort", "", "Geben Sie Ihr bisheriges Kennwort ein.")
    }


class KennwortSetzenForm(ZweiKennworte, konto.SetPasswordForm):
    texte = KennwortNeuForm.texte


# Second factor


class Entschluesselbar:
    """Mixin: where a second factor cannot be decrypted because its key is lost, the others count; and the person is
    told that it is not their code."""

    def clean_code(self):
        try:
            return super().clean_code()
        except NichtEntschluesselbar:
            _log.error("A second factor of account %s cannot be decrypted: geheimnisse_erneuern", self.user.pk)
        for faktor in Authenticator.objects.filter(user=self.user).exclude(type=Authenticator.Type.WEBAUTHN):
            if ist_lesbar(faktor.data) and faktor.wrap().validate_code(self.cleaned_data["code"]):
                faktor.user, self.authenticator = self.user, faktor
                return self.cleaned_data["code"]
        raise ValidationError(FAKTOR_UNLESBAR)


class NurEinmal:
    """Mixin: a code of the app counts once for as long as it counts at all. allauth forgets after half a minute that it
    was used, but takes those of the half minutes before and after, too."""

    def clean_code(self):
        code = super().clean_code()
        benutzt = f"code-benutzt-{self.user.pk}-{''.join(filter(str.isalnum, code))}"
        if self.authenticator.type == Authenticator.Type.TOTP and not cache.add(benutzt, True, _SO_LANGE_GILT_EIN_CODE):
            self._emit_authentication_failed(self.authenticator)
            raise get_adapter().validation_error("incorrect_code")
        return code


_SO_LANGE_GILT_EIN_CODE = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)


class Gezaehlt:
    """Mixin: wrong codes are counted as `fehlversuche` says."""

    def clean_code(self):
        with gezaehlt(context.request, CODE, self.user.email):
            return super().clean_code()


class CodeForm(Gezaehlt, NurEinmal, Entschluesselbar, Beschriftet, mfa.AuthenticateForm):
    texte = {
        "code": (
            "Code",
            "Der sechsstellige Code aus Ihrer Authentifizierungs-App, oder einer Ihrer Wiederherstellungscodes.",
            "Geben Sie den Code ein.",
        )
    }


class CodeBestaetigenForm(Gezaehlt, NurEinmal, Entschluesselbar, Beschriftet, mfa.ReauthenticateForm):
    texte = CodeForm.texte


class AppEinrichtenForm(Gezaehlt, Beschriftet, ActivateTOTPForm):
    texte = {
        "code": (
            "Code aus der App",
            "Sechs Ziffern, die alle 30 Sekunden wechseln.",
            "Geben Sie den Code ein, den die App zeigt.",
        )
    }

    @property
    def schluessel(self) -> str:
        """The secret in groups of four, to be typed."""
        return " ".join(self.secret[i : i + 4] for i in range(0, len(self.secret), 4))


class MitPasskey:
    """Mixin: one sentence for everything that can be wrong with what the browser sends, however broken it is."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages |= dict.fromkeys(("required", "invalid"), PASSKEY_PASST_NICHT)


class PasskeyPruefen(MitPasskey):
    """Nobody can guess a passkey, so that these tries are not counted by account."""

    def clean_credential(self):
        return _pruefe_passkey(super().clean_credential)


class PasskeyAnmeldenForm(PasskeyPruefen, webauthn.LoginWebAuthnForm):
    pass


class PasskeyZweiterFaktorForm(PasskeyPruefen, webauthn.AuthenticateWebAuthnForm):
    pass


class PasskeyBestaetigenForm(PasskeyPruefen, webauthn.ReauthenticateWebAuthnForm):
    pass


class Benannt:
    """Mixin: the name of a passkey, in the spelling of all names."""

    def clean_name(self):
        pruefe_sichtbares(self.cleaned_data["name"])
        return zeilenform(self.cleaned_data["name"])


class PasskeyNeuForm(Benannt, MitPasskey, Beschriftet, webauthn.AddWebAuthnForm):
    texte = {
        "name": ("Name", "Woran Sie ihn wiedererkennen, etwa „Diensthandy“ oder „Schlüsselbund“.", ""),
        "passwordless": (
            "Auch ohne Kennwort anmelden",
            "Dann genügt dieser Passkey allein; Ihr Gerät fragt dabei nach Fingerabdruck, Gesicht oder PIN.",
            "",
        ),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = 100
        self.fields["passwordless"].initial = True

    def clean(self):
        return _pruefe_passkey(super().clean)


class PasskeyNameForm(Benannt, Beschriftet, webauthn.EditWebAuthnForm):
    texte = {"name": ("Name", "", "Geben Sie dem Passkey einen Namen.")}


def _pruefe_passkey(pruefe):
    """What a stranger sends as a passkey may break the parsing anywhere; rate limits and other errors go through."""
    try:
        return pruefe()
    except ValidationError as fehler:
        if fehler.code != "incorrect_code":
            raise
        raise ValidationError(PASSKEY_PASST_NICHT) from fehler
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as fehler:
        raise ValidationError(PASSKEY_PASST_NICHT) from fehler


# Sessions


class SitzungenForm(ManageUserSessionsForm):
    """Ends one session of the own account, or all but the present one."""

    sitzung = forms.ModelChoiceField(
        UserSession.objects.none(),
        required=False,
        error_messages={"invalid_choice": "Diese Sitzung ist schon beendet."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        andere = UserSession.objects.filter(user=self.request.user)
        self.fields["sitzung"].queryset = andere.exclude(session_key=self.request.session.session_key)

    def save(self, request):
        if sitzung := self.cleaned_data["sitzung"]:
            get_sitzungsadapter().end_sessions([sitzung])
        else:
            super().save(request)
