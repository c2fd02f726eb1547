"""From rows to the document: the one way in which a concept becomes what a reader sees."""

from itertools import groupby

from konzept.models import Abschnitt, Konzept, Mitglied
from massnahmen.gliederung import anker
from massnahmen.kosten import betrag_je_jahr, jahre
from massnahmen.models import Kostenposition, Massnahme, Umsetzungsstand, Zustaendigkeit

from . import baum
from .fliesstext import lies_text
from .kostenuebersicht import kostenuebersicht
from .zeilen import Zeilen


def stelle_zusammen(konzept: Konzept) -> baum.Dokument:
    """The whole concept as a frozen tree. 25 queries, whatever its size, and one more where `kommune` is not loaded."""
    return _Zusammenstellung(Zeilen(konzept)).dokument()


def _tag(datum) -> str:
    return f"{datum:%d.%m.%Y}"


class _Zusammenstellung:
    """Builds the parts in reading order, so that the Randnummern count as one reads."""

    def __init__(self, zeilen: Zeilen):
        self.z, self.k, self.nr = zeilen, zeilen.konzept, zeilen.nummern
        self._rn = 0
        self._nummeriere_leitlinien()

    def rn(self) -> int:
        self._rn += 1
        return self._rn

    def text(self, text: str, *, rn: bool = True) -> baum.Text:
        """Blocks of a rich text; with Randnummern where they stand on their own."""
        bloecke = lies_text(text)
        if not rn:
            return bloecke
        return tuple(
            block if isinstance(block, baum.Zwischentitel) else _mit_rn(block, self.rn()) for block in bloecke
        )

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

    # Leitlinien, process, bodies

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
                    art=s.get_art_display(),
                    titel=s.titel,
                    termine=tuple(wort or _tag(tag) for tag, wort in self.z.prozessangaben["termin", s.pk]),
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
                    art=b.gremium.get_art_display(),
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
                        felder[feld.pk]
                        for feld in self.nr.felder
                        if feld.pk in self.z.felder_von_gremium[b.gremium_id]
                    ),
                )
                for b in self.z.beteiligungen
            )
        )

    def verweis(self, zeile) -> baum.Verweis:
        titel = getattr(zeile, "kurztitel", "") or zeile.titel
        return baum.Verweis(anker=anker(zeile), nummer=self.nr[zeile], titel=titel)

    # Handlungsfelder

    def handlungsfeld(self, feld) -> baum.Kapitel:
        teile = [*self.text(feld.text)]
        if gremien := self.z.gremien_von_feld[feld.pk]:
            teile.append(baum.Gremienzeile(namen=tuple(gremien)))
        abschnitte = (
            ("staerken", "Stärken und Entwicklungspotentiale", self._staerken(feld)),
            ("ziele", "Leitziele und Handlungsziele", self._ziele(feld)),
            ("massnahmen", "Ideen und Maßnahmen", self._massnahmen(feld)),
            ("ressourcen", "Ressourcen und Indikatoren", self._ressourcen(feld)),
        )
        kapitel = []
        for name, titel, inhalt in abschnitte:
            if inhalt := tuple(inhalt):
                kapitel.append(
                    baum.Kapitel(
                        anker=f"{anker(feld)}-{name}",
                        art="teil",
                        nummer="abcd"[len(kapitel)],
                        titel=titel,
                        teile=inhalt,
                    )
                )
        if not teile and not kapitel:
            teile.append(baum.Hinweis(text="Dieses Handlungsfeld ist noch nicht ausgearbeitet."))
        return baum.Kapitel(
            anker=anker(feld),
            art="handlungsfeld",
            nummer=self.nr[feld],
            titel=feld.titel,
            kurz=feld.kurztitel,
            teile=tuple(teile),
            kapitel=tuple(kapitel),
        )

    def _staerken(self, feld):
        for titel, text in (("Stärken", feld.staerken), ("Entwicklungspotentiale", feld.potentiale)):
            if text.strip():
                yield _zwischentitel(titel)
                yield from self.text(text)

    def _ziele(self, feld):
        leitziele = self.nr.leitziele_in[feld.pk]
        ohne_leitziel = [z for z in self.nr.handlungsziele_in[feld.pk] if z.leitziel_id is None]
        if leitziele or ohne_leitziel:
            yield baum.Zielbaum(
                leitziele=tuple(self._leitziel(feld, z) for z in leitziele),
                handlungsziele=tuple(self._handlungsziel(z) for z in ohne_leitziel),
            )

    def _leitziel(self, feld, ziel) -> baum.Leitziel:
        return baum.Leitziel(
            anker=anker(ziel),
            rn=self.rn(),
            nummer=self.nr[ziel],
            titel=ziel.titel,
            text=self.text(ziel.text, rn=False),
            indikatoren=self._indikatoren("leitziel", ziel.pk),
            handlungsziele=tuple(
                self._handlungsziel(hz)
                for hz in self.nr.handlungsziele_in[feld.pk]
                if hz.leitziel_id == ziel.pk
            ),
        )

    def _handlungsziel(self, ziel) -> baum.Handlungsziel:
        return baum.Handlungsziel(
            anker=anker(ziel),
            rn=self.rn(),
            nummer=self.nr[ziel],
            titel=ziel.titel,
            text=self.text(ziel.text, rn=False),
            indikatoren=self._indikatoren("handlungsziel", ziel.pk),
        )

    def _massnahmen(self, feld):
        abschnitte = self.nr.tabellenabschnitte(feld)
        if abschnitte:
            self._ziele_des_feldes = {anker(z): self.verweis(z) for z in self.nr.ziele(feld)}
            nur_ohne_stand = len(abschnitte) == 1 and not abschnitte[0][1][0].umsetzungsstand
            yield baum.Massnahmentabelle(
                abschnitte=tuple(
                    baum.Tabellenabschnitt(
                        titel="" if nur_ohne_stand and self.k.tabellenabschnitte == "stand" else titel,
                        massnahmen=tuple(self._massnahme(m) for m in massnahmen),
                    )
                    for titel, massnahmen in abschnitte
                )
            )

    def _massnahme(self, m) -> baum.Massnahme:
        ziel = f"handlungsziel-{m.handlungsziel_id}" if m.handlungsziel_id else f"leitziel-{m.leitziel_id}"
        begruendet = m.umsetzungsstand in (Umsetzungsstand.ZURUECKGESTELLT, Umsetzungsstand.ENTFALLEN)
        return baum.Massnahme(
            anker=anker(m),
            rn=self.rn(),
            nummer=self.nr[m],
            kennung=self.nr.kennung(m),
            titel=m.titel,
            text=self.text(m.text, rn=False),
            stand=_wort(Umsetzungsstand, m.umsetzungsstand),
            begruendung=m.stand_begruendung if begruendet else "",
            prioritaet=_wort(Massnahme.Prioritaet, m.prioritaet),
            zeitraum=str(m.zeitraum),
            von=m.beginn_am,
            bis=m.ende_am,
            kosten=self._kosten(m),
            beteiligte=self._beteiligte("massnahme", m.pk),
            schritte=tuple(
                baum.Schritt(
                    anker=f"umsetzungsschritt-{s.pk}",
                    nummer=i,
                    text=s.text,
                    zeitraum=str(s.zeitraum),
                    beteiligte=self._beteiligte("schritt", s.pk),
                )
                for i, s in enumerate(self.z.schritte[m.pk], start=1)
            ),
            ziel=self._ziele_des_feldes.get(ziel),
            zielgruppen=tuple(sorted(name for (name,) in self.z.zielgruppen["massnahme", m.pk])),
            leitlinien=tuple(
                self.verweis(ll) for ll in self.z.leitlinien if ll.pk in self.z.leitlinien_von[m.pk]
            ),
            indikatoren=self._indikatoren("massnahme", m.pk),
            sachstaende=tuple(
                baum.Sachstand(datum=s.datum, text=self.text(s.text, rn=False), von=s.verfasst_von)
                for s in self.z.sachstaende[m.pk]
            ),
        )

    def _beteiligte(self, art: str, pk: int) -> tuple[baum.Beteiligter, ...]:
        fuehrt = Zustaendigkeit.Rolle.FEDERFUEHRUNG
        return tuple(
            baum.Beteiligter(kurz=self.z.akteure[akteur].kurz, federfuehrend=rolle == fuehrt)
            for akteur, rolle in self.z.beteiligte[art, pk]
        )

    def _kosten(self, m) -> baum.Kosten:
        return baum.Kosten(
            offen=m.kosten_offen,
            wortlaut=m.kosten_wortlaut,
            positionen=tuple(self._position(m, p) for p in self.z.kostenpositionen[m.pk]),
        )

    def _position(self, m, p) -> baum.Kostenposition:
        zeit = f"{p.jahr}–{p.bis_jahr}" if p.bis_jahr and p.bis_jahr != p.jahr else str(p.jahr or "")
        return baum.Kostenposition(
            angabe=str(p.angabe),
            betrag=p.betrag,
            jaehrlich=betrag_je_jahr(p.betrag, p.turnus),
            jahre=jahre(p, m.zeitraum, self.k.gueltig_ab, self.k.gueltig_bis) if p.betrag is not None else (),
            zeit=zeit,
            art=_wort(Kostenposition.Art, p.art),
            stellenanteil=p.stellenanteil,
            finanzierung=_wort(Kostenposition.Finanzierung, p.finanzierung),
            programm=p.programm,
            produkt=p.produkt,
        )

    def _ressourcen(self, feld):
        for titel, text in (("Personal", feld.ressourcen_personal), ("Mittel", feld.ressourcen_mittel)):
            if text.strip():
                yield _zwischentitel(titel)
                yield from self.text(text)
        offen = [
            was
            for was, stand in (("Ressourcen", feld.ressourcen_stand), ("Indikatoren", feld.indikatoren_stand))
            if stand
        ]
        if offen:
            yield baum.Hinweis(text=f"{' und '.join(offen)} werden noch erarbeitet.")

    # Indicators, cross-cutting tasks, offers, actors

    def _indikatoren(self, art: str, pk: int) -> tuple[baum.Indikator, ...]:
        return tuple(self._indikator(i) for i in self.z.indikatoren[art, pk])

    def _indikator(self, i, feld: baum.Verweis | None = None) -> baum.Indikator:
        return baum.Indikator(
            anker=anker(i),
            titel=i.titel,
            definition=i.definition,
            einheit=i.einheit,
            quelle=i.quelle,
            ausgangswert=i.ausgangswert,
            ausgangsjahr=i.ausgangsjahr,
            zielwert=i.zielwert,
            zieljahr=i.zieljahr,
            feld=feld,
            messwerte=tuple(
                baum.Messwert(jahr=m.jahr, wert=m.wert, anmerkung=m.anmerkung, bruch=m.bruch)
                for m in self.z.messwerte[i.pk]
            ),
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
                baum.Mitwirkender(kurz=a.kurz, name=a.name, art=a.get_art_display())
                for a in self.z.mitwirkende
            )
        )


def _wort(auswahl, wert: str) -> str:
    """The label of a choice, "" for none; get_…_display() costs ten times as much, once per row."""
    return auswahl(wert).label if wert else ""


def _listenplatz(leitlinie) -> int:
    return leitlinie.abschnitt_id or 0


def _zwischentitel(text: str) -> baum.Zwischentitel:
    return baum.Zwischentitel(laeufe=(baum.Lauf(text=text),))


def _mit_rn(block, rn: int):
    werte = {name: getattr(block, name) for name in block.__struct_fields__}
    return type(block)(**(werte | {"rn": rn}))
