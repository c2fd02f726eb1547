"""Whatever is done to a concept in whatever order: its rows never contradict each other, it can be read, and every
wording that was ever saved is in a row, in the history or in the Papierkorb."""

import json
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from konzept import vorgaenge
from konzept.dokument.baum import Dokument
from konzept.dokument.zusammenstellung import stelle_zusammen
from konzept.models import Konzept
from konzept.models.basis import Fortgeschrieben, Fortschreibung, anker
from konzept.verlauf.aufzeichnung import geschrieben
from konzept.verlauf.models import Aenderung, Geloeschtes
from konzept.vorgaenge.ort import eltern
from konzept.werkbank import ordnung
from konzept.werkbank.einfuegen import neben
from konzept.werkbank.elemente import ELEMENTE
from massnahmen.liste import sammelaenderung
from massnahmen.models import Massnahme
from tests.fabrik import (
    adresse,
    eingaben,
    mache_abschnitt,
    mache_benutzer,
    mache_feld,
    mache_handlungsziel,
    mache_konzept,
    mache_leitziel,
    mache_massnahme,
)

ARTEN = [e for e in ELEMENTE.values() if not e.kommunal and not e.liste]
zahl = st.integers(0, 200)


def mache_welt(kommune=None) -> Konzept:
    """Two fields with goals of both levels, measures at each level, and what else has a place of its own."""
    konzept = mache_konzept(kommune)
    felder = mache_abschnitt(konzept, "Felder", inhalt="handlungsfelder")
    mache_abschnitt(konzept, "Darunter", oberabschnitt=mache_abschnitt(konzept, "Dabei", oberabschnitt=felder))
    leitlinien = mache_abschnitt(konzept, "Leitlinien", inhalt="leitlinien")
    konzept.leitlinien.create(titel="Vielfalt", abschnitt=leitlinien)
    for titel in ("Sprache", "Arbeit"):
        feld = mache_feld(konzept, titel)
        leitziel = mache_leitziel(feld, f"Leitziel {titel}")
        ziel = mache_handlungsziel(feld, f"Ziel {titel}", leitziel=leitziel)
        am_ziel = mache_massnahme(feld, f"Am Ziel {titel}", handlungsziel=ziel)
        mache_massnahme(feld, f"Am Leitziel {titel}", leitziel=leitziel)
        mache_massnahme(feld, f"Im Feld {titel}")
        for oben in (ziel, am_ziel):
            oben.indikatoren.create(konzept=konzept, titel="Zahl", art="wirkung")
        konzept.indikatoren.create(titel="Lage", art="kontext", handlungsfeld=feld)
        konzept.angebote.create(titel="Treff", handlungsfeld=feld)
    konzept.querschnittsaufgaben.create(titel="Öffnung").bezuege.create(handlungsfeld=feld, text="immer")
    return konzept


class Folge(RuleBasedStateMachine):
    """One example: what happens to a concept, undone at its end. `konzept` and `konto` are given by the test."""

    konzept: Konzept
    konto: object

    def __init__(self):
        super().__init__()
        self.atomar = transaction.atomic()
        self.atomar.__enter__()
        self.browser = Client()
        self.browser.force_login(self.konto)
        self.offen: list[tuple[str, dict]] = []
        self.spuren: list[list[sammelaenderung.Spur]] = []
        self.geschrieben = 0
        self.worte = {str(zeile) for zeile in self.elemente()}
        self.gelesen: dict[int, Dokument] = {}
        self.verraten: set[int] = set()
        geschrieben.connect(self.merke)

    def merke(self, sender, eintraege, **_):
        self.verraten |= {eintrag.konzept_id for eintrag in eintraege}

    def teardown(self):
        geschrieben.disconnect(self.merke)
        try:
            self.alles_ist_noch_da()
            for zeile in self.elemente():
                zeile.full_clean()
        finally:
            transaction.set_rollback(True)
            self.atomar.__exit__(None, None, None)

    # What there is

    def konzepte(self) -> list[Konzept]:
        return list(Konzept.objects.filter(kommune=self.konzept.kommune).order_by("pk"))

    def elemente(self, *modelle) -> list:
        zeilen = []
        for art in ARTEN:
            if not modelle or art.modell in modelle:
                zeilen += art.alle().filter(**{f"{art.pfad}__kommune": self.konzept.kommune}).order_by("pk")
        return zeilen

    def eines(self, nummer: int, *modelle):
        zeilen = self.elemente(*modelle)
        return zeilen[nummer % len(zeilen)] if zeilen else None

    def neues_wort(self) -> str:
        self.geschrieben += 1
        return f"Wortlaut{self.geschrieben}."

    # What is done

    @rule(was=zahl, wo=zahl)
    def lege_an(self, was, wo):
        element = self.eines(wo)
        if element is None:
            return
        angebote = neben(element.konzept, element)
        pfad = angebote[was % len(angebote)][1]
        seite = self.browser.get(pfad)
        if seite.status_code != 200:
            return
        wort = self.neues_wort()
        felder = eingaben(seite) | {"titel": wort}
        if "art" in felder and not felder["art"][0]:
            felder["art"] = "kontext"
        antwort = self.browser.post(pfad, felder)
        event(f"made: {antwort.status_code}")
        if antwort.status_code == 302:
            self.worte.add(wort)

    @rule(wen=zahl, wohin=zahl, nach=zahl)
    def verschiebe(self, wen, wohin, nach):
        element = self.eines(wen)
        orte = ordnung.orte(element, element.konzept)
        geschwister = [None, *self.elemente(type(element))]
        try:
            vorgaenge.verschiebe(
                element=element,
                unter=orte[wohin % len(orte)],
                nach=geschwister[nach % len(geschwister)],
                konto=self.konto,
            )
            event("moved")
        except vorgaenge.PasstNicht:
            event("not moved")

    @rule(wen=zahl, richtung=st.sampled_from(ordnung.RICHTUNGEN))
    def einen_schritt(self, wen, richtung):
        ordnung.schritt(self.eines(wen), richtung, self.konto)

    @rule(wen=zahl)
    def loesche(self, wen):
        if len(self.elemente()) > 8:
            vorgaenge.loesche(element=self.eines(wen), konto=self.konto)

    @precondition(lambda self: Geloeschtes.objects.exists())
    @rule(welches=zahl)
    def hole_zurueck(self, welches):
        eintraege = list(Geloeschtes.objects.order_by("pk"))
        try:
            zurueck = vorgaenge.hole_zurueck(eintrag=eintraege[welches % len(eintraege)], konto=self.konto)
            event(f"out of the Papierkorb, {'as it was' if not zurueck.anders else 'otherwise'}")
        except ValidationError as fehler:
            event(fehler.messages[0].partition("“")[2])

    @rule(wen=zahl, wohin=zahl)
    def weg_und_wieder_da_waehrend_das_darueber_geht(self, wen, wohin):
        """The way on which most contradicts: what something hung on is elsewhere when it comes back."""
        unten = [z for z in self.elemente() if len(z.STEHT_UNTER) > 1 and eltern(z)._meta.model_name != "konzept"]
        if not unten:
            return
        element = unten[wen % len(unten)]
        oben = eltern(element)
        eintrag = vorgaenge.loesche(element=element, konto=self.konto)
        self.verschiebe_eines(oben, wohin)
        self.hole(eintrag)

    @rule(wen=zahl, wohin=zahl, wer=zahl)
    def weg_und_wieder_da_waehrend_das_darunter_geht(self, wen, wohin, wer):
        unten = [z for z in self.elemente() if len(z.STEHT_UNTER) > 1]
        oben = [z for z in self.elemente() if any(eltern(u) == z for u in unten)]
        if not oben:
            return
        element = oben[wen % len(oben)]
        dran = [u for u in unten if eltern(u) == element]
        eintrag = vorgaenge.loesche(element=element, konto=self.konto)
        geblieben = type(dran[0])._base_manager.filter(pk=dran[wer % len(dran)].pk).first()
        if geblieben is not None:
            self.verschiebe_eines(geblieben, wohin)
        self.hole(eintrag)

    def verschiebe_eines(self, element, wohin: int) -> None:
        orte = ordnung.orte(element, element.konzept)
        unter = orte[wohin % len(orte)]
        with suppress(vorgaenge.PasstNicht):
            vorgaenge.verschiebe(element=element, unter=unter, nach=None, konto=self.konto)

    def hole(self, eintrag) -> None:
        with suppress(ValidationError):
            vorgaenge.hole_zurueck(eintrag=eintrag, konto=self.konto)

    @rule(wen=zahl, wann=zahl)
    def stelle_wieder_her(self, wen, wann):
        element = self.eines(wen)
        ort = [getattr(element, f"{name}_id") for name in element.STEHT_UNTER]
        eintraege = list(Aenderung.objects.von(element.konzept.kommune_id, element.konzept.pk, anker(element)))
        if not eintraege:
            return
        try:
            vorgaenge.stelle_wieder_her(
                element=element,
                aenderung=eintraege[wann % len(eintraege)],
                gelesen=element.version,
                konto=self.konto,
            )
            event("restored")
        except ValidationError:
            event("not restored")
        assert [getattr(element, f"{name}_id") for name in element.STEHT_UNTER] == ort

    @rule(wen=zahl)
    def oeffne(self, wen):
        element = self.eines(wen)
        art = next(a for a in ARTEN if a.modell is type(element))
        pfad = adresse(element, art.art, str(element.pk), "bearbeiten")
        self.offen.append((pfad, eingaben(self.browser.get(pfad))))

    @precondition(lambda self: self.offen)
    @rule(welches=zahl, ziel=zahl, frisch=st.booleans())
    def sende(self, welches, ziel, frisch):
        """A form that was open meanwhile; where somebody saved since, perhaps once more."""
        pfad, felder = self.offen.pop(welches % len(self.offen))
        wort = self.neues_wort()
        felder = felder | {"titel": wort} if "titel" in felder else felder
        antwort = self.browser.post(pfad, felder)
        if antwort.status_code == 409 and frisch:
            antwort = self.browser.post(pfad, eingaben(antwort))
        event(f"saved: {antwort.status_code}")
        assert antwort.status_code in {302, 404, 409, 410, 422}, antwort.status_code
        if antwort.status_code == 302 and "titel" in felder:
            self.worte.add(wort)

    @rule(wohin=zahl, wen=st.sets(zahl, min_size=1, max_size=3), nur_feld=st.booleans())
    def sammle(self, wohin, wen, nur_feld):
        orte = [z for z in self.elemente() if z._meta.model_name in {"handlungsfeld", "leitziel", "handlungsziel"}]
        if not orte:
            return
        oben = orte[wohin % len(orte)]
        namen = {(z._meta.model_name, z.pk): str(z) for z in orte}
        meine = Massnahme.objects.bearbeitbar_fuer(self.konto, oben.konzept)
        pks = list(meine.order_by("pk").values_list("pk", flat=True))
        gewaehlt = sammelaenderung.zum_aendern(meine, list({pks[n % len(pks)] for n in wen})) if pks else []
        ergebnis = sammelaenderung.fuehre_aus(
            wechsel=sammelaenderung.NeuerOrt(oben, namen, nur_feld=nur_feld),
            massnahmen=gewaehlt,
            versionen={m.pk: m.version for m in gewaehlt},
            konto=self.konto,
        )
        self.spuren.append((oben.konzept, ergebnis.spuren))

    @precondition(lambda self: self.spuren)
    @rule()
    def nimm_zurueck(self):
        konzept, spuren = self.spuren.pop()
        meine = Massnahme.objects.bearbeitbar_fuer(self.konto, konzept)
        ergebnis = sammelaenderung.nimm_zurueck(massnahmen=meine, spuren=spuren, konto=self.konto)
        event(f"taken back: {ergebnis.zurueck > 0}")

    @rule(wen=zahl, marke=st.sampled_from(["", *Fortschreibung.values]))
    def markiere(self, wen, marke):
        element = self.eines(wen)
        if isinstance(element, Fortgeschrieben) and element.vorgaenger_id:
            vorgaenge.markiere(element=element, marke=marke, konto=self.konto)

    @precondition(lambda self: len(self.konzepte()) == 1)
    @rule()
    def schreibe_fort(self):
        neu = mache_konzept(self.konzept.kommune, "neu", vorgaenger=self.konzept)
        vorgaenge.schreibe_fort(alt=self.konzept, neu=neu, konto=self.konto)

    # What holds

    @invariant()
    def die_zeilen_widersprechen_sich_nicht(self):
        connection.check_constraints()

    @invariant()
    def es_laesst_sich_lesen(self):
        for konzept in self.konzepte():
            dokument = stelle_zusammen(Konzept.objects.mit_kommune().get(pk=konzept.pk))
            gezeigt = [k.anker for _, k in dokument.alle_kapitel() if k.anker.startswith("abschnitt-")]
            assert sorted(gezeigt) == sorted(anker(a) for a in konzept.abschnitte.all())
            self.es_bleibt_nicht_verborgen(konzept, dokument)
        self.verraten.clear()

    def es_bleibt_nicht_verborgen(self, konzept: Konzept, dokument: Dokument) -> None:
        """What reads otherwise was told to those who listen for that (see `konzept.druckauftraege.vormerken`)."""
        if self.gelesen.get(konzept.pk, dokument) != dokument:
            event("reads otherwise")
            assert konzept.pk in self.verraten
        self.gelesen[konzept.pk] = dokument

    def alles_ist_noch_da(self):
        """Every wording that was ever saved."""
        wo = [json.dumps(list(a), cls=DjangoJSONEncoder, ensure_ascii=False) for a in self.aufgehobenes()]
        da = " ".join([*wo, *(str(zeile) for zeile in self.elemente())])
        assert [wort for wort in self.worte if wort not in da] == []

    def aufgehobenes(self):
        yield Aenderung.objects.values_list("stand", flat=True)
        yield Geloeschtes.objects.values_list("zeilen", flat=True)


@pytest.mark.django_db
@pytest.mark.datenbank
@pytest.mark.hypothesis
@pytest.mark.timeout(1800)
def test_whatever_happens_in_whatever_order_nothing_contradicts_itself_or_is_lost():
    Folge.konzept = mache_welt()
    Folge.konto = mache_benutzer(Folge.konzept.kommune, "leitung")
    viele = settings().max_examples > 1_000
    run_state_machine_as_test(
        Folge,
        settings=settings(
            max_examples=100 if viele else 18,
            stateful_step_count=40 if viele else 25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
