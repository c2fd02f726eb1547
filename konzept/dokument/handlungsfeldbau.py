"""The chapter of a Handlungsfeld: strengths, goals, the table of measures, resources."""

from msgspec import structs

from konzept.models import Konzept, Zaehlung
from konzept.schreibweise import ordnung
from massnahmen.gliederung import anker, zaehle
from massnahmen.kosten import rahmen_von, rechne, stellenjahre
from massnahmen.models import Kostenposition, Massnahme, Umsetzungsstand, Zustaendigkeit

from . import baum
from .bau import LUECKE, Bau

ABSCHNITTE = {
    "staerken": "Stärken und Entwicklungspotentiale",
    "ziele": "Leitziele und Handlungsziele",
    "massnahmen": "Ideen und Maßnahmen",
    "ressourcen": "Ressourcen und Indikatoren",
}


class Handlungsfeldbau(Bau):
    def handlungsfelder(self) -> tuple[baum.Kapitel, ...]:
        """The chapters of all fields. What stands in any of them has the same letter in all of them, as the text before
        them may announce it; where that is one kind of section alone, there is nothing to tell apart."""
        kapitel = [self._handlungsfeld(feld) for feld in self.nr.felder]
        vorhanden = {abschnitt.titel for feld in kapitel for abschnitt in feld.kapitel}
        arten = [titel for titel in ABSCHNITTE.values() if titel in vorhanden]
        if len(arten) < 2:
            return tuple(kapitel)
        buchstabe = {titel: zaehle(Zaehlung.BUCHSTABE, i, "") for i, titel in enumerate(arten, start=1)}
        return tuple(
            structs.replace(
                feld, kapitel=tuple(structs.replace(a, nummer=buchstabe[a.titel]) for a in feld.kapitel)
            )
            for feld in kapitel
        )

    def _handlungsfeld(self, feld) -> baum.Kapitel:
        teile = [*self.inhalt(feld, self._einleitung)]
        ziele = (*self.nr.leitziele_in[feld.pk], *self.nr.handlungsziele_in[feld.pk])
        abschnitte = (
            ("staerken", self._staerken, ()),
            ("ziele", self._ziele, ziele),
            ("massnahmen", self._massnahmen, self.nr.massnahmen_in[feld.pk]),
            ("ressourcen", self._ressourcen, ()),
        )
        kapitel = [
            baum.Kapitel(anker=f"{anker(feld)}-{name}", art="teil", titel=ABSCHNITTE[name], teile=inhalt)
            for name, mache, zeigt in abschnitte
            if (inhalt := self.inhalt(feld, mache, zeigt=zeigt))
        ]
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

    def _einleitung(self, feld):
        yield from self.text(feld.text)
        if gremien := self.z.gremien_von_feld[feld.pk]:
            yield baum.Gremienzeile(namen=tuple(sorted(gremien, key=ordnung)))

    def _staerken(self, feld):
        for titel, text in (("Stärken", feld.staerken), ("Entwicklungspotentiale", feld.potentiale)):
            if text.strip():
                yield _zwischentitel(titel)
                yield from self.text(text)

    def _ziele(self, feld):
        leitziele, handlungsziele = self.nr.leitziele_in[feld.pk], self.nr.unter_leitziel(feld)
        if leitziele or handlungsziele[None]:
            yield baum.Zielbaum(
                leitziele=tuple(self._leitziel(z, handlungsziele[z.pk]) for z in leitziele),
                handlungsziele=self.alle(handlungsziele[None], self._handlungsziel),
            )

    def _leitziel(self, ziel, handlungsziele) -> baum.Leitziel:
        return baum.Leitziel(
            anker=anker(ziel),
            rn=self.rn(),
            nummer=self.nr[ziel],
            titel=ziel.titel,
            text=self.inhalt(ziel, self._zieltext, sonst=()),
            indikatoren=self._indikatoren("leitziel", ziel.pk),
            handlungsziele=self.alle(handlungsziele, self._handlungsziel),
        )

    def _zieltext(self, ziel):
        return self.text(ziel.text, rn=False)

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
        if not abschnitte:
            return
        self._ziele_des_feldes = {
            (z._meta.model_name, z.pk): self.verweis(z) for z in self.da(self.nr.ziele(feld))
        }
        nach_stand = self.k.tabellenabschnitte == Konzept.Tabellenabschnitte.STAND
        ohne_titel = nach_stand and len(abschnitte) == 1 and not abschnitte[0][1][0].umsetzungsstand
        satz_von = {} if nach_stand else {(z._meta.model_name, z.pk): z.titel for z in self.nr.ziele(feld)}
        gebaut = [
            baum.Tabellenabschnitt(
                titel="" if ohne_titel else titel,
                satz=satz_von.get(self.nr.ziel(zeilen[0]), ""),
                massnahmen=self.alle(zeilen, self._massnahme),
            )
            for titel, zeilen in abschnitte
        ]
        tabelle = tuple(abschnitt for abschnitt in gebaut if abschnitt.massnahmen)
        yield baum.Massnahmentabelle(abschnitte=tabelle) if tabelle else LUECKE

    def _massnahme(self, m) -> baum.Massnahme:
        begruendet = m.umsetzungsstand in (Umsetzungsstand.ZURUECKGESTELLT, Umsetzungsstand.ENTFALLEN)
        return baum.Massnahme(
            anker=anker(m),
            rn=self.rn(),
            nummer=self.nr[m],
            kennung=self.nr.kennung(m),
            titel=m.titel,
            kurz=m.kurztitel,
            text=self.text(m.text, rn=False),
            stand=self.wort(m, Umsetzungsstand, m.umsetzungsstand),
            stand_schluessel=m.umsetzungsstand,
            begruendung=m.stand_begruendung if begruendet else "",
            prioritaet=self.wort(m, Massnahme.Prioritaet, m.prioritaet),
            zeitraum=str(m.zeitraum),
            von=m.zeitraum.erster_tag,
            bis=m.zeitraum.letzter_tag,
            offen=m.zeitraum.offen,
            wiederkehr=str(m.zeitraum.wiederkehr or ""),
            kosten=self._kosten(m),
            beteiligte=self._beteiligte(m, "massnahme", m.pk),
            schritte=tuple(
                baum.Schritt(
                    anker=f"umsetzungsschritt-{s.pk}",
                    nummer=i,
                    text=s.text,
                    zeitraum=str(s.zeitraum),
                    beteiligte=self._beteiligte(m, "schritt", s.pk),
                )
                for i, s in enumerate(self.z.schritte[m.pk], start=1)
            ),
            ziel=self._ziele_des_feldes.get(self.nr.ziel(m)),
            zielgruppen=tuple(sorted((name for (name,) in self.z.zielgruppen["massnahme", m.pk]), key=ordnung)),
            leitlinien=tuple(
                verweis for pk, verweis in self.leitlinienverweise.items() if pk in self.z.leitlinien_von[m.pk]
            ),
            indikatoren=self._indikatoren("massnahme", m.pk),
            sachstaende=tuple(
                baum.Sachstand(datum=s.datum, text=self.text(s.text, rn=False), von=s.verfasst_von)
                for s in self.z.sachstaende[m.pk]
            ),
        )

    def _beteiligte(self, m, art: str, pk: int) -> tuple[baum.Beteiligter, ...]:
        fuehrt = Zustaendigkeit.Rolle.FEDERFUEHRUNG
        return tuple(
            baum.Beteiligter(kurz=akteur.kurz, federfuehrend=rolle == fuehrt)
            for akteur, rolle in self.akteure(m, art, pk)
        )

    def _kosten(self, m) -> baum.Kosten:
        return baum.Kosten(
            offen=m.kosten_offen,
            wortlaut=m.kosten_wortlaut,
            positionen=tuple(self._position(m, p) for p in self.z.kostenpositionen[m.pk]),
        )

    def _position(self, m, p) -> baum.Kostenposition:
        rahmen = rahmen_von(m, self.k)
        rechnung = rechne(p.angabe, p.jahr, p.bis_jahr, rahmen)
        return baum.Kostenposition(
            angabe=str(p.angabe),
            betrag=p.angabe.betrag,
            anteile=tuple(baum.Kostenanteil(jahr=jahr, betrag=betrag) for jahr, betrag in rechnung.anteile),
            grund=str(rechnung.grund or ""),
            gekuerzt=rechnung.gekuerzt,
            hinweis=rechnung.hinweis,
            grenze_schluessel=str(p.angabe.grenze or ""),
            zeit=rechnung.zeit,
            art=self.wort(m, Kostenposition.Art, p.art),
            stellenanteil=p.stellenanteil,
            stellenjahre=() if p.stellenanteil is None else stellenjahre(p.angabe, p.jahr, p.bis_jahr, rahmen),
            finanzierung=self.wort(m, Kostenposition.Finanzierung, p.finanzierung),
            finanzierung_schluessel=p.finanzierung,
            programm=p.programm,
            produkt=p.produkt,
            haushalt=self.wort(m, Kostenposition.Haushalt, p.haushalt),
            haushalt_schluessel=p.haushalt,
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


def _zwischentitel(text: str) -> baum.Zwischentitel:
    return baum.Zwischentitel(laeufe=(baum.Lauf(text=text),))
