"""Use cases of accounts: one function each; and who may give which role.

Nobody widens their own access: whoever gives a role is an argument, and is asked here, whatever form it came from.
"""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from konzept.rechte import LEITUNG_BESTIMMEN, MITGLIEDER, NIEMAND, darf
from konzept.schreibweise import namensschluessel, wie_gesehen

from . import versand
from .models import Benutzer, Einladung, Ereignis, Herkunft, Mitgliedschaft, Namensaenderung, Rolle
from .protokoll import halte_fest
from .zugang import Zugangsaenderung, halte_konto_fest, halte_zugang_fest

NUR_LEITUNG = "Die Rolle Leitung gibt und nimmt nur eine Leitung."
NICHT_SICH_SELBST = "Ihre eigenen Rollen kann nur eine Leitung erweitern."
NAME_VERGEBEN = (
    "So heißt hier schon jemand. Damit niemand Sie beide verwechselt, ergänzen Sie etwas, woran man Sie erkennt, zum "
    "Beispiel Ihr Amt."
)


class NichtAnnehmbar(Exception):
    """The invitation is used, revoked or expired, or is meant for another address; nothing was changed."""


class RolleAbgelehnt(Exception):
    """A rule forbids a change; `satz` says so in German, `rolle` is the role it is about. Nothing was changed."""

    def __init__(self, rolle: str, satz: str):
        super().__init__(satz)
        self.rolle, self.satz = rolle, satz


def bestaetige_adresse(benutzer: Benutzer) -> None:
    """Take the account's e-mail address as proven, because an invitation was accepted or an administrator vouches."""
    EmailAddress.objects.update_or_create(
        user=benutzer, email=benutzer.email, defaults={"verified": True, "primary": True}
    )


def rollentext(rolle: str, akteur=None) -> str:
    """A role as the log and the pages name it: "Redaktion", "Mitwirkung (51)"."""
    if not akteur:
        return Rolle(rolle).label
    gilt = ", steht für niemand Bestimmtes und gilt darum für keine Maßnahme" if akteur.art == NIEMAND else ""
    return f"{Rolle(rolle).label} ({akteur.kurz}{gilt})"


def darf_rolle_vergeben(handelnder: Benutzer, kommune, rolle: str) -> bool:
    return rolle != Rolle.LEITUNG or darf(handelnder, LEITUNG_BESTIMMEN, kommune)


def erweitert_sich_selbst(handelnder: Benutzer, kommune, email: str) -> bool:
    """Whether a role for this address would be one that somebody gives themself without being Leitung. A Leitung holds
    every right that a role could give it."""
    return handelnder.email == email and not darf(handelnder, LEITUNG_BESTIMMEN, kommune)


def pruefe_einladung(handelnder: Benutzer, kommune, email: str, rolle: str) -> None:
    """Raises RolleAbgelehnt where this person may not invite that address to the role."""
    if not darf_rolle_vergeben(handelnder, kommune, rolle):
        raise RolleAbgelehnt(rolle, NUR_LEITUNG)
    if erweitert_sich_selbst(handelnder, kommune, Benutzer.normalize_username(email)):
        raise RolleAbgelehnt(rolle, NICHT_SICH_SELBST)


def lade_ein(
    kommune, email: str, rolle: str, *, akteur=None, name: str = "", eingeladen_von: Benutzer | None = None
) -> tuple[Einladung, str]:
    """Offer a role to an address; returns the invitation and the key of its link, which is stored nowhere.

    One that waits for the same address and role (and Akteur), even in vain, is replaced: its link works no more.
    Raises RolleAbgelehnt where `eingeladen_von` may not do so, and `versand.ZuViele` where there were too many; None is
    whoever runs the server. The log names a person who belongs to the Kommune already; whether another address has an
    account is nobody's business here.
    """
    email = Benutzer.normalize_username(email)
    if eingeladen_von is not None:
        pruefe_einladung(eingeladen_von, kommune, email, rolle)
        versand.zaehle_einladung(eingeladen_von, kommune, email)
    with transaction.atomic():
        # Invitations into one Kommune wait for each other.
        type(kommune).objects.select_for_update(no_key=True).get(pk=kommune.pk)
        wartende = Einladung.objects.wartende().select_for_update(of=("self",))
        gefunden = wartende.filter(kommune=kommune, email=email, rolle=rolle, akteur=akteur).first()
        einladung = gefunden or Einladung(kommune=kommune, email=email, rolle=rolle, akteur=akteur)
        einladung.name, einladung.eingeladen_von, einladung.eingeladen_am = name, eingeladen_von, timezone.now()
        schluessel = einladung.neuer_schluessel()
        einladung.save()
        text = f"{rollentext(rolle, akteur)}{', erneut' if gefunden else ''}"
        aenderung = Zugangsaenderung(Ereignis.EINGELADEN, _mitglied(kommune, email), text, email)
        halte_zugang_fest(kommune, eingeladen_von, [aenderung])
    return einladung, schluessel


def _mitglied(kommune, email: str) -> Benutzer | None:
    """Who has this address and a role in the Kommune."""
    return Benutzer.objects.filter(email=email, mitgliedschaften__kommune=kommune).first()


@transaction.atomic
def widerrufe(einladung: Einladung, benutzer: Benutzer) -> bool:
    """Take an invitation back; False, and nothing happens, where it was accepted or taken back before."""
    if not Einladung.objects.wartende().filter(pk=einladung.pk).update(widerrufen_am=timezone.now()):
        return False
    person = _mitglied(einladung.kommune, Benutzer.normalize_username(einladung.email))
    text = rollentext(einladung.rolle, einladung.akteur)
    aenderung = Zugangsaenderung(Ereignis.EINLADUNG_WIDERRUFEN, person, text, einladung.email)
    halte_zugang_fest(einladung.kommune, benutzer, [aenderung])
    return True


def steht_noch_dahinter(einladung: Einladung) -> bool:
    """Whether who invited may still give that role: an invitation does not outlive the right to send it. One sent by a
    command has nobody behind it."""
    von = einladung.eingeladen_von
    if von is None:
        return True
    return darf(von, MITGLIEDER, einladung.kommune) and darf_rolle_vergeben(von, einladung.kommune, einladung.rolle)


@transaction.atomic
def nimm_an(einladung: Einladung, benutzer: Benutzer) -> Mitgliedschaft:
    """Give the account the role that the invitation offers; each invitation works once, also for two at a time.

    The caller knows that the account is the person's own and its address proven. Raises NichtAnnehmbar. A role that
    the account had through the identity provider is from now on one given by hand, and stays when the provider's goes.
    Logged as accepted by the person, and as a role that whoever invited gave.
    """
    if not (benutzer.is_active and not benutzer.geloescht_am and einladung.gilt_fuer(benutzer)):
        raise NichtAnnehmbar
    if not steht_noch_dahinter(einladung):
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
    text = rollentext(einladung.rolle, einladung.akteur)
    halte_fest(Ereignis.BEIGETRETEN, kommune=einladung.kommune, benutzer=benutzer, person=benutzer, text=text)
    aenderung = Zugangsaenderung(Ereignis.ROLLE_GEGEBEN, benutzer, f"{text}, durch Einladung")
    halte_zugang_fest(einladung.kommune, einladung.eingeladen_von, [aenderung])
    return mitgliedschaft


def lege_konto_an(einladung: Einladung, name: str, kennwort: str) -> Benutzer:
    """An account for the invited address, which counts as proven since the link was sent there; accepts at once.

    Raises NichtAnnehmbar, and IntegrityError where the address has an account meanwhile; nothing is changed then.
    """
    benutzer = Benutzer(email=Benutzer.normalize_username(einladung.email), name=name)
    # Hashing takes long by design, so that it is done before the transaction begins.
    benutzer.set_password(kennwort)
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


def name_vergeben(benutzer: Benutzer, name: str, kommunen=None) -> bool:
    """Whether somebody else goes by this name, in whatever spelling, in a Kommune where the account has a role (or in
    `kommunen`): everything that is said and changed is signed with it."""
    if kommunen is None:
        kommunen = benutzer.mitgliedschaften.values("kommune")
    andere = Benutzer.objects.filter(mitgliedschaften__kommune__in=kommunen).exclude(pk=benutzer.pk).distinct()
    return namensschluessel(name) in {namensschluessel(n) for n in andere.values_list("name", flat=True) if n}


@transaction.atomic
def benenne_um(benutzer: Benutzer, name: str, durch: Benutzer) -> None:
    """Give an account another name, and tell the Leitungen, unless it looks as before. The names themselves go with the
    account, so that the log does not hold them."""
    vorher = Benutzer.objects.select_for_update(no_key=True).values_list("name", flat=True).get(pk=benutzer.pk)
    benutzer.name = name
    if name == vorher:
        return
    benutzer.save(update_fields=["name"])
    if wie_gesehen(name) == wie_gesehen(vorher):
        return
    aenderung = Zugangsaenderung(Ereignis.NAME_GEAENDERT, benutzer, "", f"bisher {vorher or 'ohne Namen'}")
    zeitpunkt = halte_konto_fest(durch, aenderung)
    Namensaenderung.objects.create(benutzer=benutzer, vorher=vorher, nachher=name, zeitpunkt=zeitpunkt)


RECHTE = (
    ("is_superuser", Ereignis.INSTALLATION, "liest und verwaltet alles"),
    ("is_staff", Ereignis.INSTALLATION, "öffnet die Verwaltungsoberfläche"),
)
"""What an account may in the whole installation: field, event, and what it means."""


@transaction.atomic
def halte_rechte_fest(konto: Benutzer, durch: Benutzer | None, zusatz: str = "") -> None:
    """Log what is about to change in the rights of an account, before it is saved: in every Kommune, where it may from
    now on (or no longer) read all of them, else where it has a role."""
    bisher = Benutzer.objects.filter(pk=konto.pk).first() or Benutzer(is_active=konto.is_active)
    for feld, ereignis, was in RECHTE:
        if getattr(konto, feld) != getattr(bisher, feld):
            text = f"{'gegeben' if getattr(konto, feld) else 'entzogen'}: {was}{zusatz}"
            halte_konto_fest(durch, Zugangsaenderung(ereignis, konto, text), ueberall=feld == "is_superuser")
    if konto.is_active != bisher.is_active:
        ereignis = Ereignis.KONTO_ENTSPERRT if konto.is_active else Ereignis.KONTO_GESPERRT
        halte_konto_fest(durch, Zugangsaenderung(ereignis, konto, ""))
