"""Whatever happens in whatever order: who came and went adds up to who takes part, and nobody lets themself in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from konzept.beratung.beteiligte import setze_adressaten, setze_sitze
from konzept.beratung.models import Runde
from konzept.beratung.vorgaenge import Regelverstoss, teilnehmende
from konzept.konten.daten import LetzteLeitung, loesche_konto
from konzept.konten.models import Benutzer, Ereignis
from konzept.konten.vorgaenge import RolleAbgelehnt
from konzept.konten.zugang import Zugangsaenderung, halte_konto_fest
from konzept.models import Gremium
from konzept.verlauf.models import Geloeschtes
from konzept.verwaltung.vorgaenge import setze_rollen
from konzept.vorgaenge import hole_zurueck, loesche
from tests.konzept.beratung.conftest import mache_rathaus

pytestmark = pytest.mark.datenbank

HANDELNDE = ("leitung", "redaktion")
LEUTE = ("mitglied", "zweites", "leitung", "redaktion")

wer = st.sampled_from(LEUTE)
einige = st.sets(wer)
schritte = st.one_of(
    st.tuples(st.just("sitze"), einige),
    st.tuples(st.just("vorlegen"), st.booleans(), einige),
    st.tuples(st.just("rollen"), wer, st.sets(st.sampled_from(("gremium", "lesen", "verwaltung")), max_size=2)),
    st.tuples(st.just("sperren"), wer),
    st.tuples(st.just("entsperren"), wer),
    st.tuples(st.just("konto_loeschen"), st.sampled_from(("mitglied", "zweites"))),
    st.tuples(st.just("gremium_loeschen")),
    st.tuples(st.just("gremium_zurueck")),
)


class WerMitliest(TestCase):
    @classmethod
    def setUpTestData(cls):
        rathaus = mache_rathaus()
        Runde.objects.update(sichtbarkeit="intern")
        cls.kommune, cls.runde_pk = rathaus.konzept.kommune, rathaus.runde.pk
        cls.konten = {name: getattr(rathaus, name).pk for name in LEUTE}
        cls.gremium_pk = rathaus.runde.gremien.get().pk

    def konto(self, name: str) -> Benutzer:
        return Benutzer.objects.get(pk=self.konten[name])

    def runde(self) -> Runde:
        return Runde.objects.mit_fassung().get(pk=self.runde_pk)

    def dabei(self) -> set[int]:
        return set(teilnehmende(self.runde()).values_list("pk", flat=True))

    @settings(max_examples=min(settings().max_examples, 600))  # each has some fifty queries
    @given(st.lists(st.tuples(st.sampled_from(HANDELNDE), schritte), max_size=8))
    def test_who_came_and_went_adds_up_to_who_takes_part(self, folge):
        am_anfang = self.dabei()
        for handelnder, (was, *angaben) in folge:
            davor, selbst = self.dabei(), self.konten[handelnder]
            try:
                getattr(self, was)(self.konto(handelnder), *angaben)
            except (Regelverstoss, RolleAbgelehnt, LetzteLeitung):
                assert self.dabei() == davor
            assert selbst in davor or selbst not in self.dabei(), "nobody lets themself in"
            assert self.nach_den_vermerken(am_anfang) == self.dabei(), (handelnder, was)

    def nach_den_vermerken(self, dabei: set[int]) -> set[int]:
        dabei = set(dabei)
        for wechsel in self.runde().wechsel.order_by("pk"):
            (dabei.add if wechsel.kam else dabei.remove)(wechsel.person_id)
        return dabei

    # What happens

    def sitze(self, durch, namen):
        if gremium := Gremium.objects.filter(pk=self.gremium_pk).first():
            setze_sitze(gremium, [self.konto(name) for name in sorted(namen)], durch)

    def vorlegen(self, durch, gremium, namen):
        gremien = Gremium.objects.filter(pk=self.gremium_pk) if gremium else []
        setze_adressaten(self.runde(), gremien, [self.konto(name) for name in sorted(namen)], durch)

    def rollen(self, durch, name, rollen):
        if name not in HANDELNDE:  # they go on acting
            setze_rollen(durch, self.kommune, self.konto(name), {(rolle, None) for rolle in rollen})

    def sperren(self, durch, name, aktiv=False):
        konto = self.konto(name)
        if name in HANDELNDE or konto.geloescht_am or konto.is_active == aktiv:
            return
        konto.is_active = aktiv
        konto.save()
        ereignis = Ereignis.KONTO_ENTSPERRT if aktiv else Ereignis.KONTO_GESPERRT
        halte_konto_fest(durch, Zugangsaenderung(ereignis, konto, ""))

    def entsperren(self, durch, name):
        self.sperren(durch, name, aktiv=True)

    def konto_loeschen(self, durch, name):
        if not self.konto(name).geloescht_am:
            loesche_konto(self.konto(name), durch=durch)

    def gremium_loeschen(self, durch):
        if gremium := Gremium.objects.filter(pk=self.gremium_pk).first():
            loesche(element=gremium, konto=durch)

    def gremium_zurueck(self, durch):
        if eintrag := Geloeschtes.objects.first():
            hole_zurueck(eintrag=eintrag, konto=durch)
