"""The measures of the large example, with their steps, actors, costs, reports and indicators."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, product

from django.db import models

from massnahmen.models import (
    MIT_BEGRUENDUNG,
    Indikator,
    Kostenposition,
    Massnahme,
    Messwert,
    Sachstand,
    Umsetzungsschritt,
    Umsetzungsstand,
    Zustaendigkeit,
)

from . import texte
from .geruest import Geruest
from .wuerfel import BEGINN, ENDE, Wuerfel, speichere


class Massnahmen:
    """Writes its rows when it is made, all of one kind at once."""

    def __init__(self, geruest: Geruest, anzahl: int, wuerfel: Wuerfel):
        self.geruest, self.anzahl, self.wuerfel = geruest, anzahl, wuerfel
        self._massnahmen()
        self._schritte()
        self._zustaendigkeiten()
        self._kosten()
        self._berichte()
        self._indikatoren()

    def _titel(self) -> dict[int, list[str]]:
        """For each field its titles, in random order; all differ while there are not too many."""
        titel = {}
        for feld, gegenstaende in zip(self.geruest.felder, texte.FELDER.values(), strict=True):
            titel[feld.pk] = [" ".join(teile) for teile in product(gegenstaende, texte.ORTE, texte.VERBEN)]
            self.wuerfel.shuffle(titel[feld.pk])
        return titel

    def _massnahmen(self) -> None:
        titel = self._titel()
        vergeben = dict.fromkeys(titel, 0)
        zeilen = []
        for nr in range(self.anzahl):
            ziel = self.geruest.handlungsziele[nr * len(self.geruest.handlungsziele) // self.anzahl]
            feld = ziel.handlungsfeld
            runde, nummer = divmod(vergeben[feld.pk], len(titel[feld.pk]))
            vergeben[feld.pk] += 1
            bezug = {"leitziel": ziel.leitziel} if nr % 20 == 19 else {"handlungsziel": ziel}
            stand = self.wuerfel.choices(Umsetzungsstand.values, texte.GEWICHTE)[0]
            zeilen.append(
                Massnahme(
                    handlungsfeld=feld,
                    **({} if nr % 50 == 49 else bezug),
                    reihenfolge=nr + 1,
                    titel=titel[feld.pk][nummer] + (f" ({runde + 1}. Stufe)" if runde else ""),
                    text=self.wuerfel.text(texte.MASSNAHME, 4, 6),
                    umsetzungsstand=stand,
                    stand_begruendung=self.wuerfel.choice(texte.GRUENDE) if stand in MIT_BEGRUENDUNG else "",
                    prioritaet=self.wuerfel.choice(Massnahme.Prioritaet.values),
                    zeitraum=self.wuerfel.fuelle_eines(texte.ZEITRAEUME),
                    kosten_wortlaut="kostenneutral" if nr % 6 == 5 else "",
                    kosten_offen=nr % 18 == 8,
                )
            )
        self.massnahmen = speichere(Massnahme, zeilen)
        self._verbinde(Massnahme.zielgruppen.through, "zielgruppe", self.geruest.zielgruppen)
        self._verbinde(Massnahme.leitlinien.through, "leitlinie", self.geruest.leitlinien)

    def _verbinde(self, durch: type[models.Model], spalte: str, auswahl: list) -> None:
        speichere(
            durch,
            (
                durch(massnahme=massnahme, **{spalte: zeile})
                for massnahme in self.massnahmen
                for zeile in self.wuerfel.waehle(auswahl, 1, 3)
            ),
        )

    def _schritte(self) -> None:
        self.schritte = speichere(
            Umsetzungsschritt,
            (
                Umsetzungsschritt(
                    massnahme=massnahme,
                    reihenfolge=platz,
                    text=self.wuerfel.fuelle(texte.SCHRITTE[nummer]),
                    zeitraum=self.wuerfel.fuelle_eines(texte.TERMINE),
                )
                for massnahme in self.massnahmen
                for platz, nummer in enumerate(sorted(self.wuerfel.sample(range(len(texte.SCHRITTE)), 3)), 1)
            ),
        )

    def _zustaendigkeiten(self) -> None:
        fuer_massnahmen = ({"massnahme": massnahme} for massnahme in self.massnahmen)
        fuer_schritte = ({"schritt": schritt} for schritt in self.schritte)
        rollen = Zustaendigkeit.Rolle
        speichere(
            Zustaendigkeit,
            (
                Zustaendigkeit(
                    **wofuer,
                    akteur=akteur,
                    reihenfolge=platz,
                    rolle=rollen.MITWIRKUNG if platz > 1 else rollen.FEDERFUEHRUNG,
                )
                for wofuer, hoechstens in chain(
                    ((wofuer, 4) for wofuer in fuer_massnahmen), ((wofuer, 2) for wofuer in fuer_schritte)
                )
                for platz, akteur in enumerate(
                    self.wuerfel.waehle(self.geruest.akteure, hoechstens // 2, hoechstens), 1
                )
            ),
        )

    def _kosten(self) -> None:
        """One or two amounts, where the measure is neither free of cost nor deliberately open."""
        zeilen = []
        for massnahme in self.massnahmen:
            if massnahme.kosten_wortlaut or massnahme.kosten_offen:
                continue
            for platz in range(1, self.wuerfel.randint(1, 2) + 1):
                jahr = self.wuerfel.randint(BEGINN, ENDE - 2)
                jaehrlich, personal = self.wuerfel.random() < 0.6, self.wuerfel.random() < 0.3
                betrag = self.wuerfel.randrange(1_000, 20_000, 500)
                finanzierung, programm = self.wuerfel.choice(texte.FINANZIERUNG)
                zeilen.append(
                    Kostenposition(
                        massnahme=massnahme,
                        reihenfolge=platz,
                        angabe=f"{betrag:,} €".replace(",", ".") + (" jährlich" if jaehrlich else ""),
                        jahr=jahr,
                        bis_jahr=self.wuerfel.randint(jahr, ENDE) if jaehrlich else None,
                        art=Kostenposition.Art.PERSONALKOSTEN if personal else Kostenposition.Art.SACHKOSTEN,
                        stellenanteil=(Decimal(betrag) / 74_000).quantize(Decimal("0.01"))
                        if personal
                        else None,
                        finanzierung=finanzierung,
                        programm=programm,
                        produkt=f"05.{self.wuerfel.randint(1, 9):02}.{self.wuerfel.randint(1, 4):02}",
                    )
                )
        speichere(Kostenposition, zeilen)

    def _berichte(self) -> None:
        speichere(
            Sachstand,
            (
                Sachstand(
                    massnahme=massnahme,
                    datum=date(2026, 1, 5) + timedelta(days=self.wuerfel.randrange(300)),
                    text=self.wuerfel.text(texte.SACHSTAENDE, 1, 2),
                    verfasst_von="Fachstelle Integration",
                )
                for massnahme in self.massnahmen
                if massnahme.umsetzungsstand == Umsetzungsstand.LAUFEND
            ),
        )

    def _indikatoren(self) -> None:
        bezuege = chain(
            ({"handlungsziel": ziel} for ziel in self.geruest.handlungsziele),
            ({"massnahme": massnahme} for massnahme in self.massnahmen[::3]),
        )
        wirkung = [self._indikator(Indikator.Art.WIRKUNG, 1, **bezug) for bezug in bezuege]
        kontext = [
            self._indikator(Indikator.Art.KONTEXT, platz, handlungsfeld=feld)
            for platz, feld in enumerate(self.geruest.felder, 1)
        ]
        speichere(Indikator, [*wirkung, *kontext])
        speichere(
            Messwert,
            (
                Messwert(
                    indikator=indikator,
                    jahr=jahr,
                    wert=None if jahr == 2021 else Decimal(self.wuerfel.randrange(20, 400)),
                    anmerkung="nicht erhoben" if jahr == 2021 else "",
                    bruch=jahr == 2023,
                )
                for indikator in kontext
                for jahr in range(2019, 2026)
            ),
        )

    def _indikator(self, art: str, platz: int, **bezug) -> Indikator:
        titel, einheit = self.wuerfel.choice(texte.INDIKATOREN)
        beginn = self.wuerfel.randrange(10, 200)
        indikator = Indikator(
            konzept=self.geruest.konzept,
            art=art,
            reihenfolge=platz,
            titel=titel,
            einheit=einheit,
            quelle="Statistik der Fachstelle Integration",
            ausgangswert=Decimal(beginn),
            ausgangsjahr=2025,
            zielwert=Decimal(beginn + self.wuerfel.randrange(5, 90)),
            zieljahr=ENDE,
            **bezug,
        )
        indikator.folge_dem_bezug()
        return indikator
