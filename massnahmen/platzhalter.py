"""What people write where nobody in particular is responsible yet: "N.N.", "alle Ämter", "wird noch benannt"."""

import re

from konzept.schreibweise import namensschluessel

_STELLEN = (
    r"(?:fach|querschnitts)?(?:aemtern?|bereichen?|abteilungen|diensten?|dezernaten?|referaten?|stellen)"
    r"|dienststellen|sachgebieten?|organisationseinheiten|verwaltungsstellen|verwaltungseinheiten"
    r"|akteuren?|akteurinnen|(?:projekt|kooperations|netzwerk)?partnern?|traegern?|institutionen|einrichtungen"
)
_JEDE = r"alle|allen|saemtliche|diverse|div\.|verschiedene|mehrere|versch\.|jeweilige|jeweils zustaendige|zustaendige"
_WIRD = r"benannt|genannt|bestimmt|festgelegt|festgesetzt|geklaert|ermittelt|bekanntgegeben|bekannt gegeben|ergaenzt"
_IST = rf"bekannt|besetzt|offen|{_WIRD}"
_ZU = r"benennen|bestimmen|klaeren|ermitteln|ergaenzen|besetzen|festlegen|vergeben"
_MUSTER = re.compile(
    rf"""
      [^\w]+                                                                     # "?", "–", "…"
    | n\W*n\W*(?:\(.*\))?
    | (?:k\.\W*a\W*|t\W*b\W*d\W*|t\.\W*b\.\W*a\W*)                             # "TBA" is a Tiefbauamt
    | (?:alle|jede[rs]?|niemand|keine[r]?|keine\ angaben?|unbekannt|unklar|diverse|verschiedene|mehrere|xxx?)
    | (?:{_JEDE})(?:\ (?:beteiligten|betroffenen|relevanten|genannten|zustaendigen|staedtischen|o\.\ ?g\.))?
      \ (?:{_STELLEN}|beteiligten?|betroffenen?|genannten?|zustaendigen)(?:\ der\ (?:stadt)?verwaltung)?
    | jeweilige[sr]?\ (?:{_STELLEN}|(?:fach)?amt|fachbereich|fachdienst)
    | zustaendige[sr]?\ (?:{_STELLEN}|(?:fach)?amt|fachbereich|fachdienst)
    | (?:noch|derzeit|bisher|vorerst|momentan)?\ ?(?:offen|unbekannt|unklar|vakant|unbesetzt)
    | (?:(?:wird|werden|ist|sind|steht|stehen)\ )?(?:noch|spaeter|derzeit|nachtraeglich)(?:\ nicht)?\ (?:{_IST}|fest)
    | (?:wird|werden)\ (?:{_WIRD})
    | (?:(?:ist|sind)\ )?(?:noch\ )?zu\ (?:{_ZU})
    | (?:noch\ )?in\ (?:klaerung|abstimmung|planung)
    """,
    re.VERBOSE,
)


def ist_platzhalter(name: str) -> bool:
    """Whether a name says that nobody in particular is meant, whatever its case, dots and brackets."""
    schluessel = namensschluessel(name)
    kern = schluessel.strip(" .…")
    return any(_MUSTER.fullmatch(form) for form in {schluessel, kern, kern.strip("()[] ")} if form)
