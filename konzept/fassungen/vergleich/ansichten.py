"""A comparison as its page and its print show it: what was asked for, counts, links."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from konzept.dokument.fehlzeichen import druckbar
from konzept.navigation import Gliederungseintrag

from .aenderungsmarken import ohne_marken
from .staende import Stand, vorgaenger
from .vergleich import Elementaenderung, Feldaenderung, Vergleich, Vergleichsseite, Wandel, vergleiche, zaehle
from .vergleichsstellen import seiten_anker

TITELSEITE = "titelseite"
"""The title page in an address, where chapters stand with their Anker."""
WORTE = {
    Wandel.NEU: "neu",
    Wandel.GEAENDERT: "geändert",
    Wandel.VERSCHOBEN: "verschoben",
    Wandel.UMNUMMERIERT: "umnummeriert",
    Wandel.ENTFALLEN: "entfallen",
}
ARTEN = {
    "dokument": "",
    "kapitel": "Kapitel",
    "teil": "Abschnitt",
    "handlungsfeld": "Handlungsfeld",
    "absatz": "Absatz",
    "liste": "Liste",
    "zwischentitel": "Zwischentitel",
    "texttabelle": "Tabelle",
    "gremienzeile": "Gremien",
    "hinweis": "Hinweis",
    "leitlinie": "Leitlinie",
    "prozessschritt": "Prozessschritt",
    "gremium": "Gremium",
    "matrixzeile": "Querschnittsaufgabe",
    "indikator": "Indikator",
    "leitziel": "Leitziel",
    "handlungsziel": "Handlungsziel",
    "massnahme": "Maßnahme",
    "angebot": "Angebot",
    "mitwirkende": "",
    "kostenuebersicht": "",
    "zeitplan": "",
}


@dataclass
class Kapiteleintrag(Gliederungseintrag):
    """A line of the outline beside the page, with the number of changes."""

    hinweise: int = 0


@dataclass(frozen=True)
class Filter:
    """What of a comparison is shown: kinds (any where none is named), and one chapter or all (None)."""

    wandel: tuple[str, ...] = ()
    seite: str | None = None

    @classmethod
    def aus(cls, anfrage) -> "Filter":
        """Out of the parameters of an address; what is unknown counts as not said."""
        kapitel = anfrage.get("kapitel")
        wandel = tuple(w for w in Wandel if w in anfrage.getlist("wandel"))
        return cls(
            wandel if len(wandel) < len(Wandel) else (),
            None if not kapitel else "" if kapitel == TITELSEITE else kapitel,
        )

    def parameter(self) -> list[tuple[str, str]]:
        kapitel = [] if self.seite is None else [("kapitel", self.seite or TITELSEITE)]
        return [("wandel", str(w)) for w in self.wandel] + kapitel


@dataclass
class Gegenueber:
    """Two states and what differs between them; `filter` chooses what of it is shown.

    For the print (`druck`) signs that its fonts lack are replaced.
    """

    alt: Stand
    neu: Stand
    filter: Filter = field(default_factory=Filter)
    druck: bool = False

    @cached_property
    def namen(self) -> dict[str, str] | None:
        """Which elements of the two concepts carry each other on, by their Anker (see `vorgaenger`); None in one
        concept."""
        return vorgaenger(self.alt.konzept, self.neu.konzept)

    @property
    def hat_kapitel(self) -> bool:
        """Whether the chapter that the filter names is in one of the two states."""
        seite = self.filter.seite
        return not seite or any(seite in seiten_anker(stand.dokument) for stand in (self.neu, self.alt))

    @cached_property
    def alles(self) -> Vergleich:
        baeume = self.alt.dokument, self.neu.dokument
        if self.druck:
            baeume = map(druckbar, baeume)
        return vergleiche(*baeume, self.namen)

    @cached_property
    def gezeigt(self) -> Vergleich:
        return self.alles.auswahl(self.filter.wandel, self.filter.seite)

    def abfrage(self, filter_: Filter | None = None) -> str:
        """The parameters of an address for the same two states; as it is shown, or with another filter."""
        weitere = (self.filter if filter_ is None else filter_).parameter()
        return "?" + urlencode([("alt", self.alt.schluessel), ("neu", self.neu.schluessel), *weitere])

    def auswahl(self) -> str:
        """What of all changes is shown and what is left out, as sentences; "" where nothing is left out."""
        hier = self.alles.auswahl(seite=self.filter.seite).aenderungen
        gezeigt, alle = len(self.gezeigt.aenderungen), len(self.alles.aenderungen)
        if gezeigt == alle:
            return ""
        saetze = [f"Gezeigt {'ist' if gezeigt == 1 else 'sind'} {gezeigt} von {alle}\u00a0Änderungen."]
        fehlende = Counter(a.wandel for a in hier if self.filter.wandel and not {*a.wandel} & {*self.filter.wandel})
        worte = [f"{n}\u00a0{' und '.join(WORTE[w] for w in wandel)}" for wandel, n in fehlende.items()]
        if worte:
            saetze.append(f"Nicht gezeigt: {', '.join(worte)}.")
        if self.filter.seite is not None:
            titel = next((s.titel for s in self.alles.seiten if s.anker == self.filter.seite), "")
            anderswo = f"{alle - len(hier)}\u00a0Änderungen in anderen Kapiteln"
            saetze.append(f"Nur das Kapitel „{titel}“; nicht gezeigt: {anderswo}." if titel else "")
        return " ".join(filter(None, saetze))

    def arten(self) -> list[dict]:
        """A link for each kind that occurs in what is chosen of chapters, and one for all."""
        gewaehlt = self.alles.auswahl(seite=self.filter.seite)
        alle = {"text": "alle", "anzahl": len(gewaehlt.aenderungen), "filter": Filter((), self.filter.seite)}
        arten = [
            {"text": WORTE[w], "anzahl": anzahl, "filter": Filter((w,), self.filter.seite)}
            for w, anzahl in gewaehlt.anzahlen().items()
            if anzahl or w in self.filter.wandel
        ]
        for art in (alle, *arten):
            art["url"] = self.abfrage(art["filter"])
            art["aktiv"] = art["filter"] == self.filter or bool({*art["filter"].wandel} & {*self.filter.wandel})
        return [alle, *arten]

    def tabelle(self) -> list[dict]:
        """Counts per chapter and kind; each is a link."""
        return [
            {
                "anker": seite.anker,
                "titel": seite.titel,
                "entfallen": seite.entfallen,
                "url": self.abfrage(Filter((), seite.anker)),
                "zellen": [
                    {"wort": WORTE[w], "anzahl": anzahl, "url": self.abfrage(Filter((w,), seite.anker))}
                    for w, anzahl in zaehle(seite.aenderungen).items()
                ],
            }
            for seite in self.alles.seiten
        ]

    def gliederung(self) -> list[Gliederungseintrag]:
        """The chapters in which something changed, for the side of the page."""
        alle = Filter(self.filter.wandel)
        gezeigt = self.alles.auswahl(self.filter.wandel)
        eintraege = [Kapiteleintrag("", "", "Alle Kapitel", [], self.abfrage(alle), self.filter.seite is None)]
        eintraege[0].hinweise = len(gezeigt.aenderungen)
        for seite in gezeigt.seiten:
            url = self.abfrage(Filter(self.filter.wandel, seite.anker))
            aktiv = self.filter.seite == seite.anker
            eintraege.append(
                Kapiteleintrag(seite.anker, "", seite.titel, [], url, aktiv, len(seite.aenderungen))
            )
        return eintraege

    def zeilen(self) -> list["Zeile"]:
        """The changes to show, each with its chapter."""
        return [Zeile(aenderung, seite, self) for seite in self.gezeigt.seiten for aenderung in seite.aenderungen]


@dataclass
class Zeile:
    """A change as a line of a list."""

    aenderung: Elementaenderung
    seite: Vergleichsseite
    gegenueber: Gegenueber

    @property
    def art(self) -> str:
        return ARTEN[self.aenderung.art]

    @property
    def name(self) -> str:
        """ "Maßnahme 4 „Sprachcafé“", for a paragraph "Absatz (Randnummer 23)"."""
        a = self.aenderung
        if not a.titel:
            return f"{self.art} ({self.rn})" if self.rn else self.art
        nummer = a.nummer or a.nummer_alt
        return " ".join(filter(None, (self.art, nummer, f"„{a.titel}“" if self.art and a.titel else a.titel)))

    @property
    def ort(self) -> str:
        """The heading above it, where that is not the chapter itself."""
        a = self.aenderung
        return "" if a.ort_anker == self.seite.anker else a.ort or a.ort_alt

    @property
    def rn(self) -> str:
        """Its Randnummer in words; the Arbeitsstand shows none."""
        a, gegenueber = self.aenderung, self.gegenueber
        if gegenueber.neu.fassung and a.rn:
            return f"Randnummer {a.rn}"
        return f"bisher Randnummer {a.rn_alt}" if gegenueber.alt.fassung and a.rn_alt else ""

    @property
    def ganz(self) -> bool:
        """Whether all of it is new, or all of it was dropped."""
        return self.aenderung.wandel in ((Wandel.NEU,), (Wandel.ENTFALLEN,))

    @property
    def ausser_titel(self) -> list[Feldaenderung]:
        """The fields that say more than the title."""
        a = self.aenderung
        return [f for f in a.felder if [ohne_marken("".join(lauf.text for lauf in z)) for z in f.zeilen] != [a.titel]]

    @property
    def worte(self) -> list[tuple[str, str]]:
        """(kind, word) of each kind of change."""
        return [(w, WORTE[w]) for w in self.aenderung.wandel]

    @property
    def wandel(self) -> str:
        """ "geändert, verschoben"."""
        return ", ".join(wort for _, wort in self.worte)

    @property
    def url(self) -> str:
        """Its place in the later state, "" where it is not there."""
        a = self.aenderung
        return self.gegenueber.neu.adresse(a.anker, _rn(a, a.rn)) if a.anker else ""

    @property
    def url_alt(self) -> str:
        a = self.aenderung
        return self.gegenueber.alt.adresse(a.anker_alt, _rn(a, a.rn_alt)) if a.anker_alt else ""

    @property
    def saetze(self) -> list[str]:
        """What no field shows: the new place, the new number."""
        a, saetze = self.aenderung, []
        if Wandel.VERSCHOBEN in a.wandel:
            wohin = f"hinter „{a.hinter}“" if a.hinter.strip() else "am Anfang"
            von = f"Stand bisher {_bei(a.ort_alt)}, steht jetzt {_bei(a.ort)}."
            saetze.append(von if a.anderswo else f"Steht jetzt {wohin}.")
        if Wandel.UMNUMMERIERT in a.wandel:
            saetze.append(f"Nummer bisher {a.nummer_alt or 'keine'}, jetzt {a.nummer or 'keine'}.")
        return saetze


def _bei(ort: str) -> str:
    return f"bei „{ort}“" if ort else "auf der obersten Ebene"


def _rn(aenderung: Elementaenderung, rn: int) -> int:
    """A paragraph is found by its Randnummer, everything else by its Anker."""
    return rn if aenderung.art in ("absatz", "liste", "texttabelle") else 0
