"""Who may give and take which role in a Kommune, and doing so."""

from collections.abc import Collection, Iterable

from django.db import transaction

from konzept.konten.models import Benutzer, Einladung, Ereignis, Herkunft, Mitgliedschaft
from konzept.konten.protokoll import halte_fest
from konzept.konten.regeln import ist_letzte_leitung, rollentext
from konzept.models import Kommune
from konzept.rechte import LEITUNG_BESTIMMEN, Rolle, darf
from massnahmen.models import Akteur

NUR_LEITUNG = "Die Rolle Leitung gibt und nimmt nur eine Leitung."
NICHT_SICH_SELBST = "Ihre eigenen Rollen kann nur eine Leitung erweitern."
LETZTE_LEITUNG = (
    "{person} ist die einzige Leitung dieser Kommune. Geben Sie zuerst einer anderen Person die Rolle Leitung."
)


class Abgelehnt(Exception):
    """A rule forbids a change; `satz` says so in German, `rolle` is the role it is about. Nothing was changed."""

    def __init__(self, rolle: str, satz: str):
        super().__init__(satz)
        self.rolle, self.satz = rolle, satz


def darf_rolle_vergeben(handelnder: Benutzer, kommune: Kommune, rolle: str) -> bool:
    return rolle != Rolle.LEITUNG or darf(handelnder, LEITUNG_BESTIMMEN, kommune)


def erweitert_sich_selbst(handelnder: Benutzer, kommune: Kommune, email: str) -> bool:
    """Whether a role for this address would be one that somebody gives themself without being Leitung."""
    return handelnder.email == email and not darf(handelnder, LEITUNG_BESTIMMEN, kommune)


def pruefe_einladung(handelnder: Benutzer, kommune: Kommune, email: str, rolle: str) -> None:
    """Raises Abgelehnt where this person may not invite that address to the role."""
    if not darf_rolle_vergeben(handelnder, kommune, rolle):
        raise Abgelehnt(rolle, NUR_LEITUNG)
    if erweitert_sich_selbst(handelnder, kommune, Benutzer.normalize_username(email)):
        raise Abgelehnt(rolle, NICHT_SICH_SELBST)


def darf_einladung_erneuern(handelnder: Benutzer, einladung: Einladung) -> bool:
    try:
        pruefe_einladung(handelnder, einladung.kommune, einladung.email, einladung.rolle)
    except Abgelehnt:
        return False
    return True


def pruefe_aenderung(
    handelnder: Benutzer, kommune: Kommune, person: Benutzer, dazu: Collection[str], weg: Collection[str]
) -> None:
    """Raises Abgelehnt where this person may not give and take these roles. Call it inside a transaction."""
    if Rolle.LEITUNG in {*dazu, *weg} and not darf_rolle_vergeben(handelnder, kommune, Rolle.LEITUNG):
        raise Abgelehnt(Rolle.LEITUNG, NUR_LEITUNG)
    if dazu and erweitert_sich_selbst(handelnder, kommune, person.email):
        raise Abgelehnt(min(dazu), NICHT_SICH_SELBST)
    if Rolle.LEITUNG in weg and ist_letzte_leitung(person, kommune.pk):
        raise Abgelehnt(Rolle.LEITUNG, LETZTE_LEITUNG.format(person=person))


def von_hand(mitgliedschaften: Iterable[Mitgliedschaft]) -> list[Mitgliedschaft]:
    """Those that are changed here; the others come from the identity provider and would come back."""
    return [m for m in mitgliedschaften if m.herkunft == Herkunft.HAND]


@transaction.atomic
def setze_rollen(
    handelnder: Benutzer, kommune: Kommune, person: Benutzer, soll: set[tuple[str, Akteur | None]]
) -> None:
    """Give a person exactly these roles (with the Akteur, for Mitwirkung), beside those of the identity provider.

    Raises Abgelehnt. Every role given or taken is logged.
    """
    Kommune.objects.select_for_update(no_key=True).get(pk=kommune.pk)  # one change of members after the other
    zeilen = person.mitgliedschaften.filter(kommune=kommune).select_related("akteur")
    ist = {(m.rolle, m.akteur): m for m in zeilen}
    dazu = soll - ist.keys()
    weg = {(m.rolle, m.akteur) for m in von_hand(ist.values())} - soll
    pruefe_aenderung(handelnder, kommune, person, {rolle for rolle, _ in dazu}, {rolle for rolle, _ in weg})
    for rolle, akteur in dazu:
        person.mitgliedschaften.create(kommune=kommune, rolle=rolle, akteur=akteur)
    for zuteilung in weg:
        ist[zuteilung].delete()
    for ereignis, zuteilungen in ((Ereignis.ROLLE_GEGEBEN, dazu), (Ereignis.ROLLE_ENTZOGEN, weg)):
        for text in sorted(rollentext(*zuteilung) for zuteilung in zuteilungen):
            halte_fest(ereignis, kommune=kommune, benutzer=handelnder, person=person, text=text)


def entferne(handelnder: Benutzer, kommune: Kommune, person: Benutzer) -> None:
    """Take every role from a person that was given by hand. Raises Abgelehnt."""
    setze_rollen(handelnder, kommune, person, set())
