"""Numbers and order of everything in a concept: one place for page, form and print.

`Nummern` counts from rows that somebody has loaded; `lade_gliederung` loads just enough rows for the outline beside a
page. A shown number (`nummer`) replaces the counted one and still takes its place in the count. No number depends on
how far a measure is: a new Umsetzungsstand moves its row in the table, and no number.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from handlungsfelder.models import Handlungsfeld, Handlungsziel, Leitziel
from konzept.models import Abschnitt, Konzept, Zaehlung
from konzept.models.basis import GESTRICHEN
from konzept.models.basis import anker as anker
from konzept.navigation import Gliederungseintrag

from .models import Massnahme, Umsetzungsstand
from .verwaist import Verwaist, ordne_abschnitte

Schluessel = tuple[str, int]
"""("massnahme", 12): kind and primary key; joined by "-" it is the Anker."""

STAND_ABSCHNITTE = (
    ("Bereits umgesetzt, laufende Aktivitäten", (Umsetzungsstand.LAUFEND, Umsetzungsstand.UMGESETZT)),
    ("Geplante Maßnahmen", (Umsetzungsstand.GEPLANT,)),
    ("Ideen", (Umsetzungsstand.IDEE,)),
    ("Ohne Angabe zum Umsetzungsstand", ("",)),
    ("Zurückgestellt oder entfallen", (Umsetzungsstand.ZURUECKGESTELLT, Umsetzungsstand.ENTFALLEN)),
)
_ABSCHNITT_VON = {str(stand): titel for titel, staende in STAND_ABSCHNITTE for stand in staende}
_OHNE_ANGABE = _ABSCHNITT_VON[""]


def zaehle(zaehlung: str, position: int, oben: str) -> str:
    """The counted number at `position` (from 1) below the number `oben` ("" where nothing is carried on)."""
    match zaehlung:
        case Zaehlung.DEZIMAL:
            return f"{oben}.{position}" if oben else str(position)
        case Zaehlung.TEIL:
            return f"Teil {_buchstabe(position).upper()}"
        case Zaehlung.BUCHSTABE:
            return _buchstabe(position)
        case _:
            return ""


def _buchstabe(position: int) -> str:
    zeichen = ""
    while position:
        position, rest = divmod(position - 1, 26)
        zeichen = chr(ord("a") + rest) + zeichen
    return zeichen


def _zum_weiterzaehlen(nummer: str) -> str:
    """What sub-elements carry on: "4.2" or "4.", never "Teil A" or "a"."""
    kern = nummer.rstrip(".")
    return kern if kern[:1].isdigit() else ""


@dataclass
class Nummern:
    """Counts one concept. Lists are in the order of their rows' `reihenfolge`.

    What is struck out of a Fortschreibung (see `basis.GESTRICHEN`), with all below it, has no number and is left out of
    every list here; `mit_gestrichenen` keeps it in the lists. `gestrichen` names it either way.

    A row whose relation leads nowhere never stops the others: a goal in another field counts as none, Abschnitte in a
    ring or without the one above them stand at the end of the outline. `verwaist` names such rows.
    """

    konzept: Konzept
    abschnitte: Iterable[Abschnitt]
    felder: Iterable[Handlungsfeld] = ()
    leitziele: Iterable[Leitziel] = ()
    handlungsziele: Iterable[Handlungsziel] = ()
    massnahmen: Iterable[Massnahme] = ()
    nummer: dict[Schluessel, str] = field(default_factory=dict)
    mit_gestrichenen: bool = False
    gestrichen: set[Schluessel] = field(default_factory=set)
    verwaist: dict[Schluessel, Verwaist] = field(default_factory=dict)

    def __post_init__(self):
        self.leitziele, self.handlungsziele = list(self.leitziele), list(self.handlungsziele)
        self._feld_von = {_schluessel(ziel): ziel.handlungsfeld_id for ziel in (*self.leitziele, *self.handlungsziele)}
        self._streiche()
        self.abschnitte = list(self.abschnitte)
        self.unter, lose = ordne_abschnitte(self.abschnitte)
        self.verwaist |= {("abschnitt", pk): grund for pk, grund in lose.items()}
        self._finde_fremde_ziele()
        self.leitziele_in = _gruppiert(self.leitziele, "handlungsfeld_id")
        self.handlungsziele_in = _gruppiert(self.handlungsziele, "handlungsfeld_id")
        self.massnahmen_in = _gruppiert(self.massnahmen, "handlungsfeld_id")
        self._abschnitte(None, "")
        self.zeigt_felder = any(a.inhalt == Abschnitt.Inhalt.HANDLUNGSFELDER for a in self.abschnitte)
        if not self.zeigt_felder:
            self.zaehle_geschwister(self.felder, "")
        for feld in self.felder:
            self._ziele(feld)
        self._zaehle_massnahmen()

    def _streiche(self):
        # From the top down, since what stands below something struck out is struck out, too.
        for name in ("felder", "leitziele", "handlungsziele", "massnahmen"):
            zeilen = list(getattr(self, name))
            self.gestrichen |= {_schluessel(zeile) for zeile in zeilen if self._ist_gestrichen(zeile)}
            if self.gestrichen and not self.mit_gestrichenen:
                zeilen = [zeile for zeile in zeilen if _schluessel(zeile) not in self.gestrichen]
            setattr(self, name, zeilen)

    def _ist_gestrichen(self, zeile) -> bool:
        if zeile.fortschreibung in GESTRICHEN:
            return True
        if not self.gestrichen:
            return False
        feld = ("handlungsfeld", getattr(zeile, "handlungsfeld_id", None))
        return feld in self.gestrichen or self.ziel(zeile) in self.gestrichen

    def _finde_fremde_ziele(self):
        for zeile in (*self.handlungsziele, *self.massnahmen):
            nennt = zeile.leitziel_id or getattr(zeile, "handlungsziel_id", None)
            if nennt and self.ziel(zeile) is None:
                self.verwaist[_schluessel(zeile)] = Verwaist.ZIEL

    def ziel(self, zeile) -> Schluessel | None:
        """The goal below which a Handlungsziel or a measure stands; None directly in its field."""
        for art in ("handlungsziel", "leitziel"):
            pk = getattr(zeile, f"{art}_id", None)
            if pk and self._feld_von.get((art, pk)) == zeile.handlungsfeld_id:
                return art, pk
        return None

    def unter_leitziel(self, feld) -> dict[int | None, list[Handlungsziel]]:
        """The Handlungsziele of a field by the Leitziel (pk) below which they stand; None without one."""
        gruppen = defaultdict(list)
        for handlungsziel in self.handlungsziele_in[feld.pk]:
            _, leitziel = self.ziel(handlungsziel) or ("", None)
            gruppen[leitziel].append(handlungsziel)
        return gruppen

    def __getitem__(self, zeile) -> str:
        return self.nummer.get((zeile._meta.model_name, zeile.pk), "")

    def zeigt(self, zeile) -> bool:
        """Whether a row is part of the concept, and not struck."""
        return _schluessel(zeile) not in self.gestrichen

    def kennung(self, massnahme) -> str:
        """Names a measure in the whole concept: "4.2-1"; just "1" in a field without a number, "" for a struck one."""
        if not self[massnahme]:
            return ""
        return "-".join(filter(None, (self._vorsilbe(massnahme.handlungsfeld_id), self[massnahme])))

    def _vorsilbe(self, feld: int) -> str:
        """What the Kennung of the measures of a field (pk) begins with."""
        return self.nummer.get(("handlungsfeld", feld), "").rstrip(".")

    def felder_wie(self, feld) -> list[Handlungsfeld]:
        """A field, and those that show the same number as it does, or none either: their measures are counted
        together."""
        return [f for f in self.felder if f.pk == feld.pk or self._vorsilbe(f.pk) == self._vorsilbe(feld.pk)]

    def nennt(self, massnahme) -> set[str]:
        """Every shown number by which somebody may mean a measure: its own, alone and with that of its field, and those
        of the field and the goals in which it stands."""
        ziel = self.ziel(massnahme)
        stellen = [("handlungsfeld", massnahme.handlungsfeld_id), ziel, self._leitziel_von.get(ziel)]
        oben = [self.nummer.get(stelle, "") for stelle in stellen if stelle]
        return {self[massnahme], self.kennung(massnahme), *oben} - {""}

    @cached_property
    def _leitziel_von(self) -> dict[Schluessel, Schluessel | None]:
        return {_schluessel(ziel): self.ziel(ziel) for ziel in self.handlungsziele}

    def tabellenabschnitte(self, feld) -> list[tuple[str, list[Massnahme]]]:
        """The measures of a field as its table shows them: (heading, measures), empty sections left out.

        By Umsetzungsstand as in Monheim am Rhein 2016, or by goal; see Konzept.tabellenabschnitte.
        """
        massnahmen = self.in_zielordnung(feld)
        if self.konzept.tabellenabschnitte == Konzept.Tabellenabschnitte.ZIEL:
            nach_ziel: dict[str, list[Massnahme]] = {}
            for massnahme in massnahmen:
                nach_ziel.setdefault(self._zielzeile(massnahme), []).append(massnahme)
            return list(nach_ziel.items())
        abschnitte: dict[str, list[Massnahme]] = {titel: [] for titel, _ in STAND_ABSCHNITTE}
        for massnahme in massnahmen:
            abschnitte[_ABSCHNITT_VON.get(massnahme.umsetzungsstand, _OHNE_ANGABE)].append(massnahme)
        return [(titel, darin) for titel, darin in abschnitte.items() if darin]

    def in_zielordnung(self, feld) -> list[Massnahme]:
        """The measures of a field in the order of its goals and then of their rows, which is that of their numbers;
        those directly in the field come last."""
        platz: dict[Schluessel, int] = {}
        for ziel in self.ziele(feld):
            platz[(ziel._meta.model_name, ziel.pk)] = len(platz) + 1

        def schluessel(massnahme):
            ziel = self.ziel(massnahme)
            return platz.get(ziel, 0) if ziel else len(platz) + 1

        return sorted(self.massnahmen_in[feld.pk], key=schluessel)

    def ziele(self, feld):
        """Leitziele of a field, each followed by its Handlungsziele, then the Handlungsziele without a Leitziel."""
        handlungsziele = self.unter_leitziel(feld)
        for leitziel in self.leitziele_in[feld.pk]:
            yield leitziel
            yield from handlungsziele[leitziel.pk]
        yield from handlungsziele[None]

    def _zielzeile(self, massnahme) -> str:
        ziel = self.ziel(massnahme)
        if ziel is None:
            return "Zum Handlungsfeld insgesamt"
        name = "Handlungsziel" if ziel[0] == "handlungsziel" else "Leitziel"
        # A goal that was struck out has no number.
        return f"{name} {self.nummer.get(ziel, '')}".strip()

    @cached_property
    def erste_mit(self) -> dict[str, Abschnitt]:
        """By content the Abschnitt in which it stands: the first one with it as one reads; others refer to that."""
        erste: dict[str, Abschnitt] = {}

        def steige(oben: int | None):
            for abschnitt in self.unter[oben]:
                erste.setdefault(abschnitt.inhalt, abschnitt)
                steige(abschnitt.pk)

        steige(None)
        return erste

    def liste_von(self, leitlinie) -> int | None:
        """The Abschnitt (pk) in whose list a Leitlinie stands; None where the concept has no such list."""
        if leitlinie.abschnitt_id in self._leitlinienlisten:
            return leitlinie.abschnitt_id
        return self.erste_mit[Abschnitt.Inhalt.LEITLINIEN].pk if self._leitlinienlisten else None

    @cached_property
    def _leitlinienlisten(self) -> set[int]:
        return {a.pk for a in self.abschnitte if a.inhalt == Abschnitt.Inhalt.LEITLINIEN}

    def _abschnitte(self, oben: Abschnitt | None, vorsilbe: str):
        kinder = self.unter[oben.pk if oben else None]
        felder = self.felder if oben and oben.inhalt == Abschnitt.Inhalt.HANDLUNGSFELDER else []
        self.zaehle_geschwister([*felder, *kinder], vorsilbe)
        for abschnitt in kinder:
            self._abschnitte(abschnitt, _zum_weiterzaehlen(self[abschnitt]))

    def zaehle_geschwister(self, zeilen, vorsilbe: str = ""):
        """Number rows that stand side by side below the number `vorsilbe`."""
        stand: dict[str, int] = defaultdict(int)
        for zeile in zeilen:
            if self.gestrichen and _schluessel(zeile) in self.gestrichen:
                continue
            zaehlung = getattr(zeile, "zaehlung", Zaehlung.DEZIMAL)
            stand[zaehlung] += 1
            self.nummer[_schluessel(zeile)] = zeile.nummer or zaehle(zaehlung, stand[zaehlung], vorsilbe)

    def _ziele(self, feld):
        leitziele = self.leitziele_in[feld.pk]
        self.zaehle_geschwister(leitziele, "")
        handlungsziele = self.unter_leitziel(feld)
        for leitziel in leitziele:
            self.zaehle_geschwister(handlungsziele[leitziel.pk], _zum_weiterzaehlen(self[leitziel]))
        self.zaehle_geschwister(handlungsziele[None], "")

    def _zaehle_massnahmen(self):
        """Through all fields that show the same number, so that no two measures have one Kennung."""
        zusammen = defaultdict(list)
        for feld in self.felder:
            zusammen[self._vorsilbe(feld.pk)] += self.in_zielordnung(feld)
        for massnahmen in zusammen.values():
            self._zaehle_laufend([m for m in massnahmen if self.zeigt(m)])

    def _zaehle_laufend(self, massnahmen: list[Massnahme]):
        """By their place, past every number that one of them shows."""
        gezeigt, nummer = {m.nummer for m in massnahmen}, 0
        for platz, massnahme in enumerate(massnahmen, start=1):
            if not massnahme.nummer:
                nummer = max(platz, nummer + 1)
                while str(nummer) in gezeigt:
                    nummer += 1
            self.nummer[_schluessel(massnahme)] = massnahme.nummer or str(nummer)


def _schluessel(zeile) -> Schluessel:
    return zeile._meta.model_name, zeile.pk


def _gruppiert(zeilen, schluessel: str) -> defaultdict:
    gruppen = defaultdict(list)
    for zeile in zeilen:
        gruppen[getattr(zeile, schluessel)].append(zeile)
    return gruppen


def lade_gliederung(konzept, feld: Handlungsfeld | None = None) -> tuple[Nummern, list[Gliederungseintrag]]:
    """The numbers, struck rows included, and the outline for the side of a page, without them: Abschnitte,
    Handlungsfelder, and inside `feld` its goals and measures. What of other fields counts along is loaded with them.

    Two queries, five with `feld`, whatever the size; only the columns that the outline shows are read.
    """
    kurz = ("nummer", "titel", "kurztitel", "fortschreibung", "vorgaenger_id")
    abschnitte = list(konzept.abschnitte.defer("text"))
    felder = list(konzept.handlungsfelder.only("konzept_id", "zaehlung", *kurz))
    ziele = {}
    if feld:
        kurz = ("handlungsfeld_id", *kurz)
        zusammen = {"handlungsfeld__in": Nummern(konzept, abschnitte, felder, mit_gestrichenen=True).felder_wie(feld)}
        massnahmen = Massnahme.objects.filter(**zusammen)
        ziele = {
            "leitziele": list(Leitziel.objects.filter(**zusammen).only(*kurz)),
            "handlungsziele": list(Handlungsziel.objects.filter(**zusammen).only("leitziel_id", *kurz)),
            "massnahmen": list(massnahmen.only("leitziel_id", "handlungsziel_id", "umsetzungsstand", *kurz)),
        }
    nummern = Nummern(konzept, abschnitte, felder, **ziele, mit_gestrichenen=True)
    return nummern, _eintraege(nummern, None, feld)


def _eintraege(nummern: Nummern, oben: Abschnitt | None, feld) -> list[Gliederungseintrag]:
    eintraege = []
    if oben and oben.inhalt == Abschnitt.Inhalt.HANDLUNGSFELDER:
        eintraege = [_feldeintrag(nummern, f, f == feld) for f in filter(nummern.zeigt, nummern.felder)]
    for abschnitt in nummern.unter[oben.pk if oben else None]:
        eintraege.append(_eintrag(nummern, abschnitt, kinder=_eintraege(nummern, abschnitt, feld)))
    return eintraege


def _eintrag(nummern: Nummern, zeile, nummer: str | None = None, kinder=()) -> Gliederungseintrag:
    nummer = nummern[zeile] if nummer is None else nummer
    return Gliederungseintrag(anker(zeile), nummer, zeile.kurztitel or zeile.titel, list(kinder))


def _feldeintrag(nummern: Nummern, feld, offen: bool) -> Gliederungseintrag:
    eintrag = _eintrag(nummern, feld)
    if not offen:
        return eintrag
    unter_leitziel = defaultdict(list)
    leitziel_von = {z.pk: leitziel for leitziel, ziele in nummern.unter_leitziel(feld).items() for z in ziele}
    for massnahme in filter(nummern.zeigt, nummern.in_zielordnung(feld)):
        art, ziel = nummern.ziel(massnahme) or ("", None)
        leitziel = leitziel_von.get(ziel) if art == "handlungsziel" else ziel
        unter_leitziel[leitziel].append(_eintrag(nummern, massnahme, nummern.kennung(massnahme)))
    for leitziel in filter(nummern.zeigt, nummern.leitziele_in[feld.pk]):
        eintrag.kinder.append(
            _eintrag(nummern, leitziel, f"L{nummern[leitziel]}", unter_leitziel[leitziel.pk])
        )
    eintrag.kinder += unter_leitziel[None]
    return eintrag
