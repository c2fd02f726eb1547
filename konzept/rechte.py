"""Roles and the rules that follow from them. Imports no models.

A rule takes an account and a Kommune, a Konzept or a Massnahme. The same rule serves the single object and the list:
`rollen_mit(recht)` names the roles that hold a right in a whole Kommune.
"""

import rules
from django.db.models import TextChoices


class Rolle(TextChoices):
    """What an account is in a Kommune. Gremium sees released versions only, never the Arbeitsstand."""

    LEITUNG = "leitung", "Leitung"
    REDAKTION = "redaktion", "Redaktion"
    MITWIRKUNG = "mitwirkung", "Mitwirkung"
    GREMIUM = "gremium", "Gremium"
    LESEN = "lesen", "Lesezugang"
    VERWALTUNG = "verwaltung", "Verwaltung"


ERKLAERUNG = {
    Rolle.LEITUNG: "bearbeitet das ganze Konzept, gibt Stellungnahmen und Fassungen frei, lädt Mitglieder ein, "
    "gibt und nimmt alle Rollen, sieht das Protokoll",
    Rolle.REDAKTION: "bearbeitet das ganze Konzept und alle Vorlagen, schreibt Fassungen fest und legt sie zur "
    "Beratung vor",
    Rolle.MITWIRKUNG: "liest das Konzept und bearbeitet die Maßnahmen, für die der eigene Akteur zuständig ist",
    Rolle.GREMIUM: "liest die Fassungen, die ihm vorgelegt werden, und merkt dazu an; sieht nicht den Arbeitsstand",
    Rolle.LESEN: "liest das Konzept im Arbeitsstand und die öffentlichen Vorlagen, ändert nichts",
    Rolle.VERWALTUNG: "lädt Mitglieder ein, gibt und nimmt alle Rollen außer der Leitung, pflegt die Stammdaten; "
    "liest die Konzepte nicht",
}
"""What a role may do, as the end of a sentence."""

MIT_ZWEITEM_FAKTOR = frozenset({Rolle.LEITUNG, Rolle.VERWALTUNG})
"""Of whom a Kommune can ask a second factor."""

NIEMAND = "unbestimmt"
"""The Art of an Akteur that stands for nobody in particular, such as "alle Ämter": nobody edits on its behalf."""

LESEN = "konzept.lesen"
BEARBEITEN = "konzept.bearbeiten"
MASSNAHME_BEARBEITEN = "massnahme.bearbeiten"
KOMMUNE_SEHEN = "kommune.sehen"
MITGLIEDER = "kommune.mitglieder"
LEITUNG_BESTIMMEN = "kommune.leitung_bestimmen"
STAMMDATEN = "kommune.stammdaten"
PROTOKOLL = "kommune.protokoll"
FESTSCHREIBEN = "fassung.festschreiben"
VEROEFFENTLICHEN = "fassung.veroeffentlichen"
FASSUNG_LESEN = "fassung.lesen"
BERATUNG = "beratung.leiten"
FREIGEBEN = "beratung.freigeben"
ANMERKEN = "runde.anmerken"
VORLAGEN = "vorlage.bearbeiten"
NICHTOEFFENTLICHES = "vorlage.nichtoeffentliches"

_ROLLEN = {
    LESEN: frozenset({Rolle.LEITUNG, Rolle.REDAKTION, Rolle.MITWIRKUNG, Rolle.LESEN}),
    BEARBEITEN: frozenset({Rolle.LEITUNG, Rolle.REDAKTION}),
    KOMMUNE_SEHEN: frozenset(Rolle),
    MITGLIEDER: frozenset({Rolle.LEITUNG, Rolle.VERWALTUNG}),
    LEITUNG_BESTIMMEN: frozenset({Rolle.LEITUNG}),
    STAMMDATEN: frozenset({Rolle.LEITUNG, Rolle.VERWALTUNG}),
    PROTOKOLL: frozenset({Rolle.LEITUNG}),
    FESTSCHREIBEN: frozenset({Rolle.LEITUNG, Rolle.REDAKTION}),
    VEROEFFENTLICHEN: frozenset({Rolle.LEITUNG}),
    BERATUNG: frozenset({Rolle.LEITUNG, Rolle.REDAKTION}),
    FREIGEBEN: frozenset({Rolle.LEITUNG}),
    VORLAGEN: frozenset({Rolle.LEITUNG, Rolle.REDAKTION}),
    NICHTOEFFENTLICHES: frozenset({Rolle.LEITUNG, Rolle.REDAKTION}),
}


def rollen_mit(recht: str) -> frozenset[str]:
    return _ROLLEN[recht]


def _kommune(objekt) -> int:
    """The pk of the Kommune to which a Konzept belongs, or of the Kommune itself."""
    return getattr(objekt, "kommune_id", None) or objekt.pk


def _hat_recht(recht: str):
    @rules.predicate(name=recht)
    def hat_recht(benutzer, objekt) -> bool:
        return benutzer.is_superuser or bool(_ROLLEN[recht] & benutzer.rollen_in(_kommune(objekt)))

    return hat_recht


@rules.predicate
def bearbeitet_das_konzept(benutzer, massnahme) -> bool:
    return darf(benutzer, BEARBEITEN, massnahme.konzept)


@rules.predicate
def ist_zustaendig(benutzer, massnahme) -> bool:
    """An Akteur of the account is responsible for the measure or one of its steps, in whatever role."""
    akteure = benutzer.akteure_in(massnahme.konzept.kommune_id)
    return bool(akteure) and not akteure.isdisjoint(massnahme.zustaendige())


@rules.predicate
def sieht_die_fassung(benutzer, fassung) -> bool:
    """Reads the Arbeitsstand anyway, or the version was laid before the account."""
    return darf(benutzer, LESEN, fassung.konzept) or fassung.sieht(benutzer)


@rules.predicate
def ist_beteiligt(benutzer, runde) -> bool:
    """The Runde lasts today, and the version was laid before the account, in person or in a Gremium."""
    return runde.laeuft() and runde.nimmt_teil(benutzer)


_angemeldet = rules.is_authenticated & rules.is_active

for _recht in _ROLLEN:
    rules.add_perm(_recht, _angemeldet & _hat_recht(_recht))
rules.add_perm(MASSNAHME_BEARBEITEN, _angemeldet & (bearbeitet_das_konzept | ist_zustaendig))
rules.add_perm(FASSUNG_LESEN, _angemeldet & sieht_die_fassung)
rules.add_perm(ANMERKEN, _angemeldet & ist_beteiligt)


def darf(benutzer, recht: str, objekt) -> bool:
    """Whether an account holds a right in a Kommune, Konzept, Massnahme, Fassung (FASSUNG_LESEN) or Runde (ANMERKEN).

    One query per account and request, for all its roles; for a measure that was not read with `fuer_formular` two
    more, where the account takes part for an Akteur.
    """
    return rules.has_perm(recht, benutzer, objekt)


def mitwirkend_fuer(benutzer, konzept) -> set[int] | None:
    """The Akteure (pk) on whose behalf an account takes part in a concept; None where it may edit everything."""
    if darf(benutzer, BEARBEITEN, konzept):
        return None
    darf_lesen = darf(benutzer, LESEN, konzept)
    return benutzer.akteure_in(konzept.kommune_id) if darf_lesen else set()
