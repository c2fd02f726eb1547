"""The forms with which the Arbeitsstand is frozen, and with which a decision is named."""

from collections.abc import Sequence

from crispy_forms.helper import FormHelper
from django import forms

from konzept.formularbau.felder import Datumsfeld
from konzept.heute import am, heute
from konzept.textfelder import Zeilenfeld, pruefe_sichtbares

from .anlass import art_nach, widerspruch
from .beschluesse import FRUEHESTENS, Beschlussangabe, Beschlussangebot
from .models import Fassung, FassungArt

SELBST = ("selbst", "Ein anderer: Gremium und Tag stehen in den Feldern darunter")
FEHLT = "Wählen Sie den Beschluss, auf dem diese Fassung beruht, oder schreiben Sie Gremium und Tag auf."
BEIDES = "Wählen Sie einen Beschluss aus der Liste, oder schreiben Sie ihn auf; beides zugleich geht nicht."
ENTWURF_OHNE = "Ein Entwurf ist noch nicht beschlossen. Wählen Sie Beschlussfassung, oder leeren Sie das Feld."
ANLASS = "Ändern Sie den Anlass im Arbeitsstand, oder kreuzen Sie an, dass er so stehen bleiben soll."
HINFAELLIG = "Diesen Beschluss gibt es so nicht mehr: Das Ergebnis der Sitzung ist inzwischen geändert. Wählen Sie neu."


class MitBeschluss(forms.Form):
    """Asks for a decision; `angabe` is what was named, None where nothing was. The `clean` of a subclass asks."""

    beschluss = forms.ChoiceField(
        label="Beschluss, auf dem die Fassung beruht",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": HINFAELLIG},
    )
    gremium = Zeilenfeld(
        label="Gremium",
        max_length=200,
        required=False,
        help_text="z. B. Rat der Stadt",
        validators=[pruefe_sichtbares],
    )
    datum = Datumsfeld(label="Sitzung am", required=False, help_text="Tag.Monat.Jahr")
    drucksache = Zeilenfeld(
        label="Drucksache oder Beschluss",
        max_length=100,
        required=False,
        help_text="Wenn es eine Nummer gibt",
        validators=[pruefe_sichtbares],
    )

    WORTE = ("gremium", "datum", "drucksache")
    druckt = True

    def __init__(self, daten=None, *, angebote: Sequence[Beschlussangebot] = (), gewaehlt: str = "", **kwargs):
        """`angebote` can be chosen from as far as nothing hinders it; `gewaehlt` is chosen beforehand, also in a form
        that was filled in before there was such a choice."""
        wahl = {a.schluessel: a.text for a in angebote if not a.hindernis}
        gewaehlt = gewaehlt if gewaehlt in wahl else ""
        if gewaehlt and daten is not None and not any(daten.get(name) for name in ("beschluss", *self.WORTE)):
            daten = daten.copy()
            daten["beschluss"] = gewaehlt
        super().__init__(daten, **kwargs)
        if wahl:
            self.fields["beschluss"].choices = [*wahl.items(), SELBST]
            self.initial["beschluss"] = gewaehlt or None
        else:
            del self.fields["beschluss"]
        self.gehindert = [a for a in angebote if a.hindernis]
        self._tage = {a.schluessel: a.tag for a in angebote}
        self.angabe: Beschlussangabe | None = None
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page's own form has the token

    @property
    def tag(self) -> str:
        """On which the decision was taken that was named, "15.12.2026"; "" where none was."""
        if self.angabe is None:
            return ""
        return am(self.angabe.datum) if self.angabe.datum else self._tage.get(self.angabe.angebot, "")

    def getippt(self) -> list[str]:
        """The fields in which something of a decision was written."""
        return [name for name in self.WORTE if self.cleaned_data.get(name) or name in self.errors]

    def verlange_beschluss(self) -> None:
        """Set `angabe`, or say what is missing."""
        angebot, worte = self.cleaned_data.get("beschluss", ""), self.getippt()
        if "beschluss" in self.errors:
            return
        if angebot == SELBST[0] or (worte and not angebot) or "beschluss" not in self.fields:
            self._verlange_worte()
        elif not angebot:
            self.add_error("beschluss", FEHLT)
        elif set(worte) & set(self.changed_data):
            self.add_error("beschluss", BEIDES)
        else:
            self.angabe = Beschlussangabe(angebot)

    def _verlange_worte(self) -> None:
        gremium, datum, drucksache = (self.cleaned_data.get(name) for name in self.WORTE)
        if not gremium and "gremium" not in self.errors:
            self.add_error("gremium", "Nennen Sie das Gremium, das beschlossen hat.")
        if datum is None and "datum" not in self.errors:
            self.add_error("datum", "Nennen Sie den Tag der Sitzung.")
        elif datum and datum > heute():
            self.add_error("datum", "Dieser Tag kommt erst noch. Nennen Sie den Tag, an dem beschlossen wurde.")
        elif datum and datum < FRUEHESTENS:
            self.add_error("datum", f"Stimmt das Jahr {datum.year}? Nennen Sie den Tag, an dem beschlossen wurde.")
        if not self.errors:
            self.angabe = Beschlussangabe("", gremium, datum, drucksache)

    def weise_ab(self, warum: str = "") -> None:
        """Say that what was named is no decision: `warum`, or that it has ceased to be one."""
        if warum:
            self.add_error("gremium", warum)
        else:
            self.add_error("beschluss" if "beschluss" in self.fields else None, HINFAELLIG)


class BeschlussForm(MitBeschluss):
    """Only the decision, for a Fassung that is frozen already. `bisher` are the words of the one that it names."""

    def __init__(self, daten=None, *, bisher: Beschlussangabe | None = None, **kwargs):
        angabe = (bisher or Beschlussangabe())._asdict()
        worte = {name: wert for name, wert in angabe.items() if name in self.WORTE and wert}
        super().__init__(daten, initial=worte, **kwargs)
        if worte and "beschluss" in self.fields:
            self.initial["beschluss"] = SELBST[0]

    def clean(self):
        self.verlange_beschluss()
        return self.cleaned_data


class FassungForm(MitBeschluss, forms.ModelForm):
    druckt_nicht = ("notiz",)

    ohne_wappen = forms.BooleanField(
        label="Ohne Wappen festschreiben",
        required=False,
        help_text="Die Fassung und ihre PDFs haben dann für immer kein Wappen.",
    )
    anlass_bleibt = forms.BooleanField(
        label="Mit diesem Anlass festschreiben",
        required=False,
        help_text="Auf dem Deckblatt der Fassung und ihrer PDFs steht er dann für immer.",
    )

    class Meta:
        model = Fassung
        fields = ["art", "notiz"]
        widgets = {"art": forms.RadioSelect, "notiz": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "art": "Ein Entwurf wird zur Beratung vorgelegt. Eine Beschlussfassung ist, was der Rat beschlossen hat; "
            "sie nennt den Beschluss, und nur sie kann veröffentlicht werden."
        }

    def __init__(self, daten=None, *, art: str = "", mangel: str = "", anlass: str = "", **kwargs):
        """`art` is chosen beforehand, where it is one; only with a `mangel` of the Wappen can it be left out. Where the
        `anlass` of the concept contradicts what was sent, `widerspruch` says so, and asks whether it shall stand."""
        super().__init__(daten, initial={"art": art} if art in FassungArt else {}, **kwargs)
        self.widerspruch = ""
        self._anlass = anlass
        if not mangel:
            del self.fields["ohne_wappen"]
        if art_nach(anlass) is None:
            del self.fields["anlass_bleibt"]

    def clean(self):
        daten = super().clean()
        self._verlange_passendes(daten)
        self.widerspruch = widerspruch(self._anlass, daten["art"], self.tag) if "art" in daten else ""
        if self.widerspruch and not daten.get("anlass_bleibt"):
            self.add_error("anlass_bleibt", f"{self.widerspruch} {ANLASS}")
        return daten

    def _verlange_passendes(self, daten: dict) -> None:
        if daten.get("art") == FassungArt.BESCHLUSS:
            self.verlange_beschluss()
        elif daten.get("art") == FassungArt.ENTWURF:
            for name in self.getippt()[:1]:
                self.add_error(name, ENTWURF_OHNE)

    def werte(self) -> dict:
        """What `vorgaenge.festschreiben` asks for."""
        d = self.cleaned_data
        ohne = {"ohne_wappen": d["ohne_wappen"]} if "ohne_wappen" in d else {}
        return {"art": d["art"], "notiz": d["notiz"], "beschluss": self.angabe} | ohne
