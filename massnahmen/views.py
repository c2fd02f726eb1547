"""The page on which a measure is edited."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from konzept import rechte
from konzept.bearbeitung import Bearbeitung
from konzept.konten.angemeldet import angemeldet
from konzept.navigation import Formulare, adresse, rahmen_um
from konzept.verlauf.geloescht import auch_geloescht
from konzept.zugriff import hole

from .doppelt import mit_derselben_nummer
from .forms import massnahme_formulare
from .gliederung import anker, lade_gliederung
from .hinweise import an_massnahme
from .kosten import rahmen_von
from .kostenhinweise import an_kosten
from .kostenteile import baue_um
from .models import Massnahme


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet
@auch_geloescht(lambda **_: "massnahme")
def bearbeiten(request, kommune, konzept, pk):
    """A measure with its steps, actors, Zeitraum, Kosten, Sachstände, Zielgruppen and Leitlinien.

    A fixed number of queries: eight for the measure, five for the outline, three for the choices, one for the roles;
    one more for who takes part for an Akteur, and where its number was typed one for the others that bear it.
    """
    massnahme = hole(
        request.user, Massnahme.objects.fuer_formular(), pk, kommune, konzept, rechte.MASSNAHME_BEARBEITEN
    )
    k = massnahme.konzept
    bearbeitbar = Formulare(request.user, k)
    nummern, eintraege = lade_gliederung(k, massnahme.handlungsfeld)
    gelesen = [massnahme]

    def formulare(daten):
        # Checking a form writes into its row, so that each set of forms has a row of its own.
        zeile = gelesen.pop() if gelesen else Massnahme.objects.fuer_formular().get(pk=pk)
        return massnahme_formulare(zeile, nummern, daten, bearbeitbar.eigene)

    bearbeitung = Bearbeitung(request, massnahme, formulare, baue_um=baue_um)
    naechste = _naechste(nummern, massnahme, bearbeitbar)
    lesen = adresse(k, "konzept:uebersicht")
    if not nummern.zeigt(massnahme):
        if bearbeitbar.eigene is None:
            lesen = f"{adresse(k, 'werkbank:gliederung')}?feld={massnahme.handlungsfeld_id}#{anker(massnahme)}"
    elif nummern.zeigt_felder:
        lesen = adresse(k, "konzept:kapitel", anker=f"massnahme-{massnahme.pk}")
    if bearbeitung.erledigt():
        if "_naechste" in request.POST and naechste:
            return redirect(naechste)
        return redirect(lesen)
    if bearbeitung.status != 200:
        # Checking a form changed its row, but what stands beside the form has to show the saved state.
        massnahme = Massnahme.objects.fuer_formular().get(pk=pk)
    kontext = rahmen_um(bearbeitbar, massnahme, eintraege) | bearbeitung.kontext()
    kontext |= {
        "massnahme": massnahme,
        "kennung": nummern.kennung(massnahme),
        "gleiche_nummer": [
            (m, bearbeitbar.url(anker(m)) or adresse(k, "konzept:kapitel", anker=anker(m)))
            for m in mit_derselben_nummer(massnahme, nummern)
        ],
        "naechste": naechste,
        "lesen": lesen,
        "krumen": _krumen(massnahme, nummern),
        "werkzeuge": [
            (titel, adresse(k, f"werkbank:{verb}", art="massnahmen", pk=massnahme.pk))
            for titel, verb in (("Verlauf", "verlauf"), ("Verschieben", "verschieben"), ("Löschen", "loeschen"))
        ],
        "offen": an_massnahme(
            massnahme,
            der_massnahme=[z.akteur for z in massnahme.zustaendigkeiten.all()],
            der_schritte=[[z.akteur for z in s.zustaendigkeiten.all()] for s in massnahme.schritte.all()],
            kosten=bool(massnahme.kostenpositionen.all()),
        )
        + an_kosten(massnahme, massnahme.kostenpositionen.all(), rahmen_von(massnahme, k)),
    }
    akteure = kontext["form"].akteure.alle
    kontext["akteure"] = kontext["form"].akteure.vorschlaege()
    if bearbeitbar.eigene is not None:
        kontext["fuer"] = [a for a in akteure if a.pk in bearbeitbar.eigene & massnahme.zustaendige()]
    return render(request, "massnahmen/bearbeiten.html", kontext, status=bearbeitung.status)


def _naechste(nummern, massnahme, bearbeitbar: Formulare) -> str | None:
    """The form of the next measure in the table of the field that the account may edit."""
    folge = [m for _, massnahmen in nummern.tabellenabschnitte(massnahme.handlungsfeld) for m in massnahmen]
    danach = filter(nummern.zeigt, folge[folge.index(massnahme) + 1 :]) if massnahme in folge else ()
    return next(filter(None, (bearbeitbar.url(anker(m)) for m in danach)), None)


def _krumen(massnahme, nummern) -> list[dict]:
    k, feld = massnahme.konzept, massnahme.handlungsfeld

    def krume(zeile, text):
        anker = f"{zeile._meta.model_name}-{zeile.pk}"
        return {"titel": text, "url": adresse(k, "konzept:kapitel", anker=anker)}

    krumen = [krume(feld, f"{nummern[feld]} {feld.kurz}".strip())]
    handlungsziel = massnahme.handlungsziel
    leitziel = massnahme.leitziel or (handlungsziel and handlungsziel.leitziel)
    if leitziel:
        krumen.append(krume(leitziel, f"Leitziel {nummern[leitziel]}"))
    if handlungsziel:
        krumen.append(krume(handlungsziel, f"Handlungsziel {nummern[handlungsziel]}"))
    return krumen
