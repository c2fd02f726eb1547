"""What is stored about an account, for its owner to take along, and how all of it goes.

Every table that points at an account is named here; a new one fails a test until it is.
"""

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import parse_qs

from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from konzept.entwuerfe.models import Angelegtes, Zwischenstand
from konzept.postausgang.models import Sendung

from .geraet import geraet
from .models import (
    EHEMALIG,
    Benutzer,
    Einladung,
    Ereignis,
    Mitgliedschaft,
    Namensaenderung,
    Protokolleintrag,
    Rolle,
)
from .protokoll import halte_fest_je_kommune
from .signale import FAKTOREN
from .vorgaenge import ist_letzte_leitung, rollentext

EIGENE = (
    *(EmailAddress, Authenticator, SocialAccount, UserSession, Mitgliedschaft, Namensaenderung),
    *(Zwischenstand, Angelegtes),
)
"""Belongs to the account alone and goes with it."""

BLEIBENDE = (Protokolleintrag, Einladung, LogEntry)
"""Tells of the account without naming it, and stays; what they hold is in the extract under a heading of its own."""


class Anhang(NamedTuple):
    """What an app above this one stores about accounts, as `EIGENE` and `BLEIBENDE`; `auszug(benutzer)` gives it for
    the extract, `in_worten(auszug)` as (name, text) for the page, `loesche(benutzer)` takes away what goes beside the
    rows of `eigene`."""

    eigene: tuple[type[models.Model], ...] = ()
    bleibende: tuple[type[models.Model], ...] = ()
    auszug: Callable[[Benutzer], dict] = lambda benutzer: {}
    in_worten: Callable[[dict], list[tuple[str, str]]] = lambda auszug: []
    loesche: Callable[[Benutzer], None] = lambda benutzer: None


_anhaenge: list[Anhang] = []


def melde_an(anhang: Anhang) -> None:
    """Register what an app above holds of an account; called in its `ready()`."""
    _anhaenge.append(anhang)


def eigene() -> tuple[type[models.Model], ...]:
    return (*EIGENE, *(modell for anhang in _anhaenge for modell in anhang.eigene))


def bleibende() -> tuple[type[models.Model], ...]:
    return (*BLEIBENDE, *(modell for anhang in _anhaenge for modell in anhang.bleibende))


class LetzteLeitung(Exception):
    """The account leads `kommunen` alone, so that nobody could give out roles there any more."""

    def __init__(self, kommunen):
        self.kommunen = kommunen
        super().__init__(", ".join(map(str, kommunen)))


def auszug(benutzer: Benutzer) -> dict:
    """Everything that is stored about an account, ready for DjangoJSONEncoder; no secrets, and nobody else's data."""
    return {
        "erstellt_am": timezone.now(),
        "konto": {
            "e_mail": benutzer.email,
            "name": benutzer.name,
            "angelegt_am": benutzer.angelegt_am,
            "zuletzt_angemeldet_am": benutzer.last_login,
            "kennwort_gesetzt": benutzer.has_usable_password(),
            "darf_in_die_verwaltungsoberflaeche": benutzer.is_staff,
            "verwaltet_die_installation": benutzer.is_superuser,
        },
        "fruehere_namen": [
            {"vorher": n.vorher, "nachher": n.nachher, "zeitpunkt": n.zeitpunkt}
            for n in benutzer.namensaenderungen.all()
        ],
        "adressen": [
            {"e_mail": a.email, "bestaetigt": a.verified, "wird_benutzt": a.primary}
            for a in EmailAddress.objects.filter(user=benutzer).order_by("pk")
        ],
        "rollen": [
            {
                "kommune": m.kommune.name,
                "rolle": rollentext(m.rolle, m.akteur),
                "herkunft": m.get_herkunft_display(),
            }
            for m in benutzer.mitgliedschaften.select_related("kommune", "akteur")
        ],
        "einladungen_an_sie": [
            _einladung(e) | {"name": e.name} for e in _einladungen(email__iexact=benutzer.email)
        ],
        "einladungen_von_ihnen": [_einladung(e) for e in _einladungen(eingeladen_von=benutzer)],
        "e_mails_an_sie": [
            {
                "anlass": s.get_anlass_display(),
                "an": s.empfaenger,
                "geschrieben_am": s.angelegt_am,
                "zustand": s.get_status_display(),
                "beendet_am": s.beendet_am,
                "fehler": s.fehler,
            }
            for s in _sendungen_an(benutzer).defer("inhalt").order_by("pk")
        ],
        "zweite_faktoren": [
            {"art": FAKTOREN[f.type], "angelegt_am": f.created_at, "zuletzt_benutzt_am": f.last_used_at}
            for f in Authenticator.objects.filter(user=benutzer).order_by("pk")
        ],
        "anmeldedienste": [
            {
                "dienst": s.provider,
                "kennung": s.uid,
                "verbunden_am": s.date_joined,
                "zuletzt_benutzt_am": s.last_login,
                "uebermittelte_angaben": s.extra_data,
            }
            for s in SocialAccount.objects.filter(user=benutzer).order_by("pk")
        ],
        "sitzungen": [
            {
                "begonnen_am": s.created_at,
                "zuletzt_gesehen_am": s.last_seen_at,
                "netzadresse": s.ip,
                "geraet": geraet(s.user_agent),
                "kennung_des_browsers": s.user_agent,
            }
            for s in UserSession.objects.filter(user=benutzer).order_by("pk")
        ],
        "noch_nicht_gespeicherter_text": [
            {"adresse": z.adresse, "zeitpunkt": z.zeitpunkt, "eingaben": parse_qs(z.daten), "grund": z.grund}
            for z in benutzer.zwischenstaende.order_by("pk")
        ],
        "mit_formularen_angelegt": [
            {"was": a.titel, "adresse": a.ziel, "zeitpunkt": a.zeitpunkt} for a in benutzer.angelegtes.order_by("pk")
        ],
        "protokoll": [
            {
                "zeitpunkt": p.zeitpunkt,
                "kommune": p.kommune.name if p.kommune else None,
                "ereignis": p.get_ereignis_display(),
                "einzelheiten": p.text,
                "von_ihnen": p.benutzer_id == benutzer.pk,
                "betrifft_sie": p.person_id == benutzer.pk,
            }
            for p in eintraege_ueber(benutzer).select_related("kommune")
        ],
        "verwaltungsoberflaeche": [
            {
                "zeitpunkt": e.action_time,
                "was": e.get_action_flag_display(),
                "art": str(e.content_type.name) if e.content_type else None,
            }
            for e in LogEntry.objects.filter(user=benutzer).select_related("content_type")
        ],
        "zuletzt_bearbeitet": bearbeitetes(benutzer),
        **{name: wert for anhang in _anhaenge for name, wert in anhang.auszug(benutzer).items()},
    }


def in_worten(inhalt: dict) -> list[tuple[str, str]]:
    """What the apps above hold of an extract, as (name, text)."""
    return [zeile for anhang in _anhaenge for zeile in anhang.in_worten(inhalt)]


def _sendungen_an(benutzer: Benutzer):
    """The mails to the addresses of an account that are still known. What they said is not."""
    adressen = EmailAddress.objects.filter(user=benutzer).values_list("email", flat=True)
    return Sendung.objects.filter(empfaenger__in=[benutzer.email, *adressen])


def _einladungen(**bedingung):
    return Einladung.objects.filter(**bedingung).select_related("kommune", "akteur")


def _einladung(einladung: Einladung) -> dict:
    return {
        "kommune": einladung.kommune.name,
        "rolle": rollentext(einladung.rolle, einladung.akteur),
        "eingeladen_am": einladung.eingeladen_am,
        "gueltig_bis": einladung.gueltig_bis,
        "angenommen_am": einladung.angenommen_am,
        "widerrufen_am": einladung.widerrufen_am,
    }


def eintraege_ueber(benutzer: Benutzer):
    """The log entries of what an account did and what was done to it, in every Kommune."""
    return Protokolleintrag.objects.filter(Q(benutzer=benutzer) | Q(person=benutzer))


def bearbeitetes(benutzer: Benutzer) -> list[dict]:
    """Kind and moment of everything that names the account as the one who changed or deleted it. What is written
    there now may have come from others, for others."""
    return [
        {"was": modell._meta.verbose_name, "zeitpunkt": zeitpunkt}
        for modell, wer, wann in bearbeitbares()
        for zeitpunkt in modell._base_manager.filter(**{wer: benutzer}).order_by("pk").values_list(wann, flat=True)
    ]


def bearbeitbares() -> list[tuple[type[models.Model], str, str]]:
    """(model, field with the account, field with the moment) of all content that remembers who changed it."""
    gefunden = []
    ausgenommen = {*eigene(), *bleibende()}
    for modell in apps.get_models():
        if modell in ausgenommen or modell._meta.proxy:
            continue
        for feld in modell._meta.concrete_fields:
            if feld.related_model is Benutzer:
                wann = f"{feld.name.removesuffix('_von')}_am" if feld.name.endswith("_von") else "zeitpunkt"
                gefunden.append((modell, feld.name, modell._meta.get_field(wann).name))
    return gefunden


def allein_geleitete(benutzer: Benutzer) -> list:
    """The Kommunen in which nobody but this account is Leitung; inside a transaction they stay locked."""
    leitungen = benutzer.mitgliedschaften.filter(rolle=Rolle.LEITUNG).select_related("kommune").order_by("kommune_id")
    return [m.kommune for m in leitungen if ist_letzte_leitung(benutzer, m.kommune_id)]


@transaction.atomic
def loesche_konto(benutzer: Benutzer, *, durch: Benutzer | None = None) -> None:
    """Take everything from an account that tells who it was, and end all its sessions; `durch` did it, or itself.

    The empty row stays, shown as "ehemaliges Mitglied", because content and log point at it. Raises LetzteLeitung.
    """
    konto = Benutzer.objects.select_for_update().get(pk=benutzer.pk)
    if kommunen := allein_geleitete(konto):
        raise LetzteLeitung(kommunen)
    halte_fest_je_kommune(Ereignis.KONTO_GELOESCHT, durch or konto, person=konto)
    Einladung.objects.filter(email__iexact=konto.email).delete()
    beende_sitzungen(konto)
    for anhang in _anhaenge:
        anhang.loesche(konto)
    _sendungen_an(konto).delete()
    for modell in eigene():
        modell._base_manager.filter(**{_besitzer(modell): konto}).delete()
    _verschweige_in_der_verwaltungsoberflaeche(konto)
    konto.groups.clear()
    konto.user_permissions.clear()
    konto.email, konto.name = f"geloescht-{konto.pk}@geloescht.invalid", ""
    konto.set_unusable_password()
    konto.is_active = konto.is_staff = konto.is_superuser = False
    konto.last_login, konto.geloescht_am = None, timezone.now()
    konto.save()


def _besitzer(modell: type[models.Model]) -> str:
    (feld,) = (f.name for f in modell._meta.concrete_fields if f.related_model is Benutzer)
    return feld


def beende_sitzungen(konto: Benutzer) -> None:
    """End every session of an account in every browser, half-finished sign-ins included, with what waits in it."""
    for sitzung in Session.objects.iterator():
        anfrage = HttpRequest()
        anfrage.session = sitzung.get_decoded()
        if anfrage.session.get(SESSION_KEY) == str(konto.pk) or get_authentication_records(anfrage, konto):
            sitzung.delete()


def _verschweige_in_der_verwaltungsoberflaeche(konto: Benutzer) -> None:
    """Django's own log of the admin repeats the name of each object."""
    art = ContentType.objects.get_for_model(Benutzer)
    LogEntry.objects.filter(content_type=art, object_id=str(konto.pk)).update(object_repr=EHEMALIG, change_message="")
