"""Reading a concept and printing it."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from konzept import rechte, seiten
from konzept.dokument.fehlzeichen import fehlende_zeichen
from konzept.dokument.html import kapitel_html, teil_html
from konzept.dokument.kostenuebersicht import kostenuebersicht
from konzept.dokument.maengel import FEHLT, mit_formular
from konzept.dokument.zeilen import Zeilen
from konzept.dokument.zeitplan import zeitplan
from konzept.dokument.zusammenstellung import stelle_mit_maengeln_zusammen, stelle_zusammen
from konzept.druckauftraege import arbeitsstand
from konzept.druckauftraege.antwort import Blatt, antworte
from konzept.druckauftraege.arbeitsstand import nimm_auf
from konzept.fassungen.models import Fassung
from konzept.fassungen.seitenrahmen import wappenhinweis
from konzept.fassungen.vergleich.staende import schritt_zu
from konzept.fassungen.zugriff import vorgelegte_fassungen
from konzept.konten.angemeldet import angemeldet
from konzept.namensordnung import nach_namen
from konzept.navigation import Formulare, adresse, rahmen
from konzept.verwaltung.seitenrahmen import bereich
from konzept.zugriff import hole_konzept, kommunen_fuer, konzepte_fuer

from .models import Konzept


@require_safe
@angemeldet
def start(request):
    """Every Kommune in which the account has a role, with the concepts that it may read there, or the Fassungen."""
    konzepte: dict[int, list[Konzept]] = {}
    for konzept in konzepte_fuer(request.user).neuestes_zuerst():
        konzepte.setdefault(konzept.kommune_id, []).append(konzept)
    kommunen = kommunen_fuer(request.user).order_by("-fiktiv", nach_namen("kurzname"), "pk")
    fassungen: dict[int, list[Fassung]] = {}
    for fassung in vorgelegte_fassungen(request.user):
        fassungen.setdefault(fassung.konzept.kommune_id, []).append(fassung)
    bereiche = [bereich(request.user, k, konzepte.get(k.pk, []), fassungen.get(k.pk, [])) for k in kommunen]
    return render(request, "konzept/start.html", {"bereiche": bereiche})


@require_safe
@angemeldet
def uebersicht(request, kommune, konzept):
    """Title page of a concept: what it is, its outline, its PDF."""
    k = hole_konzept(request.user, kommune, konzept)
    dokument, maengel = stelle_mit_maengeln_zusammen(Zeilen(k))
    formulare = Formulare(request.user, k)

    def url(anker):
        return adresse(k, "konzept:kapitel", anker=anker)

    kontext = rahmen(request.user, k, "uebersicht") | {
        "dokument": dokument,
        "maengel": mit_formular(maengel, formulare),
        "mitwirkung": _mitwirkung(formulare, dokument),
        "gliederung": seiten.gliederung(dokument, url),
        "felder": [(umfang, url(umfang.kapitel.anker)) for umfang in seiten.umfang(dokument)],
        "fehlende_zeichen": fehlende_zeichen(dokument),
        "schritt": schritt_zu(request.user, k),
        "wappenhinweis": wappenhinweis(request.user, k),
    }
    return render(request, "konzept/uebersicht.html", kontext)


def _mitwirkung(formulare: Formulare, dokument) -> dict | None:
    """The measures that somebody who takes part may edit, each with its form; None for everybody else."""
    rollen = formulare.benutzer.rollen_in(formulare.konzept.kommune_id)
    if formulare.eigene is None or rechte.Rolle.MITWIRKUNG not in rollen:
        return None
    alle = ((massnahme, formulare.url(massnahme.anker)) for massnahme in seiten.massnahmen(dokument))
    return {"hat_akteur": bool(formulare.eigene), "massnahmen": [(massnahme, url) for massnahme, url in alle if url]}


@require_safe
@angemeldet
def kapitel(request, kommune, konzept, anker):
    """One chapter, or one Handlungsfeld. The Anker of an element inside leads to its place on the page."""
    k = hole_konzept(request.user, kommune, konzept)

    def url(ziel):
        return adresse(k, "konzept:kapitel", anker=ziel)

    dokument, maengel = stelle_mit_maengeln_zusammen(Zeilen(k))
    if any(mangel.anker == anker and mangel.satz == FEHLT for mangel in maengel):
        # The overview says what is missing to those who can put it right.
        return redirect(adresse(k, "konzept:uebersicht"))
    blatt = seiten.hole_blatt(dokument, anker, url)
    if blatt["umweg"]:
        return redirect(blatt["umweg"])
    kontext = rahmen(request.user, k, "lesen") | blatt
    kontext["html"] = kapitel_html(blatt["seite"].inhalt, bearbeiten=Formulare(request.user, k), verweise=url)
    kontext["krumen"] = [{"titel": k.titel, "url": adresse(k, "konzept:uebersicht")}, *blatt["oben"]]
    kontext["drucke"] = seiten.drucke(
        blatt["seite"].kapitel, lambda name: adresse(k, f"teildrucke:{name}", anker=anker)
    )
    return render(request, "konzept/kapitel.html", kontext)


@require_safe
@angemeldet
def gesamt(request, kommune, konzept):
    """The whole concept on one page."""
    k = hole_konzept(request.user, kommune, konzept)
    dokument = stelle_zusammen(k)
    formulare = Formulare(request.user, k)
    kontext = rahmen(request.user, k, "uebersicht") | {
        "dokument": dokument,
        "html": [kapitel_html(teil, ebene=2, bearbeiten=formulare) for teil in dokument.kapitel],
        "gliederung": seiten.gliederung(dokument, lambda anker: f"#{anker}"),
    }
    return render(request, "konzept/gesamt.html", kontext)


@require_safe
@angemeldet
def zeit_und_geld(request, kommune, konzept):
    """When the measures run, and what they cost by year, Handlungsfeld and source of money. 27 queries."""
    k = hole_konzept(request.user, kommune, konzept)
    dokument = stelle_zusammen(k)

    def url(anker):
        return adresse(k, "konzept:kapitel", anker=anker)

    teile = [("Zeitplan", zeitplan(dokument)), ("Kosten", kostenuebersicht(dokument))]
    kontext = rahmen(request.user, k, "zeit_und_geld")
    kontext["teile"] = [(titel, teil_html(teil, verweise=url)) for titel, teil in teile]
    return render(request, "konzept/zeit_und_geld.html", kontext)


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet(fragt=("gross",))
def pdf(request, kommune, konzept):
    """The whole concept as one PDF, made in the background from the rows as they are now; with "?gross=1" in large
    print."""
    gross = request.GET.get("gross") == "1"
    k = hole_konzept(request.user, kommune, konzept)

    def kontext():
        zurueck = {"titel": "Zur Übersicht", "url": adresse(k, "konzept:uebersicht")}
        return rahmen(request.user, k, "pdf") | {"basis": "konzept/basis.html", "zurueck": zurueck}

    blatt = Blatt(
        konzept=k,
        gegenstand=arbeitsstand.GEGENSTAND_GROSS if gross else arbeitsstand.GEGENSTAND,
        name=f"{k.kommune.slug}-{k.slug}{'-grossdruck' if gross else ''}",
        protokoll=arbeitsstand.titel(k, gross),
        kontext=kontext,
    )
    return antworte(request, lambda: nimm_auf(k, gross), blatt)
