"""The annexes of a Vorlage: what the product prints is bound in, and nobody reads there what is not theirs."""

import re
import shutil
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone

from konzept import rechte
from konzept.fassungen.models import FassungArt
from konzept.fassungen.vorgaenge import festschreiben
from konzept.heute import am, heute
from konzept.models import Konzept
from konzept.satz.stueck import OhneSpeicher
from konzept.verlauf.models import Aenderung, Geloeschtes
from konzept.vorgaenge import loesche, stelle_wieder_her
from konzept.vorlagen.anlagen import INTERN, OHNE_NAMEN, Anlagen
from konzept.vorlagen.druck import nimm_auf
from konzept.vorlagen.models import Vorlage, WeitereAnlage
from tests.fabrik import (
    eingaben,
    fehler_am_feld,
    mache_abschnitt,
    mache_anmerkung,
    mache_benutzer,
    mache_beschlussfassung,
    mache_runde,
    mache_stellungnahme,
    mache_vorlage,
)
from tests.konzept.dokument.conftest import Lesen

from .test_seiten import ort

pytestmark = pytest.mark.django_db
braucht_pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")

ABSATZ = "Ein Absatz über die Integration, der eine Zeile oder zwei füllt. " * 3


def friere_ein(konzept: Konzept):
    gelesen = Konzept.objects.mit_kommune().get(pk=konzept.pk)
    return festschreiben(konzept=gelesen, art=FassungArt.ENTWURF, konto=None)


@pytest.fixture
def runde(konzept):
    """Ended, with an answer to what somebody said, who is called Erika Beispiel, and to what came on paper."""
    mache_abschnitt(konzept, "Auftrag", text="\n\n".join([ABSATZ] * 3))
    fassung = friere_ein(konzept)
    mitglied = mache_benutzer(konzept.kommune, "gremium", name="Erika Beispiel")
    runde = mache_runde(fassung, mitglied, beginn=heute() - timedelta(days=20), ende=heute() - timedelta(days=2))
    for wort in ("Zu lang.", "Zu kurz."):
        mache_stellungnahme(mache_anmerkung(runde, mitglied, text=wort), frei=True)
    mache_stellungnahme(mache_anmerkung(runde, mitglied, text="Brief.", papier_von="Frauentreff"), frei=True)
    return runde


@pytest.fixture
def vorlage(konzept, rat, runde) -> Vorlage:
    """With a paper, two Synopsen (up to Anlage 1, and up to an earlier draft) and a table as Anlagen 2 to 5."""
    mache_abschnitt(konzept, "Ganz neu", text=ABSATZ)
    alle = [runde.fassung, *(_fest(konzept, f"Wort {nummer}") for nummer in (2, 3))]
    vorlage = mache_vorlage(konzept, rat, nummer="12/2026", fassung=alle[2])
    vorlage.weitere_anlagen.update(titel="Brief des Beirats", reihenfolge=1)
    vorlage.weitere_anlagen.create(art="synopse", alt=alle[0], reihenfolge=2)
    vorlage.weitere_anlagen.create(art="synopse", alt=alle[0], neu=alle[1], titel="Was sich tat", reihenfolge=3)
    vorlage.weitere_anlagen.create(art="abwaegung", runde=runde, reihenfolge=4)
    return vorlage


def _fest(konzept, wort: str):
    konzept.abschnitte.filter(titel="Auftrag").update(text=f"{ABSATZ}\n\n{wort}")
    return friere_ein(konzept)


def eintraege(vorlage: Vorlage) -> list:
    gelesen = Vorlage.objects.fuer_blatt().get(pk=vorlage.pk)
    return Anlagen(gelesen).eintraege("Konzept")


def drucke_sie(vorlage: Vorlage) -> bytes:
    return nimm_auf(vorlage.pk).drucke(lambda *_: None, OhneSpeicher())


@pytest.fixture(scope="module")
def drucke() -> list[Lesen]:
    return []


@pytest.fixture
def gedruckt(drucke, vorlage) -> Lesen:
    """The print, made by the first test that needs it."""
    if not drucke:
        drucke.append(Lesen(drucke_sie(vorlage)))
    return drucke[0]


# In print


@braucht_pdftotext
def test_the_list_says_where_each_annex_is(gedruckt):
    seiten = [" ".join(seite.split()) for seite in gedruckt.seiten("-layout")]
    liste = seiten[0] + seiten[1]
    assert "Anlage 2 – Brief des Beirats (liegt gesondert bei)" in liste
    genannt = re.findall(r"Anlage (\d) – ([^–]*?), ab Seite (\d+)", liste)
    assert [(nummer, titel) for nummer, titel, _ in genannt] == [
        ("1", "Integrationskonzept (Entwurf 3)"),
        ("3", "Synopse: Entwurf 1 und Entwurf 3"),
        ("4", "Was sich tat"),
        ("5", "Abwägungstabelle zu Entwurf 1"),
    ]
    for nummer, _, seite in genannt:
        assert f"Anlage {nummer} zur Drucksache 12/2026" in seiten[int(seite) - 1]
    assert [s for s, seite in enumerate(seiten, 1) if "Abwägungstabelle Integrationskonzept" in seite] == [len(seiten)]


@braucht_pdftotext
def test_a_synopse_names_the_pages_of_the_whole(gedruckt):
    ziele = gedruckt.ziele()
    kapitel = [
        {int(name.rsplit("-", 1)[1]): s for name, s in ziele.items() if name.startswith(f"anlage-{n}-aenderungen-")}
        for n in (3, 4)
    ]
    wirklich = [seite_von[max(seite_von)] for seite_von in kapitel]  # the newest Abschnitt
    text = " ".join("\f".join(gedruckt.seiten("-layout")).split())
    assert [int(seite) for seite in re.findall(r"2 Ganz neu, Seite (\d+)", text)] == wirklich


@braucht_pdftotext
def test_the_pages_are_numbered_through_across_and_upright(gedruckt):
    seiten = gedruckt.seiten("-layout")
    deckblatt = gedruckt.ziele()["deckblatt"]
    for nummer, seite in enumerate(seiten, start=1):
        assert (f"Seite {nummer} von {len(seiten)}" in " ".join(seite.split())) == (nummer != deckblatt)
        assert len(re.findall(r"Seite \d+ von", seite)) <= 1
    formate = ["quer" if s.mediabox[2] > s.mediabox[3] else "hoch" for s in gedruckt.pdf.pages]
    assert formate[: deckblatt + 1] == ["hoch"] * (deckblatt + 1)
    assert "quer" in formate[gedruckt.ziele()["anlage-3"] - 1 :]


def test_bookmarks_and_links_lead_to_the_annexes(gedruckt):
    oben = [(titel, seite) for tiefe, titel, seite in gedruckt.lesezeichen() if tiefe == 1]
    ziele = gedruckt.ziele()
    assert oben[1:] == [
        ("Anlage 1 – Integrationskonzept", ziele["deckblatt"]),
        ("Anlage 3 – Synopse: Entwurf 1 und Entwurf 3", ziele["anlage-3"]),
        ("Anlage 4 – Was sich tat", ziele["anlage-4"]),
        ("Anlage 5 – Abwägungstabelle zu Entwurf 1", ziele["anlage-5"]),
    ]
    assert all(davor < danach for (_, davor), (_, danach) in pairwise(oben))
    gefunden = {str(v.Dest): seite for seite, v in gedruckt.links() if "/Dest" in v}
    assert {"anlage-3", "anlage-4", "anlage-5", "deckblatt"} <= gefunden.keys()
    assert gefunden.keys() <= ziele.keys(), "no link without its target"


def test_the_links_of_a_synopse_stay_in_it(gedruckt):
    ziele = gedruckt.ziele()
    anfaenge = [ziele[f"anlage-{nummer}"] for nummer in (3, 4, 5)]
    eigene = [(str(v.Dest), seite) for seite, v in gedruckt.links() if str(v.get("/Dest", "")).startswith("anlage-")]
    innen = [(name, seite) for name, seite in eigene if name.count("-") > 1]
    for nummer, von, bis in ((3, anfaenge[0], anfaenge[1]), (4, anfaenge[1], anfaenge[2])):
        dort = [(name, seite) for name, seite in innen if von <= seite < bis]
        assert dort, "the list of changes leads to what changed"
        assert all(name.startswith(f"anlage-{nummer}-") and von <= ziele[name] < bis for name, _ in dort)


def test_the_ids_of_header_cells_stay_apart(gedruckt):
    namen = list(gedruckt.pdf.Root.StructTreeRoot.IDTree.Names)[::2]
    assert len({str(name) for name in namen}) == len(namen)


@pytest.mark.java
def test_the_whole_is_valid(gedruckt, vera, tmp_path):
    datei = tmp_path / "anlagen.pdf"
    datei.write_bytes(gedruckt.inhalt)
    assert {(d.stem, v): fehler for (d, v), fehler in vera(datei).items() if fehler} == {}


def test_it_is_what_it_was_when_it_was_asked_for(vorlage, runde):
    """All of it is in the snapshot, and whatever flows into an annex makes another print."""
    vorher = nimm_auf(vorlage.pk).als_bytes()
    assert nimm_auf(vorlage.pk).als_bytes() == vorher
    runde.anmerkungen.update(text="Anders.")
    danach = nimm_auf(vorlage.pk).als_bytes()
    assert danach != vorher
    vorlage.weitere_anlagen.filter(art="synopse").update(alt=vorlage.fassung, neu=runde.fassung)
    assert nimm_auf(vorlage.pk).als_bytes() != danach


# Who reads what


def test_all_who_see_a_secret_vorlage_read_the_table_anyway():
    """And what a Synopse shows is read by all who read the concept: its Fassungen."""
    assert rechte.rollen_mit(rechte.NICHTOEFFENTLICHES) <= rechte.rollen_mit(rechte.BERATUNG)


def test_a_public_vorlage_names_nobody(vorlage):
    (tabelle,) = (b for b in nimm_auf(vorlage.pk).beilagen if b.tabelle)
    assert not [name for name in ("Erika", "Beispiel", "Frauentreff") if name in tabelle.tabelle]
    assert re.findall(r"Nr\.\u00a0(\d)", tabelle.tabelle) == ["1", "1", "2"]
    assert tabelle.vermerk == OHNE_NAMEN
    Vorlage.objects.update(oeffentlich=False)
    (tabelle,) = (b for b in nimm_auf(vorlage.pk).beilagen if b.tabelle)
    assert "Erika Beispiel" in tabelle.tabelle
    assert tabelle.vermerk == ""


def test_a_private_note_is_in_no_annex(vorlage, runde):
    mache_anmerkung(runde, mache_benutzer(runde.konzept.kommune, "redaktion"), text="Nur für mich", privat=True)
    assert b"Nur f\xc3\xbcr mich" not in nimm_auf(vorlage.pk).als_bytes()


def _laeuft_noch(runde):
    runde.ende = heute() + timedelta(days=1)
    runde.save()
    return f"Die Runde endet erst am {am(runde.ende)}."


def _ein_entwurf(runde):
    mache_stellungnahme(mache_anmerkung(runde, runde.anmerkungen.first().verfasser))
    return "Noch nicht alle Stellungnahmen sind freigegeben."


def _ohne_antwort(runde):
    mache_anmerkung(runde, runde.anmerkungen.first().verfasser)
    return "Noch nicht alle Stellungnahmen sind freigegeben."


def _intern(runde):
    runde.sichtbarkeit = "intern"
    runde.save()
    return INTERN


def _intern_und_laeuft_noch(runde):
    _laeuft_noch(runde)
    return _intern(runde)


HINDERNISSE = [_laeuft_noch, _ein_entwurf, _ohne_antwort, _intern, _intern_und_laeuft_noch]


@pytest.mark.parametrize("hindere", HINDERNISSE)
def test_what_is_not_ready_for_the_council_is_left_out_and_who_leads_the_round_reads_why(
    vorlage, runde, client, hindere
):
    grund = hindere(runde)
    assert eintraege(vorlage)[4].grund == grund
    aufnahme = nimm_auf(vorlage.pk)
    assert [b.nummer for b in aufnahme.beilagen] == [3, 4]
    (liste,) = (a.anlagen for a in aufnahme.blatt.abschnitte if a.art == "anlagen")
    assert [(a.nummer, a.gebunden, a.fehlt) for a in liste][4:] == [(5, False, True)] * (grund != INTERN)
    seite = client.get(ort("vorlagen:detail", vorlage)).content.decode()
    assert f"Nicht im PDF: {grund}" in seite
    assert ("Abwägungstabelle zu Entwurf 1 (noch&nbsp;nicht&nbsp;beigefügt)" in seite) == (grund != INTERN)


@pytest.mark.parametrize("hindere", HINDERNISSE)
@pytest.mark.parametrize("rolle", ["lesen", "mitwirkung"])
def test_nobody_else_reads_why_or_that_there_was_an_internal_round(vorlage, runde, client, rolle, hindere):
    grund = hindere(runde)
    client.force_login(mache_benutzer(vorlage.konzept.kommune, rolle))
    antwort = client.get(ort("vorlagen:detail", vorlage))
    seite = antwort.content.decode()
    assert antwort.status_code == 200
    assert grund not in seite
    assert ("Abwägungstabelle" in seite) == (grund != INTERN)
    assert grund not in nimm_auf(vorlage.pk).als_bytes().decode()


def test_an_internal_round_lies_beside_a_secret_vorlage(vorlage, runde):
    _intern(runde)
    Vorlage.objects.update(oeffentlich=False)
    assert eintraege(vorlage)[4].gebunden


@pytest.mark.parametrize("hindere", HINDERNISSE)
def test_it_cannot_be_chosen_then(vorlage, runde, client, hindere):
    vorlage.weitere_anlagen.filter(art="abwaegung").delete()
    grund = hindere(runde)
    seite = ort("vorlagen:bearbeiten", vorlage)
    daten = _mit_zeile(client.get(seite), was=f"abwaegung-{runde.pk}")
    antwort = client.post(seite, daten)
    assert antwort.status_code == 422
    assert grund in fehler_am_feld(antwort, "id_weitere_anlagen-3-was")
    assert vorlage.weitere_anlagen.count() == 3


def test_what_was_chosen_before_hinders_no_other_change(vorlage, runde, client):
    _laeuft_noch(runde)
    seite = ort("vorlagen:bearbeiten", vorlage)
    daten = eingaben(client.get(seite)) | {"aktenzeichen": "7"}
    assert client.post(seite, daten).status_code == 302
    assert Vorlage.objects.get().aktenzeichen == "7"
    assert vorlage.weitere_anlagen.count() == 4


def test_the_page_leads_each_reader_to_what_is_theirs(vorlage, runde, client):
    seite = ort("vorlagen:detail", vorlage)
    assert f"/beratung/{runde.pk}/abwaegung/" in client.get(seite).content.decode()
    leser = Client()
    leser.force_login(mache_benutzer(vorlage.konzept.kommune, "lesen"))
    gelesen = leser.get(seite).content.decode()
    assert "Abwägungstabelle zu Entwurf 1" in gelesen
    assert f"/{runde.pk}/abwaegung/" not in gelesen
    assert "alt=1&amp;neu=3" in gelesen
    assert leser.get(ort("vergleich:ansicht", vorlage.konzept) + "?alt=1&neu=3").status_code == 200


# The form


def _mit_zeile(antwort, **felder) -> dict:
    daten = eingaben(antwort)
    anzahl = int(daten["weitere_anlagen-TOTAL_FORMS"][0])
    zeile = {"was": "gesondert", "neu": "", "titel": "", "ORDER": str(anzahl + 1)} | felder
    daten["weitere_anlagen-TOTAL_FORMS"] = [str(anzahl + 1)]
    return daten | {f"weitere_anlagen-{anzahl}-{name}": [str(wert)] for name, wert in zeile.items()}


def test_each_kind_is_chosen_in_its_row(konzept, vorlage, runde, client):
    vorlage.weitere_anlagen.all().delete()
    seite = ort("vorlagen:bearbeiten", vorlage)
    zweiter = konzept.fassungen.get(nummer=2)
    for felder in (
        {"was": "gesondert", "titel": "Brief"},
        {"was": f"synopse-{runde.fassung_id}"},
        {"was": f"synopse-{runde.fassung_id}", "neu": zweiter.pk, "titel": "Was sich tat"},
        {"was": f"abwaegung-{runde.pk}"},
    ):
        antwort = client.post(seite, _mit_zeile(client.get(seite), **felder))
        assert antwort.status_code == 302, antwort.content.decode()
    zeilen = vorlage.weitere_anlagen.values_list("art", "titel", "alt", "neu", "runde")
    assert list(zeilen) == [
        ("gesondert", "Brief", None, None, None),
        ("synopse", "", runde.fassung_id, None, None),
        ("synopse", "Was sich tat", runde.fassung_id, zweiter.pk, None),
        ("abwaegung", "", None, None, runde.pk),
    ]
    unveraendert = eingaben(client.get(seite))
    assert client.post(seite, unveraendert).status_code == 302
    assert list(vorlage.weitere_anlagen.values_list("art", "titel", "alt", "neu", "runde")) == list(zeilen)


@pytest.mark.parametrize(
    ("felder", "feld", "satz"),
    [
        ({"was": "gesondert", "titel": "x", "neu": "zwei"}, "neu", "Nur eine Synopse"),
        ({"was": "synopse-eins", "neu": "eins"}, "neu", "derselbe Stand"),
        ({"was": "synopse-drei"}, "was", "Das ist Anlage 1"),
        ({"was": "synopse-999999"}, "was", "Das gibt es hier nicht"),
        ({"was": "abwaegung-999999"}, "was", "Das gibt es hier nicht"),
        ({"was": "synopse-fremd"}, "was", "Das gibt es hier nicht"),
        ({"was": "synopse-eins", "neu": "999999"}, "neu", "Das gibt es hier nicht"),
    ],
)
def test_what_does_not_go_together_is_refused_where_it_stands(konzept, vorlage, client, felder, feld, satz):
    vorlage.weitere_anlagen.exclude(art="gesondert").delete()
    eigene = konzept.fassungen.order_by("nummer").values_list("pk", flat=True)
    pks = dict(zip(("eins", "zwei", "drei"), eigene, strict=True))
    fremd = Konzept.objects.create(kommune=konzept.kommune, slug="fremd", titel="Fremd")
    pks["fremd"] = friere_ein(fremd).pk
    gesetzt = {n: re.sub(r"[a-z]+$", lambda w: str(pks.get(w[0], w[0])), str(w)) for n, w in felder.items()}
    seite = ort("vorlagen:bearbeiten", vorlage)
    antwort = client.post(seite, _mit_zeile(client.get(seite), **gesetzt))
    assert antwort.status_code == 422
    assert satz in fehler_am_feld(antwort, f"id_weitere_anlagen-1-{feld}")
    assert vorlage.weitere_anlagen.count() == 1


def test_a_paper_has_a_name(vorlage, client):
    seite = ort("vorlagen:bearbeiten", vorlage)
    daten = eingaben(client.get(seite)) | {"weitere_anlagen-2-was": ["gesondert"], "weitere_anlagen-2-neu": [""]}
    assert client.post(seite, daten).status_code == 302
    zeile = vorlage.weitere_anlagen.get(titel="Was sich tat")
    assert (zeile.art, zeile.alt, zeile.neu) == ("gesondert", None, None)
    ohne = {"weitere_anlagen-0-titel": [""], "weitere_anlagen-1-was": ["gesondert"]}
    antwort = client.post(seite, eingaben(client.get(seite)) | ohne)
    assert antwort.status_code == 422
    for nummer in (0, 1):
        assert "Bezeichnen Sie die Anlage" in fehler_am_feld(antwort, f"id_weitere_anlagen-{nummer}-titel")


def test_the_earlier_concept_can_be_compared_once_it_is_adopted(konzept, vorlage, client):
    frueher = Konzept.objects.create(kommune=konzept.kommune, slug="frueher", titel="Konzept 2016")
    Konzept.objects.filter(pk=konzept.pk).update(vorgaenger=frueher)
    fassung = mache_beschlussfassung(Konzept.objects.mit_kommune().get(pk=frueher.pk))
    seite = ort("vorlagen:bearbeiten", vorlage)
    antwort = client.post(seite, _mit_zeile(client.get(seite), was=f"synopse-{fassung.pk}"))
    assert antwort.status_code == 302, antwort.content.decode()
    assert eintraege(vorlage)[-1].titel == "Synopse: Konzept 2016, Beschlussfassung 1 und Entwurf 3"
    assert nimm_auf(vorlage.pk).beilagen[-1].synopse.alt.titel.startswith("Konzept 2016, Beschlussfassung 1")


def test_what_could_not_be_chosen_any_more_stays_chosen(konzept, vorlage, client):
    frueher = Konzept.objects.create(kommune=konzept.kommune, slug="frueher", titel="Konzept 2016")
    fassung = mache_beschlussfassung(Konzept.objects.mit_kommune().get(pk=frueher.pk))
    anlage = vorlage.weitere_anlagen.create(art="synopse", alt=fassung, reihenfolge=9)
    fassung.beschluss.delete()
    seite = ort("vorlagen:bearbeiten", vorlage)
    daten = eingaben(client.get(seite))
    assert daten["weitere_anlagen-4-was"] == [f"synopse-{fassung.pk}"]
    assert client.post(seite, daten | {"aktenzeichen": "7"}).status_code == 302
    anlage.refresh_from_db()
    assert (anlage.art, anlage.alt) == ("synopse", fassung)
    assert client.post(seite, _mit_zeile(client.get(seite), was=f"synopse-{fassung.pk}")).status_code == 422


def test_the_arbeitsstand_is_compared_where_it_is_anlage_1(vorlage, runde):
    Vorlage.objects.update(fassung=None)
    assert eintraege(vorlage)[2].titel == "Synopse: Entwurf 1 und Arbeitsstand"
    (erste, _, _) = nimm_auf(vorlage.pk).beilagen
    assert (erste.synopse.alt.titel[:9], erste.synopse.neu.titel) == ("Entwurf 1", "Arbeitsstand")


def test_two_times_the_same_state_is_bound_nowhere(vorlage, runde):
    Vorlage.objects.update(fassung=runde.fassung)
    zeile = eintraege(vorlage)[2]
    assert (zeile.gebunden, zeile.grund) == (False, "Beide Stände sind dieselbe Fassung.")


def test_what_an_annex_is_made_of_stays(vorlage, runde):
    with pytest.raises(ProtectedError):
        runde.delete()
    assert WeitereAnlage.objects.filter(runde=runde).exists()


@pytest.mark.parametrize("name", ["detail", "bearbeiten"])
def test_queries_do_not_grow_with_the_annexes(vorlage, client, runde, name, django_assert_max_num_queries):
    zahlen = []
    for _ in range(2):
        with django_assert_max_num_queries(60) as gezaehlt:
            assert client.get(ort(f"vorlagen:{name}", vorlage)).status_code == 200
        zahlen.append(len(gezaehlt))
        weitere = mache_runde(runde.fassung, ende=heute(), geschlossen_am=timezone.now())
        vorlage.weitere_anlagen.create(art="synopse", alt=runde.fassung, reihenfolge=9)
        vorlage.weitere_anlagen.create(art="abwaegung", runde=weitere, reihenfolge=9)
    assert zahlen[0] == zahlen[1]


# Its history


def test_an_earlier_state_and_a_deleted_vorlage_come_back_with_their_annexes(vorlage, client):
    def anlagen():
        return list(vorlage.weitere_anlagen.values_list("art", "titel", "alt", "neu", "runde"))

    vorher, seite = anlagen(), ort("vorlagen:bearbeiten", vorlage)
    assert client.post(seite, eingaben(client.get(seite)) | {"aktenzeichen": "7"}).status_code == 302
    weg = {f"weitere_anlagen-{nummer}-DELETE": ["1"] for nummer in (1, 2, 3)}
    assert client.post(seite, eingaben(client.get(seite)) | weg).status_code == 302
    assert len(anlagen()) == 1
    erste, letzte = Aenderung.objects.filter(anker=f"vorlage-{vorlage.pk}").order_by("pk")[1:]
    verlauf = client.get(ort("werkbank:verlauf", vorlage.konzept, art="vorlagen", pk=vorlage.pk))
    assert "Abwägungstabelle" in verlauf.content.decode()
    vorlage.refresh_from_db()
    stelle_wieder_her(element=vorlage, aenderung=erste, gelesen=vorlage.version, konto=mache_leitung(vorlage))
    assert anlagen() == vorher
    loesche(element=Vorlage.objects.get(), konto=None)
    zurueck = ort("werkbank:zurueckholen", vorlage.konzept, pk=Geloeschtes.objects.get().pk)
    assert client.post(zurueck).status_code == 302
    assert anlagen() == vorher
    assert letzte.pk > erste.pk


def mache_leitung(vorlage):
    return mache_benutzer(vorlage.konzept.kommune, "leitung")
