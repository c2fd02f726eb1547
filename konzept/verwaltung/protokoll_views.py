"""The log of a Kommune, for its Leitung."""

from datetime import date, timedelta

from django import forms
from django.core.paginator import Paginator
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.shortcuts import render
from django.views.decorators.http import require_safe

from konzept import rechte
from konzept.heute import beginn_von
from konzept.konten.angemeldet import angemeldet
from konzept.konten.models import NACH_NAMEN, ZUGANG, Benutzer, Ereignis, Namensaenderung, Protokolleintrag
from konzept.konten.zugang import FILTER
from konzept.zugriff import hole_kommune

from .seitenrahmen import rahmen

JE_SEITE = 50
_KEIN_DATUM = "Das ist kein Datum. Schreiben Sie es zum Beispiel so: 24.12.2026."
_GRENZEN = [
    MinValueValidator(date(2000, 1, 1), "So weit reicht das Protokoll nicht zurück."),
    MaxValueValidator(date(2999, 12, 31), "So weit in der Zukunft gibt es keine Einträge."),
]


def _tag(label: str) -> forms.DateField:
    eingabe = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    fehler = {"invalid": _KEIN_DATUM}
    return forms.DateField(label=label, required=False, widget=eingabe, error_messages=fehler, validators=_GRENZEN)


class ProtokollFilter(forms.Form):
    """What of the log to show; everything may be left empty."""

    ereignis = forms.ChoiceField(
        label="Ereignis",
        required=False,
        choices=[("", "alle"), (FILTER, "alles zu Zugang und Namen"), *Ereignis.choices],
        error_messages={"invalid_choice": "Dieses Ereignis gibt es nicht. Wählen Sie eines aus der Liste."},
    )
    person = forms.ModelChoiceField(
        Benutzer.objects.none(),
        label="Person",
        required=False,
        empty_label="alle",
        error_messages={"invalid_choice": "Diese Person kommt im Protokoll nicht vor. Wählen Sie eine aus der Liste."},
    )
    von, bis = _tag("Von"), _tag("Bis")

    def __init__(self, daten, eintraege):
        super().__init__(daten)
        self.eintraege = eintraege
        genannt = Q(pk__in=eintraege.order_by().values("benutzer")) | Q(pk__in=eintraege.order_by().values("person"))
        self.fields["person"].queryset = Benutzer.objects.filter(genannt, geloescht_am=None).order_by(*NACH_NAMEN)

    def clean(self):
        von, bis = self.cleaned_data.get("von"), self.cleaned_data.get("bis")
        if von and bis and bis < von:
            self.add_error("bis", "Der letzte Tag liegt vor dem ersten. Tauschen Sie die beiden.")

    def gefiltert(self):
        """The entries that match; none while an answer does not make sense."""
        if not self.is_valid():
            return self.eintraege.none()
        eintraege, wahl = self.eintraege, self.cleaned_data
        if wahl["ereignis"] == FILTER:
            eintraege = eintraege.filter(ereignis__in=ZUGANG)
        elif wahl["ereignis"]:
            eintraege = eintraege.filter(ereignis=wahl["ereignis"])
        if person := wahl["person"]:
            eintraege = eintraege.filter(Q(benutzer=person) | Q(person=person))
        if wahl["von"]:
            eintraege = eintraege.filter(zeitpunkt__gte=beginn_von(wahl["von"]))
        if wahl["bis"]:
            eintraege = eintraege.filter(zeitpunkt__lt=beginn_von(wahl["bis"] + timedelta(days=1)))
        return eintraege


@require_safe
@angemeldet
def protokoll(request, kommune):
    """Who did what in the Kommune, newest first; filter and page stand in the address."""
    k = hole_kommune(request.user, kommune, rechte.PROTOKOLL)
    form = ProtokollFilter(request.GET, Protokolleintrag.objects.filter(kommune=k))
    eintraege = form.gefiltert().select_related("benutzer", "person")
    seite = Paginator(eintraege, JE_SEITE).get_page(request.GET.get("seite"))
    seite.object_list = mit_namen(seite.object_list)
    kontext = rahmen(request.user, k, "protokoll") | {
        "form": form,
        "zugang_filter": FILTER,
        "nur_zugang": request.GET.get("ereignis") == FILTER,
        "gefiltert": any(request.GET.get(feld) for feld in form.fields),
        "seite": seite,
    }
    return render(request, "verwaltung/protokoll.html", kontext)


def mit_namen(eintraege) -> list[Protokolleintrag]:
    """These entries, each with `zugang`: whether it changed who reads what; and where somebody took another name with
    both names in the text, as long as that account is there. Two queries, one of them that of the entries."""
    eintraege = list(eintraege)
    momente = [e.zeitpunkt for e in eintraege if e.ereignis == Ereignis.NAME_GEAENDERT]
    namen = {(n.benutzer_id, n.zeitpunkt): n for n in Namensaenderung.objects.filter(zeitpunkt__in=momente)}
    for eintrag in eintraege:
        eintrag.zugang = eintrag.ereignis in ZUGANG
        if name := namen.get((eintrag.person_id, eintrag.zeitpunkt)):
            eintrag.text = str(name)
    return eintraege
