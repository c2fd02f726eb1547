"""Why no amount was read in a wording, where there is more to say than that."""

import re

_JE = r"(?:je(?! nach)|pro|per)\s+"
_WAS = r"(?!\w*jahr|\w*jährl|monat|mo?n?tl\b|quartal|\w*woche|\w*wöchentl|anno|a\b)(?P<was>(?:[0-9]+ )?[^\W\d]\w*\.?)"
_ZAHL = "(?:[1-9][0-9]|[3-9]|drei|vier|fünf|sechs|sieben|acht|neun|zehn)"
EINHEIT = (
    "(?:fall|platz|stunden|tages|kurs|teilnehmer(?:innen)?|teilnehmenden|kopf|personen|stück|einheits|kilometer)"
)
"""What the costs of a single one begin with."""
SCHULJAHR = "ein Schuljahr liegt in zwei Kalenderjahren"
_GRUENDE = (
    (rf"(?:€|euro|eur|chf|-)\s*(?:{_JE}|/\s*){_WAS}", "je {was}: die Anzahl fehlt"),
    (rf"(?<!\w){_JE}{_WAS}(?::?\s+(?:ca\.\s+)?(?=[0-9€])|$)", "je {was}: die Anzahl fehlt"),
    (rf"\b(?P<was>{EINHEIT}(?:kosten|pauschalen?|satz|sätze|preise?|lohn|honorare?))\b", "{was}: die Anzahl fehlt"),
    (r"^(?P<was>(?:19|20|21)[0-9]{2}) ?(?:x|×|\*|-?mal) ?[0-9€]", "{was}: ein Jahr oder eine Anzahl"),
    (r"(?:[x×*]|mal) ?(?P<was>(?:19|20|21)[0-9]{2})$", "{was}: ein Jahr oder eine Anzahl"),
    (r"\b(?:schul|kita-?|kindergarten)jahr (?:19|20|21)[0-9]{2}\b", SCHULJAHR),
    (rf"\b(?:täglich|14-tägig|alle {_ZAHL} (?:jahre|wochen|tage))\b", "in diesem Abstand wird nicht gerechnet"),
    (r"^\D{0,20}[0-9.,]+\s*(?:%|prozent\b|v\. ?h\.)", "ein Anteil: der Betrag fehlt"),
    (r"^[\w.,/½¼¾ ]{0,12}(?:stellen?\b|vzä\b|vollzeit)", "eine Stelle gehört in das Feld „Stellenanteil“"),
    (r"\bnetto\b|\b(?:zzgl\.|zuzüglich|plus)\s*(?:mwst|ust|mehrwertsteuer)", "netto: die Mehrwertsteuer fehlt"),
)
_MUSTER = tuple((re.compile(muster, re.IGNORECASE), grund) for muster, grund in _GRUENDE)


def grund(wortlaut: str) -> str:
    """What is missing for an amount, as a few German words; "" where that is the amount itself."""
    for muster, worte in _MUSTER:
        if m := muster.search(wortlaut):
            return worte.format(**m.groupdict())
    return ""
