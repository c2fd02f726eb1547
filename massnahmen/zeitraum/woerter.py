"""Names of months, days and of what is planned as patterns, with how people shorten them."""

MONAT = (
    r"(?:jan(?:uar|\.)?|feb(?:ruar|r?\.)?|märz|maerz|mär\.?|mrz\.?|apr(?:il|\.)?|mai|ju[nl](?:i|\.)?"
    r"|aug(?:ust|\.)?|sep(?:tember|t?\.|t)?|okt(?:ober|\.)?|nov(?:ember|\.)?|dez(?:ember|\.)?)"
)
WOCHENTAG = "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag"
VORHABEN = (
    r"(?:(?:projekt|förder(?:ungs)?|programm|vertrags|bewilligungs|umsetzungs|durchführungs|maßnahmen?|gesamt)-?)"
)
DES_VORHABENS = r"(?: (?:der (?:maßnahme|förderung|umsetzung)|des (?:projekte?s|vorhabens)))"
