"""Akteure that a form names by their Kürzel."""

from collections import defaultdict

from django import forms

from konzept.formularbau.elemente import MitLeererWahl
from konzept.formularbau.felder import NamenFeld
from konzept.formularbau.zeilen import sichtbare_zeilen
from konzept.grenzen import NAMENLISTE
from konzept.namen import namen_aus, teile_von
from konzept.schreibweise import namensschluessel, zeilenform

from ..models import Massnahme, Zustaendigkeit
from ..schrittmarken import verteile
from ..zustaendigkeiten import AkteureDerKommune, setze_zustaendigkeiten

ROLLEN = (
    ("federfuehrung", Zustaendigkeit.Rolle.FEDERFUEHRUNG),
    ("mitwirkung", Zustaendigkeit.Rolle.MITWIRKUNG),
)
TRENNEN = "Kürzel, mit Kommas getrennt. In Klammern trennt ein Komma nicht."
JE_SCHRITT = "„(1) 51, 32“ nennt beide bei Schritt 1; eine Nummer gilt bis zur nächsten."


class NeueAkteureFeld(forms.BooleanField):
    """Whether Kürzel that nobody has yet become Akteure of the Kommune."""

    def __init__(self):
        super().__init__(
            label="Unbekannte Akteure neu anlegen",
            required=False,
            help_text="Ankreuzen, wenn ein genannter Akteur noch nicht in der Liste der Kommune steht.",
        )


def aufzaehlung(namen: list[str]) -> str:
    """„51“, „40“ und „SKFM“."""
    *davor, letzter = (f"„{name}“" for name in namen)
    return f"{', '.join(davor)} und {letzter}" if davor else letzter


class MitAkteuren:
    """Mixin of forms with a NamenFeld of Akteure; `akteure` knows those of the Kommune.

    `verstanden` says what was taken otherwise than it was typed, for the page that follows.
    """

    akteure: AkteureDerKommune

    def lies_akteure(self, feld: str, genannt: list[str]) -> list[str]:
        """The Kürzel that a field names, joined ones apart; what cannot be taken is an error at the field."""
        kuerzel = []
        for name in self.akteure.lies(genannt):
            teile = self.akteure.zerlege(name)
            if fehler := self.akteure.fehler(name) if teile == [name] else None:
                self.add_error(feld, fehler)
            elif len(teile) > 1:
                self.verstanden.append(f"„{name}“ nennt mehrere Akteure und steht jetzt als {aufzaehlung(teile)}.")
            elif not self.akteure.finde(name) and len(teile_von(name)) > 1:
                self.verstanden.append(
                    f"„{name}“ ist als ein Akteur neu angelegt. Sind es mehrere, trennen Sie sie mit Kommas."
                )
            kuerzel += teile
        return list(dict.fromkeys(kuerzel))

    @property
    def verstanden(self) -> list[str]:
        return self.__dict__.setdefault("_verstanden", [])


class MitZustaendigen(MitAkteuren, MitLeererWahl):
    """Mixin of model forms whose row has `zustaendigkeiten`: two fields with Kürzel, saved as rows.

    An unknown Kürzel is an error with suggestions, unless the page's "neue Akteure anlegen" is ticked. A form with
    `schritte`, the formset of its steps, gives them the names that bear their numbers ("(1) Ehrenamtsbörse").
    """

    schritte = None

    def __init__(self, *args, akteure: AkteureDerKommune, **kwargs):
        super().__init__(*args, **kwargs)
        self.akteure = akteure
        self._dazu = False
        zeilen = self.instance.zustaendigkeiten.all() if self.instance.pk else []
        for name, rolle in ROLLEN:
            self.fields[name] = NamenFeld(
                label=rolle.label,
                required=False,
                initial=[z.akteur.kurz for z in zeilen if z.rolle == rolle],
            )
            hilfen = [self._hilfe(name), self._platzhalter(self._gezeigt(name))]
            self.fields[name].help_text = " ".join(filter(None, hilfen))
            if isinstance(self.instance, Massnahme):
                # The script needs it to show how far the number of a step reaches.
                self.fields[name].widget.attrs["data-schritte"] = True

    def _hilfe(self, feld: str) -> str:
        """What separates names; in each row of the steps it would be noise."""
        if not isinstance(self.instance, Massnahme):
            return ""
        if feld == "federfuehrung":
            return TRENNEN
        return JE_SCHRITT if self.instance.pk and self.instance.schritte.all() else ""

    def _gezeigt(self, feld: str) -> list[str]:
        if not self.is_bound:
            return self.fields[feld].initial
        return namen_aus(zeilenform(self.data.get(self.add_prefix(feld), "")[:NAMENLISTE]))

    def _platzhalter(self, genannt: list[str]) -> str:
        """The sentence about names that stand for nobody in particular; "" where there are none."""
        if not (namen := [name for name in dict.fromkeys(genannt) if self.akteure.ist_platzhalter(name)]):
            return ""
        stehen = "steht" if len(namen) == 1 else "stehen"
        return f"{aufzaehlung(namen)} {stehen} so im Druck; damit ist noch niemand zuständig."

    def has_changed(self):
        return super().has_changed() or self._dazu

    def clean(self):
        daten = super().clean()
        genannt = {name: self._lies(name, daten.get(name) or []) for name, _ in ROLLEN}
        schon = set(map(namensschluessel, genannt["mitwirkung"]))
        for kurz in genannt["federfuehrung"]:
            if namensschluessel(kurz) in schon:
                self.add_error(
                    "mitwirkung",
                    f"„{kurz}“ steht schon bei der Federführung. Nennen Sie jeden Akteur nur einmal.",
                )
        return daten

    def _lies(self, feld: str, genannt: list[str]) -> list[str]:
        kuerzel = self.lies_akteure(feld, self._gib_schritten(feld, genannt))
        if feld in self.cleaned_data:
            self.cleaned_data[feld] = kuerzel
        if satz := self._platzhalter([kurz for kurz in kuerzel if kurz not in self.fields[feld].initial]):
            self.verstanden.append(satz)
        return kuerzel

    def _gib_schritten(self, feld: str, genannt: list[str]) -> list[str]:
        """Give what bears the number of a step to that step; the rest comes back. A field that nobody changed stays as
        it is."""
        if self.schritte is None or feld not in self.changed_data:
            return genannt
        schritte = [s for s in sichtbare_zeilen(self.schritte) if s.instance.pk or s.has_changed()]
        verteilt = verteile(self.akteure.lies(genannt), len(schritte), self.akteure.finde)
        for fehler in verteilt.fehler:
            self.add_error(feld, fehler)
        gelesen = {name: self.lies_akteure(feld, [name]) for name in dict.fromkeys(n for _, n in verteilt.an_schritte)}
        dort: dict[tuple[int, bool], list[str]] = defaultdict(list)
        for nummer, name in verteilt.an_schritte:
            for kurz in gelesen[name]:
                dort[nummer, schritte[nummer - 1].nimm_auf(feld, kurz)].append(kurz)
        for (nummer, neu), mehrmals in dort.items():
            namen = list(dict.fromkeys(mehrmals))
            stehen, seit = "steht" if len(namen) == 1 else "stehen", "jetzt" if neu else "schon"
            self.verstanden.append(f"{aufzaehlung(namen)} {stehen} {seit} bei Schritt {nummer}.")
        if satz := self._platzhalter([kurz for (_, neu), namen in dort.items() if neu for kurz in namen]):
            self.verstanden.append(satz)
        return verteilt.direkt

    def nimm_auf(self, feld: str, kurz: str) -> bool:
        """Name one more Akteur in a checked form; False where it names that one already, in whatever role."""
        if not self.is_valid():
            # The whole page is shown again with what was typed.
            return True
        schluessel = self.akteure.schluessel(kurz)
        if any(self.akteure.schluessel(name) == schluessel for rolle, _ in ROLLEN for name in self.cleaned_data[rolle]):
            return False
        self.cleaned_data[feld].append(kurz)
        self._dazu = True
        return True

    def save(self, commit=True):
        """Write the row, and the named Akteure in the order typed where they changed."""
        zeile = super().save(commit)
        if commit and (self._dazu or any(name in self.changed_data for name, _ in ROLLEN)):
            genannt = [(kurz, rolle) for name, rolle in ROLLEN for kurz in self.cleaned_data.get(name) or []]
            setze_zustaendigkeiten(zeile, [(self.akteure.hole(kurz), rolle) for kurz, rolle in genannt])
        return zeile

    def genannte(self) -> set[int]:
        """The Akteure (pk) that the checked form names; unknown ones left out."""
        daten = getattr(self, "cleaned_data", {})
        gefunden = (self.akteure.finde(kurz) for name, _ in ROLLEN for kurz in daten.get(name) or [])
        return {akteur.pk for akteur in gefunden if akteur}
