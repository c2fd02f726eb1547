"""What several measures are changed to: one small form for each kind of change."""

from django import forms

from konzept.formularbau.elemente import BITTE_WAEHLEN
from konzept.formularbau.felder import NamenFeld
from konzept.textfelder import Zeilenfeld

from ..forms.akteure import TRENNEN
from ..gliederung import Nummern, anker
from ..models import Massnahme, Umsetzungsstand
from ..zustaendigkeiten import AkteureDerKommune
from .forms import NICHT_IN_DER_LISTE, OHNE
from .sammelaenderung import NeueFederfuehrung, NeuerOrt, NeuerStand, Wechsel
from .zellen import zielname

BITTE = ("", BITTE_WAEHLEN)


def _auswahl(label: str, hilfe: str = "") -> forms.ChoiceField:
    fehler = {"required": "Wählen Sie aus, was gelten soll.", "invalid_choice": NICHT_IN_DER_LISTE}
    return forms.ChoiceField(label=label, error_messages=fehler, help_text=hilfe)


class WechselForm(forms.Form):
    """What the forms share. `titel` heads the page; each has `richte_ein()`, which fills in what to choose from, and
    `wechsel()`, which gives the change once the form is valid."""

    titel = ""
    nur_redaktion = True
    druckt = True

    def __init__(self, daten, nummern: Nummern):
        super().__init__(daten)
        self.nummern = nummern
        self.richte_ein()

    def gesendet(self) -> str:
        """The answers as they were sent, to tell whether they are still those of the preview."""
        return "\n".join(str(self[name].value() or "").replace("\r\n", "\n").strip() for name in self.fields)


class StandForm(WechselForm):
    titel, nur_redaktion = "Umsetzungsstand", False

    umsetzungsstand = _auswahl("Neuer Umsetzungsstand")
    stand_begruendung = Zeilenfeld(
        label="Begründung für alle",
        required=False,
        max_length=Massnahme._meta.get_field("stand_begruendung").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Nötig bei „zurückgestellt“ und „entfallen“. Leer lassen, wenn jede ihre eigene behält.",
    )

    def richte_ein(self):
        self.fields["umsetzungsstand"].choices = [BITTE, *Umsetzungsstand.choices, (OHNE, "ohne Angabe")]

    def wechsel(self) -> Wechsel:
        stand = self.cleaned_data["umsetzungsstand"]
        return NeuerStand("" if stand == OHNE else stand, self.cleaned_data["stand_begruendung"])


class FederfuehrungForm(WechselForm):
    titel = "Federführung"

    federfuehrung = NamenFeld(
        label="Neue Federführung",
        help_text=f"{TRENNEN} Sie ersetzen die bisherige Federführung; wer mitwirkt, bleibt.",
        error_messages={"required": "Nennen Sie mindestens einen Akteur."},
    )

    def richte_ein(self):
        self.akteure = AkteureDerKommune(self.nummern.konzept.kommune, neue_moeglich=False)

    def clean_federfuehrung(self):
        namen = self.akteure.lies(self.cleaned_data["federfuehrung"])
        genannt = [kurz for name in namen for kurz in self.akteure.zerlege(name)]
        if fehler := [satz for kurz in genannt if (satz := self.akteure.fehler(kurz))]:
            raise forms.ValidationError(fehler)
        return list({akteur.pk: akteur for akteur in map(self.akteure.finde, genannt)}.values())

    def wechsel(self) -> Wechsel:
        return NeueFederfuehrung(self.cleaned_data["federfuehrung"])


class _OrtForm(WechselForm):
    def _namen(self) -> dict[tuple[str, int], str]:
        namen = {}
        for feld in self.nummern.felder:
            namen["handlungsfeld", feld.pk] = f"{self.nummern[feld]} {feld.kurz}".strip()
            for ziel in self.nummern.ziele(feld):
                namen[ziel._meta.model_name, ziel.pk] = zielname(self.nummern, ziel)
        return namen

    def _ort(self, schluessel: str, *, nur_feld: bool) -> NeuerOrt:
        zeilen = [zeile for feld in self.nummern.felder for zeile in (feld, *self.nummern.ziele(feld))]
        oben = next(zeile for zeile in zeilen if anker(zeile) == schluessel)
        return NeuerOrt(oben, self._namen(), nur_feld=nur_feld)


class FeldForm(_OrtForm):
    titel = "Handlungsfeld"

    feld = _auswahl(
        "Neues Handlungsfeld", "Eine Maßnahme, die das Handlungsfeld wechselt, gehört dort noch zu keinem Ziel."
    )

    def richte_ein(self):
        felder = [(anker(feld), f"{self.nummern[feld]} {feld.kurz}".strip()) for feld in self.nummern.felder]
        self.fields["feld"].choices = [BITTE, *felder]

    def wechsel(self) -> Wechsel:
        return self._ort(self.cleaned_data["feld"], nur_feld=True)


class ZielForm(_OrtForm):
    titel = "Ziel"

    ziel = _auswahl(
        "Neues Ziel", "Eine Maßnahme aus einem anderen Handlungsfeld wechselt in das Handlungsfeld des Ziels."
    )

    def richte_ein(self):
        self.fields["ziel"].choices = [BITTE] + [
            (
                f"{self.nummern[feld]} {feld.kurz}".strip(),
                [(anker(feld), "direkt zum Handlungsfeld")]
                + [(anker(ziel), zielname(self.nummern, ziel)) for ziel in self.nummern.ziele(feld)],
            )
            for feld in self.nummern.felder
        ]

    def wechsel(self) -> Wechsel:
        return self._ort(self.cleaned_data["ziel"], nur_feld=False)


FORMEN: dict[str, type[WechselForm]] = {
    "stand": StandForm,
    "federfuehrung": FederfuehrungForm,
    "feld": FeldForm,
    "ziel": ZielForm,
}
