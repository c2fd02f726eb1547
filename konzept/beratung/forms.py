"""The forms of a Beratung: who sits where, a Runde and its days, an Anmerkung, a Stellungnahme, the filter."""

from crispy_forms.layout import Div, Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from konzept.fassungen.models import Fassung
from konzept.formulare import Datumsfeld, ElementForm, Ganzzahlfeld, Mehrfachauswahl
from konzept.konten.models import Benutzer
from konzept.models import Gremium

from .models import Anmerkung, Ergebnis, Runde, Stellungnahme
from .models.anmerkung import HOECHSTLAENGE
from .regeln import mit_rolle_in

ZU_LANG = "Höchstens 20.000 Zeichen haben hier Platz. Kürzen Sie den Text, oder teilen Sie ihn auf."
RUNDE_VORBEI = (
    "Die Runde ist zu Ende, während Sie geschrieben haben. Ihr Text steht unverändert unten: Sie können ihn kopieren "
    "oder mit „Als private Notiz behalten“ für sich aufheben."
)
FREIGEGEBEN = (
    "Diese Stellungnahme ist inzwischen freigegeben. Ihr Text steht unverändert unten. Soll er gelten, nimmt zuerst "
    "die Leitung die Freigabe zurück."
)
OHNE_ADRESSATEN = "Wählen Sie mindestens ein Gremium oder eine Person, der die Fassung vorgelegt wird."


class Einzelauswahl(forms.ModelChoiceField):
    def to_python(self, value):
        try:
            return super().to_python(value)
        except OverflowError as fehler:  # SQLite cannot even compare with a number beyond 64 bits
            raise ValidationError("Diese Auswahl gibt es nicht.", code="invalid_choice") from fehler


def _mit_adresse(konto: Benutzer) -> str:
    return f"{konto.name} ({konto.email})" if konto.name else konto.email


def _viele(label: str, hilfe: str = "") -> Mehrfachauswahl:
    return Mehrfachauswahl(
        queryset=None, label=label, required=False, help_text=hilfe, widget=forms.CheckboxSelectMultiple
    )


class SitzeForm(forms.Form):
    """Which accounts sit in a Gremium."""

    konten = _viele(
        "Konten der Mitglieder",
        "Was dem Gremium vorgelegt wird, lesen diese Personen und merken dazu an. Zur Wahl steht, wer in der Kommune "
        "eine Rolle hat.",
    )

    def __init__(self, daten, *, gremium: Gremium):
        super().__init__(daten)
        feld = self.fields["konten"]
        feld.queryset = mit_rolle_in(gremium.kommune)
        feld.label_from_instance = _mit_adresse
        self.initial["konten"] = [sitz.benutzer_id for sitz in gremium.sitze.all()]


# A Runde


class _Adressaten(ElementForm):
    gremien = _viele("Gremien")
    personen = _viele("Einzelne Personen", "Zusätzlich zu denen, die in den Gremien sitzen.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kommune = self.konzept.kommune
        self.fields["gremien"].queryset = kommune.gremien.all()
        self.fields["personen"].queryset = mit_rolle_in(kommune)
        self.fields["personen"].label_from_instance = _mit_adresse

    def clean(self):
        daten = super().clean()
        if not (daten.get("gremien") or daten.get("personen") or {"gremien", "personen"} & set(self.errors)):
            self.add_error("gremien", OHNE_ADRESSATEN)
        return daten

    def gliedere(self, layout):
        layout.fields = [
            Fieldset("Wem", Div("gremien", css_class="spaltig"), Div("personen", css_class="spaltig")),
            Fieldset("Wozu", "anlass", "hinweis"),
        ]


class RundeForm(_Adressaten):
    """What is changed in a Runde that is there; its days have pages of their own."""

    class Meta:
        model = Runde
        fields = ["gremien", "personen", "anlass", "hinweis"]
        widgets = {"hinweis": forms.Textarea(attrs={"rows": 3})}


class RundeNeuForm(_Adressaten):
    fassung = Einzelauswahl(
        queryset=Fassung.objects.none(),
        label="Fassung",
        empty_label=None,
        error_messages={
            "required": "Wählen Sie die Fassung, die vorgelegt wird.",
            "invalid_choice": "Diese Fassung gibt es hier nicht. Wählen Sie eine aus der Liste.",
        },
    )
    beginn = Datumsfeld(label="Beginn", initial=timezone.localdate)
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
        feld.label_from_instance = lambda f: f"{f} vom {timezone.localdate(f.festgeschrieben_am):%d.%m.%Y}"

    def clean_fassung(self):
        """With the concept that is known already."""
        fassung = self.cleaned_data["fassung"]
        fassung.konzept = self.konzept
        return fassung

    def clean(self):
        daten = super().clean()
        beginn, ende, heute = daten.get("beginn"), daten.get("ende"), timezone.localdate()
        if ende and ende < heute:
            self.add_error("ende", f"Der letzte Tag liegt in der Vergangenheit. Heute ist der {heute:%d.%m.%Y}.")
        elif beginn and ende and ende < beginn:
            self.add_error("ende", f"Der letzte Tag liegt vor dem Beginn ({beginn:%d.%m.%Y}).")
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
    grund = forms.CharField(
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
        bis, heute = self.cleaned_data["bis"], timezone.localdate()
        frueheste = max(self.runde.letzter_tag, heute)
        if bis <= self.runde.letzter_tag or bis < heute:
            raise ValidationError(f"Das neue Ende muss nach dem {frueheste:%d.%m.%Y} liegen.")
        return bis


class BeendenForm(forms.Form):
    grund = forms.CharField(
        label="Grund",
        max_length=500,
        error_messages={"required": "Sagen Sie den Beteiligten, warum die Runde früher endet."},
    )


# What is said


class Textfeld(forms.CharField):
    """A text of at most 20,000 signs; white space alone is not one."""

    def __init__(self, *, zeilen: int = 6, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": zeilen}))
        super().__init__(max_length=HOECHSTLAENGE, **kwargs)
        self.widget.attrs.pop("maxlength", None)  # a browser would cut what is pasted
        self.error_messages["max_length"] = ZU_LANG


class _Aussage(ElementForm):
    text = Textfeld(label="Anmerkung", error_messages={"required": "Schreiben Sie, was anzumerken ist."})
    zitat = forms.CharField(
        label="Gemeinte Stelle",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Die Wörter, um die es geht, aus dem Text abgeschrieben.",
    )
    vorschlag = Textfeld(
        label="Vorschlag für den Wortlaut",
        required=False,
        zeilen=4,
        help_text="Wie es heißen soll. Gezeigt wird nur, was sich dadurch ändert.",
    )


class AnmerkungForm(_Aussage):
    """What somebody says to a place (`stelle`, None for the whole); the model knows Runde, Randnummer and who."""

    class Meta:
        model = Anmerkung
        fields = ["text", "zitat", "vorschlag", "privat"]

    def __init__(self, *args, stelle=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = "Ihre Anmerkung"
        self.fields["text"].error_messages["required"] = "Schreiben Sie, was Sie anmerken möchten."
        self.stelle = stelle
        if stelle and stelle.ist_text and not self.instance.pk:
            self.initial["vorschlag"] = stelle.text  # changing it is easier than writing it anew
        if not stelle:
            del self.fields["zitat"]
        if not stelle and not self.instance.vorschlag:
            del self.fields["vorschlag"]
        if getattr(self.instance, "stellungnahme", None):
            del self.fields["privat"]  # the administration is answering it already

    def clean_vorschlag(self):
        """The paragraph as it is proposes nothing."""
        vorschlag = self.cleaned_data["vorschlag"]
        unveraendert = self.stelle and vorschlag.split() == self.stelle.text.split()
        return "" if unveraendert else vorschlag

    def clean(self):
        daten = super().clean()
        if not (daten.get("privat") or self.instance.runde.laeuft()):
            self.add_error(None, RUNDE_VORBEI)
        return daten


class PapierForm(_Aussage):
    """What came back on paper, typed in by the administration; also after the end."""

    papier_von = forms.CharField(
        label="Wer hat es geschrieben?",
        max_length=200,
        help_text="Name und Gremium, wie sie in der Abwägungstabelle stehen sollen.",
        error_messages={"required": "Nennen Sie, von wem die Anmerkung kommt."},
    )
    rn = Ganzzahlfeld(label="Randnummer", required=False, help_text="Leer, wenn es um das Ganze geht.")

    class Meta:
        model = Anmerkung
        fields = ["papier_von", "rn", "text", "zitat", "vorschlag"]

    def __init__(self, *args, stellen, **kwargs):
        super().__init__(*args, **kwargs)
        self.stellen = stellen

    def clean_rn(self):
        rn = self.cleaned_data["rn"]
        if rn is not None and self.stellen.get(rn) is None:
            raise ValidationError(
                f"Diese Randnummer gibt es in der Fassung nicht. Sie zählt von 1 bis {self.stellen.letzte}."
            )
        return rn

    def save(self, commit=True):
        stelle = self.stellen.get(self.instance.rn)
        self.instance.anker = stelle.anker if stelle else ""
        return super().save(commit)


class StellungnahmeForm(ElementForm):
    ergebnis = forms.ChoiceField(
        label="Ergebnis",
        choices=Ergebnis.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Wählen Sie, was aus der Anmerkung wird."},
    )
    begruendung = Textfeld(
        label="Begründung",
        required=False,
        help_text="Wer die Anmerkung liest, liest auch sie. Nötig, wenn etwas nicht oder nur teils übernommen wird.",
    )
    aenderung = Textfeld(
        label="Änderung im Konzept",
        required=False,
        zeilen=3,
        help_text="Was sich im Konzept ändert, so wie es in der Abwägungstabelle stehen soll.",
    )

    class Meta:
        model = Stellungnahme
        fields = ["ergebnis", "begruendung", "aenderung"]

    def clean(self):
        daten = super().clean()
        braucht = daten.get("ergebnis") in {Ergebnis.NICHT, Ergebnis.TEILWEISE}
        if braucht and not daten.get("begruendung") and "begruendung" not in self.errors:
            self.add_error("begruendung", "Begründen Sie, warum die Anmerkung nicht ganz übernommen wird.")
        if self.instance.freigegeben_am:
            self.add_error(None, FREIGEGEBEN)
        return daten


class AbwaegungFilter(forms.Form):
    """Which Anmerkungen the table of the Abwägung shows; everything may be left empty, and nonsense counts as empty."""

    STAENDE = {"offen": "noch ohne Stellungnahme", "entwurf": "Entwurf", "freigegeben": "freigegeben"}

    stand = forms.ChoiceField(label="Stand", required=False, choices=[("", "alle"), *STAENDE.items()])
    ergebnis = forms.ChoiceField(label="Ergebnis", required=False, choices=[("", "alle"), *Ergebnis.choices])
    gremium = Einzelauswahl(
        queryset=Gremium.objects.none(),
        label="Gremium",
        required=False,
        empty_label="alle",
        error_messages={"invalid_choice": "Dieses Gremium gibt es hier nicht. Wählen Sie eines aus der Liste."},
    )

    def __init__(self, daten, *, runde: Runde):
        super().__init__(daten)
        self.fields["gremium"].queryset = runde.konzept.kommune.gremien.all()

    def waehle(self, anmerkungen):
        """The Anmerkungen that match."""
        self.is_valid()
        wahl = self.cleaned_data
        match wahl.get("stand"):
            case "offen":
                anmerkungen = anmerkungen.filter(stellungnahme=None)
            case "entwurf":
                anmerkungen = anmerkungen.filter(stellungnahme__isnull=False, stellungnahme__freigegeben_am=None)
            case "freigegeben":
                anmerkungen = anmerkungen.filter(stellungnahme__freigegeben_am__isnull=False)
        if wahl.get("ergebnis"):
            anmerkungen = anmerkungen.filter(stellungnahme__ergebnis=wahl["ergebnis"])
        if wahl.get("gremium"):
            sitzende = wahl["gremium"].sitze.values("benutzer")
            anmerkungen = anmerkungen.filter(papier_von="", verfasser__in=sitzende)
        return anmerkungen
