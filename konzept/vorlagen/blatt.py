"""The Vorlage as a frozen tree: what stands on the paper, with the labels of the Kommune and in its order."""

from konzept.dokument import baum
from konzept.dokument.kostenuebersicht import kostenuebersicht
from konzept.dokument.zahlen import zahl
from konzept.fliesstext import Knoten, Liste, Punkt, Text, lies_text
from konzept.heute import am

from .anlagen import Anlagen
from .models import Bereich, Kopfzeile, Station, Vorlage, Vorlagenteil, zeilen_fuer

ARBEITSSTAND = "Arbeitsstand, keine festgeschriebene Fassung"


class Angabe(Knoten, kw_only=True):
    bezeichnung: str
    text: str


class Spalte(Knoten, kw_only=True):
    """`teil` is the Vorlagenteil that the column shows; its width depends on it."""

    teil: str
    titel: str


class Beratungsfolge(Knoten, kw_only=True):
    """A table: its columns, and for each Station its cells, each with its lines."""

    spalten: tuple[Spalte, ...]
    zeilen: tuple[tuple[tuple[str, ...], ...], ...]


class Anlage(Knoten, kw_only=True):
    """A line of the list of annexes, see `anlagen.Anlagenzeile`; `anker` is where it begins in the print, and `fehlt`
    says that it should be there."""

    nummer: int
    titel: str
    gebunden: bool
    fehlt: bool = False
    anker: str


class Unterschrift(Knoten, kw_only=True):
    zusatz: str = ""
    gezeichnet: bool = False
    name: str
    funktion: str = ""


class Abschnitt(Knoten, kw_only=True):
    """A section; `art` names the template that prints what it holds. `titel` may be empty."""

    art: str
    titel: str = ""
    text: Text = ()
    zeilen: tuple[str, ...] = ()
    folge: Beratungsfolge | None = None
    kosten: baum.Kostenuebersicht | None = None
    anlagen: tuple[Anlage, ...] = ()
    unterschriften: tuple[Unterschrift, ...] = ()


class Blatt(Knoten, kw_only=True):
    """`vermerk` says that Anlage 1 is no frozen version; empty where it is one."""

    kommune: baum.Kommune
    art: str
    status: str
    nummer: str = ""
    betreff: str
    anlage: str
    vermerk: str = ""
    angaben: tuple[Angabe, ...] = ()
    abschnitte: tuple[Abschnitt, ...] = ()

    @property
    def bezeichnung(self) -> str:
        """ "Informationsvorlage FB2/0357/2016"."""
        return f"{self.art} {self.nummer}".strip()


def stelle_blatt_zusammen(vorlage: Vorlage, dokument: baum.Dokument, anlagen: Anlagen | None = None) -> Blatt:
    """The paper of a Vorlage that was read with `fuer_blatt`; `dokument` is its Anlage 1. One query for the labels, and
    one where an Abwägungstabelle is among its `anlagen`."""
    return _Bau(vorlage, dokument, anlagen or Anlagen(vorlage), zeilen_fuer(vorlage.konzept.kommune)).blatt()


class _Bau:
    def __init__(
        self, vorlage: Vorlage, dokument: baum.Dokument, anlagen: Anlagen, zeilen: dict[Bereich, list[Kopfzeile]]
    ):
        self.v, self.dokument, self.anlagen = vorlage, dokument, anlagen
        self.zeilen = {bereich: [z for z in folge if z.gezeigt] for bereich, folge in zeilen.items()}

    def blatt(self) -> Blatt:
        v = self.v
        return Blatt(
            kommune=self.dokument.kommune,
            art=v.get_art_display(),
            status=v.status,
            nummer=v.nummer,
            betreff=v.betreff,
            anlage=self.dokument.titel,
            vermerk="" if v.fassung_id else ARBEITSSTAND,
            angaben=tuple(self.angaben()),
            abschnitte=tuple(self.abschnitte()),
        )

    def angaben(self):
        v, teil = self.v, Vorlagenteil
        werte = {
            teil.DRUCKSACHE: v.nummer,
            teil.DATUM: _tag(v.datum),
            teil.STATUS: v.status,
            teil.ART: v.get_art_display(),
            teil.FEDERFUEHREND: v.federfuehrend,
            teil.BERICHTERSTATTUNG: v.berichterstattung,
            teil.AKTENZEICHEN: v.aktenzeichen,
        }
        for zeile in self.zeilen[Bereich.KOPF]:
            if werte[zeile.teil]:
                yield Angabe(bezeichnung=zeile.bezeichnung, text=werte[zeile.teil])

    def abschnitte(self):
        """The sections that hold anything, in the Kommune's order; the Betreff always, as it is the paper's title."""
        betreff_fehlt = True
        for zeile in self.zeilen[Bereich.ABSCHNITTE]:
            betreff_fehlt &= zeile.teil != Vorlagenteil.BETREFF
            if zeile.teil == Vorlagenteil.WEITERE:
                yield from (
                    Abschnitt(titel=a.titel, **inhalt) for a in self.v.abschnitte.all() if (inhalt := _text(a.text))
                )
            elif inhalt := getattr(self, f"_{zeile.teil}")():
                yield Abschnitt(titel=zeile.bezeichnung, **inhalt)
        if betreff_fehlt:
            yield Abschnitt(art="betreff")

    def _betreff(self):
        return {"art": "betreff"}

    def _sachverhalt(self):
        return _text(self.v.sachverhalt)

    def _begruendung(self):
        return _text(self.v.begruendung)

    def _beschluss(self):
        punkte = tuple(Punkt(bloecke=lies_text(punkt.text)) for punkt in self.v.beschlusspunkte.all())
        text = punkte[0].bloecke if len(punkte) == 1 else (Liste(start=1, punkte=punkte),)
        return punkte and {"art": "text", "text": text}

    def _finanzen(self):
        v, zeilen = self.v, []
        kosten = _uebersicht(self.dokument) if v.konzeptkosten else None
        if v.stellenanteile is not None:
            zeilen.append(f"Neue Stellenanteile durch diese Vorlage: {zahl(v.stellenanteile)}\u00a0VZÄ")
        if kosten and kosten.stellen:
            zeilen.append(_stellen(kosten.stellen))
        text = lies_text(v.finanzen)
        return (text or kosten or zeilen) and {
            "art": "finanzen",
            "text": text,
            "kosten": kosten,
            "zeilen": tuple(zeilen),
        }

    def _vorgaenge(self):
        zeilen = tuple(
            f"{v.nummer}{f' vom {_tag(v.datum)}' if v.datum else ''}{f': {v.text}' if v.text else ''}"
            for v in self.v.vorgaenge.all()
        )
        return zeilen and {"art": "liste", "zeilen": zeilen}

    def _anlagen(self):
        anlagen = tuple(
            Anlage(nummer=e.nummer, titel=e.titel, gebunden=e.gebunden, fehlt=bool(e.grund), anker=e.anker)
            for e in self.anlagen.eintraege(self.dokument.titel)
            if not e.verschwiegen
        )
        return {"art": "anlagen", "anlagen": anlagen}

    def _unterschriften(self):
        unterschriften = tuple(
            Unterschrift(zusatz=u.zusatz, gezeichnet=u.gezeichnet, name=u.name, funktion=u.funktion)
            for u in self.v.unterschriften.all()
        )
        return unterschriften and {"art": "unterschriften", "unterschriften": unterschriften}

    def _beratungsfolge(self):
        stationen = list(self.v.stationen.all())
        spalten = []
        for zeile in self.zeilen[Bereich.FOLGE]:
            zellen = [self._zelle(zeile.teil, station) for station in stationen]
            if any(zellen):
                spalten.append((Spalte(teil=zeile.teil, titel=zeile.bezeichnung), zellen))
        if not spalten:
            return None
        folge = Beratungsfolge(
            spalten=tuple(spalte for spalte, _ in spalten),
            zeilen=tuple(zip(*(zellen for _, zellen in spalten), strict=True)),
        )
        return {"art": "beratungsfolge", "folge": folge}

    def _zelle(self, teil: str, s: Station) -> tuple[str, ...]:
        """The lines of a cell, () where there is nothing to say."""
        match teil:
            case Vorlagenteil.GREMIUM:
                return (s.gremium.name,)
            case Vorlagenteil.SITZUNG:
                return _zeile(_tag(s.datum))
            case Vorlagenteil.TOP:
                return _zeile(s.top)
            case Vorlagenteil.ROLLE:
                return _zeile(s.get_rolle_display())
            case Vorlagenteil.ERGEBNIS:
                punkte = (f"zu\u00a0{nr}: {e.get_ergebnis_display()}" for nr, e in self._punktergebnisse(s))
                return (*_zeile(s.get_ergebnis_display()), *punkte, *_zeile(s.bemerkung))
        punkte = (f"zu\u00a0{nr}: {e.stimmen}" for nr, e in self._punktergebnisse(s) if e.stimmen)
        return (*_zeile(s.stimmen), *punkte)

    def _punktergebnisse(self, station: Station):
        """(number of the point, its result) in the order of the points."""
        je_punkt = {ergebnis.punkt_id: ergebnis for ergebnis in station.punktergebnisse.all()}
        for nummer, punkt in enumerate(self.v.beschlusspunkte.all(), start=1):
            if punkt.pk in je_punkt:
                yield nummer, je_punkt[punkt.pk]


def _text(text: str):
    bloecke = lies_text(text)
    return bloecke and {"art": "text", "text": bloecke}


def _zeile(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _tag(datum) -> str:
    return am(datum) if datum else ""


def _uebersicht(dokument: baum.Dokument) -> baum.Kostenuebersicht | None:
    uebersicht = kostenuebersicht(dokument)
    return uebersicht if isinstance(uebersicht, baum.Kostenuebersicht) else None


def _stellen(stellen: baum.Stellen) -> str:
    """Which number of posts it is: the highest that stands in one year, and when."""
    summe = stellen.summe
    wann = [jahr for jahr, anteil in zip(stellen.jahre, summe.anteile, strict=True) if anteil == summe.hoechstens]
    dann = f", höchster Stand ({_jahre(wann)})" if len({*summe.anteile}) > 1 else ""
    return f"Stellenanteile in den Maßnahmen der Anlage 1: {zahl(summe.hoechstens)}\u00a0VZÄ{dann}. {stellen.satz}"


def _jahre(spalten: list[str]) -> str:
    """ "2029", "2029–2031", "2029, nach 2032"."""
    jahre = [int(spalte) for spalte in spalten if spalte.isdecimal()]
    if len(jahre) == len(spalten) > 2 and jahre == list(range(jahre[0], jahre[-1] + 1)):
        return f"{spalten[0]}–{spalten[-1]}"
    return ", ".join(spalten)
