"""What the typed words on the cover, the Anlass of a concept, say of the Fassung under them, and whether it is so."""

import re
from datetime import date

from konzept.heute import am
from massnahmen.zeitraum import MONATSNAMEN

from .models import FassungArt

_TAG = re.compile(rf"\b(\d{{1,2}})\.\s*(?:(\d{{1,2}})\.|({'|'.join(MONATSNAMEN)}))\s*(\d{{4}})\b", re.IGNORECASE)
_NUR_IN = {FassungArt.ENTWURF: "einem Entwurf", FassungArt.BESCHLUSS: "einer Beschlussfassung"}


def art_nach(anlass: str) -> FassungArt | None:
    """In which kind of Fassung the words are true; None where they say neither."""
    if re.search(r"\b(Entwurf|nicht (beschlossen|verabschiedet))\b", anlass, re.IGNORECASE):
        return FassungArt.ENTWURF
    if re.search(r"\b(beschlossen|verabschiedet)\b", anlass, re.IGNORECASE):
        return FassungArt.BESCHLUSS
    return None


def nennt_beschluss_vom(anlass: str, tag: str) -> bool:
    """Whether the words say that it was adopted on that day, "15.12.2026"."""
    return art_nach(anlass) == FassungArt.BESCHLUSS and tag in _tage(anlass)


def stimmt_nur_in(anlass: str) -> str:
    """ "einem Entwurf", "einer Beschlussfassung"; "" where the words fit both."""
    return _NUR_IN.get(art_nach(anlass), "")


def widerspruch(anlass: str, art: str, tag: str = "") -> str:
    """In a sentence what of the words is not so in a Fassung of a kind, adopted on that day ("" where that is not known
    yet); "" where they agree."""
    gesagt = art_nach(anlass)
    if gesagt and gesagt != art:
        return f"Auf dem Deckblatt steht als Anlass: „{anlass}“. Das stimmt nur in {_NUR_IN[gesagt]}."
    if gesagt == FassungArt.BESCHLUSS and tag and (tage := _tage(anlass)) and tag not in tage:
        return f"Auf dem Deckblatt steht als Anlass: „{anlass}“. Der Beschluss der Fassung ist aber vom {tag}."
    return ""


def _tage(anlass: str) -> set[str]:
    """The days that are named, each as `am` writes it."""
    tage = set()
    for tag, monat, wort, jahr in _TAG.findall(anlass):
        nummer = int(monat) if monat else [m.lower() for m in MONATSNAMEN].index(wort.lower()) + 1
        try:
            tage.add(am(date(int(jahr), nummer, int(tag))))
        except ValueError:  # "31.2.2026" names no day
            continue
    return tage
