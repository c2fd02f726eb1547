"""What somebody says about a Fassung, on the page or on paper."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from konzept.formularbau.elemente import ElementForm
from konzept.formularbau.felder import Ganzzahlfeld
from konzept.grenzen import ZITAT
from konzept.textfelder import Zeilenfeld

from ..models import Anmerkung
from .felder import Grundfeld, Textfeld

RUNDE_VORBEI = (
    "Die Runde ist zu Ende, während Sie geschrieben haben. Ihr Text steht unverändert unten: Sie können ihn kopieren "
    "oder mit „Als private Notiz behalten“ für sich aufheben."
)


BEANTWORTET = (
    "Die Verwaltung hat inzwischen geantwortet, darum lässt sich die Anmerkung nicht mehr ändern. Ihr Text steht "
    "unverändert unten; Sie können ihn kopieren."
)
ZURUECKGEZOGEN = (
    "Diese Anmerkung ist inzwischen zurückgezogen. Ihr Text steht unverändert unten; Sie können ihn kopieren."
)


class _Aussage(ElementForm):
    text = Textfeld(label="Anmerkung", error_messages={"required": "Schreiben Sie, was anzumerken ist."})
    zitat = Textfeld(
        label="Gemeinte Stelle",
        required=False,
        max_length=ZITAT,
        zeilen=2,
        help_text="Die Wörter, um die es geht, aus dem Text abgeschrieben.",
    )
    vorschlag = Textfeld(
        label="Vorschlag für den Wortlaut",
        required=False,
        zeilen=4,
        help_text="Wie es heißen soll. Gezeigt wird nur, was sich dadurch ändert.",
    )

    def clean(self):
        daten = super().clean()
        if self.instance.antwort:
            self.add_error(None, BEANTWORTET)
        elif self.instance.zurueckgezogen_am:
            self.add_error(None, ZURUECKGEZOGEN)
        return daten


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
            # It is easier to change the wording that is there than to write a new one.
            self.initial["vorschlag"] = stelle.text
        if not stelle:
            del self.fields["zitat"]
        if not stelle and not self.instance.vorschlag:
            del self.fields["vorschlag"]
        if getattr(self.instance, "stellungnahme", None):
            # The administration is answering it already, so that it cannot become private any more.
            del self.fields["privat"]

    def save(self, commit=True):
        if self.instance.pk and self.initial["privat"] and not self.instance.privat:
            # The others see it from now on, and it has to count as new to them.
            self.instance.verfasst_am = timezone.now()
        return super().save(commit)

    def clean_vorschlag(self):
        """A wording that is the paragraph as it stands proposes nothing, and counts as empty."""
        vorschlag = self.cleaned_data["vorschlag"]
        unveraendert = self.stelle and vorschlag.split() == self.stelle.text.split()
        return "" if unveraendert else vorschlag

    def clean(self):
        daten = super().clean()
        bleibt_gesagt = bool(self.instance.pk) and not self.initial["privat"]
        bleibt_notiz = daten.get("privat") and not bleibt_gesagt
        if not (self.errors.get("__all__") or bleibt_notiz or self.instance.runde.laeuft()):
            self.add_error(None, RUNDE_VORBEI)
        return daten


class PapierForm(_Aussage):
    """What came back on paper, typed in by the administration; also after the end. Who changes it says why."""

    druckt_nicht = ("grund",)

    papier_von = Zeilenfeld(
        label="Wer hat es geschrieben?",
        max_length=200,
        help_text="Name und Gremium, wie sie in der Abwägungstabelle stehen sollen.",
        error_messages={"required": "Nennen Sie, von wem die Anmerkung kommt."},
    )
    rn = Ganzzahlfeld(label="Randnummer", required=False, help_text="Leer, wenn es um das Ganze geht.")
    grund = Grundfeld(label="Warum ändern Sie das?", fehlt="Sagen Sie, warum sich ändert, was auf dem Papier stand.")

    class Meta:
        model = Anmerkung
        fields = ["papier_von", "rn", "text", "zitat", "vorschlag"]

    def __init__(self, *args, stellen, **kwargs):
        super().__init__(*args, **kwargs)
        self.stellen = stellen
        if not self.instance.pk:
            del self.fields["grund"]

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
