"""Who sits where; a Runde, whom it asks and until when."""

from crispy_forms.layout import Div, Fieldset
from django import forms
from django.core.exceptions import ValidationError

from konzept.fassungen.models import Fassung
from konzept.formularbau.elemente import ElementForm
from konzept.formularbau.felder import Datumsfeld, Mehrfachauswahl
from konzept.heute import am, heute
from konzept.konten.models import Benutzer
from konzept.models import Gremium
from konzept.textfelder import Zeilenfeld

from ..beteiligte import lege_vor, pruefe_adressaten, pruefe_sitze, setze_adressaten
from ..models import Runde
from ..vorgaenge import Regelverstoss, mit_rolle_in, protokolliere

OHNE_ADRESSATEN = "Wählen Sie mindestens ein Gremium oder eine Person, der die Fassung vorgelegt wird."


def _mit_adresse(konto: Benutzer) -> str:
    return f"{konto.name} ({konto.email})" if konto.name else konto.email


def _viele(label: str, hilfe: str = "") -> Mehrfachauswahl:
    return Mehrfachauswahl(
        queryset=None, label=label, required=False, help_text=hilfe, widget=forms.CheckboxSelectMultiple
    )


class SitzeForm(forms.Form):
    """Which accounts sit in a Gremium. The own one can only be chosen where it sits there already."""

    konten = _viele(
        "Konten der Mitglieder",
        "Was dem Gremium vorgelegt wird, lesen diese Personen und merken dazu an. Zur Wahl steht, wer in der Kommune "
        "eine Rolle hat. Sich selbst können Sie keinen Sitz geben; das kann jemand anderes mit der Rolle Leitung oder "
        "Verwaltung.",
    )

    def __init__(self, daten, *, gremium: Gremium, handelnder: Benutzer):
        super().__init__(daten)
        self.gremium, self.handelnder = gremium, handelnder
        feld = self.fields["konten"]
        feld.queryset = mit_rolle_in(gremium.kommune)
        feld.label_from_instance = _mit_adresse
        self.initial["konten"] = [sitz.benutzer_id for sitz in gremium.sitze.all()]
        if handelnder.pk not in self.initial["konten"]:
            _biete_nicht_an(feld, handelnder)

    def clean_konten(self):
        konten = self.cleaned_data["konten"]
        try:
            pruefe_sitze(self.gremium, konten, self.handelnder)
        except Regelverstoss as fehler:
            raise ValidationError(fehler.satz) from fehler
        return konten


def _biete_nicht_an(feld, konto: Benutzer) -> None:
    """Leave an account out of what is shown; whoever sends it all the same is told why it is refused."""
    feld.widget.choices = [(wert, text) for wert, text in feld.choices if wert.value != konto.pk]


class _Adressaten(ElementForm):
    druckt_nicht = ("hinweis",)

    gremien = _viele("Gremien")
    personen = _viele("Einzelne Personen", "Zusätzlich zu denen, die in den Gremien sitzen.")

    def __init__(self, *args, handelnder: Benutzer, **kwargs):
        super().__init__(*args, **kwargs)
        self.handelnder, kommune = handelnder, self.konzept.kommune
        self.fields["gremien"].queryset = kommune.gremien.all()
        self.fields["personen"].queryset = mit_rolle_in(kommune)
        self.fields["personen"].label_from_instance = _mit_adresse

    def clean(self):
        daten = super().clean()
        if not (daten.get("gremien") or daten.get("personen") or {"gremien", "personen"} & set(self.errors)):
            self.add_error("gremien", OHNE_ADRESSATEN)
        return daten

    def _post_clean(self):
        """Whether a Runde is internal is known once the answers stand in it."""
        super()._post_clean()
        if {"gremien", "personen", "ende", "beginn"} & set(self.errors):
            return
        wahl = self.cleaned_data
        try:
            pruefe_adressaten(self.instance, wahl["gremien"], wahl["personen"], self.handelnder)
        except Regelverstoss as fehler:
            self.add_error(fehler.feld, fehler.satz)

    def gliedere(self, layout):
        layout.fields = [
            Fieldset("Wem", Div("gremien", css_class="spaltig"), Div("personen", css_class="spaltig")),
            Fieldset("Wozu", "anlass", "hinweis"),
        ]


class RundeForm(_Adressaten):
    """What is changed in a Runde that is there; its days have pages of their own. Saving gives in `neue` who comes in
    newly."""

    neue: list[Benutzer] = []

    class Meta:
        model = Runde
        fields = ["gremien", "personen", "anlass", "hinweis"]
        widgets = {"hinweis": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.verschlossen and not self.instance.nimmt_teil(self.handelnder):
            _biete_nicht_an(self.fields["personen"], self.handelnder)

    def save(self, commit=True):
        runde = super().save(commit=False)
        runde.save()
        wahl = self.cleaned_data
        self.neue = setze_adressaten(runde, wahl["gremien"], wahl["personen"], self.handelnder)
        if self.changed_data:
            protokolliere(runde, self.handelnder, "Runde geändert")
        return runde


class RundeNeuForm(_Adressaten):
    fassung = forms.ModelChoiceField(
        queryset=Fassung.objects.none(),
        label="Fassung",
        empty_label=None,
        error_messages={
            "required": "Wählen Sie die Fassung, die vorgelegt wird.",
            "invalid_choice": "Diese Fassung gibt es hier nicht. Wählen Sie eine aus der Liste.",
        },
    )
    beginn = Datumsfeld(label="Beginn", initial=heute)
    ende = Datumsfeld(
        label="Anmerkungen bis", help_text="Der letzte Tag, an dem angemerkt werden kann, z. B. 18.11.2026."
    )

    class Meta:
        model = Runde
        fields = ["fassung", "gremien", "personen", "anlass", "hinweis", "beginn", "ende", "sichtbarkeit"]
        widgets = {"hinweis": forms.Textarea(attrs={"rows": 3}), "sichtbarkeit": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        feld = self.fields["fassung"]
        feld.queryset = Fassung.objects.filter(konzept=self.konzept).defer("inhalt")
        feld.label_from_instance = lambda f: f.bezeichnung

    def save(self, commit=True):
        runde, wahl = super().save(commit=False), self.cleaned_data
        lege_vor(runde, wahl["gremien"], wahl["personen"], self.handelnder)
        return runde

    def clean_fassung(self):
        """The chosen Fassung. It gets the concept that was read already, so that it is not read again."""
        fassung = self.cleaned_data["fassung"]
        fassung.konzept = self.konzept
        return fassung

    def clean(self):
        daten = super().clean()
        beginn, ende, tag = daten.get("beginn"), daten.get("ende"), heute()
        if ende and ende < tag:
            self.add_error("ende", f"Der letzte Tag liegt in der Vergangenheit. Heute ist der {am(tag)}.")
        elif beginn and ende and ende < beginn:
            self.add_error("ende", f"Der letzte Tag liegt vor dem Beginn ({am(beginn)}).")
        return daten

    def gliedere(self, layout):
        super().gliedere(layout)
        layout.fields = [
            "fassung",
            *layout.fields,
            Fieldset("Wann", Div("beginn", "ende", css_class="nebeneinander")),
            Fieldset("Wer die Anmerkungen liest", "sichtbarkeit"),
        ]


class VerlaengernForm(forms.Form):
    """A new last day, and why; `bisher` is the one that the page showed."""

    bis = Datumsfeld(label="Neues Ende")
    grund = Zeilenfeld(
        label="Grund",
        max_length=500,
        help_text="Steht in der E-Mail an die Beteiligten und auf der Seite der Runde.",
        error_messages={"required": "Sagen Sie den Beteiligten, warum sie mehr Zeit haben."},
    )
    bisher = forms.DateField(widget=forms.HiddenInput, required=False)

    def __init__(self, daten, *, runde: Runde):
        super().__init__(daten, initial={"bisher": runde.ende.isoformat()})
        self.runde = runde

    def clean_bis(self):
        bis, tag = self.cleaned_data["bis"], heute()
        frueheste = max(self.runde.letzter_tag, tag)
        if bis <= self.runde.letzter_tag or bis < tag:
            raise ValidationError(f"Das neue Ende muss nach dem {am(frueheste)} liegen.")
        return bis


class BeendenForm(forms.Form):
    grund = Zeilenfeld(
        label="Grund",
        max_length=500,
        error_messages={"required": "Sagen Sie den Beteiligten, warum die Runde früher endet."},
    )
