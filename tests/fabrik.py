"""Small builders of rows, and what a browser would make of a page: the tests' plain tools.

Every builder fills in only what the model insists on; keyword arguments are fields.
"""

from datetime import date, timedelta
from itertools import count

import lxml.html
from django.apps import apps
from django.utils.timezone import localdate, now
from selectolax.lexbor import LexborHTMLParser

from handlungsfelder.models import Handlungsfeld, Handlungsziel, Leitziel
from konzept.beratung.models import Anmerkung, Runde, Sitz, Stellungnahme
from konzept.entwuerfe.models import Zwischenstand
from konzept.fassungen.beschluesse import Beschlussangabe
from konzept.fassungen.models import Fassung, FassungArt
from konzept.fassungen.vorgaenge import festschreiben
from konzept.konten.models import Benutzer, Mitgliedschaft
from konzept.konten.vorgaenge import bestaetige_adresse
from konzept.models import Abschnitt, Beteiligung, Gremium, Kommune, Konzept
from konzept.vorlagen.models import Bereich, Vorlage, Vorlagenkopf, zeilen_fuer
from konzept.vorlagen.vorgaenge import setze_kopf
from massnahmen.models import (
    Akteur,
    Angebot,
    Indikator,
    Kostenposition,
    Massnahme,
    Sachstand,
    Umsetzungsschritt,
    Zustaendigkeit,
)

KENNWORT = "ein-langes-kennwort-zum-testen"
_zaehler = count(1)

# Rows


def mache_kommune(slug: str = "musterhausen", **felder) -> Kommune:
    return Kommune.objects.create(slug=slug, **{"name": f"Stadt {slug.title()}", "kurzname": slug.title()} | felder)


def mache_konzept(kommune: Kommune | None = None, slug: str = "konzept", **felder) -> Konzept:
    """A concept, in a new Kommune "musterhausen" where none is given."""
    kommune = kommune or mache_kommune()
    return Konzept.objects.create(kommune=kommune, slug=slug, **{"titel": "Integrationskonzept"} | felder)


def mache_benutzer(kommune: Kommune | None = None, *rollen: str, email: str = "", **felder) -> Benutzer:
    """An account with the password KENNWORT, a proven address and these roles in the Kommune."""
    benutzer = Benutzer.objects.create_user(email or f"konto{next(_zaehler)}@stadt.example", KENNWORT, **felder)
    bestaetige_adresse(benutzer)
    for rolle in rollen:
        Mitgliedschaft.objects.create(benutzer=benutzer, kommune=kommune, rolle=rolle)
    return benutzer


def mache_abschnitt(konzept: Konzept, titel: str = "Einführung", **felder) -> Abschnitt:
    return Abschnitt.objects.create(konzept=konzept, titel=titel, **felder)


def mache_feld(konzept: Konzept, titel: str = "Sprache", **felder) -> Handlungsfeld:
    return Handlungsfeld.objects.create(konzept=konzept, titel=titel, **felder)


def mache_leitziel(feld: Handlungsfeld, titel: str = "Alle verstehen sich", **felder) -> Leitziel:
    return Leitziel.objects.create(handlungsfeld=feld, titel=titel, **felder)


def mache_handlungsziel(feld: Handlungsfeld, titel: str = "Kurse für alle", **felder) -> Handlungsziel:
    return Handlungsziel.objects.create(handlungsfeld=feld, titel=titel, **felder)


def mache_massnahme(feld: Handlungsfeld, titel: str = "Sprachcafé", **felder) -> Massnahme:
    return Massnahme.objects.create(handlungsfeld=feld, titel=titel, **felder)


def mache_akteur(kommune: Kommune, kurz: str, **felder) -> Akteur:
    return Akteur.objects.create(kommune=kommune, kurz=kurz, **felder)


def mache_schritt(massnahme: Massnahme, text: str, **felder) -> Umsetzungsschritt:
    return Umsetzungsschritt.objects.create(massnahme=massnahme, text=text, **felder)


def mache_kosten(massnahme: Massnahme, angabe: str, **felder) -> Kostenposition:
    return Kostenposition.objects.create(massnahme=massnahme, angabe=angabe, **felder)


def mache_sachstand(massnahme: Massnahme, datum: str, text: str, **felder) -> Sachstand:
    return Sachstand.objects.create(massnahme=massnahme, datum=datum, text=text, **felder)


def setze_zustaendig(zeile: Massnahme | Umsetzungsschritt, *akteure: Akteur, rolle: str = "mitwirkung") -> None:
    """These Akteure take part in a measure or step, after those that are there."""
    bezug = {"massnahme" if isinstance(zeile, Massnahme) else "schritt": zeile}
    for platz, akteur in enumerate(akteure, start=zeile.zustaendigkeiten.count() + 1):
        Zustaendigkeit.objects.create(akteur=akteur, rolle=rolle, reihenfolge=platz, **bezug)


def mache_fuelle(konzept: Konzept, anzahl: int) -> Massnahme:
    """A concept with `anzahl` rows of every kind, in every list; returns the measure that has as many of everything, as
    has the first Vorlage."""
    for stelle, inhalt in enumerate(Abschnitt.Inhalt.values):
        mache_abschnitt(konzept, f"Kapitel {inhalt}", inhalt=inhalt, reihenfolge=stelle)
    kommune, bereich = konzept.kommune, range(1, anzahl + 1)
    akteure = [mache_akteur(kommune, f"Stelle {i}") for i in bereich]
    gremien = [Gremium.objects.create(kommune=kommune, name=f"AG {i}") for i in bereich]
    zielgruppen = [kommune.zielgruppen.create(name=f"Gruppe {i}") for i in bereich]
    leitlinien = [konzept.leitlinien.create(titel=f"Leitlinie {i}") for i in bereich]
    felder = [mache_feld(konzept, f"Feld {i}", reihenfolge=i) for i in bereich]
    querschnitt = [konzept.querschnittsaufgaben.create(titel=f"Thema {i}") for i in bereich]
    for i in range(anzahl):
        mache_abschnitt(konzept, f"Abschnitt {i}", text="Text", oberabschnitt=konzept.abschnitte.first())
        gremien[i].mitglieder.create(name=f"Mitglied {i}")
        Beteiligung.objects.create(konzept=konzept, gremium=gremien[i])
        leitlinien[i].leitfragen.create(text="Frage?", gremium=gremien[i])
        prozessschritt = konzept.prozessschritte.create(titel=f"Workshop {i}")
        prozessschritt.termine.create(wortlaut="Mai")
        prozessschritt.gruppen.create(name="Vereine")
        felder[i].gremien.set(gremien)
        for thema in querschnitt:
            thema.bezuege.create(handlungsfeld=felder[i], text="betrifft")
        angebot = Angebot.objects.create(konzept=konzept, handlungsfeld=felder[i], titel=f"Angebot {i}")
        angebot.anbieter.create(akteur=akteure[i])
        angebot.foerderungen.create(geber="Land", angabe="500 €")
        angebot.zielgruppen.set(zielgruppen)
        leitziel = mache_leitziel(felder[i], f"Leitziel {i}")
        handlungsziel = mache_handlungsziel(felder[i], f"Handlungsziel {i}", leitziel=leitziel)
        kontext = Indikator.objects.create(konzept=konzept, titel="Anteil", art="kontext", handlungsfeld=felder[i])
        for indikator in (kontext, handlungsziel.indikatoren.create(konzept=konzept, titel="Zahl", art="wirkung")):
            indikator.messwerte.create(jahr=2020, wert=5)
    voll = mache_massnahme(felder[0], "Sprachcafé", handlungsziel=felder[0].handlungsziele.get())
    for i in bereich:
        setze_zustaendig(mache_schritt(voll, f"Schritt {i}", reihenfolge=i), *akteure)
        mache_kosten(voll, "100 €", jahr=2027, reihenfolge=i)
        mache_sachstand(voll, "2026-05-04", f"Sachstand {i}")
        if i > 1:
            mache_massnahme(felder[0], f"Maßnahme {i}", umsetzungsstand="geplant")
    setze_zustaendig(voll, *akteure)
    voll.zielgruppen.set(zielgruppen)
    voll.leitlinien.set(leitlinien)
    mache_vorlage(konzept, *gremien, betreff="Vorlage 1", anzahl=anzahl)
    for i in bereich[1:]:
        mache_vorlage(konzept, gremien[0], betreff=f"Vorlage {i}")
    if not Vorlagenkopf.objects.filter(kommune=kommune).exists():
        mache_vorlagenkopf(kommune)
    return voll


def mache_vorlage(konzept: Konzept, *gremien: Gremium, anzahl: int = 1, **felder) -> Vorlage:
    """A Vorlage with `anzahl` rows of every kind (one more point), and one Station for each Gremium, with a result on
    every point."""
    vorlage = Vorlage.objects.create(konzept=konzept, **{"betreff": "Integrationskonzept"} | felder)
    for i in range(anzahl + 1):
        vorlage.beschlusspunkte.create(text=f"Punkt {i + 1}", reihenfolge=i)
    for i in range(1, anzahl + 1):
        vorlage.abschnitte.create(titel=f"Abschnitt {i}", text="Text", reihenfolge=i)
        vorlage.weitere_anlagen.create(titel=f"Anlage {i}", reihenfolge=i)
        vorlage.vorgaenge.create(nummer=f"M {i}", reihenfolge=i)
        vorlage.unterschriften.create(name=f"Name {i}", reihenfolge=i)
    for i, gremium in enumerate(gremien, start=1):
        station = vorlage.stationen.create(gremium=gremium, ergebnis="mehrheitlich", ja=9, nein=2, reihenfolge=i)
        for punkt in vorlage.beschlusspunkte.all():
            station.punktergebnisse.create(punkt=punkt, ergebnis="einstimmig", ja=11)
    return vorlage


RATSBESCHLUSS = Beschlussangabe(gremium="Rat der Stadt", datum=date(2020, 10, 28), drucksache="18/2020")
"""A decision in words."""


def mache_beschlussfassung(konzept: Konzept, *, konto=None, **weitere) -> Fassung:
    """The concept as it stands, frozen with the decision in words."""
    return festschreiben(konzept=konzept, art=FassungArt.BESCHLUSS, konto=konto, beschluss=RATSBESCHLUSS, **weitere)


def mache_vorlagenkopf(kommune: Kommune) -> Vorlagenkopf:
    """The labels of a Kommune, as they would be without."""
    kopf = Vorlagenkopf(kommune=kommune, version=0)
    zeilen = zeilen_fuer(kommune)
    setze_kopf(kopf, {b: [(z.teil, z.bezeichnung, z.gezeigt) for z in zeilen[b]] for b in Bereich})
    return kopf


def alle_zeilen() -> dict[str, list[dict]]:
    """Every row of the product by model, so that two moments can be compared; without what waits unsaved in forms, as
    everything does that is refused."""
    return {
        modell._meta.label: list(modell._base_manager.order_by("pk").values())
        for app in ("konzept", "entwuerfe", "konten", "handlungsfelder", "massnahmen", "vorlagen")
        for modell in apps.get_app_config(app).get_models(include_auto_created=True)
        if modell is not Zwischenstand
    }


# Addresses


def adresse(zeile, *teile: str) -> str:
    """/konzepte/<kommune>/<konzept>/… of the concept to which a row belongs, or of the concept itself."""
    konzept = zeile if isinstance(zeile, Konzept) else zeile.konzept
    return "/".join(["/konzepte", konzept.kommune.slug, konzept.slug, *teile]) + "/"


def kommunen_adresse(kommune: Kommune, *teile) -> str:
    """/kommunen/<kommune>/…"""
    return "/".join(["/kommunen", kommune.slug, *map(str, teile)]) + "/"


def formular_adresse(zeile: Massnahme | Abschnitt) -> str:
    ort = "massnahmen" if isinstance(zeile, Massnahme) else "abschnitte"
    return adresse(zeile, ort, str(zeile.pk), "bearbeiten")


# Pages


def seite_von(antwort):
    """The page of a response, or HTML, as an element of lxml without comments, parsed as a browser parses it.

    Lexbor follows the standard of HTML, and writes out every tag that a browser adds; lxml has only to read that.
    """
    html = antwort if isinstance(antwort, str) else antwort.content.decode()
    return lxml.html.document_fromstring(LexborHTMLParser(html).html, _OHNE_KOMMENTARE)


_OHNE_KOMMENTARE = lxml.html.HTMLParser(remove_comments=True)


def text(knoten) -> str:
    """The text of an element, white space run together."""
    return " ".join("".join(knoten.itertext()).split())


def nach_id(wurzel, kennung: str):
    """The element with this id; fails where there is none or more than one."""
    (knoten,) = (k for k in wurzel.iter() if k.get("id") == kennung)
    return knoten


def formular(antwort, mit: str = "_version", unter: str = ""):
    """The one form of a page, or of the element with the id `unter`, that has a control with this name."""
    wurzel = nach_id(seite_von(antwort), unter) if unter else seite_von(antwort)
    (gefunden,) = (f for f in wurzel.iter("form") if any(k.get("name") == mit for k in f.iter()))
    return gefunden


def eingaben(antwort, mit: str = "_version", unter: str = "") -> dict[str, list[str]]:
    """What that form would send as it stands, without any button: names and values."""
    daten: dict[str, list[str]] = {}
    for knoten in formular(antwort, mit, unter).iter():
        if knoten.get("name") and knoten.get("disabled") is None and (werte := _werte(knoten)):
            daten.setdefault(knoten.get("name"), []).extend(werte)
    return daten


def _werte(knoten) -> list[str]:
    match knoten.tag:
        case "input" if knoten.get("type") in {"checkbox", "radio"}:
            return [knoten.get("value", "on")] if knoten.get("checked") is not None else []
        case "input":
            return [knoten.get("value", "")]
        case "textarea":
            return ["".join(knoten.itertext()).replace("\n", "\r\n")]  # as HTML has it
        case "select":
            optionen = list(knoten.iter("option"))
            gewaehlt = [o for o in optionen if o.get("selected") is not None] or optionen[:1]
            return [o.get("value", "") for o in gewaehlt]
    return []


# Forms as a person uses them, without JavaScript


def hole(client, zeile) -> dict:
    """What the form of a measure or Abschnitt holds."""
    return eingaben(client.get(formular_adresse(zeile)))


def sende(client, zeile, aenderungen: dict, *, knopf: str = "_speichern"):
    """Fill in the form as it is shown, with changes, and press a button."""
    daten = hole(client, zeile) | aenderungen
    return client.post(formular_adresse(zeile), daten | {knopf: "1"})


def druecke(client, massnahme, daten: dict, aktion: str) -> dict:
    """Press a row button without JavaScript; what the page that comes back would send."""
    antwort = client.post(formular_adresse(massnahme), daten | {"_zeilen": aktion})
    assert antwort.status_code == 200
    return eingaben(antwort)


def fehler_am_feld(antwort, kennung: str) -> str:
    """The error that belongs to an input, as a screen reader finds it."""
    seite = seite_von(antwort)
    eingabe = nach_id(seite, kennung)
    assert eingabe.get("aria-invalid") == "true"
    (hinweis,) = (k for k in eingabe.get("aria-describedby").split() if k.endswith("_error"))
    (aus_der_liste,) = (a for a in nach_id(seite, "fehler").iter("a") if a.get("href") == f"#{kennung}")
    satz = text(nach_id(seite, hinweis))
    assert satz in text(aus_der_liste)
    return satz


def zustaendig(zeile) -> list[tuple[str, str]]:
    """Kürzel and role of each Akteur of a measure or step, in order."""
    return [(z.akteur.kurz, z.rolle) for z in zeile.zustaendigkeiten.select_related("akteur")]


def schritte(massnahme) -> list[str]:
    """Texts of the steps of a measure, in order."""
    return [s.text for s in massnahme.schritte.all()]


# Beratung


def mache_runde(fassung: Fassung, *mitglieder: Benutzer, gremium: Gremium | None = None, **felder) -> Runde:
    """A Fassung laid before a Gremium ("Integrationsrat") in which these accounts sit, for a week from today."""
    kommune = fassung.konzept.kommune
    gremium = gremium or Gremium.objects.get_or_create(kommune=kommune, name="Integrationsrat")[0]
    for konto in mitglieder:
        Sitz.objects.get_or_create(gremium=gremium, benutzer=konto)
    runde = Runde.objects.create(fassung=fassung, **{"ende": localdate() + timedelta(days=7)} | felder)
    runde.gremien.add(gremium)
    return runde


def mache_anmerkung(
    runde: Runde, verfasser: Benutzer, rn: int | None = 1, text: str = "Zu lang.", **felder
) -> Anmerkung:
    return Anmerkung.objects.create(runde=runde, verfasser=verfasser, rn=rn, text=text, **felder)


def mache_stellungnahme(anmerkung: Anmerkung, ergebnis: str = "uebernommen", *, frei: bool = False, **felder):
    """The answer of the administration, a draft unless `frei`."""
    freigabe = {"freigegeben_am": now()} if frei else {}
    return Stellungnahme.objects.create(anmerkung=anmerkung, ergebnis=ergebnis, **freigabe | felder)
