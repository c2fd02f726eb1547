"""Akteure that a form names by their Kürzel."""

from django import forms

from konzept.formulare import MitLeererWahl, NamenFeld
from konzept.schreibweise import namensschluessel

from ..models import Zustaendigkeit
from ..regeln import AkteureDerKommune, setze_zustaendigkeiten

ROLLEN = (
    ("federfuehrung", Zustaendigkeit.Rolle.FEDERFUEHRUNG),
    ("mitwirkung", Zustaendigkeit.Rolle.MITWIRKUNG),
)


class NeueAkteureFeld(forms.BooleanField):
    """Whether Kürzel that nobody has yet become Akteure of the Kommune."""

    def __init__(self):
        super().__init__(
            label="Unbekannte Akteure neu anlegen",
            required=False,
            help_text="Ankreuzen, wenn ein genannter Akteur noch nicht in der Liste der Kommune steht.",
        )


class MitZustaendigen(MitLeererWahl):
    """Mixin of model forms whose row has `zustaendigkeiten`: two fields with Kürzel, saved as rows.

    An unknown Kürzel is an error with suggestions, unless the page's "neue Akteure anlegen" is ticked.
    """

    def __init__(self, *args, akteure: AkteureDerKommune, **kwargs):
        super().__init__(*args, **kwargs)
        self.akteure = akteure
        zeilen = self.instance.zustaendigkeiten.all() if self.instance.pk else []
        for name, rolle in ROLLEN:
            self.fields[name] = NamenFeld(
                label=rolle.label,
                required=False,
                initial=[z.akteur.kurz for z in zeilen if z.rolle == rolle],
            )

    def clean(self):
        daten = super().clean()
        federfuehrung, mitwirkung = (daten.get(name) or [] for name, _ in ROLLEN)
        for name, kuerzel in (("federfuehrung", federfuehrung), ("mitwirkung", mitwirkung)):
            for kurz in kuerzel:
                if fehler := self.akteure.fehler(kurz):
                    self.add_error(name, fehler)
        gleich = set(map(namensschluessel, federfuehrung)) & set(map(namensschluessel, mitwirkung))
        for kurz in federfuehrung:
            if namensschluessel(kurz) in gleich:
                self.add_error(
                    "mitwirkung",
                    f"„{kurz}“ steht schon bei der Federführung. Nennen Sie jeden Akteur nur einmal.",
                )
        return daten

    def save(self, commit=True):
        """Write the row, and the named Akteure in the order typed where they changed."""
        zeile = super().save(commit)
        if commit and any(name in self.changed_data for name, _ in ROLLEN):
            genannt = [(kurz, rolle) for name, rolle in ROLLEN for kurz in self.cleaned_data.get(name) or []]
            setze_zustaendigkeiten(zeile, [(self.akteure.hole(kurz), rolle) for kurz, rolle in genannt])
        return zeile

    def genannte(self) -> set[int]:
        """The Akteure (pk) that the checked form names; unknown ones left out."""
        daten = getattr(self, "cleaned_data", {})
        gefunden = (self.akteure.finde(kurz) for name, _ in ROLLEN for kurz in daten.get(name) or [])
        return {akteur.pk for akteur in gefunden if akteur}
