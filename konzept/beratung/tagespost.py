"""What is due on a day: reminders before the end, answers that were released, what a Runde brought; one mail a person.

It is written once a day, and sent like all mails. A second call on a day writes only what the first could not.
"""

import datetime as dt
import logging
from collections import defaultdict

from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from konzept import rechte
from konzept.betrieb.eigene_adresse import absolut
from konzept.heute import am, heute
from konzept.hintergrund.termine import Misslungen
from konzept.konten.brief import verschicke
from konzept.konten.models import Benutzer
from konzept.postausgang.models import Anlass

from .models import Anmerkung, Runde, Stellungnahme
from .post import verfasse
from .vorgaenge import mit_rolle_in, teilnehmende

log = logging.getLogger(__name__)

FRIST_ALLE, FRIST_STILLE = 1, 3
"""How many days before the end everybody is reminded, and who has not said anything yet."""


class TagespostUnvollstaendig(Misslungen):
    """So many mails could not be written; the log says why. All others are."""

    def __init__(self, anzahl: int):
        super().__init__(f"{anzahl} E-Mails ließen sich nicht verfassen. Was es war, steht im Protokoll des Servers.")


def erinnere() -> int:
    """Write every mail that is due today into the outbox; how many were new. Raises TagespostUnvollstaendig."""
    return schreibe_alle(absolut(""), heute())


def schreibe_alle(basis: str, tag: dt.date) -> int:
    """What `erinnere` does, for any day `tag`; `basis` is scheme and host, with which the links in the mails begin."""
    post: dict[int, dict[str, list]] = defaultdict(lambda: defaultdict(list))
    erinnerte = _sammle_erinnerungen(post, basis, tag)
    beendete = _sammle_zusammenfassungen(post, basis, tag)
    antworten = _sammle_antworten(post, basis)
    konten = Benutzer.objects.filter(pk__in=post, is_active=True).in_bulk()
    neue = gescheitert = 0
    for pk, teile in post.items():
        if pk not in konten:
            continue
        try:
            neue += _schreibe(konten[pk], teile, antworten[pk], tag)
        except Exception:
            # If one mail cannot be made, the others are sent all the same.
            log.exception("The mail of the day for account %s could not be written.", pk)
            gescheitert += 1
    with transaction.atomic():
        Runde.objects.filter(pk__in=erinnerte).update(erinnert_am=tag)
        Runde.objects.filter(pk__in=beendete).update(zusammengefasst_am=tag)
    if gescheitert:
        raise TagespostUnvollstaendig(gescheitert)
    return neue


@transaction.atomic
def _schreibe(konto: Benutzer, teile: dict, antworten: list[int], tag: dt.date) -> int:
    """1, or 0 where the account has its mail of the day already."""
    kontext = {**teile, "betreff": _betreff(teile)}
    neu = verschicke([verfasse(konto, "tagespost", kontext, Anlass.TAGESPOST, einmal=tag.isoformat())])
    if neu:
        Stellungnahme.objects.filter(pk__in=antworten).update(mitgeteilt_am=timezone.now())
    return neu


def _betreff(teile: dict) -> str:
    if "erinnerungen" in teile:
        tage = min(e["runde"].ende for e in teile["erinnerungen"])
        return f"Anmerkungen noch bis {am(tage)}"
    return "Antwort auf Ihre Anmerkungen" if "antworten" in teile else "Die Prüfung ist zu Ende"


def _link(basis: str, runde: Runde, name: str) -> str:
    k = runde.konzept
    return f"{basis}{reverse(f'beratung:{name}', args=[k.kommune.slug, k.slug, runde.pk])}"


def _stufe(runde: Runde, tag: dt.date) -> int | None:
    """Which reminder is due: the last one that should have gone out by this day and did not, or did today."""
    rest = (runde.ende - tag).days
    for frist in (FRIST_ALLE, FRIST_STILLE):
        faellig = runde.ende - dt.timedelta(days=frist)
        if rest <= frist:
            erledigt = runde.erinnert_am and faellig <= runde.erinnert_am < tag
            return None if erledigt else frist
    return None


def _sammle_erinnerungen(post, basis, tag) -> list[int]:
    erinnerte = []
    for runde in Runde.objects.laufende(tag).mit_fassung().filter(ende__lte=tag + dt.timedelta(days=FRIST_STILLE)):
        frist = _stufe(runde, tag)
        if frist is None:
            continue
        erinnerte.append(runde.pk)
        stimmen = set(runde.anmerkungen.oeffentliche().filter(papier_von="").values_list("verfasser", flat=True))
        for konto in teilnehmende(runde):
            if frist == FRIST_ALLE or konto.pk not in stimmen:
                eintrag = {"runde": runde, "adresse": _link(basis, runde, "pruefen")}
                post[konto.pk]["erinnerungen"].append(eintrag | {"hat_angemerkt": konto.pk in stimmen})
    return erinnerte


def _sammle_zusammenfassungen(post, basis, tag) -> list[int]:
    vorbei = Q(ende__lt=tag) | Q(geschlossen_am__isnull=False)
    offen = Q(zusammengefasst_am=None) | Q(zusammengefasst_am=tag)
    beendete = []
    for runde in Runde.objects.filter(vorbei, offen).mit_fassung():
        beendete.append(runde.pk)
        gesagt = Anmerkung.objects.filter(runde=runde).oeffentliche().order_by()
        zahlen = gesagt.aggregate(
            anzahl=Count("pk"),
            personen=Count("verfasser", distinct=True, filter=Q(papier_von="")),
            papier=Count("papier_von", distinct=True, filter=~Q(papier_von="")),
            ohne=Count("pk", filter=Q(stellungnahme=None)),
        )
        zahlen["personen"] += zahlen.pop("papier")
        leitende = mit_rolle_in(runde.konzept.kommune).filter(
            mitgliedschaften__rolle__in=rechte.rollen_mit(rechte.BERATUNG),
            mitgliedschaften__kommune=runde.konzept.kommune,
        )
        eintrag = {"runde": runde, "adresse": _link(basis, runde, "abwaegung"), **zahlen}
        for pk in set(leitende.values_list("pk", flat=True)):
            post[pk]["zusammenfassungen"].append(eintrag)
    return beendete


def _sammle_antworten(post, basis) -> dict[int, list[int]]:
    """The released answers of which the author does not know, by account; paper has no account to write to."""
    neue = (
        Stellungnahme.objects.freigegebene()
        .filter(mitgeteilt_am=None, anmerkung__papier_von="", anmerkung__zurueckgezogen_am=None)
        .order_by("anmerkung__runde", "pk")
        .values_list("pk", "anmerkung__verfasser", "anmerkung__runde")
    )
    je_person: dict[int, list[int]] = defaultdict(list)
    je_runde: dict[tuple[int, int], int] = defaultdict(int)
    for pk, verfasser, runde in neue:
        je_person[verfasser].append(pk)
        je_runde[verfasser, runde] += 1
    runden = Runde.objects.mit_fassung().in_bulk({runde for _, runde in je_runde})
    lesende = {pk: set(teilnehmende(runde).values_list("pk", flat=True)) for pk, runde in runden.items()}
    for (verfasser, runde), anzahl in je_runde.items():
        if verfasser not in lesende[runde]:
            # The Runde is no longer laid before this account.
            continue
        adresse = _link(basis, runden[runde], "anmerkungen") + "?nur=eigene"
        post[verfasser]["antworten"].append({"runde": runden[runde], "anzahl": anzahl, "adresse": adresse})
    return je_person
