"""The forms of a measure: the measure itself, its steps and its Kosten, with actors named by their Kürzel."""

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.text import Truncator

from handlungsfelder.models import Handlungsfeld
from konzept.fliesstextfeld import FliesstextEingabe
from konzept.formularbau.elemente import ElementForm, ElementZeilen, MitLeererWahl, zeilen_von
from konzept.formularbau.felder import Datumsfeld, Jahresfeld, Mehrfachauswahl
from konzept.formularbau.zeilen import sichtbare_zeilen
from konzept.formularbau.zeilenknoepfe import gleiche_ids_ab

from ..felder import BLEIBT, MEHRDEUTIG, frage_satz
from ..kosten import noch_keine_position
from ..kostenteile import KostenwortlautFormField
from ..leserahmen import Leserahmen
from ..lesung import Leseumstaende
from ..models import Kostenposition, Massnahme, Sachstand, Umsetzungsschritt, Zielgruppe
from ..zustaendigkeiten import AkteureDerKommune
from .akteure import ROLLEN, MitZustaendigen, NeueAkteureFeld


class MassnahmeForm(MitZustaendigen, forms.ModelForm):
    """The measure itself. Who edits on behalf of the Akteure `eigene` (pk) keeps a place among the responsible,
    leaves what belongs to the whole concept as it is, and creates no Akteure; None means no such bounds.
    """

    leer = ElementForm.leer
    NUR_REDAKTION = frozenset({"ziel", "prioritaet", "leitlinien", "nummer", "fortschreibung"})

    ziel = forms.ChoiceField(
        label="Gehört zum Ziel",
        required=False,
        help_text="Leer lassen, wenn die Maßnahme direkt zum Handlungsfeld gehört.",
    )
    neue_akteure = NeueAkteureFeld()

    class Meta:
        model = Massnahme
        fields = [
            "titel",
            "text",
            "umsetzungsstand",
            "stand_begruendung",
            "prioritaet",
            "zeitraum",
            "kosten_wortlaut",
            "kosten_offen",
            "zielgruppen",
            "leitlinien",
            "nummer",
            "kurztitel",
            "fortschreibung",
        ]
        widgets = {
            "titel": forms.TextInput,
            "text": FliesstextEingabe(attrs={"rows": 7}),
            "stand_begruendung": forms.Textarea(attrs={"rows": 2}),
            "zielgruppen": forms.CheckboxSelectMultiple,
            "leitlinien": forms.CheckboxSelectMultiple,
        }
        field_classes = {
            "zielgruppen": Mehrfachauswahl,
            "leitlinien": Mehrfachauswahl,
            "kosten_wortlaut": KostenwortlautFormField,
        }
        error_messages = {"titel": {"required": "Geben Sie der Maßnahme einen Titel. Er steht in der Tabelle."}}
        help_texts = {
            "text": format_html(
                "Erscheint unter dem Titel in der Maßnahmentabelle.<span data-dialekt> {}</span>",
                "Eine Leerzeile beginnt einen Absatz, „- “ am Anfang einer Zeile eine Liste.",
            ),
            "nummer": (
                "Leer lassen, dann wird gezählt, wie Ziele und Maßnahmen aufeinanderfolgen; der Umsetzungsstand ändert "
                "daran nichts. Die Nummer des Handlungsfelds steht von selbst davor."
            ),
            "fortschreibung": (
                "Was aus der Maßnahme des früheren Konzepts geworden ist. Ist sie hier erledigt oder entfallen, steht "
                "sie nicht mehr im neuen Konzept; in der Gliederung bleibt sie durchgestrichen zu sehen, und Sie "
                "können sie dort wieder aufnehmen. Soll im Konzept stehen, dass sie umgesetzt ist oder entfällt, "
                "wählen Sie das beim Umsetzungsstand. „Geändert“ setzt sich von selbst."
            ),
        }

    def __init__(self, *args, nummern, schritte, kosten, leserahmen, eigene=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.schritte, self.kosten, self.eigene = schritte, kosten, eigene
        self.leserahmen = leserahmen
        leserahmen.zeitraum, leserahmen.stand = self["zeitraum"], self["umsetzungsstand"].value()
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        feld: Handlungsfeld = self.instance.handlungsfeld
        self.ziele = {f"{z._meta.model_name}-{z.pk}": z for z in nummern.ziele(feld)}
        self.fields["ziel"].choices = [("", "– direkt zum Handlungsfeld –")] + [
            (schluessel, f"{z._meta.verbose_name} {nummern[z] or '(gestrichen)'}: {z.kurztitel or z.titel}")
            for schluessel, z in self.ziele.items()
        ]
        self.initial["ziel"] = "-".join(map(str, nummern.ziel(self.instance) or ()))
        self.fields["zielgruppen"].queryset = Zielgruppe.objects.filter(kommune=feld.konzept.kommune)
        self.fields["leitlinien"].queryset = feld.konzept.leitlinien.all()
        for name in ("zielgruppen", "leitlinien"):
            # The row was read with them; without this the form would ask the database again.
            self.initial[name] = [z.pk for z in getattr(self.instance, name).all()]
        if not self.instance.vorgaenger_id:
            del self.fields["fortschreibung"]
        if eigene is not None:
            self._beschraenke()

    @property
    def liest_mit(self) -> list[str]:
        return [self["umsetzungsstand"].id_for_label]

    def nicht_in_den_kosten(self, betraege: tuple[str, ...]) -> tuple[str, ...]:
        """Those of these amounts that no row of the Kosten holds."""
        return noch_keine_position(betraege, (zeile["angabe"].text for zeile in sichtbare_zeilen(self.kosten)))

    def _beschraenke(self):
        del self.fields["neue_akteure"]
        for name in self.NUR_REDAKTION & self.fields.keys():
            self.fields[name].disabled = True
            self.fields[name].help_text = "Das legt die Redaktion fest."

    def clean(self):
        daten = super().clean()
        if daten.get("neue_akteure"):
            self.akteure.neue_erlaubt = True
        ziel = self.ziele.get(daten.get("ziel") or "")
        self.instance.leitziel = ziel if ziel and ziel._meta.model_name == "leitziel" else None
        self.instance.handlungsziel = ziel if ziel and ziel._meta.model_name == "handlungsziel" else None
        begruendung_noetig = daten.get("umsetzungsstand") in ("zurueckgestellt", "entfallen")
        if begruendung_noetig and not (daten.get("stand_begruendung") or "").strip():
            self.add_error(
                "stand_begruendung",
                "Bitte schreiben Sie in einem Satz, warum die Maßnahme zurückgestellt ist oder entfällt.",
            )
        if daten.get("kosten_offen") and (daten.get("kosten_wortlaut") or "").strip():
            self.add_error(
                "kosten_offen",
                "Die Kosten können nicht zugleich offen und in Worten angegeben sein. "
                "Leeren Sie „Kosten in Worten“ oder nehmen Sie das Kreuz heraus.",
            )
        if self.eigene is not None:
            self._pruefe_eigene_zustaendigkeit()
        return daten

    def _pruefe_eigene_zustaendigkeit(self):
        """Nobody locks themselves out: one of their Akteure stays with the measure or with a step."""
        zeilen = [self, *sichtbare_zeilen(self.schritte)]
        if any(zeile.errors.keys() & dict(ROLLEN).keys() for zeile in zeilen):
            return
        if any(zeile.genannte() & self.eigene for zeile in zeilen):
            return
        bisher = self.eigene & self.instance.zustaendige()
        namen = " oder ".join(f"„{akteur.kurz}“" for akteur in self.akteure.alle if akteur.pk in bisher)
        self.add_error(
            "mitwirkung",
            f"Sie bearbeiten die Maßnahme für {namen}. Nennen Sie {namen} hier, bei der Federführung oder bei einem "
            "Schritt; sonst könnten Sie die Maßnahme nicht mehr bearbeiten. Ganz herausnehmen kann nur die Redaktion.",
        )


class SchrittForm(MitZustaendigen, forms.ModelForm):
    def __init__(self, *args, leserahmen=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.leserahmen = leserahmen

    class Meta:
        model = Umsetzungsschritt
        fields = ["text", "zeitraum"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}
        # The head of the column says what belongs here; a hint in each row would be noise.
        help_texts = {"zeitraum": ""}
        error_messages = {"text": {"required": "Beschreiben Sie den Schritt, oder entfernen Sie die Zeile."}}


JAHRE = ("jahr", "bis_jahr")


def _nicht_als_jahre_gelesen(jahr: str, bis_jahr: str) -> tuple[str, str]:
    """Which of the two texts is at fault where they are no first and last year, and why as a sentence; else "", ""."""
    for name, text in zip(JAHRE, (jahr, bis_jahr), strict=True):
        if text and Jahresfeld.aus(text) is None:
            return name, f"„{Truncator(text).chars(20)}“ ist nicht als Jahr gelesen. {Jahresfeld.hinweis}"
    if bis_jahr and not jahr:
        return "jahr", "Zu „bis Jahr“ gehört das erste Jahr, z. B. 2027."
    if bis_jahr and int(bis_jahr) < int(jahr):
        return "bis_jahr", f"Das letzte Jahr ({bis_jahr}) liegt vor dem ersten ({jahr})."
    return "", ""


class KostenForm(MitLeererWahl, forms.ModelForm):
    teilt_auf = True

    class Meta:
        model = Kostenposition
        fields = [
            "angabe",
            "jahr",
            "bis_jahr",
            "finanzierung",
            "programm",
            "haushalt",
            "art",
            "stellenanteil",
            "produkt",
        ]
        help_texts = {"angabe": "z. B. 30.000 € jährlich", "haushalt": ""}
        labels = {
            "programm": "Programm oder Geber",
            "produkt": "Produkt",
        }
        localized_fields = ["stellenanteil"]

    def __init__(self, *args, leserahmen, **kwargs):
        super().__init__(*args, **kwargs)
        self.leserahmen = leserahmen
        self.fields["jahr"] = Jahresfeld(label="Jahr", required=False)
        self.fields["bis_jahr"] = Jahresfeld(label="bis Jahr", required=False)

    @property
    def liest_mit(self) -> list[str]:
        return [self["jahr"].id_for_label, self["bis_jahr"].id_for_label]

    @property
    def umstaende(self) -> Leseumstaende:
        """The years as they stand in the row now."""
        jahre = {name: Jahresfeld.aus(self[name].value()) for name in JAHRE}
        _, fehler = _nicht_als_jahre_gelesen(**{name: str(self[name].value() or "").strip() for name in JAHRE})
        return self.leserahmen.umstaende._replace(mit_jahren=True, jahresfehler=fehler, **jahre)

    def clean(self):
        daten = super().clean()
        if not self.errors and not daten.get("angabe") and daten.get("stellenanteil") is None:
            self.add_error(
                "angabe", "Geben Sie einen Betrag an, z. B. 30.000 € jährlich, oder einen Stellenanteil."
            )
        if not self.errors.keys() & set(JAHRE):
            feld, satz = _nicht_als_jahre_gelesen(**{name: str(daten.get(name) or "") for name in JAHRE})
            if satz:
                self.add_error(feld, satz)
        self._frage_nach_den_jahren()
        return daten

    def _frage_nach_den_jahren(self):
        """Whether an amount is meant for all its years or for each of them only the row as a whole can ask."""
        feld = self["angabe"]
        if self.errors or not self.cleaned_data["angabe"].verstanden:
            return
        if feld.antwort == BLEIBT or not {"angabe", "jahr", "bis_jahr"} & set(self.changed_data):
            return
        if frage := feld.lesung.frage:
            self.add_error("angabe", ValidationError(frage_satz(frage), code=MEHRDEUTIG))


class SachstandForm(forms.ModelForm):
    class Meta:
        model = Sachstand
        fields = ["datum", "text", "verfasst_von"]
        help_texts = {"text": ""}
        error_messages = {
            "datum": {"required": "Geben Sie das Datum an, z. B. 03.11.2026."},
            "text": {"required": "Beschreiben Sie den Sachstand, oder entfernen Sie die Zeile."},
        }
        field_classes = {"datum": Datumsfeld}
        widgets = {"text": FliesstextEingabe(attrs={"rows": 2})}


class SchrittZeilen(ElementZeilen):
    ueberschrift, einzahl = "Umsetzungsschritte", "Schritt"
    spalten = {"text": 12, "zeitraum": 4, "federfuehrung": 4, "mitwirkung": 4}


class KostenZeilen(ElementZeilen):
    ueberschrift, einzahl = "Kostenpositionen", "Kostenposition"
    spalten = {
        "angabe": 6,
        "jahr": 3,
        "bis_jahr": 3,
        "finanzierung": 4,
        "programm": 4,
        "haushalt": 4,
        "art": 4,
        "stellenanteil": 4,
        "produkt": 4,
    }


class SachstandZeilen(ElementZeilen):
    ueberschrift, einzahl = "Sachstände", "Sachstand"
    spalten = {"datum": 3, "text": 6, "verfasst_von": 3}


SchrittFormSet = zeilen_von(Massnahme, Umsetzungsschritt, SchrittForm, SchrittZeilen)
KostenFormSet = zeilen_von(Massnahme, Kostenposition, KostenForm, KostenZeilen)
SachstandFormSet = zeilen_von(Massnahme, Sachstand, SachstandForm, SachstandZeilen, sortiert=False)


def massnahme_formulare(
    massnahme: Massnahme, nummern, daten: QueryDict | None, eigene: set[int] | None = None
) -> dict:
    """All forms of the page of a measure that was read with `fuer_formular`; bound where `daten` are given.

    `eigene`: see MassnahmeForm. Three queries for the choices (Akteure, Zielgruppen, Leitlinien); the rows were read
    with the measure.
    """
    akteure = AkteureDerKommune(massnahme.konzept.kommune, neue_moeglich=eigene is None)
    akteure.neue_erlaubt = akteure.neue_moeglich and bool(daten and daten.get("neue_akteure"))
    leserahmen, zeilensaetze = Leserahmen(massnahme.konzept), {}
    liest = {"leserahmen": leserahmen}
    for name, formset, zeilen, weitere in (
        ("schritte", SchrittFormSet, massnahme.schritte.all(), {"akteure": akteure} | liest),
        ("kosten", KostenFormSet, massnahme.kostenpositionen.all(), liest),
        ("sachstaende", SachstandFormSet, massnahme.sachstaende.all(), {}),
    ):
        if daten is not None:
            daten = gleiche_ids_ab(daten, name, {zeile.pk for zeile in zeilen})
        zeilensaetze[name] = formset(
            daten, instance=massnahme, prefix=name, gelesen=zeilen, form_kwargs=weitere
        )
    form = MassnahmeForm(
        daten,
        instance=massnahme,
        nummern=nummern,
        akteure=akteure,
        schritte=zeilensaetze["schritte"],
        kosten=zeilensaetze["kosten"],
        leserahmen=leserahmen,
        eigene=eigene,
    )
    return {"form": form, **zeilensaetze}
