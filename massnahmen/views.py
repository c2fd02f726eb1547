"""The page on which a measure is edited."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from konzept import rechte
from konzept.bearbeitung import Bearbeitung
from konzept.konten.wiedervorlage import angemeldet
from konzept.zugriff import hole

from .forms import massnahme_formulare
from .models import Massnahme
from .rahmen import adresse, formular_adresse, rahmen_bearbeiten
from .regeln import speichere_massnahme


@require_http_methods(["GET", "HEAD", "POST"])
@angemeldet
def bearbeiten(request, kommune, konzept, pk):
    """A measure with its steps, actors, Zeitraum, Kosten, Sachstände, Zielgruppen and Leitlinien.

    Queries: 8 for the measure, 5 for the outline, 3 for choices, whatever the number of rows.
    """
    massnahme = hole(request.user, Massnahme.objects.fuer_formular(), pk, kommune, konzept, rechte.BEARBEITEN)
    k, feld = massnahme.konzept, massnahme.handlungsfeld
    kontext, nummern = rahmen_bearbeiten(request.user, k, f"massnahme-{massnahme.pk}", feld)
    kennung = nummern.kennung(massnahme)

    def formulare(daten):
        # Checking a form writes into its row, so that each set of forms has a row of its own.
        zeile = massnahme if daten is None else Massnahme.objects.fuer_formular().get(pk=massnahme.pk)
        return massnahme_formulare(zeile, nummern, daten)

    bearbeitung = Bearbeitung(request, massnahme, formulare, speichere_massnahme)
    naechste = _naechste(nummern, massnahme)
    lesen = adresse(k, "konzept:uebersicht")
    if nummern.zeigt_felder:
        lesen = adresse(k, "konzept:kapitel", anker=f"massnahme-{massnahme.pk}")
    if bearbeitung.erledigt():
        if "_naechste" in request.POST and naechste:
            return redirect(formular_adresse(k, f"massnahme-{naechste.pk}"))
        return redirect(lesen)
    kontext |= bearbeitung.kontext() | {
        "massnahme": massnahme,
        "kennung": kennung,
        "naechste": naechste,
        "lesen": lesen,
        "krumen": _krumen(massnahme, nummern),
        "offen": _offen(massnahme),
    }
    kontext["akteure"] = [
        {"kurzname": a.kurz, "name": a.name or a.kurz} for a in kontext["form"].akteure.alle
    ]
    return render(request, "massnahmen/bearbeiten.html", kontext, status=bearbeitung.status)


def _naechste(nummern, massnahme) -> Massnahme | None:
    """The measure after this one in the table of its field."""
    folge = [m for _, massnahmen in nummern.tabellenabschnitte(massnahme.handlungsfeld) for m in massnahmen]
    platz = next((i for i, m in enumerate(folge) if m.pk == massnahme.pk), len(folge))
    return folge[platz + 1] if platz + 1 < len(folge) else None


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


def _offen(massnahme) -> list[dict]:
    """What the council will ask for and is not there yet, with the field in which it goes. No queries."""
    hinweise = []
    schritte = massnahme.schritte.all()
    if not massnahme.zustaendigkeiten.all() and not any(s.zustaendigkeiten.all() for s in schritte):
        hinweise.append({"text": "Niemand ist zuständig", "ziel": "id_federfuehrung"})
    if not massnahme.zeitraum:
        hinweise.append({"text": "Kein Zeitraum", "ziel": "id_zeitraum"})
    if not (massnahme.kosten_offen or massnahme.kosten_wortlaut or massnahme.kostenpositionen.all()):
        hinweise.append({"text": "Keine Kosten und kein bewusstes „offen“", "ziel": "id_kosten_wortlaut"})
    if not massnahme.umsetzungsstand:
        hinweise.append({"text": "Kein Umsetzungsstand", "ziel": "id_umsetzungsstand"})
    return hinweise
