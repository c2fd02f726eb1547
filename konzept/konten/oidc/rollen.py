"""Roles that follow from the groups of the identity provider."""

import logging
from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps
from django.conf import settings
from django.db import transaction

from ..models import Benutzer, Ereignis, Herkunft, Mitgliedschaft, Rolle
from ..vorgaenge import ist_letzte_leitung, rollentext
from ..zugang import Zugangsaenderung, halte_zugang_fest

protokoll = logging.getLogger(__name__)


def rollen_aus(gruppen: Iterable[str]) -> set[tuple]:
    """(Kommune, role) pairs that the groups give. A Kommune that is not there is skipped and logged."""
    zuordnung = settings.OIDC.gruppen if settings.OIDC else {}
    paare = {paar for gruppe in gruppen for paar in zuordnung.get(gruppe, ())}
    if not paare:
        return set()
    slugs = {slug for slug, _ in paare}
    kommunen = {kommune.slug: kommune for kommune in apps.get_model("konzept.Kommune").objects.filter(slug__in=slugs)}
    for slug in sorted(slugs - kommunen.keys()):
        protokoll.warning("KONZEPTWERK_OIDC_GRUPPEN names the Kommune “%s”, which is not there.", slug)
    return {(kommunen[slug], rolle) for slug, rolle in paare if slug in kommunen}


@transaction.atomic
def gleiche_rollen_an(benutzer: Benutzer, gruppen: Iterable[str]) -> None:
    """Give and take roles until those that come from the provider are those of the groups.

    Roles given by hand stay, and are not given a second time. Which group gives which role only who runs the server
    says (`KONZEPTWERK_OIDC_GRUPPEN`).
    """
    # Two sign-ins of one account wait for each other.
    Benutzer.objects.select_for_update(no_key=True).get(pk=benutzer.pk)
    soll = rollen_aus(gruppen)
    vorhanden = benutzer.mitgliedschaften.select_related("kommune")
    von_hand = {(m.kommune, m.rolle) for m in vorhanden if m.herkunft == Herkunft.HAND}
    vom_dienst = {(m.kommune, m.rolle): m for m in vorhanden if m.herkunft == Herkunft.ANMELDEDIENST}
    aenderungen = defaultdict(list)  # one mail for each Kommune, whatever the number of roles
    for (kommune, rolle), mitgliedschaft in vom_dienst.items():
        if (kommune, rolle) not in soll | von_hand:
            aenderungen[kommune].append(_aenderung(Ereignis.ROLLE_ENTZOGEN, benutzer, rolle))
        if (kommune, rolle) not in soll - von_hand:
            _nimm(mitgliedschaft, bleibt=(kommune, rolle) in von_hand)
    for kommune, rolle in soll - von_hand - vom_dienst.keys():
        Mitgliedschaft.objects.create(
            benutzer=benutzer, kommune=kommune, rolle=rolle, herkunft=Herkunft.ANMELDEDIENST
        )
        aenderungen[kommune].append(_aenderung(Ereignis.ROLLE_GEGEBEN, benutzer, rolle))
    for kommune, liste in aenderungen.items():
        halte_zugang_fest(kommune, None, liste)


def _nimm(mitgliedschaft: Mitgliedschaft, bleibt: bool) -> None:
    benutzer, kommune, rolle = mitgliedschaft.benutzer, mitgliedschaft.kommune, mitgliedschaft.rolle
    if not bleibt and rolle == Rolle.LEITUNG and ist_letzte_leitung(benutzer, kommune.pk):
        protokoll.warning("By the groups of the provider the Kommune “%s” has lost its last Leitung.", kommune.slug)
    mitgliedschaft.delete()


def _aenderung(ereignis: str, person: Benutzer, rolle: str) -> Zugangsaenderung:
    return Zugangsaenderung(ereignis, person, f"{rollentext(rolle)}, aus dem Anmeldedienst")
