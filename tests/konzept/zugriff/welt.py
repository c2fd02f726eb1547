"""What is asked for: a Kommune with rows of every kind, and what an address names beside it."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile

from konzept.beratung.models import Anmerkung
from konzept.fassungen.models import VON_SELBST, AusgabeArt, Fassung
from konzept.fassungen.vorgaenge import veroeffentliche
from konzept.konten.models import Einladung
from konzept.konten.vorgaenge import lade_ein
from konzept.models import Abschnitt, Kommune, Konzept
from konzept.models.basis import Fortgeschrieben
from konzept.rechte import Rolle
from konzept.verlauf.aufzeichnung import schreibe_mit
from konzept.verlauf.models import AenderungArt
from konzept.vorgaenge import loesche
from konzept.werkbank.elemente import ELEMENTE
from massnahmen.models import Akteur, Massnahme
from tests.fabrik import (
    mache_abschnitt,
    mache_akteur,
    mache_anmerkung,
    mache_benutzer,
    mache_beschlussfassung,
    mache_fuelle,
    mache_kommune,
    mache_konzept,
    mache_runde,
    mache_stellungnahme,
    setze_zustaendig,
)
from tests.konzept.zugriff.wege import zeilen


@dataclass
class Welt:
    """A Kommune with a concept that has rows of every kind; reach further ones from `konzept` and `kommune`."""

    kommune: Kommune
    konzept: Konzept
    abschnitt: Abschnitt
    massnahme: Massnahme
    akteur: Akteur
    fassung: Fassung


def mache_welt(slug: str, anzahl: int = 1, **felder) -> Welt:
    kommune = mache_kommune(slug)
    konzept = mache_konzept(kommune, **felder)
    massnahme = mache_fuelle(konzept, anzahl)
    akteur = mache_akteur(kommune, f"Amt von {slug}")
    setze_zustaendig(massnahme, akteur)
    kommune.gremien.create(name=f"Beirat von {slug}")
    abschnitt = mache_abschnitt(konzept, f"Kapitel in {slug}")
    fassung = mache_beschlussfassung(konzept)
    return Welt(kommune, konzept, abschnitt, massnahme, akteur, fassung)


def mache_passkey(kommune: Kommune) -> Authenticator:
    return Authenticator.objects.create(
        user=mache_benutzer(kommune, "lesen"), type=Authenticator.Type.WEBAUTHN, data={"name": "Handy"}
    )


def _mit_wappen(kommune: Kommune) -> dict:
    kommune.wappen.save("wappen.png", ContentFile(b"\x89PNG"))
    return {}


def _lade_ein(kommune: Kommune) -> tuple[Einladung, str]:
    return lade_ein(kommune, "eingeladen@stadt.example", Rolle.LESEN)


def _elemente(w: Welt, kommunal: bool = False) -> list[dict]:
    """One element of each kind of the workbench: of the concept, or of the whole Kommune."""
    return [
        {"art": art, "pk": zeilen(element.modell, w.kommune).order_by("pk").last().pk}
        for art, element in ELEMENTE.items()
        if element.kommunal == kommunal and not element.liste
    ]


def _runde(w: Welt, **weitere) -> dict:
    """The Runde of the Fassung of that world, in which who is BETEILIGT takes part."""
    runde = w.fassung.runden.first() or mache_runde(w.fassung)
    return {"pk": runde.pk} | weitere


def _anmerkung(w: Welt) -> dict:
    """What came on paper: the administration answers it, and mends what it typed."""
    wer = mache_benutzer(w.kommune, "gremium")
    runde = w.fassung.runden.get(**_runde(w))
    return _runde(w, anmerkung=mache_anmerkung(runde, wer, papier_von="Frau Yilmaz", vorschlag="Anders.").pk)


def _beantwortet(w: Welt) -> dict:
    werte = _anmerkung(w)
    mache_stellungnahme(Anmerkung.objects.get(pk=werte["anmerkung"]), frei=True)
    return werte


def _vorlage(w: Welt) -> dict:
    return {"art": "vorlagen", "pk": w.konzept.vorlagen.first().pk}


def _fassung(w: Welt, **weitere) -> dict:
    return {"nummer": w.fassung.nummer} | weitere


def _feld(w: Welt) -> dict:
    return {"anker": f"handlungsfeld-{w.massnahme.handlungsfeld_id}"}


def _veroeffentlicht(w: Welt, **weitere) -> dict:
    veroeffentliche(fassung=w.fassung, konto=None)
    return _fassung(w, **weitere)


def _berichtigt(w: Welt) -> dict:
    if not w.fassung.ausgaben.filter(art=AusgabeArt.BERICHTIGT).exists():
        w.fassung.ausgaben.create(art=AusgabeArt.BERICHTIGT, datei=b"%PDF", seiten=1)
    return _veroeffentlicht(w)


WERTE = {
    **{
        f"fassungen:{verb}": _fassung
        for verb in ("detail", "gesamt", "json", "grossdruck", "erneut", "berichtigen", "beschluss", "veroeffentlichen")
    },
    "fassungen:lesen": lambda w: _fassung(w, anker=f"abschnitt-{w.abschnitt.pk}"),
    "fassungen:pdf": lambda w: [_fassung(w, art=art) for art in VON_SELBST],
    "fassungen:zuruecknehmen": _veroeffentlicht,
    **{f"oeffentlich:{verb}": _veroeffentlicht for verb in ("fassung", "gesamt", "json", "pdf")},
    "oeffentlich:lesen": lambda w: _veroeffentlicht(w, anker=f"abschnitt-{w.abschnitt.pk}"),
    "oeffentlich:berichtigt": _berichtigt,
    "oeffentlich:neueste": lambda w: veroeffentliche(fassung=w.fassung, konto=None) or {},
    **dict.fromkeys(("konzept:kapitel", "teildrucke:kapitel"), lambda w: {"anker": f"abschnitt-{w.abschnitt.pk}"}),
    "teildrucke:kapitelblaetter": _feld,
    **{
        f"teildrucke:fassung_{name}": lambda w: _fassung(w, **_feld(w)) for name in ("kapitel", "kapitelblaetter")
    },
    "teildrucke:massnahme": lambda w: {"pk": w.massnahme.pk},
    "teildrucke:akteur": lambda w: {"pk": w.akteur.pk},
    "werkbank:neu": lambda w: [{"art": teil["art"]} for teil in _elemente(w)],
    **{f"werkbank:{verb}": lambda w: _elemente(w) for verb in ("bearbeiten", "mehr", "verschieben")},
    "werkbank:verlauf": lambda w: [*_elemente(w), _vorlage(w)],
    "werkbank:loeschen": lambda w: [
        {"art": "abschnitte", "pk": mache_abschnitt(w.konzept, "Weg").pk},
        *_elemente(w)[1:],
        _vorlage(w),
    ],
    "werkbank:wiederherstellen": lambda w: {
        "art": "abschnitte",
        "pk": w.abschnitt.pk,
        "aenderung": schreibe_mit(w.abschnitt, None, AenderungArt.AUSGANG).pk,
    },
    **{
        f"beratung:{verb}": _runde
        for verb in (
            *("detail", "bearbeiten", "verlaengern", "beenden", "pruefen", "anmerken", "anmerkungen", "gelesen"),
            *("papier", "bogen", "verlauf", "abwaegung", "freigeben", "druck", "excel"),
        )
    },
    "beratung:pruefen_kapitel": lambda w: _runde(w, anker=f"abschnitt-{w.abschnitt.pk}"),
    **{
        f"beratung:{verb}": _anmerkung
        for verb in (
            *("bearbeiten_anmerkung", "zurueckziehen", "stellungnahme"),
            *("uebernehmen", "eingearbeitet"),
        )
    },
    "beratung:zuruecknehmen": lambda w: _beantwortet(w),
    "sitze:bearbeiten": lambda w: {"pk": w.kommune.gremien.first().pk},
    "werkbank:markieren": lambda w: [
        teil for teil in _elemente(w) if issubclass(ELEMENTE[teil["art"]].modell, Fortgeschrieben)
    ],
    "werkbank:zurueckholen": lambda w: {"pk": loesche(element=mache_abschnitt(w.konzept, "Weg"), konto=None).pk},
    **{
        f"verzeichnis:{verb}": lambda w: [{"art": teil["art"]} for teil in _elemente(w, kommunal=True)]
        for verb in ("liste", "neu")
    },
    **{f"verzeichnis:{verb}": lambda w: _elemente(w, kommunal=True) for verb in ("bearbeiten", "verlauf")},
    "verzeichnis:loeschen": lambda w: {
        "art": "akteure",
        "pk": mache_akteur(w.kommune, f"Weg {Akteur.objects.count()}").pk,
    },
    "verzeichnis:wiederherstellen": lambda w: {
        "art": "akteure",
        "pk": w.akteur.pk,
        "aenderung": schreibe_mit(w.akteur, None, AenderungArt.AUSGANG).pk,
    },
    "massnahmen:bearbeiten": lambda w: {"pk": w.massnahme.pk},
    **dict.fromkeys(
        ("vorlagen:detail", "vorlagen:bearbeiten", "vorlagen:druck"), lambda w: {"pk": w.konzept.vorlagen.first().pk}
    ),
    "vorlagen:ergebnis": lambda w: {
        "pk": w.konzept.vorlagen.first().pk,
        "station": w.konzept.vorlagen.first().stationen.first().pk,
    },
    "account_reset_password_from_key": lambda w: {"uidb36": "1", "key": "abc-def"},
    "account_confirm_email": lambda w: {"key": "falsch"},
    **{name: lambda w: {"pk": mache_passkey(w.kommune).pk} for name in ("mfa_edit_webauthn", "mfa_remove_webauthn")},
    **{f"openid_connect_{weg}": lambda w: {"provider_id": "verwaltungskonto"} for weg in ("login", "callback")},
    "verwaltung:wappen": lambda w: _mit_wappen(w.kommune),
    "verwaltung:rollen": lambda w: {"pk": mache_benutzer(w.kommune, "lesen").pk},
    "verwaltung:entfernen": lambda w: {"pk": mache_benutzer(w.kommune, "lesen").pk},
    **{f"verwaltung:{verb}": lambda w: {"pk": _lade_ein(w.kommune)[0].pk} for verb in ("erneut", "widerrufen")},
    "konten:einladung": lambda w: {"schluessel": _lade_ein(w.kommune)[1]},
}
"""What stands in an address beside <kommune> and <konzept>, which are filled in by themselves; a list of such parts
where one address serves several kinds of rows. May create rows."""
