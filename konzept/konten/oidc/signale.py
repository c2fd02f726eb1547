"""What follows from signing in through the identity provider, and from undoing the link to it."""

from allauth.account.signals import user_logged_in
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.dispatch import receiver

from ..models import Ereignis
from ..protokoll import halte_fest_je_kommune
from ..vorgaenge import bestaetige_adresse
from .adapter import bestaetigte_adresse, gruppen
from .rollen import gleiche_rollen_an


@receiver(user_logged_in, dispatch_uid="anmeldedienst")
def angemeldet(user, sociallogin=None, **_):
    """Sent once signing in is complete, the second factor included."""
    if sociallogin is not None:
        gleiche_rollen_an(user, gruppen(sociallogin))


@receiver(social_account_added, dispatch_uid="anmeldedienst")
def verknuepft(sociallogin, **_):
    halte_fest_je_kommune(Ereignis.ANMELDEDIENST, sociallogin.user, "verbunden")
    if bestaetigte_adresse(sociallogin) == sociallogin.user.email:
        bestaetige_adresse(sociallogin.user)


@receiver(social_account_removed, dispatch_uid="anmeldedienst")
def verknuepfung_geloest(socialaccount, **_):
    halte_fest_je_kommune(Ereignis.ANMELDEDIENST, socialaccount.user, "getrennt")
    gleiche_rollen_an(socialaccount.user, ())
