"""What the administration answers, and which answers a page shows."""

from django import forms

from konzept.formularbau.elemente import ElementForm
from konzept.models import Gremium

from ..models import Abwaegungsergebnis, Runde, Stellungnahme
from .felder import Textfeld

FREIGEGEBEN = (
    "Diese Stellungnahme ist inzwischen freigegeben. Ihr Text steht unverändert unten. Soll er gelten, nimmt zuerst "
    "die Leitung die Freigabe zurück."
)


class StellungnahmeForm(ElementForm):
    ergebnis = forms.ChoiceField(
        label="Ergebnis",
        choices=Abwaegungsergebnis.choices,
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
        braucht = daten.get("ergebnis") in {Abwaegungsergebnis.NICHT, Abwaegungsergebnis.TEILWEISE}
        if braucht and not daten.get("begruendung") and "begruendung" not in self.errors:
            self.add_error("begruendung", "Begründen Sie, warum die Anmerkung nicht ganz übernommen wird.")
        if self.instance.freigegeben_am:
            self.add_error(None, FREIGEGEBEN)
        return daten


class AbwaegungFilter(forms.Form):
    """Which Anmerkungen the table of the Abwägung shows; everything may be left empty, and nonsense counts as empty."""

    STAENDE = {"offen": "noch ohne Stellungnahme", "entwurf": "Entwurf", "freigegeben": "freigegeben"}

    stand = forms.ChoiceField(label="Stand", required=False, choices=[("", "alle"), *STAENDE.items()])
    ergebnis = forms.ChoiceField(label="Ergebnis", required=False, choices=[("", "alle"), *Abwaegungsergebnis.choices])
    gremium = forms.ModelChoiceField(
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
        """The Anmerkungen that match what was chosen; a choice that is not valid counts as none."""
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
