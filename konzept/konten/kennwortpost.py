"""The mail with the link for a new password.

Whether an address has an account shall not be told by the time of an answer. So the request writes the same row for
every address, and only the worker, of whom nobody knows when it does so, looks for the account and makes the link.
"""

from types import SimpleNamespace

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse

from konzept.postausgang import verfasser
from konzept.postausgang.models import Anlass

from .models import Benutzer

VERFASSER = "neues_kennwort"
PLATZHALTER = {"uidb36": "UID", "key": "KEY"}


def fordere_link_an(adresse: str, request: HttpRequest) -> None:
    """Have the link sent to this address, if it has an account. A fixed number of queries, the same for every
    address."""
    # Made here, where the addresses of the pages are known: the worker would have to load all pages for it.
    muster = request.build_absolute_uri(reverse("account_reset_password_from_key", kwargs=PLATZHALTER))
    empfaenger = Benutzer.normalize_username(adresse)
    verfasser.beauftrage(VERFASSER, Anlass.KENNWORT, empfaenger, muster=muster, host=request.get_host())


def verfasse(adresse: str, muster: str, host: str) -> EmailMessage | None:
    """Only to the address that the account has: a new one that still waits for its proof may be mistyped."""
    konto = Benutzer.objects.filter(email=adresse, is_active=True, geloescht_am=None).first()
    if konto is None:
        return None
    schluessel = f"{user_pk_to_url_str(konto)}-{default_token_generator.make_token(konto)}"
    kontext = {
        "user": konto,
        "current_site": SimpleNamespace(domain=host, name=host),
        "password_reset_url": muster.replace("-".join(PLATZHALTER.values()), schluessel),
    }
    return get_adapter().render_mail("account/email/password_reset_key", konto.email, kontext)
