"""Who may give and take which role in a Kommune, and doing so."""

from collections.abc import Collection, Iterable

from django.db import transaction

from konzept.konten.models import Benutzer, Einladung, Ereignis, Herkunft, Mitgliedschaft, Rolle
from konzept.konten.vorgaenge import (
    NICHT_SICH_SELBST,
    NUR_LEITUNG,
    RolleAbgelehnt,
    darf_rolle_vergeben,
    erweitert_sich_selbst,
    ist_letzte_leitung,
    pruefe_einladung,
    rollentext,
)
from konzept.konten.zugang import Zugangsaenderung, halte_zugang_fest
from konzept.models import Kommune
from konzept.schreibweise import ordnung
from massnahmen.models import Akteur

LETZTE_LEITUNG = (
    "{person} ist die einzige Leitung dieser Kommune. Geben Sie zuerst einer anderen Person die Rolle Leitung."
)


def darf_einladung_erneuern(handelnder: Benutzer, einladung: Einladung) -> bool:
    try:
        pruefe_einladung(handelnder, einladung.kommune, einladung.email, einladung.rolle)
    except RolleAbgelehnt:
        return False
    return True


def pruefe_aenderung(
    handelnder: Benutzer, kommune: Kommune, person: Benutzer, dazu: Collection[str], weg: Collection[str]
) -> None:
    """Raises RolleAbgelehnt where this person may not give and take these roles. Call it inside a transaction."""
    if Rolle.LEITUNG in {*dazu, *weg} and not darf_rolle_vergeben(handelnder, kommune, Rolle.LEITUNG):
        raise RolleAbgelehnt(Rolle.LEITUNG, NUR_LEITUNG)
    if dazu and erweitert_sich_selbst(handelnder, kommune, person.email):
        raise RolleAbgelehnt(min(dazu), NICHT_SICH_SELBST)
    if Rolle.LEITUNG in weg and ist_letzte_leitung(person, kommune.pk):
        raise RolleAbgelehnt(Rolle.LEITUNG, LETZTE_LEITUNG.format(person=person))


def von_hand(mitgliedschaften: Iterable[Mitgliedschaft]) -> list[Mitgliedschaft]:
    """Those that are changed here; the others come from the identity provider and would come back."""
    return [m for m in mitgliedschaften if m.herkunft == Herkunft.HAND]


@transaction.atomic
def setze_rollen(
    handelnder: Benutzer, kommune: Kommune, person: Benutzer, soll: set[tuple[str, Akteur | None]]
) -> None:
    """Give a person exactly these roles (with the Akteur, for Mitwirkung), beside those of the identity provider.

    Raises RolleAbgelehnt. Every role given or taken is logged and told to the other Leitungen.
    """
    # Changes of members of one Kommune wait for each other.
    Kommune.objects.select_for_update(no_key=True).get(pk=kommune.pk)
    zeilen = person.mitgliedschaften.filter(kommune=kommune).select_related("akteur")
    ist = {(m.rolle, m.akteur): m for m in zeilen}
    dazu = soll - ist.keys()
    weg = {(m.rolle, m.akteur) for m in von_hand(ist.values())} - soll
    pruefe_aenderung(handelnder, kommune, person, {rolle for rolle, _ in dazu}, {rolle for rolle, _ in weg})
    for rolle, akteur in dazu:
        person.mitgliedschaften.create(kommune=kommune, rolle=rolle, akteur=akteur)
    for zuteilung in weg:
        ist[zuteilung].delete()
    halte_zugang_fest(
        kommune,
        handelnder,
        [
            Zugangsaenderung(ereignis, person, text)
            for ereignis, zuteilungen in ((Ereignis.ROLLE_GEGEBEN, dazu), (Ereignis.ROLLE_ENTZOGEN, weg))
            for text in sorted((rollentext(*zuteilung) for zuteilung in zuteilungen), key=ordnung)
        ],
    )


def entferne(handelnder: Benutzer, kommune: Kommune, person: Benutzer) -> None:
    """Take every role from a person that was given by hand. Raises RolleAbgelehnt."""
    setze_rollen(handelnder, kommune, person, set())
