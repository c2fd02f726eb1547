"""Words in a longer wording that keep its amounts from standing by themselves: they deny, compare, deduct or change
them, or say of a part what the whole is."""

import re

from massnahmen.zeitraum import geglaettet

_WORTE = (
    r"nicht|keine?[nmrs]?|ohne|netto|(?:an)?statt|anstelle|oder|bzw|beziehungsweise|alternativ|eventuell|evtl|ggf|falls"
    r"|sofern|gegebenenfalls|optional|abzüglich|abzgl|abzug|minus|weniger(?! als)|enthalten|inbegriffen|inkludiert"
    r"|gedeckt|deckel\w*|budgets?|kostenneutral|entf[aä]ll\w*|entfiel\w*|wegfall\w*|weggefallen|erhöh\w*|aufstock\w*"
    r"|aufgestockt|gesenkt|senkung|gekürzt|kürzung|steig\w*|rückzahl\w*|erstatt\w*|saldo|defizit|differenz|überschuss"
    r"|(?:zuschuss|finanzierungs)bedarf|fehl(?:betrag|bedarf)|rest\w*betrag|verbleib\w*|folgejahre?n?|anlaufjahr"
    r"|(?:[0-9]\.|ersten|zweiten|dritten|letzten|folgenden) jahre?|jahr [0-9]"
    r"|(?:zzgl\.?|zuzüglich|plus) (?:[0-9]+ ?% ?)?(?:mwst|ust|mehrwertsteuer|umsatzsteuer)"
)
_EINZELN = re.compile(rf"(?<!\w)(?:{_WORTE})(?!\w)|\./\.")
_MEHRERE = re.compile(
    r"%|(?<!\w)(?:bisher|bislang|früher|künftig|zukünftig|ursprünglich|geplant|tatsächlich|zwischen|gesamt\w*|insgesamt"
    r"|zusammen|summe|prozent)(?!\w)"
)
_WENIGER = re.compile(
    r"einspar|(?<!\w)(?:ein)?(?:ge)?spart(?!\w)|ersparnis|minder|einnahme|erlös|ertr[aä]g|einzahlung"
)
_ZEIT = r"(?:jahr|monat|woche|tag|quartal|halbjahr)(?:e?n|e)?"
_TURNUS = re.compile(
    r"jährl|monatl|wöchentl|(?<!\w)m(?:on)?tl\.|quartal|halbjahr|(?<!\w)p\.? ?[am]\.|täglich|turnus|/ ?[aj](?!\w)"
    rf"|(?:(?<!\w)(?:pro|je|im|jede[sn]?|alle) (?:[0-9a-zäöü]+ )?|/ ?)\w*{_ZEIT}(?!\w)"
)
_DAUER = re.compile(
    rf"(?<!\w)(?:[0-9]+|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|mehrere|einige)n? {_ZEIT}(?!\w)"
)
_JAHR = re.compile(r"(?<![\w.,/])(?:19|20|21)[0-9]{2}(?![0-9])(?![.,][0-9])")
_MITTEL = re.compile(
    r"förder|zuschuss|zuschüss|zuwend|eigenanteil|spende|zuweis"
    r"|(?:eigen|dritt|landes|bundes|kreis|eu|stiftungs|haushalts)-?mittel"
    r"|(?<!\w)(?:vom|land|bund|kreis|stadt|gemeinde|kommune|träger|eu|esf|amif)(?!\w)"
)


def gelten_nicht_fuer_sich(text: str) -> bool:
    """Whether such a word stands anywhere."""
    return bool(_EINZELN.search(geglaettet(text)))


def vergleichen(text: str) -> bool:
    """Whether there is a word that sets several amounts in relation."""
    return bool(_MEHRERE.search(geglaettet(text)))


def sagt_mehr(text: str) -> bool:
    """Whether what stands beside amounts says in which year they fall due, how often, or that they are no costs."""
    glatt = geglaettet(text)
    return any(muster.search(glatt) for muster in (_JAHR, _TURNUS, _WENIGER))


def nennt_dauer(text: str) -> bool:
    """Whether there is a span of time: an amount "für 3 Jahre" may be that of all or of each."""
    return bool(_DAUER.search(geglaettet(text)))


def nennt_mittel(text: str) -> bool:
    """Whether it is said where money comes from: such an amount may be a part of the one that is spent."""
    return bool(_MITTEL.search(geglaettet(text)))
