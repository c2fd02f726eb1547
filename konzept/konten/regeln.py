"""Use cases of accounts: one function each."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from .models import Benutzer, Einladung, Ereignis, Herkunft, Mitgliedschaft, Rolle
from .protokoll import halte_fest


class NichtAnnehmbar(Exception):
    """The invitation is used, revoked or expired, or is meant for another address; nothing was changed."""


def bestaetige_adresse(benutzer: Benutzer) -> None:
    """Take the account's e-mail address as proven, because an invitation was accepted or an administrator vouches."""
    EmailAddress.objects.update_or_create(
        user=benutzer, email=benutzer.email, defaults={"verified": True, "primary": True}
    )


def rollentext(rolle: str, akteur=None) -> str:
    """A role as the log and the pages name it: "Redaktion", "Mitwirkung (51)"."""
    return f"{Rolle(rolle).label} ({akteur.kurz})" if akteur else Rolle(rolle).label


def lade_ein(
    kommune, email: str, rolle: str, *, akteur=None, name: str = "", eingeladen_von: Benutzer | None = None
) -> tuple[Einladung, str]:
    """Offer a role to an address; returns the invitation and the key of its link, which is stored nowhere.

    One that waits for the same address and role (and Akteur), even in vain, is replaced: its link works no more.
    Whether `eingeladen_von` may do so is for the caller to ask.
    """
    email = Benutzer.normalize_username(email)
    with transaction.atomic():
        type(kommune).objects.select_for_update(no_key=True).get(pk=kommune.pk)  # one invitation after the other
        wartende = Einladung.objects.wartende().select_for_update(of=("self",))
        gefunden = wartende.filter(kommune=kommune, email=email, rolle=rolle, akteur=akteur).first()
        einladung = gefunden or Einladung(kommune=kommune, email=email, rolle=rolle, akteur=akteur)
        einladung.name, einladung.eingeladen_von, einladung.eingeladen_am = name, eingeladen_von, timezone.now()
        schluessel = einladung.neuer_schluessel()
        einladung.save()
        halte_fest(Ereignis.EINGELADEN, kommune=kommune, benutzer=eingeladen_von, text=rollentext(rolle, akteur))
    return einladung, schluessel


@transaction.atomic
def widerrufe(einladung: Einladung, benutzer: Benutzer) -> bool:
    """Take an invitation back; False, and nothing happens, where it was accepted or taken back before."""
    if not Einladung.objects.wartende().filter(pk=einladung.pk).update(widerrufen_am=timezone.now()):
        return False
    text = rollentext(einladung.rolle, einladung.akteur)
    halte_fest(Ereignis.EINLADUNG_WIDERRUFEN, kommune=einladung.kommune, benutzer=benutzer, text=text)
    return True


@transaction.atomic
def nimm_an(einladung: Einladung, benutzer: Benutzer) -> Mitgliedschaft:
    """Give the account the role that the invitation offers; each invitation works once, also for two at a time.

    The caller knows that the account is the person's own and its address proven. Raises NichtAnnehmbar. A role that
    the account had through the identity provider is from now on one given by hand, and stays when the provider's goes.
    """
    if not (benutzer.is_active and not benutzer.geloescht_am and einladung.gilt_fuer(benutzer)):
        raise NichtAnnehmbar
    if not Einladung.objects.offene().filter(pk=einladung.pk).update(angenommen_am=timezone.now()):
        raise NichtAnnehmbar
    mitgliedschaft, _ = Mitgliedschaft.objects.update_or_create(
        benutzer=benutzer,
        kommune=einladung.kommune,
        rolle=einladung.rolle,
        akteur=einladung.akteur,
        defaults={"herkunft": Herkunft.HAND},
    )
    halte_fest(
        Ereignis.BEIGETRETEN,
        kommune=einladung.kommune,
        benutzer=benutzer,
        person=benutzer,
        text=rollentext(einladung.rolle, einladung.akteur),
    )
    return mitgliedschaft


def lege_konto_an(einladung: Einladung, name: str, kennwort: str) -> Benutzer:
    """An account for the invited address, which counts as proven since the link was sent there; accepts at once.

    Raises NichtAnnehmbar, and IntegrityError where the address has an account meanwhile; nothing is changed then.
    """
    benutzer = Benutzer(email=Benutzer.normalize_username(einladung.email), name=name)
    benutzer.set_password(kennwort)  # takes its time, and the transaction need not wait for it
    with transaction.atomic():
        benutzer.save()
        bestaetige_adresse(benutzer)
        nimm_an(einladung, benutzer)
    return benutzer


def ist_letzte_leitung(benutzer: Benutzer, kommune_id: int) -> bool:
    """Whether nobody else leads a Kommune that this account leads; accounts that are switched off do not count.

    Call it inside the transaction that takes the role away: the Leitungen stay locked until its end, so that two of
    them cannot remove each other at the same time. Outside of one it is a mere question.
    """
    with transaction.atomic():
        leitungen = Mitgliedschaft.objects.select_for_update(of=("self",)).order_by("pk")
        aktive = leitungen.filter(kommune=kommune_id, rolle=Rolle.LEITUNG, benutzer__is_active=True)
        return {mitgliedschaft.benutzer_id for mitgliedschaft in aktive} == {benutzer.pk}
