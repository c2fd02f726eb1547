"""What follows from what Django and allauth report about accounts: mostly a line in the log."""

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import (
    authentication_step_completed,
    email_changed,
    password_changed,
    password_reset,
    password_set,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from konzept.danach import danach

from .models import Benutzer, Ereignis
from .protokoll import halte_fest_je_kommune

FAKTOREN = {
    Authenticator.Type.TOTP: "Authentifizierungs-App",
    Authenticator.Type.WEBAUTHN: "Passkey",
    Authenticator.Type.RECOVERY_CODES: "Wiederherstellungscodes",
}
_ANMELDEARTEN = {
    "password": "Kennwort",
    "password_reset": "Link zum Zurücksetzen des Kennworts",
    "socialaccount": "Anmeldedienst",
}


def anmeldeart(request, benutzer) -> str:
    """By what somebody has signed in, such as "Kennwort und Authentifizierungs-App"."""
    arten = [
        FAKTOREN[schritt["type"]] if schritt["method"] == "mfa" else _ANMELDEARTEN.get(schritt["method"])
        for schritt in get_authentication_records(request, benutzer)
        if not schritt.get("reauthenticated")
    ]
    return " und ".join(dict.fromkeys(filter(None, arten)))


@receiver(user_logged_in, dispatch_uid="protokoll")
def angemeldet(request, user, **_):
    halte_fest_je_kommune(Ereignis.ANGEMELDET, user, anmeldeart(request, user))


@receiver(authentication_step_completed, dispatch_uid="sitzung")
def bestaetigt(request, reauthenticated=False, **_):
    """Whoever has read the key of the session so far does not come along to what confirming has opened."""
    if reauthenticated:
        bisher = request.session.session_key
        request.session.cycle_key()
        UserSession.objects.filter(session_key=bisher).update(session_key=request.session.session_key)


@receiver(user_login_failed, dispatch_uid="protokoll")
def anmeldung_gescheitert(credentials, **_):
    """Only of an account that is there: what else was typed as an address may be a password. After the answer, whose
    time would tell."""
    adresse = Benutzer.normalize_username(credentials.get("email") or credentials.get("username") or "")
    danach(lambda: _halte_fehlversuch_fest(adresse))


def _halte_fehlversuch_fest(adresse: str) -> None:
    if person := Benutzer.objects.filter(email=adresse, geloescht_am=None).first():
        halte_fest_je_kommune(Ereignis.ANMELDUNG_GESCHEITERT, person=person, text="Kennwort")


@receiver(authentication_failed, dispatch_uid="protokoll")
def zweiter_faktor_gescheitert(user, authenticator, **_):
    halte_fest_je_kommune(Ereignis.ANMELDUNG_GESCHEITERT, person=user, text=FAKTOREN[authenticator.type])


@receiver(user_logged_out, dispatch_uid="protokoll")
def abgemeldet(user, **_):
    if user is not None:
        halte_fest_je_kommune(Ereignis.ABGEMELDET, user)


@receiver([password_changed, password_set], dispatch_uid="protokoll")
def kennwort_geaendert(user, **_):
    halte_fest_je_kommune(Ereignis.KENNWORT_GEAENDERT, user)


@receiver(password_reset, dispatch_uid="protokoll")
def kennwort_zurueckgesetzt(user, **_):
    halte_fest_je_kommune(Ereignis.KENNWORT_GEAENDERT, user, "über den Link in einer E-Mail")


@receiver(email_changed, dispatch_uid="protokoll")
def adresse_geaendert(user, from_email_address, **_):
    if from_email_address:
        halte_fest_je_kommune(Ereignis.ADRESSE_GEAENDERT, user)


@receiver(authenticator_added, dispatch_uid="protokoll")
def faktor_hinzugefuegt(user, authenticator, **_):
    halte_fest_je_kommune(Ereignis.ZWEITER_FAKTOR, user, f"{FAKTOREN[authenticator.type]}: hinzugefügt")


@receiver(authenticator_removed, dispatch_uid="protokoll")
def faktor_entfernt(user, authenticator, **_):
    halte_fest_je_kommune(Ereignis.ZWEITER_FAKTOR, user, f"{FAKTOREN[authenticator.type]}: entfernt")


@receiver(authenticator_reset, dispatch_uid="protokoll")
def codes_erneuert(user, authenticator, **_):
    halte_fest_je_kommune(Ereignis.ZWEITER_FAKTOR, user, f"{FAKTOREN[authenticator.type]}: neu erzeugt")
