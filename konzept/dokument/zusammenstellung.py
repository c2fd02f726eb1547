"""From rows to the document: the one way in which a concept becomes what a reader sees."""

from collections.abc import Callable
from itertools import groupby
from typing import NamedTuple

from msgspec import structs

from konzept.heute import am
from konzept.models import Abschnitt, Konzept, Leitlinie, Mitglied
from konzept.schreibweise import ordnung
from massnahmen.gliederung import anker
from massnahmen.models import Akteur

from . import baum
from .bau import LUECKE
from .handlungsfeldbau import Handlungsfeldbau
from .kostenuebersicht import kostenuebersicht
from .maengel import OHNE_BEZUG, UNBEKANNTE_ANGABE, Maengel, Mangel, Unvollstaendig
from .zeilen import Zeilen
from .zeitplan import zeitplan


def stelle_zusammen(konzept: Konzept) -> baum.Dokument:
    """The whole concept as a frozen tree, without what cannot be shown (see `maengel`). 25 queries, whatever its size,
    and one more where `kommune` is not loaded."""
    return stelle_mit_maengeln_zusammen(Zeilen(konzept))[0]


def stelle_mit_maengeln_zusammen(zeilen: Zeilen) -> tuple[baum.Dokument, tuple[Mangel, ...]]:
    """The tree of rows that were read, and what is not in it as the rows have it. No queries."""
    maengel = Maengel(zeilen.konzept)
    dokument = Konzeptbau(zeilen, maengel).dokument()
    if maengel.ohne_ziel:
        # It is assembled once more without them, so that nothing points to what is left out.
        dokument = Konzeptbau(zeilen, maengel).dokument()
    return dokument, maengel.alle()


def stelle_ganz_zusammen(konzept: Konzept) -> baum.Dokument:
    """Like `stelle_zusammen`, for what must have no gaps. Raises Unvollstaendig."""
    dokument, maengel = stelle_mit_maengeln_zusammen(Zeilen(konzept))
    if maengel:
        raise Unvollstaendig(maengel)
    return dokument


def ohne_kapitel(konzept: Konzept) -> baum.Dokument:
    """What stands on the cover, and nothing of what is behind it. No queries where `kommune` is loaded."""
    kommune = konzept.kommune
    return baum.Dokument(
        kommune=baum.Kommune(
            slug=kommune.slug,
            name=kommune.name,
            kurzname=kommune.kurzname,
            art=kommune.art,
            ags=kommune.ags or "",
            wappen=kommune.wappen.name or "",
            wappen_beschreibung=kommune.wappen_beschreibung,
            akzentfarbe=kommune.akzentfarbe,
            waehrung=kommune.waehrung,
        ),
        slug=konzept.slug,
        titel=konzept.titel,
        untertitel=konzept.untertitel,
        anlass=konzept.anlass,
        herausgeber=konzept.herausgeber,
        stand=konzept.stand,
        gueltig_ab=konzept.gueltig_ab,
        gueltig_bis=konzept.gueltig_bis,
    )


STEHEN = {
    Abschnitt.Inhalt.LEITLINIEN: "Die Leitlinien stehen",
    Abschnitt.Inhalt.PROZESS: "Die Prozessschritte stehen",
    Abschnitt.Inhalt.QUERSCHNITT: "Die Querschnittsaufgaben stehen",
    Abschnitt.Inhalt.GREMIEN: "Die Gremien und ihre Beteiligung stehen",
    Abschnitt.Inhalt.ANGEBOTE: "Die Angebote stehen",
    Abschnitt.Inhalt.INDIKATOREN: "Die Indikatoren stehen",
    Abschnitt.Inhalt.MITWIRKENDE: "Die Mitwirkenden stehen",
    Abschnitt.Inhalt.KOSTEN: "Die Kostenübersicht steht",
    Abschnitt.Inhalt.ZEITPLAN: "Der Zeitplan steht",
}
"""What a second Abschnitt with the same content says in its place; the Handlungsfelder have one place alone."""


class _Platz(NamedTuple):
    """Stands in the tree where `bau` puts what it makes of the whole document, once that is there."""

    abschnitt: Abschnitt
    bau: Callable[[baum.Dokument], baum.Teil]


class Konzeptbau(Handlungsfeldbau):
    """The whole concept: its outline and what the Abschnitte hold."""

    def __init__(self, zeilen: Zeilen, maengel: Maengel) -> None:
        super().__init__(zeilen, maengel)
        self._nummeriere_leitlinien()
        for zeile in (*self.nr.abschnitte, *self.nr.handlungsziele, *self.nr.massnahmen):
            if grund := self.nr.verwaist.get((zeile._meta.model_name, zeile.pk)):
                maengel.nenne(zeile, grund)
        for indikator in zeilen.ohne_bezug():
            maengel.nenne(indikator, OHNE_BEZUG)

    def dokument(self) -> baum.Dokument:
        """The tree. What sums up all measures is put in at the end, out of the tree itself."""
        dokument = self._dokument()
        return structs.replace(dokument, kapitel=tuple(self._mit_summen(k, dokument) for k in dokument.kapitel))

    def _mit_summen(self, kapitel: baum.Kapitel, dokument: baum.Dokument) -> baum.Kapitel:
        teile: list[baum.Teil] = []
        for teil in kapitel.teile:
            if isinstance(teil, _Platz):
                teile += self.inhalt(teil.abschnitt, lambda _, bau=teil.bau: [bau(dokument)])
            else:
                teile.append(teil)
        unter = tuple(self._mit_summen(k, dokument) for k in kapitel.kapitel)
        return structs.replace(kapitel, teile=tuple(teile), kapitel=unter)

    def _dokument(self) -> baum.Dokument:
        return structs.replace(ohne_kapitel(self.k), kapitel=tuple(self.abschnitt(a) for a in self.nr.unter[None]))

    def abschnitt(self, a: Abschnitt) -> baum.Kapitel:
        zeigt = self._leitlinien_in(a) if a.inhalt == Abschnitt.Inhalt.LEITLINIEN else ()
        teile = [*self.inhalt(a, self._text_von), *self.inhalt(a, self._liste_von, zeigt=zeigt)]
        kapitel = []
        if a.inhalt == Abschnitt.Inhalt.HANDLUNGSFELDER:
            kapitel += self.handlungsfelder()
        kapitel += [self.abschnitt(u) for u in self.nr.unter[a.pk]]
        if not teile and not kapitel:
            teile.append(baum.Hinweis(text="Zu diesem Abschnitt liegt noch kein Text vor."))
        return baum.Kapitel(
            anker=anker(a),
            nummer=self.nr[a],
            titel=a.titel,
            kurz=a.kurztitel,
            teile=tuple(teile),
            kapitel=tuple(kapitel),
        )

    def _text_von(self, a: Abschnitt):
        return self.text(a.text)

    def _liste_von(self, a: Abschnitt):
        if a.inhalt in STEHEN and self._steht_anderswo(a):
            yield self._wo_es_steht(a.inhalt)
            return
        match a.inhalt:
            case Abschnitt.Inhalt.LEITLINIEN:
                yield from self.leitlinien(a)
            case Abschnitt.Inhalt.PROZESS:
                yield from self.prozess()
            case Abschnitt.Inhalt.QUERSCHNITT:
                yield from self.matrix()
            case Abschnitt.Inhalt.GREMIEN:
                yield from self.gremien()
            case Abschnitt.Inhalt.ANGEBOTE:
                yield from self.angebote()
            case Abschnitt.Inhalt.INDIKATOREN:
                yield from self.kontextindikatoren()
            case Abschnitt.Inhalt.MITWIRKENDE:
                yield from self.mitwirkende()
            case Abschnitt.Inhalt.KOSTEN:
                yield _Platz(a, kostenuebersicht)
            case Abschnitt.Inhalt.ZEITPLAN:
                yield _Platz(a, zeitplan)
            case unbekannt if unbekannt not in ("", Abschnitt.Inhalt.HANDLUNGSFELDER):
                self.maengel.nenne(a, UNBEKANNTE_ANGABE)

    def _steht_anderswo(self, a: Abschnitt) -> bool:
        """Whether an earlier Abschnitt shows what this one names; Leitlinien may have lists of their own in several."""
        if a.inhalt == Abschnitt.Inhalt.LEITLINIEN and (self._leitlinien_in(a) or not self.z.leitlinien):
            return False
        return self.nr.erste_mit[a.inhalt].pk != a.pk

    def _wo_es_steht(self, inhalt: str) -> baum.Absatz:
        dort = self.nr.erste_mit[inhalt]
        laeufe = (
            baum.Lauf(text=f"{STEHEN[inhalt]} in "),
            baum.Lauf(text=self.stellenname(dort, mit_titel=True), ziel=f"#{anker(dort)}"),
            baum.Lauf(text="."),
        )
        return baum.Absatz(rn=self.rn(), laeufe=laeufe)

    def _art(self, element, zeile, name: str) -> str:
        """The kind of a row that an element shows, as a label above its name; "" where it would say nothing
        ("Sonstiges") or the same once more."""
        art = self.wort(element, type(zeile).Art, zeile.art)
        return "" if zeile.art == "sonstiges" or art == name else art

    def _nummeriere_leitlinien(self) -> None:
        """Leitlinien count from 1 in each list that the outline shows."""
        for liste in {self.nr.liste_von(ll) for ll in self.z.leitlinien}:
            self.nr.zaehle_geschwister([ll for ll in self.z.leitlinien if self.nr.liste_von(ll) == liste])

    def _leitlinien_in(self, a: Abschnitt) -> list:
        return [ll for ll in self.z.leitlinien if self.nr.liste_von(ll) == a.pk]

    def leitlinien(self, a: Abschnitt):
        hier = self._leitlinien_in(a)
        if not hier:
            yield baum.Hinweis(text="Leitlinien sind noch nicht festgelegt.")
            return
        eintraege = self.alle(hier, self._leitlinie)
        yield baum.Leitlinien(eintraege=eintraege) if eintraege else LUECKE

    def _leitlinie(self, ll) -> baum.Leitlinie:
        return baum.Leitlinie(
            anker=anker(ll),
            rn=self.rn(),
            nummer=self.nr[ll],
            titel=ll.titel,
            text=self.text(ll.text, rn=False),
            status=self.wort(ll, Leitlinie.Status, ll.status),
            fragen=tuple(
                baum.Fragengruppe(gremium=gremium, fragen=tuple(f.text for f in fragen))
                for gremium, fragen in groupby(
                    self.z.leitfragen[ll.pk], key=lambda f: f.gremium.name if f.gremium else ""
                )
            ),
        )

    def prozess(self):
        if not self.z.prozessschritte:
            yield baum.Hinweis(text="Prozessschritte sind noch nicht erfasst.")
            return
        schritte = self.alle(self.z.prozessschritte, self._prozessschritt)
        yield baum.Prozessliste(schritte=schritte) if schritte else LUECKE

    def _prozessschritt(self, s) -> baum.Prozessschritt:
        return baum.Prozessschritt(
            anker=anker(s),
            rn=self.rn(),
            art=self._art(s, s, s.titel),
            titel=s.titel,
            termine=tuple(wort or am(tag) for tag, wort in self.z.prozessangaben["termin", s.pk]),
            teilnehmende=s.teilnehmende,
            gruppen=tuple(name for _, name in self.z.prozessangaben["gruppe", s.pk]),
            text=self.text(s.text, rn=False),
        )

    def gremien(self):
        if not self.z.beteiligungen:
            yield baum.Hinweis(text="Gremien und Beteiligung sind noch nicht festgelegt.")
            return
        felder = self.feldverweise()
        gremien = self.alle(self.z.beteiligungen, self._gremium, felder)
        yield baum.Gremienliste(gremien=gremien) if gremien else LUECKE

    def _gremium(self, b, felder) -> baum.Gremium:
        manager = Mitglied.Funktion.NETZWERKMANAGEMENT
        return baum.Gremium(
            anker=anker(b),
            rn=self.rn(),
            name=b.gremium.name,
            art=self._art(b, b.gremium, b.gremium.name),
            takt=b.takt,
            aufgabe=self.text(b.aufgabe, rn=False),
            mitglieder=tuple(
                baum.Mitglied(name=m.name, funktion="Vorsitz" if m.funktion == Mitglied.Funktion.VORSITZ else "")
                for m in self.z.mitglieder[b.gremium_id]
                if m.funktion != manager
            ),
            tandem=tuple(m.name for m in self.z.mitglieder[b.gremium_id] if m.funktion == manager),
            felder=tuple(
                felder[feld.pk] for feld in self.nr.felder if feld.pk in self.z.felder_von_gremium[b.gremium_id]
            ),
        )

    def kontextindikatoren(self):
        indikatoren = self.z.indikatoren["kontext", 0]
        if not indikatoren:
            yield baum.Hinweis(text="Indikatoren werden noch erarbeitet.")
            return
        felder = self.feldverweise()
        gebaut = self.alle(indikatoren, self._kontextindikator, felder)
        yield baum.Indikatorentabelle(indikatoren=gebaut) if gebaut else LUECKE

    def _kontextindikator(self, i, felder) -> baum.Indikator:
        return self._indikator(i, felder.get(i.handlungsfeld_id))

    def matrix(self):
        if not self.z.querschnittsaufgaben:
            yield baum.Hinweis(text="Querschnittsaufgaben sind noch nicht festgelegt.")
            return
        spalten = tuple(self.feldverweise().values())
        zeilen = self.alle(self.z.querschnittsaufgaben, self._matrixzeile)
        yield baum.Matrix(spalten=spalten, zeilen=zeilen) if zeilen else LUECKE

    def _matrixzeile(self, q) -> baum.Matrixzeile:
        return baum.Matrixzeile(
            anker=anker(q),
            rn=self.rn(),
            nummer=self.nr[q],
            titel=q.titel,
            text=self.text(q.text, rn=False),
            zellen=tuple(
                baum.Matrixzelle(betrifft=bezug is not None, text=bezug.text if bezug else "")
                for bezug in (self.z.bezuege.get((q.pk, feld.pk)) for feld in self.nr.felder)
            ),
        )

    def angebote(self):
        if not self.z.angebote:
            yield baum.Hinweis(text="Angebote sind noch nicht erfasst.")
            return
        felder = self.feldverweise()
        platz = {pk: i for i, pk in enumerate(felder)}
        gruppiert = sorted(self.z.angebote, key=lambda a: platz.get(a.handlungsfeld_id, len(platz)))
        angebote = self.alle(gruppiert, self._angebot, felder)
        yield baum.Angebotsliste(angebote=angebote) if angebote else LUECKE

    def _angebot(self, a, felder) -> baum.Angebot:
        return baum.Angebot(
            anker=anker(a),
            rn=self.rn(),
            titel=a.titel,
            text=self.text(a.text, rn=False),
            seit=str(a.seit),
            anbieter=tuple(akteur.name or akteur.kurz for akteur, _ in self.akteure(a, "angebot", a.pk)),
            zielgruppen=tuple(sorted((name for (name,) in self.z.zielgruppen["angebot", a.pk]), key=ordnung)),
            feld=felder.get(a.handlungsfeld_id),
            foerderungen=tuple(
                baum.Foerderung(geber=f.geber, programm=f.programm, angabe=str(f.angabe))
                for f in self.z.foerderungen[a.pk]
            ),
        )

    def mitwirkende(self):
        if not self.z.mitwirkende:
            yield baum.Hinweis(text="Mitwirkende sind noch nicht erfasst.")
            return
        yield baum.Mitwirkende(
            eintraege=tuple(
                baum.Mitwirkender(kurz=a.kurz, name=a.name, art=self.wort(a, Akteur.Art, a.art))
                for a in self.z.mitwirkende
            )
        )
