"""From rows to the document: the one way in which a concept becomes what a reader sees."""

from itertools import groupby

from konzept.heute import am
from konzept.models import Abschnitt, Konzept, Mitglied
from massnahmen.gliederung import anker

from . import baum
from .handlungsfeldbau import Handlungsfeldbau
from .kostenuebersicht import kostenuebersicht
from .zeilen import Zeilen
from .zeitplan import zeitplan


def stelle_zusammen(konzept: Konzept) -> baum.Dokument:
    """The whole concept as a frozen tree. 25 queries, whatever its size, and one more where `kommune` is not loaded."""
    return Konzeptbau(Zeilen(konzept)).dokument()


class Konzeptbau(Handlungsfeldbau):
    """The whole concept: its outline and what the Abschnitte hold."""

    def __init__(self, zeilen: Zeilen):
        super().__init__(zeilen)
        self._nummeriere_leitlinien()

    def dokument(self) -> baum.Dokument:
        k, kommune = self.k, self.k.kommune
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
            ),
            slug=k.slug,
            titel=k.titel,
            untertitel=k.untertitel,
            anlass=k.anlass,
            herausgeber=k.herausgeber,
            stand=k.stand,
            gueltig_ab=k.gueltig_ab,
            gueltig_bis=k.gueltig_bis,
            kapitel=tuple(self.abschnitt(a) for a in self.nr.unter[None]),
        )

    def abschnitt(self, a: Abschnitt) -> baum.Kapitel:
        teile = [*self.text(a.text)]
        kapitel = []
        match a.inhalt:
            case Abschnitt.Inhalt.HANDLUNGSFELDER:
                kapitel = [self.handlungsfeld(f) for f in self.nr.felder]
            case Abschnitt.Inhalt.LEITLINIEN:
                teile += self.leitlinien(a)
            case Abschnitt.Inhalt.PROZESS:
                teile += self.prozess()
            case Abschnitt.Inhalt.QUERSCHNITT:
                teile += self.matrix()
            case Abschnitt.Inhalt.GREMIEN:
                teile += self.gremien()
            case Abschnitt.Inhalt.ANGEBOTE:
                teile += self.angebote()
            case Abschnitt.Inhalt.INDIKATOREN:
                teile += self.kontextindikatoren()
            case Abschnitt.Inhalt.MITWIRKENDE:
                teile += self.mitwirkende()
            case Abschnitt.Inhalt.KOSTEN:
                teile.append(kostenuebersicht(self.z))
            case Abschnitt.Inhalt.ZEITPLAN:
                teile.append(zeitplan(self.z))
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

    def _nummeriere_leitlinien(self):
        """Leitlinien count from 1 in each list that the outline shows."""
        for _, liste in groupby(sorted(self.z.leitlinien, key=_listenplatz), key=_listenplatz):
            self.nr.zaehle_geschwister(list(liste))

    def leitlinien(self, a: Abschnitt):
        hier = [ll for ll in self.z.leitlinien if ll.abschnitt_id in (a.pk, None)]
        if not hier:
            yield baum.Hinweis(text="Leitlinien sind noch nicht festgelegt.")
            return
        yield baum.Leitlinien(
            eintraege=tuple(
                baum.Leitlinie(
                    anker=anker(ll),
                    rn=self.rn(),
                    nummer=self.nr[ll],
                    titel=ll.titel,
                    text=self.text(ll.text, rn=False),
                    status=ll.get_status_display() if ll.status else "",
                    fragen=tuple(
                        baum.Fragengruppe(gremium=gremium, fragen=tuple(f.text for f in fragen))
                        for gremium, fragen in groupby(
                            self.z.leitfragen[ll.pk], key=lambda f: f.gremium.name if f.gremium else ""
                        )
                    ),
                )
                for ll in hier
            )
        )

    def prozess(self):
        if not self.z.prozessschritte:
            yield baum.Hinweis(text="Prozessschritte sind noch nicht erfasst.")
            return
        yield baum.Prozessliste(
            schritte=tuple(
                baum.Prozessschritt(
                    anker=anker(s),
                    rn=self.rn(),
                    art=_art(s, s.titel),
                    titel=s.titel,
                    termine=tuple(wort or am(tag) for tag, wort in self.z.prozessangaben["termin", s.pk]),
                    teilnehmende=s.teilnehmende,
                    gruppen=tuple(name for _, name in self.z.prozessangaben["gruppe", s.pk]),
                    text=self.text(s.text, rn=False),
                )
                for s in self.z.prozessschritte
            )
        )

    def gremien(self):
        if not self.z.beteiligungen:
            yield baum.Hinweis(text="Gremien und Beteiligung sind noch nicht festgelegt.")
            return
        manager = Mitglied.Funktion.NETZWERKMANAGEMENT
        felder = {feld.pk: self.verweis(feld) for feld in self.nr.felder}
        yield baum.Gremienliste(
            gremien=tuple(
                baum.Gremium(
                    anker=anker(b),
                    rn=self.rn(),
                    name=b.gremium.name,
                    art=_art(b.gremium, b.gremium.name),
                    takt=b.takt,
                    aufgabe=self.text(b.aufgabe, rn=False),
                    mitglieder=tuple(
                        baum.Mitglied(
                            name=m.name, funktion="Vorsitz" if m.funktion == Mitglied.Funktion.VORSITZ else ""
                        )
                        for m in self.z.mitglieder[b.gremium_id]
                        if m.funktion != manager
                    ),
                    tandem=tuple(m.name for m in self.z.mitglieder[b.gremium_id] if m.funktion == manager),
                    felder=tuple(
                        felder[feld.pk] for feld in self.nr.felder if feld.pk in self.z.felder_von_gremium[b.gremium_id]
                    ),
                )
                for b in self.z.beteiligungen
            )
        )

    def kontextindikatoren(self):
        indikatoren = self.z.indikatoren["kontext", 0]
        if not indikatoren:
            yield baum.Hinweis(text="Indikatoren werden noch erarbeitet.")
            return
        felder = {feld.pk: self.verweis(feld) for feld in self.nr.felder}
        yield baum.Indikatorentabelle(
            indikatoren=tuple(self._indikator(i, felder.get(i.handlungsfeld_id)) for i in indikatoren)
        )

    def matrix(self):
        if not self.z.querschnittsaufgaben:
            yield baum.Hinweis(text="Querschnittsaufgaben sind noch nicht festgelegt.")
            return
        yield baum.Matrix(
            spalten=tuple(self.verweis(feld) for feld in self.nr.felder),
            zeilen=tuple(
                baum.Matrixzeile(
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
                for q in self.z.querschnittsaufgaben
            ),
        )

    def angebote(self):
        if not self.z.angebote:
            yield baum.Hinweis(text="Angebote sind noch nicht erfasst.")
            return
        felder = {feld.pk: self.verweis(feld) for feld in self.nr.felder}
        yield baum.Angebotsliste(
            angebote=tuple(
                baum.Angebot(
                    anker=anker(a),
                    rn=self.rn(),
                    titel=a.titel,
                    text=self.text(a.text, rn=False),
                    seit=str(a.seit),
                    anbieter=tuple(self.z.akteure[akteur].name or self.z.akteure[akteur].kurz
                                   for akteur, _ in self.z.beteiligte["angebot", a.pk]),
                    zielgruppen=tuple(sorted(name for (name,) in self.z.zielgruppen["angebot", a.pk])),
                    feld=felder.get(a.handlungsfeld_id),
                    foerderungen=tuple(
                        baum.Foerderung(geber=f.geber, programm=f.programm, angabe=str(f.angabe))
                        for f in self.z.foerderungen[a.pk]
                    ),
                )
                for a in self.z.angebote
            )
        )  # fmt: skip

    def mitwirkende(self):
        if not self.z.mitwirkende:
            yield baum.Hinweis(text="Mitwirkende sind noch nicht erfasst.")
            return
        yield baum.Mitwirkende(
            eintraege=tuple(
                baum.Mitwirkender(kurz=a.kurz, name=a.name, art=a.get_art_display()) for a in self.z.mitwirkende
            )
        )


def _art(zeile, name: str) -> str:
    """The kind as a label above a name; "" where it would say nothing ("Sonstiges") or the same once more."""
    art = zeile.get_art_display()
    return "" if zeile.art == "sonstiges" or art == name else art


def _listenplatz(leitlinie) -> int:
    return leitlinie.abschnitt_id or 0
