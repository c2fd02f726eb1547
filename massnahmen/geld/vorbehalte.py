"""Words in a longer wording that keep its amounts from standing by themselves: they deny, compare, deduct or change
them, or say of a part what the whole is."""

import re

_WORTE = (
    r"nicht|keine?[nmrs]?|ohne|netto|(?:an)?statt|anstelle|oder|bzw|beziehungsweise|alternativ|eventuell|evtl|ggf|falls|sofern"
    r"|gegebenenfalls|optional|abzüglich|abzgl|abzug|minus|weniger(?! als)|enthalten|inbegriffen|inkludiert|gedeckt"
    r"|budgets?|kostenneutral|entf[aä]ll\w*|entfiel\w*|erhöh\w*|aufstock\w*|aufgestockt|gesenkt|senkung|gekürzt|kürzung"
    r"|steig\w*|saldo|(?:zuschuss|finanzierungs)bedarf|fehl(?:betrag|bedarf)|defizit|differenz|rest\w*betrag|verbleib\w*"
    r"|überschuss|(?:ersten|zweiten|dritten|letzten|folgenden) jahre?|folgejahre?n?|anlaufjahr"
    r"|(?:zzgl\.?|zuzüglich|plus)\s*(?:[0-9]+\s*%\s*)?(?:mwst|ust|mehrwertsteuer|umsatzsteuer)"
)
_EINZELN = re.compile(rf"(?<!\w)(?:{_WORTE})(?!\w)|\./\.", re.IGNORECASE)
_MEHRERE = re.compile(
    r"%|(?<!\w)(?:bisher|bislang|früher|künftig|zukünftig|zwischen|gesamt\w*|insgesamt|zusammen|summe|prozent)(?!\w)",
    re.IGNORECASE,
)
_TURNUS = re.compile(
    r"jährl|monatl|wöchentl|(?<!\w)m(?:on)?tl\.|quartal|halbjahr|(?<!\w)p\.?\s?[am]\.|täglich|turnus"
    r"|(?:(?<!\w)(?:pro|je|im|jede[sn]?|alle)\s+(?:[0-9a-zäöü]+\s+)?|/\s?)\w*(?:jahre?|monate?|wochen?|tage?)(?!\w)|/\s?[aj](?!\w)",
    re.IGNORECASE,
)
_JAHR = re.compile(r"(?<![\w.,/])(?:19|20|21)[0-9]{2}(?![0-9])(?![.,][0-9])")
_MITTEL = re.compile(
    r"förder|zuschuss|zuschüss|zuwend|eigen(?:mittel|anteil)|drittmittel|spende|zuweis|(?<!\w)vom\s", re.IGNORECASE
)


def gelten_nicht_fuer_sich(text: str) -> bool:
    """Whether such a word stands anywhere."""
    return bool(_EINZELN.search(text))


def vergleichen(text: str) -> bool:
    """Whether there is a word that sets several amounts in relation."""
    return bool(_MEHRERE.search(text))


def sagt_wie_oft(text: str) -> bool:
    return bool(_TURNUS.search(text))


def nennt_jahr(text: str) -> bool:
    return bool(_JAHR.search(text))


def nennt_mittel(text: str) -> bool:
    """Whether it is said where money comes from: such an amount may be a part of the one that is spent."""
    return bool(_MITTEL.search(text))
