"""How each function that promises a number of queries is called: `Fall` gets a town and the function, and returns
what is counted. All that is read for the arguments is read before that."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from itertools import chain
from operator import attrgetter, itemgetter, methodcaller

from django.http import QueryDict
from django.test import override_settings

from konzept import rechte
from konzept.beratung.anmerkungen import Karten
from konzept.beratung.stellen import Stellen
from konzept.beratung.zugriff import hole_runde
from konzept.dokument.maengel import FEHLT, Mangel
from konzept.druckauftraege.auftraege import Wunsch, lege_an
from konzept.druckauftraege.speicher import Stueckspeicher
from konzept.fassungen.models import Veroeffentlichung
from konzept.fassungen.vergleich.staende import Stand
from konzept.konten.zugang import Zugangsaenderung
from konzept.mauern import regeln
from konzept.models import Kommune
from konzept.navigation import Formulare
from konzept.postausgang.backend import Postausgang
from konzept.postausgang.brief import Brief
from konzept.postausgang.models import Anlass
from konzept.teildrucke.steckbriefe import nimm_blaetter_auf
from konzept.verlauf.aufzeichnung import schreibe_mit
from konzept.verlauf.models import Aenderung
from konzept.verlauf.stand import lade, nimm_auf
from konzept.vorlagen.models import Beschluss
from konzept.werkbank.elemente import ELEMENTE
from konzept.werkbank.platz import Platz
from massnahmen.gliederung import lade_gliederung
from massnahmen.kosten import rahmen_von
from massnahmen.liste.sammelaenderung import NeuerStand, zum_aendern
from massnahmen.liste.tabelle import Tabelle, lade_nummern
from massnahmen.models import Massnahme
from tests.abfragen.welt import Welt
from tests.fabrik import RATSBESCHLUSS, mache_beschlussfassung, mache_handlungsziel, mache_konzept
from tests.konzept.stadt import geaendert

Fall = Callable[[Welt, Callable], Callable[[], object]]


def _zutritt(w: Welt, rolle: str = "gremium"):
    return hole_runde(w.konto(rolle), w.konzept.kommune.slug, w.konzept.slug, w.runde.pk)


def _mit_dokument(w: Welt, f: Callable) -> Callable[[], object]:
    return partial(f, w.dokument)


def _mit_konzept(w: Welt, f: Callable) -> Callable[[], object]:
    return partial(f, w.konzept)


def _an(rolle: str, *weitere: object) -> Fall:
    """Of the concept by its address, for the account with a role that was not read yet."""
    return lambda w, f: partial(f, w.unbekannt(rolle), w.konzept.kommune.slug, w.konzept.slug, *weitere)


def _wunsch(w: Welt, gegenstand: str = "konzept") -> Wunsch:
    return Wunsch(w.konzept, "konzept", b"x", gegenstand)


def _auftrag(w: Welt):
    return lege_an(_wunsch(w), "schluessel")


def _speicher(w: Welt) -> Stueckspeicher:
    return Stueckspeicher(w.konzept.pk)


def _nachdem(_: object, aufruf: Callable[[], object]) -> Callable[[], object]:
    """Rows that a case needs beside those of the town were made, and are not counted."""
    return aufruf


def _danach(aufruf: Callable[[], object], weiter: Callable[[object], object]) -> Callable[[], object]:
    """What is promised only comes to pass when somebody looks at the result."""
    return lambda: weiter(aufruf())


def _je(*wege: str) -> Callable[[Iterable], list]:
    """What of each row is read, which its docstring says to be there."""
    return lambda zeilen: [attrgetter(*wege)(zeile) for zeile in zeilen]


def _zeige(formulare: dict) -> list[str]:
    """The HTML of each form, and of each row of those that have several."""
    return [str(f) for formular in formulare.values() for f in getattr(formular, "forms", [formular])]


def _zeige_tabelle(tabelle: Tabelle) -> list:
    """All that the page of the list asks of it."""
    assert tabelle.filter == []
    assert tabelle.spalten
    assert tabelle.aenderbar_hier
    assert tabelle.aenderbar_gesamt
    assert tabelle.zeilen_html()
    return tabelle.zeilen


def _mit_postausgang(f: Callable, *werte: object) -> Callable[[], object]:
    """As in production: where a mail is put into the outbox, and not kept for the test."""
    return override_settings(EMAIL_BACKEND="konzept.postausgang.backend.Postausgang")(partial(f, *werte))


def _zustaende(w: Welt) -> tuple[dict, dict]:
    stand = nimm_auf(lade(Massnahme, w.massnahme_pk))
    return stand, stand | {"felder": stand["felder"] | {"titel": "Anders"}}


SPALTEN = ["feld", "ziel", "zeitraum", "kosten", "durch", "stand", "zielgruppen", "geaendert"]

FAELLE: dict[str, Fall] = {
    "konzept.beratung.abwaegungsbuch.biete_an": _mit_konzept,
    "konzept.beratung.abwaegungsbuch.html": lambda w, f: partial(f, w.runde.pk, True),
    "konzept.beratung.anmerkungen.Karten": lambda w, f: partial(
        f, w.anfrage(w.konto("gremium")), _zutritt(w), Stellen(w.dokument)
    ),
    "konzept.beratung.anmerkungen.Karten.baue": lambda w, f: partial(
        f, Karten(w.anfrage(w.konto("gremium")), _zutritt(w), Stellen(w.dokument)), list(w.anmerkungen.mit_antwort())
    ),
    "konzept.beratung.bogen.nimm_auf": lambda w, f: partial(f, w.runde),
    "konzept.beratung.models.anmerkung.Anmerkung.bearbeitbar_fuer": lambda w, f: partial(
        f, w.anmerkung, w.konto("gremium"), leitet=False
    ),
    "konzept.beratung.models.runde.Runde.nimmt_teil": lambda w, f: partial(f, w.runde, w.konto("gremium")),
    "konzept.beratung.runden_views.hole_konzept_mit_runden": lambda w, f: _danach(
        _an("gremium")(w, f), lambda beide: beide[0].kommune and _je("fassung.konzept")(beide[1])
    ),
    "konzept.beratung.seitenrahmen.rahmen": lambda w, f: partial(f, w.konto("redaktion"), w.konzept),
    "konzept.beratung.seitenrahmen.rahmen_der_runde": lambda w, f: partial(f, w.konto("redaktion"), _zutritt(w)),
    "konzept.beratung.stellen.Stellen": _mit_dokument,
    "konzept.beratung.abwaegungstabelle.anzahlen": lambda w, f: partial(f, w.anmerkungen),
    "konzept.beratung.abwaegungstabelle.zeilen": lambda w, f: partial(f, w.anmerkungen),
    "konzept.beratung.templatetags.beratung.offene_runden": lambda w, f: _danach(
        partial(f, {"request": w.anfrage(w.konto("gremium"))}), itemgetter("runden")
    ),
    "konzept.beratung.templatetags.beratung.runden_der_fassung": lambda w, f: _danach(
        partial(f, {"request": w.anfrage(w.konto("redaktion"))}, w.fassung), itemgetter("runden")
    ),
    "konzept.beratung.uebernahme.vermerke_eingearbeitet": lambda w, f: partial(
        f, schreibe_mit(w.massnahme, w.konto("redaktion"), "geaendert")
    ),
    "konzept.beratung.vorgaenge.offene_runden": lambda w, f: _danach(
        partial(f, w.konto("gremium")), _je("fassung.konzept")
    ),
    "konzept.beratung.zugriff.hole_anmerkung": lambda w, f: _danach(
        _an("gremium", w.runde.pk, w.anmerkung.pk)(w, f), lambda beide: beide[1].stellungnahme
    ),
    "konzept.beratung.zugriff.hole_runde": lambda w, f: _an("gremium", w.runde.pk)(w, f),
    "konzept.dokument.akteursregister.akteursregister": _mit_dokument,
    "konzept.dokument.formatzeichen.formatzeichen": _mit_dokument,
    "konzept.dokument.html.druck_html": _mit_dokument,
    "konzept.dokument.html.kapitel_html": lambda w, f: partial(f, w.dokument.kapitel[0]),
    "konzept.dokument.luecken.luecken": _mit_dokument,
    "konzept.dokument.maengel.mit_formular": lambda w, f: partial(
        f,
        [Mangel(f"leitlinie-{zeile.pk}", "Leitlinie", zeile.titel, FEHLT) for zeile in w.konzept.leitlinien.all()],
        Formulare(w.konto("redaktion"), w.konzept)
    ),
    "konzept.dokument.nennungen.nennungen": _mit_dokument,
    "konzept.dokument.verweise.tote_verweise": _mit_dokument,
    "konzept.dokument.verweise.tote_ziele": _mit_dokument,
    "konzept.dokument.zeilen.Zeilen": _mit_konzept,
    "konzept.dokument.zusammenstellung.ohne_kapitel": _mit_konzept,
    "konzept.dokument.zusammenstellung.stelle_mit_maengeln_zusammen": lambda w, f: partial(f, w.zeilen),
    "konzept.dokument.zusammenstellung.stelle_zusammen": _mit_konzept,
    "konzept.druckauftraege.arbeitsstand.nimm_auf": _mit_konzept,
    "konzept.druckauftraege.auftraege.beauftrage": lambda w, f: partial(f, _wunsch(w), w.konto("lesen")),
    "konzept.druckauftraege.auftraege.finde": lambda w, f: partial(f, w.konzept, "schluessel"),
    "konzept.druckauftraege.auftraege.hole": lambda w, f: partial(f, w.konzept, w.konto("lesen"), "1", "konzept"),
    "konzept.druckauftraege.auftraege.ist_voll": _mit_konzept,
    "konzept.druckauftraege.auftraege.lege_an": lambda w, f: partial(f, _wunsch(w), "schluessel"),
    "konzept.druckauftraege.auftraege.lege_vorab_an": lambda w, f: partial(f, _wunsch(w)),
    "konzept.druckauftraege.auftraege.platz": lambda w, f: partial(f, _auftrag(w)),
    "konzept.druckauftraege.speicher.Stueckspeicher.behalte": lambda w, f: partial(f, _speicher(w), "a", b"x"),
    "konzept.druckauftraege.speicher.Stueckspeicher.lies": lambda w, f: partial(f, _speicher(w), w.mit_stuecken()),
    "konzept.druckauftraege.speicher.Stueckspeicher.raeume": lambda w, f: partial(f, _speicher(w)),
    "konzept.entwuerfe.ablage.finde": lambda w, f: partial(f, w.anfrage(w.konto("redaktion"))),
    "konzept.entwuerfe.einmal.finde": lambda w, f: partial(f, w.konto("redaktion"), QueryDict("_einmal=a")),
    "konzept.entwuerfe.einmal.pruefe": lambda w, f: partial(
        f, w.anfrage(w.konto("redaktion"), methode="POST", _einmal="a" * 22)
    ),
    "konzept.fassungen.ausgaben.staende": lambda w, f: partial(f, w.fassung),
    "konzept.fassungen.ausgaben.stand": lambda w, f: _nachdem(
        w.fassung.ausgaben.create(art="druck", datei=b"%PDF", seiten=1),
        partial(f, w.fassung, "druck"),
    ),
    "konzept.fassungen.models.Fassung.dokument": lambda w, f: partial(f, w.fassung_ohne_baum),
    "konzept.fassungen.models.Fassung.sieht": lambda w, f: partial(f, w.fassung, w.konto("gremium")),
    "konzept.fassungen.oeffentlich.views.hole": lambda w, f: _nachdem(
        Veroeffentlichung.objects.create(fassung=w.fassung),
        partial(f, w.kommune.slug, w.konzept.slug, w.fassung.nummer),
    ),
    "konzept.fassungen.seitenrahmen.rahmen_der_fassung": lambda w, f: partial(f, w.konto("redaktion"), w.fassung),
    "konzept.fassungen.seitenrahmen.wappenhinweis": lambda w, f: partial(f, w.konto("redaktion"), w.konzept),
    "konzept.fassungen.vergleich.staende.Stand.dokument": lambda w, f: partial(
        f, Stand("1", w.konzept, w.fassung_ohne_baum)
    ),
    "konzept.fassungen.vergleich.staende.hole_auswahl": _an("redaktion"),
    "konzept.fassungen.vergleich.staende.schritt_zu": lambda w, f: partial(f, w.konto("redaktion"), w.konzept),
    "konzept.fassungen.vergleich.staende.vorgaenger": lambda w, f: partial(f, w.konzept.vorgaenger, w.konzept),
    "konzept.fassungen.vorgaenge.festschreiben": lambda w, f: partial(
        f, konzept=w.konzept, art="entwurf", konto=w.konto("redaktion")
    ),
    "konzept.fassungen.vorgaenge.sagt_dasselbe": lambda w, f: partial(f, w.fassung_ohne_baum, w.dokument),
    "konzept.fassungen.zugriff.hole_fassung": lambda w, f: _danach(
        _an("lesen", w.fassung.nummer)(w, f), attrgetter("konzept.kommune")
    ),
    "konzept.fassungen.zugriff.hole_fassungen": lambda w, f: _danach(
        _an("lesen")(w, f), lambda beide: beide[0].kommune and beide[1]
    ),
    "konzept.fassungen.zugriff.vorgelegte_fassungen": lambda w, f: _danach(
        partial(f, w.konto("gremium")), _je("konzept.kommune")
    ),
    "konzept.fassungen.zugriff.vorige_fassung": lambda w, f: partial(f, w.konto("redaktion"), w.fassung),
    "konzept.hintergrund.pacht.jetzt": lambda w, f: f,
    "konzept.hintergrund.pacht.raeume_abgelaufene": lambda w, f: _nachdem(w.mit_abgelaufenen(), f),
    "konzept.hintergrund.termine.stelle_bereit": lambda w, f: _nachdem(f(), f),
    "konzept.hintergrund.zustand.hinweis": lambda w, f: f,
    "konzept.hintergrund.zustand.lebt": lambda w, f: f,
    "konzept.hintergrund.zustand.lies": lambda w, f: f,
    "konzept.konten.bekannter_browser.kennung": lambda w, f: partial(
        f, w.anfrage(w.konto("lesen")), "lesen@stadt.example"
    ),
    "konzept.konten.brief.verschicke": lambda w, f: _mit_postausgang(
        f, [Brief("Betreff", "Text", to=[adresse], anlass=Anlass.ZUGANG) for adresse in ("a@b.example", "c@d.example")]
    ),
    "konzept.konten.models.benutzer.Benutzer.akteure_in": lambda w, f: partial(
        f, w.konto("mitwirkung"), w.kommune.pk
    ),
    "konzept.konten.models.benutzer.Benutzer.alle_rollen": lambda w, f: partial(f, w.unbekannt("redaktion")),
    "konzept.konten.models.benutzer.Benutzer.rollen_in": lambda w, f: partial(
        f, w.unbekannt("redaktion"), w.kommune.pk
    ),
    "konzept.konten.protokoll.halte_fest": lambda w, f: partial(
        f, "fassung", kommune=w.kommune, benutzer=w.konto("leitung")
    ),
    "konzept.konten.protokoll.halte_fest_je_kommune": lambda w, f: partial(f, "kennwort", w.unbekannt("leitung")),
    "konzept.konten.sitzung.frist": lambda w, f: partial(f, w.konto("leitung")),
    "konzept.konten.zugang.halte_zugang_fest": lambda w, f: _mit_postausgang(
        f, w.kommune, w.konto("redaktion"), [Zugangsaenderung("rolle_gegeben", w.konto("lesen"), "Lesezugang")]
    ),
    "konzept.konten.zweiter_faktor.fehlt": lambda w, f: _nachdem(
        Kommune.objects.filter(pk=w.kommune.pk).update(zweiter_faktor=True),
        partial(f, w.anfrage(w.konto("leitung"))),
    ),
    "konzept.mauern.regeln": lambda w, f: f,
    "konzept.models.abschnitt.Abschnitt.clean": lambda w, f: partial(f, w.abschnitt),
    "konzept.models.abschnitt.Abschnitt.mit_unterabschnitten": lambda w, f: partial(f, w.abschnitt),
    "konzept.models.abschnitt.AbschnittQuerySet.fuer_formular": lambda w, f: _danach(
        partial(f, w.konzept.abschnitte.all()), _je("konzept.kommune", "geaendert_von")
    ),
    "konzept.models.basis.Geordnet.geschwister": lambda w, f: partial(f, w.massnahme),
    "konzept.models.basis.NurGeaendertes.geaenderte_felder": lambda w, f: partial(
        f, geaendert(w.massnahme, titel="Anders", status="laufend")
    ),
    "konzept.models.basis.Versioniert.beanspruche_alle": lambda w, f: partial(
        f, Massnahme, w.massnahmen, w.konto("redaktion")
    ),
    "konzept.models.basis.Versioniert.beanspruche_version": lambda w, f: partial(
        f, w.massnahme, w.massnahme.version, w.konto("redaktion")
    ),
    "konzept.models.basis.platz_danach": lambda w, f: partial(f, Massnahme.objects.all()),
    "konzept.navigation.Formulare": lambda w, f: partial(f, w.konto("mitwirkung"), w.konzept),
    "konzept.navigation.rahmen": lambda w, f: partial(f, w.konto("redaktion"), w.konzept, "massnahmen"),
    "konzept.navigation.rahmen_um": lambda w, f: partial(
        f, Formulare(w.konto("redaktion"), w.konzept), w.massnahme, lade_gliederung(w.konzept)[1]
    ),
    "konzept.postausgang.backend.Postausgang.send_messages": lambda w, f: partial(
        f, Postausgang(), [Brief("Betreff", "Text", to=["a@stadt.example"], anlass=Anlass.ZUGANG)]
    ),
    "konzept.postausgang.zustellstand.nicht_angekommene": lambda w, f: partial(f, w.mit_nicht_angekommenen()),
    "konzept.postausgang.verfasser.beauftrage": lambda w, f: partial(f, "x", Anlass.ZUGANG, "a@stadt.example"),
    "konzept.rechte.darf": lambda w, f: partial(f, w.unbekannt("redaktion"), rechte.BEARBEITEN, w.massnahme),
    "konzept.teildrucke.akteur.nimm_auf": lambda w, f: partial(f, w.quelle, w.akteur),
    "konzept.teildrucke.akteursteile.ziehe_aus": lambda w, f: partial(f, w.dokument, "Stelle 1"),
    "konzept.teildrucke.kapitel.nimm_auf": lambda w, f: partial(
        f, w.quelle, f"handlungsfeld-{w.feld.pk}"
    ),
    "konzept.teildrucke.liste.nimm_auf": lambda w, f: partial(f, w.konto("lesen"), w.konzept, QueryDict()),
    "konzept.teildrucke.steckbriefe.alle_in": lambda w, f: partial(
        f, w.quelle, f"handlungsfeld-{w.feld.pk}"
    ),
    "konzept.teildrucke.steckbriefe.nimm_blaetter_auf": lambda w, f: partial(
        f, w.quelle, {m.pk for m in w.massnahmen}
    ),
    "konzept.teildrucke.teildruck.Teildruck.html": lambda w, f: partial(
        f, nimm_blaetter_auf(w.quelle, {w.massnahme_pk})
    ),
    "konzept.teildrucke.teildruck.arbeitsstand": _mit_konzept,
    "konzept.teildrucke.teildruck.stand_der": lambda w, f: partial(f, w.fassung_ohne_baum),
    "konzept.templatetags.fassungen.offene_gruppen": _mit_konzept,
    "konzept.templatetags.fassungen.zeichen_ohne_schrift": _mit_dokument,
    "konzept.templatetags.kommunen.kommunenwahl": lambda w, f: partial(f, {"user": w.konto("lesen")}),
    "konzept.trigger.fehlende": lambda w, f: f,
    "konzept.trigger.kaputte": lambda w, f: partial(f, regeln()[0]),
    "konzept.trigger.stelle_auf": lambda w, f: f,
    "konzept.verlauf.aufzeichnung.lies_orte": lambda w, f: partial(f, w.massnahmen),
    "konzept.verlauf.aufzeichnung.merke_ausgang": lambda w, f: _nachdem(
        schreibe_mit(w.massnahme, None, "ausgang"),
        partial(f, w.massnahme),
    ),
    "konzept.verlauf.aufzeichnung.schreibe_alle_mit": lambda w, f: partial(
        f, w.massnahmen, w.konto("redaktion"), "geaendert"
    ),
    "konzept.verlauf.graph.sammle": lambda w, f: _danach(
        partial(f, w.massnahme), lambda sammler: [*chain(*sammler.data.values())]
    ),
    "konzept.verlauf.models.AenderungQuerySet.von": lambda w, f: _danach(
        partial(f, Aenderung.objects.all(), w.kommune.pk, w.konzept.pk, f"massnahme-{w.massnahme_pk}"),
        _je("benutzer"),
    ),
    "konzept.verlauf.stand.lade": lambda w, f: partial(f, Massnahme, w.massnahme_pk),
    "konzept.verlauf.stand.lade_alle": lambda w, f: partial(f, Massnahme, [m.pk for m in w.massnahmen]),
    "konzept.verlauf.stand.nimm_auf": lambda w, f: partial(f, lade(Massnahme, w.massnahme_pk)),
    "konzept.verlauf.stand.unterschiede": lambda w, f: partial(f, Massnahme, *_zustaende(w)),
    "konzept.verlauf.stand.unterschiede_im_inhalt": lambda w, f: partial(f, Massnahme, *_zustaende(w)),
    "konzept.verwaltung.mitglieder_views.mitglieder_von": lambda w, f: _danach(
        partial(f, w.kommune),
        lambda konten: [(zeile.akteur, k.mit_zweitem_faktor) for k in konten for zeile in k.rollen_hier],
    ),
    "konzept.verwaltung.protokoll_views.mit_namen": lambda w, f: _nachdem(
        w.kommune.protokoll.create(ereignis="name_geaendert", person=w.konto("lesen")),
        partial(f, w.kommune.protokoll.all()),
    ),
    "konzept.verwaltung.seitenrahmen.verweise": lambda w, f: partial(f, w.konto("leitung"), w.kommune),
    "konzept.verwaltung.waehrung.folgen_des_wechsels": lambda w, f: partial(f, w.kommune, "CHF"),
    "konzept.vorgaenge.fortschreiben.schreibe_fort": lambda w, f: partial(
        f, alt=w.konzept, neu=mache_konzept(w.kommune, "neu"), konto=w.konto("redaktion")
    ),
    "konzept.vorgaenge.ort.eltern_anker": lambda w, f: partial(f, w.massnahme),
    "konzept.vorgaenge.ort.eltern_feld": lambda w, f: partial(f, w.massnahme),
    "konzept.vorgaenge.ort.reihe_ein": lambda w, f: partial(f, w.massnahme, None),
    "konzept.vorgaenge.ort.was_folgt": lambda w, f: _nachdem(
        [mache_handlungsziel(w.feld, leitziel=w.feld.leitziele.get()) for _ in range(w.anzahl)],
        _danach(partial(f, [w.feld.leitziele.get()], "handlungsfeld"), lambda je_art: [*chain(*je_art.values())]),
    ),
    "konzept.vorgaenge.papierkorb.bezuege": lambda w, f: partial(f, w.massnahme),
    "konzept.vorgaenge.vorgang.sperre": _mit_konzept,
    "konzept.vorgaenge.vorgang.vorgang": lambda w, f: partial(f, konto=w.konto("redaktion"), bei=w.konzept),
    "konzept.vorlagen.anlagen.Anlagen": lambda w, f: _nachdem(
        w.vorlage.weitere_anlagen.create(art="abwaegung", runde=w.runde),
        _danach(partial(f, w.vorlage), methodcaller("eintraege", "Konzept")),
    ),
    "konzept.vorlagen.anlagen.Waehlbar": lambda w, f: _danach(partial(f, w.konzept), attrgetter("gruppen")),
    "konzept.vorlagen.beschluesse.biete_an": lambda w, f: partial(f, w.konto("redaktion"), w.konzept),
    "konzept.vorlagen.beschluesse.trage_ein": lambda w, f: partial(
        f, mache_beschlussfassung(w.konzept), RATSBESCHLUSS, w.konto("redaktion")
    ),
    "konzept.vorlagen.beschluesse.was_nicht_mehr_gilt": lambda w, f: partial(f, w.mit_hinfaelligen()),
    "konzept.vorlagen.blatt.stelle_blatt_zusammen": lambda w, f: partial(f, w.vorlage, w.dokument),
    "konzept.vorlagen.forms.ergebnis.ergebnis_formulare": lambda w, f: partial(
        f, vorlage := w.vorlage, vorlage.stationen.all()[0].pk, None
    ),
    "konzept.vorlagen.forms.kopf.kopf_formulare": lambda w, f: partial(f, w.kommune.vorlagenkopf, None),
    "konzept.vorlagen.forms.vorlage.vorlage_formulare": lambda w, f: _danach(
        partial(f, w.vorlage, None), _zeige
    ),
    "konzept.vorlagen.models.beschluss.Beschluss.gilt": lambda w, f: partial(
        f, Beschluss(station=w.vorlage.stationen.all()[0])
    ),
    "konzept.vorlagen.models.kopf.zeilen_fuer": lambda w, f: partial(f, w.kommune),
    "konzept.vorlagen.models.vorlage.AnlageQuerySet.mit_bezug": lambda w, f: _nachdem(
        w.vorlage.weitere_anlagen.create(art="abwaegung", runde=w.runde),
        _danach(partial(f, w.vorlage.weitere_anlagen.all()), _je("alt", "neu", "runde")),
    ),
    "konzept.vorlagen.models.vorlage.Vorlage.entscheidung": lambda w, f: partial(f, w.vorlage),
    "konzept.vorlagen.models.vorlage.VorlageQuerySet.fuer_blatt": lambda w, f: partial(f, w.konzept.vorlagen.all()),
    "konzept.vorlagen.models.vorlage.VorlageQuerySet.fuer_liste": lambda w, f: partial(f, w.konzept.vorlagen.all()),
    "konzept.vorlagen.vorgaenge.beschlussfassung": lambda w, f: partial(f, w.vorlage),
    "konzept.vorlagen.vorgaenge.moegliche_beschlussfassung": lambda w, f: partial(f, w.vorlage),
    "konzept.werkbank.akteursdrucke.drucke": lambda w, f: partial(
        f, w.konto("lesen"), w.kommune, list(w.kommune.akteure.all())
    ),
    "konzept.werkbank.einfuegen.neben": lambda w, f: partial(f, w.konzept, w.feld),
    "konzept.werkbank.elemente.Element.formulare": lambda w, f: _danach(
        partial(f, ELEMENTE["leitlinien"], w.konzept.leitlinien.first(), None), _zeige
    ),
    "konzept.werkbank.elemente.finde": lambda w, f: _danach(
        partial(f, w.konzept, f"massnahme-{w.massnahme_pk}"), attrgetter("konzept.kommune", "geaendert_von")
    ),
    "konzept.werkbank.fortschreibung.ist_gestrichen": lambda w, f: partial(f, w.feld),
    "konzept.werkbank.gliederungsbaum.baue": lambda w, f: partial(f, w.konzept, str(w.feld.pk)),
    "konzept.werkbank.offen.offene_punkte": lambda w, f: partial(f, w.konzept, date(2026, 12, 1)),
    "konzept.werkbank.ordnung.orte": lambda w, f: partial(f, w.massnahme, w.konzept),
    "konzept.werkbank.platz.Platz.kontext": lambda w, f: partial(
        f,
        Platz(w.konto("redaktion"), ELEMENTE["leitlinien"], w.kommune, w.konzept, w.konzept.leitlinien.first()),
    ),
    "konzept.werkbank.platz.rahmen_bearbeiten": lambda w, f: partial(
        f, Formulare(w.konto("redaktion"), w.konzept), w.massnahme
    ),
    "konzept.werkbank.fehlzeichen.stellen": lambda w, f: partial(f, w.zeilen),
    "konzept.zugriff.hole": lambda w, f: partial(
        f,
        w.unbekannt("redaktion"),
        ELEMENTE["massnahmen"].alle(),
        w.massnahme_pk,
        w.kommune.slug,
        w.konzept.slug,
    ),
    "konzept.zugriff.hole_aus_kommune": lambda w, f: partial(
        f, w.unbekannt("redaktion"), ELEMENTE["akteure"].alle(), w.akteur.pk, w.kommune.slug, rechte.KOMMUNE_SEHEN
    ),
    "konzept.zugriff.hole_kommune": lambda w, f: partial(
        f, w.unbekannt("leitung"), w.kommune.slug, rechte.STAMMDATEN
    ),
    "konzept.zugriff.hole_konzept": lambda w, f: _danach(_an("lesen")(w, f), attrgetter("kommune")),
    "massnahmen.doppelt.doppelte": lambda w, f: partial(f, lade_nummern(w.konzept)),
    "massnahmen.doppelt.mit_derselben_nummer": lambda w, f: partial(
        f, w.mit_doppelter_nummer(), lade_gliederung(w.konzept, w.feld)[0]
    ),
    "massnahmen.forms.massnahme.massnahme_formulare": lambda w, f: _danach(
        partial(f, w.massnahme, lade_gliederung(w.konzept, w.feld)[0], None), _zeige
    ),
    "massnahmen.gliederung.lade_gliederung": _mit_konzept,
    "massnahmen.hinweise.an_massnahme": lambda w, f: partial(
        f, w.massnahme, der_massnahme=[], der_schritte=[], kosten=False
    ),
    "massnahmen.kosten.rahmen_von": lambda w, f: partial(f, w.massnahme, w.konzept),
    "massnahmen.kostenhinweise.an_kosten": lambda w, f: partial(
        f, m := w.massnahme, list(m.kostenpositionen.all()), rahmen_von(m, w.konzept)
    ),
    "massnahmen.liste.sammelaenderung.plane": lambda w, f: partial(
        f,
        NeuerStand("laufend", ""),
        zum_aendern(Massnahme.objects.fuer_konzept(w.konzept), [m.pk for m in w.massnahmen]),
    ),
    "massnahmen.liste.sammelaenderung.zum_aendern": lambda w, f: partial(
        f, Massnahme.objects.fuer_konzept(w.konzept), [m.pk for m in w.massnahmen]
    ),
    "massnahmen.liste.suche.treffer": lambda w, f: partial(
        f, Massnahme.objects.fuer_konzept(w.konzept), "Sprachcafé", {}
    ),
    "massnahmen.liste.tabelle.Auswahl": lambda w, f: partial(f, lade_nummern(w.konzept)),
    "massnahmen.liste.tabelle.Tabelle": lambda w, f: _danach(
        partial(f, w.konto("redaktion"), w.konzept, QueryDict()), _zeige_tabelle
    ),
    "massnahmen.liste.tabelle.lade_nummern": _mit_konzept,
    "massnahmen.liste.zellen.Werte": lambda w, f: _danach(
        partial(f, lade_nummern(w.konzept), SPALTEN, [m.pk for m in w.massnahmen]),
        lambda werte: [getattr(werte, spalte)(m) for m in werte.massnahmen.values() for spalte in SPALTEN],
    ),
    "massnahmen.liste.zellen.Zellen": lambda w, f: _danach(
        partial(f, lade_nummern(w.konzept), ["kosten", "durch"], [m.pk for m in w.massnahmen]),
        lambda zellen: [zellen.html(pk) for pk in zellen.massnahmen],
    ),
    "massnahmen.models.massnahme.Massnahme.zustaendige": lambda w, f: partial(f, w.massnahme),
    "massnahmen.models.massnahme.MassnahmeQuerySet.fuer_formular": lambda w, f: partial(
        f, Massnahme.objects.fuer_konzept(w.konzept)
    ),
    "massnahmen.zustaendigkeiten.setze_alle_zustaendigkeiten": lambda w, f: partial(
        f,
        [(m, [(w.akteur, "federfuehrung")]) for m in Massnahme.objects.fuer_konzept(w.konzept).fuer_formular()],
    ),
    "massnahmen.zustaendigkeiten.setze_zustaendigkeiten": lambda w, f: partial(
        f, w.massnahme, [(a, "federfuehrung") for a in w.kommune.akteure.all()]
    ),
}

LEER = {
    "konzept.trigger.fehlende": "the database holds all of them",
    "konzept.trigger.kaputte": "no row breaks a rule that the database holds",
}
"""What finds nothing in either town, with the reason."""

SEITEN: dict[str, Callable[[Welt], tuple]] = {
    "konzept.beratung.abwaegung_views.abwaegung": lambda w: ("redaktion", w.ort(f"beratung/{w.runde.pk}/abwaegung/")),
    "konzept.beratung.pruefen_views.anmerkungen": lambda w: ("gremium", w.ort(f"beratung/{w.runde.pk}/anmerkungen/")),
    "konzept.beratung.pruefen_views.kapitel": lambda w: (
        "gremium",
        w.ort(f"beratung/{w.runde.pk}/pruefen/{w.dokument.kapitel[0].anker}/"),
    ),
    "konzept.beratung.runden_views.detail": lambda w: ("redaktion", w.ort(f"beratung/{w.runde.pk}/")),
    "konzept.beratung.runden_views.gremien": lambda w: ("leitung", f"/kommunen/{w.kommune.slug}/sitze/"),
    "konzept.beratung.verlauf_views.verlauf": lambda w: ("redaktion", w.ort(f"beratung/{w.runde.pk}/verlauf/")),
    "konzept.fassungen.vergleich.views.waehlen": lambda w: ("redaktion", w.ort("vergleich/")),
    "konzept.views.zeit_und_geld": lambda w: ("lesen", w.ort("zeit-und-geld/")),
    "konzept.vorlagen.kopf_views.bearbeiten": lambda w: ("leitung", f"/kommunen/{w.kommune.slug}/vorlagenkopf/"),
    "konzept.vorlagen.views.bearbeiten": lambda w: ("redaktion", w.ort(f"vorlagen/{w.vorlage.pk}/bearbeiten/")),
    "konzept.vorlagen.views.detail": lambda w: ("redaktion", w.ort(f"vorlagen/{w.vorlage.pk}/")),
    "konzept.vorlagen.views.ergebnis": lambda w: (
        "redaktion",
        w.ort(f"vorlagen/{w.vorlage.pk}/stationen/{w.vorlage.stationen.all()[0].pk}/"),
    ),
    "konzept.vorlagen.views.liste": lambda w: ("redaktion", w.ort("vorlagen/")),
    "konzept.werkbank.views.bearbeiten": lambda w: (
        "redaktion",
        w.ort(f"leitlinien/{w.konzept.leitlinien.first().pk}/bearbeiten/"),
    ),
    "konzept.werkbank.views.gliederung": lambda w: ("redaktion", w.ort("gliederung/")),
    "konzept.werkbank.views.verzeichnis": lambda w: ("redaktion", f"/kommunen/{w.kommune.slug}/gremien/"),
    "massnahmen.liste.views.liste": lambda w: ("redaktion", w.ort("massnahmen/")),
    "massnahmen.views.bearbeiten": lambda w: ("redaktion", w.ort(f"massnahmen/{w.massnahme_pk}/bearbeiten/")),
}

ANDERSWO = {
    "konzept.druckauftraege.vormerken.merke_vor": (
        "tests/konzept/druckauftraege/test_vormerken.py::test_it_costs_the_same_for_one_and_for_many"
    ),
    "konzept.konten.kennwortpost.fordere_link_an": (
        "tests/konzept/konten/test_danach.py::test_while_answering_the_database_is_asked_the_same_of_every_address"
    ),
    "massnahmen.lesung_views.gelesen": (
        "tests/massnahmen/test_lesung.py::test_asking_changes_nothing_and_costs_the_same_for_any_number_of_rows"
    ),
    "massnahmen.liste.sammelaenderung": (
        "tests/massnahmen/test_sammel_zurueck.py::"
        "test_changing_costs_the_same_for_any_number_and_taking_back_little_for_each"
    ),
}
"""Promises that another test keeps, since they need more than a call: a transaction that ends, a form that is sent."""
