"""The table of the matrix: which person gets which status at which address.

A new URL pattern needs a row in ERWARTET, and an entry in WERTE where its address names more than the Kommune and the
concept.
"""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile

from konzept.fassungen.models import AusgabeArt, Fassung, FassungArt
from konzept.fassungen.regeln import festschreiben, veroeffentliche
from konzept.konten.models import Einladung
from konzept.konten.regeln import lade_ein
from konzept.models import Abschnitt, Kommune, Konzept
from konzept.models.basis import Fortgeschrieben
from konzept.rechte import Rolle
from konzept.verlauf.models import AenderungArt
from konzept.verlauf.regeln import loesche, schreibe_mit
from konzept.werkbank.elemente import ELEMENTE
from massnahmen.models import Akteur, Massnahme
from tests.fabrik import (
    mache_abschnitt,
    mache_akteur,
    mache_anmerkung,
    mache_benutzer,
    mache_fuelle,
    mache_kommune,
    mache_konzept,
    mache_runde,
    setze_zustaendig,
)
from tests.konzept.zugriff.wege import zeilen

# Who

ZUSTAENDIG = "mitwirkung zustaendig"
"""Takes part for the Akteur who is responsible for the measure; plain "mitwirkung" has no Akteur."""

BETEILIGT = "gremium beteiligt"
"""Sits in a Gremium before which `welt.fassung` was laid; plain "gremium" sits in none."""

PERSONEN = (
    "anonym",
    "gesperrt",  # an account that was switched off, with a session that is still there
    "ohne rolle",
    "fremd",  # Leitung and Verwaltung of another Kommune
    *Rolle.values,
    ZUSTAENDIG,
    BETEILIGT,
    "superuser",
)
ANGEMELDET = PERSONEN[2:]
LESENDE = {"leitung", "redaktion", "mitwirkung", ZUSTAENDIG, "lesen", "superuser"}
BEARBEITENDE = {"leitung", "redaktion", "superuser"}
MITGLIEDER = frozenset({*Rolle.values, ZUSTAENDIG, BETEILIGT})
VERWALTENDE = frozenset({"leitung", "verwaltung", "superuser"})

# Whose


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
    fassung = festschreiben(konzept, FassungArt.BESCHLUSS, "", None)
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


def _vorlage(w: Welt) -> dict:
    return {"art": "vorlagen", "pk": w.konzept.vorlagen.first().pk}


def _fassung(w: Welt, **weitere) -> dict:
    return {"nummer": w.fassung.nummer} | weitere


def _veroeffentlicht(w: Welt, **weitere) -> dict:
    veroeffentliche(w.fassung, None)
    return _fassung(w, **weitere)


WERTE = {
    **{
        f"fassungen:{verb}": _fassung
        for verb in ("detail", "gesamt", "json", "erneut", "veroeffentlichen")
    },
    "fassungen:lesen": lambda w: _fassung(w, anker=f"abschnitt-{w.abschnitt.pk}"),
    "fassungen:pdf": lambda w: [_fassung(w, art=art) for art in AusgabeArt],
    "fassungen:zuruecknehmen": _veroeffentlicht,
    **{f"oeffentlich:{verb}": _veroeffentlicht for verb in ("fassung", "gesamt", "json", "pdf")},
    "oeffentlich:lesen": lambda w: _veroeffentlicht(w, anker=f"abschnitt-{w.abschnitt.pk}"),
    "oeffentlich:neueste": lambda w: veroeffentliche(w.fassung, None) or {},
    "konzept:kapitel": lambda w: {"anker": f"abschnitt-{w.abschnitt.pk}"},
    "werkbank:neu": lambda w: [{"art": teil["art"]} for teil in _elemente(w)],
    **{f"werkbank:{verb}": lambda w: _elemente(w) for verb in ("bearbeiten", "mehr", "verschieben")},
    "werkbank:verlauf": lambda w: [*_elemente(w), _vorlage(w)],
    "werkbank:loeschen": lambda w: [
        {"art": "abschnitte", "pk": mache_abschnitt(w.konzept, "Weg").pk},
        *_elemente(w)[1:],
        _vorlage(w),
    ],
    "werkbank:zurueckbringen": lambda w: {
        "art": "abschnitte",
        "pk": w.abschnitt.pk,
        "aenderung": schreibe_mit(w.abschnitt, None, AenderungArt.AUSGANG).pk,
    },
    **{
        f"beratung:{verb}": _runde
        for verb in (
            *("detail", "bearbeiten", "verlaengern", "beenden", "pruefen", "anmerken", "anmerkungen", "gelesen"),
            *("papier", "abwaegung", "freigeben", "druck", "excel"),
        )
    },
    "beratung:pruefen_kapitel": lambda w: _runde(w, anker=f"abschnitt-{w.abschnitt.pk}"),
    **{
        f"beratung:{verb}": _anmerkung
        for verb in (
            *("bearbeiten_anmerkung", "zurueckziehen", "stellungnahme"),
            *("zuruecknehmen", "uebernehmen", "eingearbeitet"),
        )
    },
    "sitze:bearbeiten": lambda w: {"pk": w.kommune.gremien.first().pk},
    "werkbank:markieren": lambda w: [
        teil for teil in _elemente(w) if issubclass(ELEMENTE[teil["art"]].modell, Fortgeschrieben)
    ],
    "werkbank:wiederherstellen": lambda w: {"pk": loesche(mache_abschnitt(w.konzept, "Weg"), None).pk},
    **{
        f"verzeichnis:{verb}": lambda w: [{"art": teil["art"]} for teil in _elemente(w, kommunal=True)]
        for verb in ("liste", "neu")
    },
    **{f"verzeichnis:{verb}": lambda w: _elemente(w, kommunal=True) for verb in ("bearbeiten", "verlauf")},
    "verzeichnis:loeschen": lambda w: {
        "art": "akteure",
        "pk": mache_akteur(w.kommune, f"Weg {Akteur.objects.count()}").pk,
    },
    "verzeichnis:zurueckbringen": lambda w: {
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

# What


def lesbar(person: str) -> dict[str, int]:
    """A page that whoever may read the concept can open."""
    angemeldet = 200 if person in LESENDE else 404
    return {"GET": angemeldet if person in ANGEMELDET else 302, "POST": 405, "PUT": 405, "DELETE": 405}


def fassung(person: str) -> dict[str, int]:
    """A page of a Fassung, for whom it was laid before too."""
    return lesbar(person) | ({"GET": 200} if person == BETEILIGT else {})


def fassungsdatei(person: str) -> dict[str, int]:
    """A PDF that is being made."""
    zeile = fassung(person)
    return zeile | ({"GET": 202} if zeile["GET"] == 200 else {})


def fassungsfrage(duerfende):
    """A page that asks, and whose button needs nothing more; who only reads the Fassung gets 403."""

    def frage(person: str) -> dict[str, int]:
        get = fassung(person)["GET"]
        if get != 200:
            return {"GET": get, "POST": 401 if get == 302 else 404, "PUT": 405, "DELETE": 405}
        darf = person in duerfende
        return {"GET": 200 if darf else 403, "POST": 302 if darf else 403, "PUT": 405, "DELETE": 405}

    return frage


def nur_fassungsknopf(person: str) -> dict[str, int]:
    return fassungsfrage(BEARBEITENDE)(person) | {"GET": 405}


def formular(person: str, bearbeitende=frozenset(BEARBEITENDE)) -> dict[str, int]:
    """An editing page; the POST of the test is empty and thus refused even where it is allowed."""
    falsch = {"PUT": 405, "DELETE": 405}
    if person not in ANGEMELDET:
        return {"GET": 302, "POST": 401} | falsch
    if person not in LESENDE:
        return {"GET": 404, "POST": 404} | falsch
    if person not in bearbeitende:
        return {"GET": 403, "POST": 403} | falsch
    return {"GET": 200, "POST": 422} | falsch


def ausfuehrbar(person: str) -> dict[str, int]:
    """A page that asks, and whose button needs nothing more."""
    return formular(person) | ({"POST": 302} if person in BEARBEITENDE else {})


def veraltet(person: str) -> dict[str, int]:
    """As above, but the empty POST of the test names no version."""
    return formular(person) | ({"POST": 409} if person in BEARBEITENDE else {})


def nur_ausfuehrbar(person: str) -> dict[str, int]:
    """A button without a page of its own."""
    return ausfuehrbar(person) | {"GET": 405}


def runde(get: int | None = 200, post: int = 405, duerfende=frozenset(BEARBEITENDE | {BETEILIGT})):
    """A page of a Runde: `get` and `post` for who may open it; `get` None: a button without a page of its own.

    Whoever reads the concept or takes part knows of the Runde, and gets 403 where they may not.
    """

    def zeile(person: str) -> dict[str, int]:
        falsch = {"PUT": 405, "DELETE": 405} | ({} if get else {"GET": 405}) | ({"POST": 405} if post == 405 else {})
        if person not in ANGEMELDET:
            return {"GET": 302, "POST": 401} | falsch
        if person in duerfende:
            return {"GET": get or 405, "POST": post} | falsch
        status = 403 if person in LESENDE | {BETEILIGT} else 404
        return {"GET": status, "POST": status} | falsch

    return zeile


def anmerken(person: str) -> dict[str, int]:
    """Who leads the Beratung reads what is said; only who is asked says something."""
    return runde(200, 422)(person) | ({"POST": 403} if person in BEARBEITENDE else {})


def runden(person: str) -> dict[str, int]:
    return lesbar(person) | ({"GET": 200} if person == BETEILIGT else {})


def schritt(person: str) -> dict[str, int]:
    """A button without a page of its own, whose empty POST names no element."""
    return formular(person) | {"GET": 405} | ({"POST": 404} if person in BEARBEITENDE else {})


def werkseite(person: str) -> dict[str, int]:
    """A page of the workbench that only shows."""
    return formular(person) | {"POST": 405}


def zwischenstand(person: str) -> dict[str, int]:
    """Where forms send what is being typed; the empty POST of the test comes from no form."""
    return {"GET": 405, "POST": 400 if person in ANGEMELDET else 401, "PUT": 405, "DELETE": 405}


def verzeichnis(wie):
    """A page of a whole Kommune: whoever has a role there knows of it."""

    def im_verzeichnis(person: str) -> dict[str, int]:
        if person in {"gremium", BETEILIGT, "verwaltung"}:
            return wie("lesen")
        return wie(person)

    return im_verzeichnis


def massnahmenformular(person: str) -> dict[str, int]:
    return formular(person, BEARBEITENDE | {ZUSTAENDIG})


def sammelform(person: str) -> dict[str, int]:
    """Several measures at once; whoever comes without having chosen any is sent to the list."""
    zeile = massnahmenformular(person)
    return zeile | ({"GET": 302} if zeile["GET"] == 200 else {})


def sammelfrage(person: str) -> dict[str, int]:
    """A button without a page of its own, for a last change that the test has not made."""
    zeile = massnahmenformular(person)
    return zeile | (dict.fromkeys(("GET", "POST"), 302) if zeile["GET"] == 200 else {})


def startseite(person: str) -> dict[str, int]:
    return {"GET": 200 if person in ANGEMELDET else 302, "POST": 405, "PUT": 405, "DELETE": 405}


def anmeldung(person: str) -> dict[str, int]:
    """Whoever has signed in is sent on; an empty form is shown again."""
    return dict.fromkeys(("GET", "POST"), 302 if person in ANGEMELDET else 200)


def abmeldung(person: str) -> dict[str, int]:
    return {"GET": 405, "POST": 302, "PUT": 405, "DELETE": 405}


def oeffentlich(person: str) -> dict[str, int]:
    """A page for everybody, such as the Impressum."""
    return {"GET": 200, "POST": 405, "PUT": 405, "DELETE": 405}


def eigene_daten(person: str) -> dict[str, int]:
    return {"GET": 200 if person in ANGEMELDET else 302, "POST": 405, "PUT": 405, "DELETE": 405}


def eigene_datei(person: str) -> dict[str, int]:
    return {"GET": 405, "POST": 200 if person in ANGEMELDET else 401, "PUT": 405, "DELETE": 405}


def konto_loeschen(person: str) -> dict[str, int]:
    """Without the ticked box nothing is erased."""
    falsch = {"PUT": 405, "DELETE": 405}
    return ({"GET": 200, "POST": 422} if person in ANGEMELDET else {"GET": 302, "POST": 401}) | falsch


def protokoll(person: str) -> dict[str, int]:
    """The log: of the Leitung; other members of the Kommune know that there is one."""
    falsch = {"POST": 405, "PUT": 405, "DELETE": 405}
    if person not in ANGEMELDET:
        return {"GET": 302} | falsch
    if person in {"leitung", "superuser"}:
        return {"GET": 200} | falsch
    return {"GET": 403 if person in MITGLIEDER else 404} | falsch


def offen(person: str) -> dict[str, int]:
    """A page on the way in, open to everybody; the empty form comes back."""
    return dict.fromkeys(("GET", "POST"), 200)


def auskunft(person: str) -> dict[str, int]:
    return {"GET": 200, "POST": 405}


def nur_ohne_konto(person: str) -> dict[str, int]:
    """No sign-up, and nobody who has signed in needs it."""
    return dict.fromkeys(("GET", "POST"), 302 if person in ANGEMELDET else 200)


def bestaetigungslink(person: str) -> dict[str, int]:
    """A link with a wrong key."""
    return {"GET": 200, "POST": 404}


def zwischenschritt(person: str) -> dict[str, int]:
    """Only between password and second factor; everybody else is sent on."""
    return dict.fromkeys(("GET", "POST"), 302)


def passkey_anmeldung(person: str) -> dict[str, int]:
    return {"GET": 302, "POST": 302 if person in ANGEMELDET else 200}


def eigene_seite(get: int, post: int):
    """A page of the own account."""

    def zeile(person: str) -> dict[str, int]:
        return {"GET": get, "POST": post} if person in ANGEMELDET else dict.fromkeys(("GET", "POST"), 302)

    return zeile


def konto(person: str) -> dict[str, int]:
    return {"GET": 200, "POST": 422} if person in ANGEMELDET else {"GET": 302, "POST": 401}


ERST_BESTAETIGEN = eigene_seite(302, 302)
"""Who has signed in confirms first that it is them."""


def ohne_anmeldedienst(person: str) -> dict[str, int]:
    """The test run has no identity provider; `test_oidc` looks at these addresses with one."""
    return dict.fromkeys(("GET", "POST", "PUT", "DELETE"), 404)


def kommunenseite(person: str, duerfende=MITGLIEDER | {"superuser"}) -> dict[str, int]:
    """A page of a Kommune that only shows; whoever has a role there knows of it."""
    falsch = {"POST": 405, "PUT": 405, "DELETE": 405}
    if person not in ANGEMELDET:
        return {"GET": 302} | falsch
    if person in duerfende:
        return {"GET": 200} | falsch
    return {"GET": 403 if person in MITGLIEDER else 404} | falsch


def verwaltungsseite(person: str) -> dict[str, int]:
    return kommunenseite(person, VERWALTENDE)


def verwaltungsformular(person: str) -> dict[str, int]:
    """The POST of the test is empty and thus refused even where it is allowed."""
    get = verwaltungsseite(person)["GET"]
    return {"GET": get, "POST": {200: 422, 302: 401}.get(get, get), "PUT": 405, "DELETE": 405}


def rollenformular(person: str) -> dict[str, int]:
    """As above, but the empty POST does not know what the page showed."""
    return verwaltungsformular(person) | ({"POST": 409} if person in VERWALTENDE else {})


def verwaltungsfrage(person: str) -> dict[str, int]:
    """A page that asks, and whose button needs nothing more."""
    return verwaltungsformular(person) | ({"POST": 302} if person in VERWALTENDE else {})


def einladung(person: str) -> dict[str, int]:
    """The key is the right; it does not fit the account of anybody here."""
    falsch = {"PUT": 405, "DELETE": 405}
    return ({"GET": 403, "POST": 403} if person in ANGEMELDET else {"GET": 200, "POST": 422}) | falsch


def vorlagenformular(person: str) -> dict[str, int]:
    """The result of a sitting may be empty, but the empty POST of the test names no version."""
    return formular(person) | ({"POST": 409} if person in BEARBEITENDE else {})


ERWARTET = {
    # Reading and editing
    "konzept:start": startseite,
    "konzept:uebersicht": lesbar,
    "konzept:gesamt": lesbar,
    "konzept:pdf": lesbar,
    "konzept:zeit_und_geld": lesbar,
    "konzept:kapitel": lesbar,
    "vergleich:waehlen": fassung,
    "vergleich:ansicht": fassung,
    "vergleich:druck": fassung,
    "massnahmen:bearbeiten": massnahmenformular,
    "massnahmen:liste": lesbar,
    "massnahmen:sammel": sammelform,
    "massnahmen:sammel_zurueck": sammelfrage,
    "vorlagen:liste": lesbar,
    "vorlagen:detail": lesbar,
    "vorlagen:druck": lesbar,
    "vorlagen:neu": formular,
    "vorlagen:bearbeiten": formular,
    "vorlagen:ergebnis": vorlagenformular,
    "werkbank:konzept": formular,
    "werkbank:neu": formular,
    "werkbank:bearbeiten": formular,
    "werkbank:verschieben": formular,
    "werkbank:loeschen": ausfuehrbar,
    "werkbank:zurueckbringen": veraltet,
    "werkbank:wiederherstellen": nur_ausfuehrbar,
    "werkbank:markieren": nur_ausfuehrbar,
    "werkbank:mehr": werkseite,
    "werkbank:schritt": schritt,
    "werkbank:gliederung": werkseite,
    "werkbank:offen": werkseite,
    "werkbank:papierkorb": werkseite,
    "werkbank:verlauf": werkseite,
    "verzeichnis:liste": verzeichnis(werkseite),
    "verzeichnis:konzept_neu": verzeichnis(formular),
    "verzeichnis:neu": verzeichnis(formular),
    "verzeichnis:bearbeiten": formular,
    "verzeichnis:loeschen": ausfuehrbar,
    "verzeichnis:zurueckbringen": veraltet,
    "verzeichnis:verlauf": werkseite,
    # Beratung
    "beratung:liste": runden,
    "beratung:neu": formular,
    "beratung:detail": runde(),
    "beratung:bearbeiten": runde(200, 422, BEARBEITENDE),
    "beratung:verlaengern": runde(200, 422, BEARBEITENDE),
    "beratung:beenden": runde(200, 422, BEARBEITENDE),
    "beratung:pruefen": runde(302),
    "beratung:pruefen_kapitel": runde(),
    "beratung:anmerken": anmerken,
    "beratung:anmerkungen": runde(),
    "beratung:gelesen": runde(None, 302),
    "beratung:bearbeiten_anmerkung": runde(200, 422, BEARBEITENDE),
    "beratung:zurueckziehen": runde(200, 302, BEARBEITENDE),
    "beratung:papier": runde(200, 422, BEARBEITENDE),
    "beratung:abwaegung": runde(200, 405, BEARBEITENDE),
    "beratung:stellungnahme": runde(200, 422, BEARBEITENDE),
    "beratung:freigeben": runde(None, 302, {"leitung", "superuser"}),
    "beratung:zuruecknehmen": runde(None, 302, {"leitung", "superuser"}),
    "beratung:uebernehmen": runde(None, 302, BEARBEITENDE),
    "beratung:eingearbeitet": runde(None, 302, BEARBEITENDE),
    "beratung:druck": runde(200, 405, BEARBEITENDE),
    "beratung:excel": runde(200, 405, BEARBEITENDE),
    "sitze:liste": verwaltungsseite,
    "sitze:bearbeiten": verwaltungsfrage,
    # Fassungen
    "fassungen:liste": fassung,
    "fassungen:neu": formular,
    "fassungen:detail": fassung,
    "fassungen:gesamt": fassung,
    "fassungen:lesen": fassung,
    "fassungen:json": fassung,
    "fassungen:pdf": fassungsdatei,
    "fassungen:erneut": nur_fassungsknopf,
    "fassungen:veroeffentlichen": fassungsfrage({"leitung", "superuser"}),
    "fassungen:zuruecknehmen": fassungsfrage({"leitung", "superuser"}),
    # Accounts
    "account_login": anmeldung,
    "account_logout": abmeldung,
    "konten:zwischenstand": zwischenstand,
    "konten:daten": eigene_daten,
    "konten:daten_datei": eigene_datei,
    "konten:loeschen": konto_loeschen,
    # Public
    "konzept:impressum": oeffentlich,
    "konzept:datenschutz": oeffentlich,
    "oeffentlich:liste": oeffentlich,
    "oeffentlich:neueste": lambda person: oeffentlich(person) | {"GET": 302},
    "oeffentlich:fassung": oeffentlich,
    "oeffentlich:gesamt": oeffentlich,
    "oeffentlich:lesen": oeffentlich,
    "oeffentlich:json": oeffentlich,
    "oeffentlich:pdf": lambda person: oeffentlich(person) | {"GET": 202},
    "account_signup": nur_ohne_konto,
    "account_inactive": auskunft,
    "account_reset_password": offen,
    "account_reset_password_done": auskunft,
    "account_reset_password_from_key": offen,
    "account_reset_password_from_key_done": auskunft,
    "account_email_verification_sent": auskunft,
    "account_confirm_email": bestaetigungslink,
    "mfa_authenticate": zwischenschritt,
    "mfa_login_webauthn": passkey_anmeldung,
    "konten:konto": konto,
    "account_email": eigene_seite(200, 302),
    "account_change_password": eigene_seite(200, 200),
    "account_set_password": eigene_seite(302, 302),
    "account_reauthenticate": eigene_seite(200, 200),
    "mfa_reauthenticate": ERST_BESTAETIGEN,
    "mfa_reauthenticate_webauthn": ERST_BESTAETIGEN,
    "mfa_index": eigene_seite(200, 405),
    "mfa_activate_totp": ERST_BESTAETIGEN,
    "mfa_deactivate_totp": eigene_seite(404, 404),
    "mfa_list_webauthn": eigene_seite(200, 405),
    "mfa_add_webauthn": ERST_BESTAETIGEN,
    "mfa_edit_webauthn": ERST_BESTAETIGEN,
    "mfa_remove_webauthn": ERST_BESTAETIGEN,
    "mfa_view_recovery_codes": eigene_seite(404, 405),
    "mfa_generate_recovery_codes": ERST_BESTAETIGEN,
    "mfa_download_recovery_codes": eigene_seite(404, 404),
    "usersessions_list": eigene_seite(200, 302),
    **dict.fromkeys(
        (
            "openid_connect_login",
            "openid_connect_callback",
            "socialaccount_login_cancelled",
            "socialaccount_login_error",
            "socialaccount_signup",
            "socialaccount_connections",
        ),
        ohne_anmeldedienst,
    ),
    # Kommunen
    "verwaltung:protokoll": protokoll,
    "verwaltung:kommune": kommunenseite,
    "verwaltung:wappen": kommunenseite,
    "verwaltung:mitglieder": verwaltungsseite,
    "verwaltung:stammdaten": verwaltungsformular,
    "vorlagenkopf:bearbeiten": verwaltungsformular,
    "verwaltung:einladen": verwaltungsformular,
    "verwaltung:rollen": rollenformular,
    "verwaltung:entfernen": verwaltungsfrage,
    "verwaltung:erneut": verwaltungsfrage,
    "verwaltung:widerrufen": verwaltungsfrage,
    "konten:einladung": einladung,
}

OHNE_RUECKWEG: set[str] = {"mfa_authenticate", "mfa_login_webauthn", "oeffentlich:neueste"}
"""Pages that send a stranger elsewhere than to the sign-in page with the way back."""

FUER_ALLE_MITGLIEDER: dict[str, str] = {
    f"oeffentlich:{verb}": "what is published is for everybody"
    for verb in ("neueste", "fassung", "gesamt", "lesen", "json", "pdf")
}
"""Pages below a concept that show no Arbeitsstand and are open to members who may not read it, with the reason."""

FREMDES_UNERREICHBAR: dict[str, str] = {
    **FUER_ALLE_MITGLIEDER,
    "account_reset_password_from_key": "the key is the right, of whoever gets the mail",
    "account_confirm_email": "likewise",
    "openid_connect_login": "names an identity provider, not a row",
    "openid_connect_callback": "likewise",
    "mfa_edit_webauthn": "belongs to an account, which has to confirm first that it is them",
    "mfa_remove_webauthn": "likewise",
    "konten:einladung": "whoever has the key of an invitation is a stranger to the Kommune by nature",
}
"""Addresses whose parts name nothing of a Kommune, with the reason: the walk of `test_isolation` leaves them out."""

OHNE_SEITE: dict[str, str] = {
    "TitelForm": "has a title only; stands on the page of a new measure, which needs a Handlungsfeld in its address",
    **dict.fromkeys(
        ("StandForm", "FederfuehrungForm", "FeldForm", "ZielForm", "WechselForm", "_OrtForm"),
        "changes several measures; see test_changing_several_measures_reaches_nothing_of_another_kommune",
    ),
}
"""Forms that stand on no page that the walk can open, with the reason."""

OHNE_FREMDES: dict[str, str] = {
    "sitzung": "sessions of the own account; tests/konzept/konten tries those of others",
}
"""Fields that offer rows of an account and not of a Kommune, with the reason."""
