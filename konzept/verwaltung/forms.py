"""The forms with which a Kommune is run: the roles of a member, an invitation, the master data."""

import zlib
from functools import partial

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.db import transaction
from django.db.models import Q

from konzept.bilder import Bildfeld
from konzept.formularbau.felder import Mehrfachauswahl
from konzept.konten.anrede import pruefe_name
from konzept.konten.models import Benutzer, Herkunft
from konzept.konten.vorgaenge import (
    NICHT_SICH_SELBST,
    NUR_LEITUNG,
    RolleAbgelehnt,
    darf_rolle_vergeben,
    erweitert_sich_selbst,
    pruefe_einladung,
    rollentext,
)
from konzept.models import Kommune
from konzept.rechte import ERKLAERUNG, NIEMAND, Rolle
from konzept.textfelder import Mailfeld, Zeilenfeld

from .vorgaenge import pruefe_aenderung, von_hand
from .waehrung import folgen_des_wechsels

INTERNETADRESSE = partial(forms.URLField, assume_scheme="https")
AUS_DEM_ANMELDEDIENST = "Kommt aus dem Anmeldedienst und wird dort geändert."
AKTEUR_OHNE_MITWIRKUNG = "Ein Akteur gehört nur zur Rolle Mitwirkung. Wählen Sie diese Rolle oder keinen Akteur."
WAEHRUNG_BESTAETIGEN = (
    "{} Setzen Sie das Kreuz, wenn es so sein soll, oder wählen Sie die Währung, die bisher galt. "
    "Gespeichert ist noch nichts."
)
OHNE_ROLLE = "Lassen Sie mindestens eine Rolle angekreuzt. Wer keine mehr haben soll, wird aus der Kommune entfernt."


def _helfer(form, *layout) -> FormHelper:
    helfer = FormHelper(form)
    helfer.form_tag = False
    helfer.disable_csrf = True  # the page's own form has the token
    if layout:
        helfer.layout = Layout(*layout)
    return helfer


def _satz(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _mit_namen(akteur) -> str:
    if akteur.art == NIEMAND:
        return f"{akteur.kurz} – steht für niemand Bestimmtes, gilt für keine Maßnahme"
    return f"{akteur.kurz} – {akteur.name}" if akteur.name not in ("", akteur.kurz) else akteur.kurz


class RollenForm(forms.Form):
    """One box for each role, and the Akteure of Mitwirkung. What this person may not change is disabled and says why.

    `mitgliedschaften`: the member's rows in the Kommune, with their Akteur. `stand` is a number that tells whether they
    changed since the page was shown.
    """

    akteure = Mehrfachauswahl(
        queryset=None,
        label="Akteure bei Mitwirkung",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Die Person bearbeitet die Maßnahmen, für die einer dieser Akteure zuständig ist.",
    )
    stand = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, daten, *, handelnder, kommune, person, mitgliedschaften):
        super().__init__(daten)
        self.handelnder, self.kommune, self.person = handelnder, kommune, person
        hier = von_hand(mitgliedschaften)
        self.vom_dienst = {m.rolle for m in mitgliedschaften if m.herkunft == Herkunft.ANMELDEDIENST}
        self.vorher = {(m.rolle, m.akteur) for m in hier}
        hat = {m.rolle for m in mitgliedschaften}
        for rolle in Rolle:
            grund = self._warum_nicht(rolle, rolle in hat)
            self.fields[rolle.value] = forms.BooleanField(
                label=rolle.label,
                required=False,
                initial=rolle in hat,
                disabled=bool(grund),
                help_text=" ".join(filter(None, [_satz(ERKLAERUNG[rolle]), grund])),
            )
        self.initial["akteure"] = [m.akteur_id for m in hier if m.akteur_id]
        waehlbar = ~Q(art=NIEMAND) | Q(pk__in=self.initial["akteure"])
        self.fields["akteure"].queryset = kommune.akteure.filter(waehlbar)
        self.fields["akteure"].label_from_instance = _mit_namen
        self.gespeichert = ", ".join(rollentext(m.rolle, m.akteur) for m in mitgliedschaften)
        self.initial["stand"] = str(zlib.crc32(self.gespeichert.encode()))
        self.helper = _helfer(self, "stand", Fieldset("Rollen", *Rolle.values), Div("akteure", css_class="spaltig"))

    def _warum_nicht(self, rolle: str, vorhanden: bool) -> str:
        if rolle in self.vom_dienst:
            return AUS_DEM_ANMELDEDIENST
        if not darf_rolle_vergeben(self.handelnder, self.kommune, rolle):
            return NUR_LEITUNG
        if not vorhanden and erweitert_sich_selbst(self.handelnder, self.kommune, self.person.email):
            return NICHT_SICH_SELBST
        return ""

    @property
    def veraltet(self) -> bool:
        """Whether the roles are no longer those that the page showed."""
        return self.is_bound and self.data.get("stand") != self.initial["stand"]

    def clean(self):
        daten = super().clean()
        akteure = list(daten.get("akteure") or [])
        angekreuzt = {rolle for rolle in Rolle if daten.get(rolle) and rolle not in self.vom_dienst}
        if akteure and Rolle.MITWIRKUNG not in angekreuzt | self.vom_dienst:
            self.add_error("akteure", AKTEUR_OHNE_MITWIRKUNG)
        self.soll = {(rolle, None) for rolle in angekreuzt if rolle != Rolle.MITWIRKUNG or not akteure}
        self.soll |= {(Rolle.MITWIRKUNG, akteur) for akteur in akteure}
        if not self.soll and not self.vom_dienst:
            self.add_error(None, OHNE_ROLLE)
        elif not self.errors:
            self._pruefe_regeln()
        return daten

    def _pruefe_regeln(self):
        dazu, weg = ({rolle for rolle, _ in a - b} for a, b in ((self.soll, self.vorher), (self.vorher, self.soll)))
        try:
            with transaction.atomic():
                pruefe_aenderung(self.handelnder, self.kommune, self.person, dazu, weg)
        except RolleAbgelehnt as fehler:
            self.lehne_ab(fehler)

    def lehne_ab(self, fehler: RolleAbgelehnt) -> None:
        self.add_error(fehler.rolle, fehler.satz)


class EinladungForm(forms.Form):
    """Whom to invite, and as what; offers only the roles that this person may give."""

    email = Mailfeld(
        label="E-Mail-Adresse",
        error_messages={
            "required": "Geben Sie die Adresse ein, an die die Einladung geht.",
            "invalid": "Das ist keine E-Mail-Adresse. Schreiben Sie sie zum Beispiel so: r.sommer@stadt.de.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = Zeilenfeld(
        label="Name",
        required=False,
        max_length=200,
        help_text="Steht in der Anrede der E-Mail. Die Person kann ihn ändern.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    rolle = forms.ChoiceField(
        label="Rolle",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Wählen Sie eine Rolle.",
            "invalid_choice": "Diese Rolle können Sie nicht vergeben. Wählen Sie eine aus der Liste.",
        },
    )
    akteur = forms.ModelChoiceField(
        queryset=None,
        label="Akteur bei Mitwirkung",
        required=False,
        empty_label="– kein Akteur –",
        help_text="Die Person bearbeitet dann die Maßnahmen, für die dieser Akteur zuständig ist.",
        error_messages={"invalid_choice": "Diesen Akteur gibt es hier nicht. Wählen Sie einen aus der Liste."},
    )

    def __init__(self, daten, *, handelnder, kommune):
        super().__init__(daten)
        self.handelnder, self.kommune = handelnder, kommune
        self.fields["rolle"].choices = [
            (rolle, f"{rolle.label}: {ERKLAERUNG[rolle]}")
            for rolle in Rolle
            if darf_rolle_vergeben(handelnder, kommune, rolle)
        ]
        self.fields["akteur"].queryset = kommune.akteure.exclude(art=NIEMAND)
        self.fields["akteur"].label_from_instance = _mit_namen
        self.helper = _helfer(self)

    def clean_email(self):
        return Benutzer.normalize_username(self.cleaned_data["email"])

    def clean_name(self):
        pruefe_name(self.cleaned_data["name"])
        return " ".join(self.cleaned_data["name"].split())

    def clean(self):
        daten = super().clean()
        if daten.get("akteur") and daten.get("rolle") not in (None, Rolle.MITWIRKUNG):
            self.add_error("akteur", AKTEUR_OHNE_MITWIRKUNG)
        if "email" in daten and "rolle" in daten:
            try:
                pruefe_einladung(self.handelnder, self.kommune, daten["email"], daten["rolle"])
            except RolleAbgelehnt as fehler:
                self.add_error("rolle", fehler.satz)
        return daten


class WappenEingabe(forms.ClearableFileInput):
    """Shows the stored coat of arms by the page that only members can open, since files have no public address."""

    template_name = "verwaltung/wappen_eingabe.html"
    clear_checkbox_label = "Wappen entfernen"
    adresse = beschreibung = ""

    def get_context(self, name, value, attrs):
        kontext = super().get_context(name, value, attrs)
        kontext["widget"] |= {"adresse": self.adresse, "beschreibung": self.beschreibung}
        return kontext

    def format_value(self, value):
        return str(value) if value else ""


class StammdatenForm(forms.ModelForm):
    """Another currency changes every sum: where amounts are there, the form comes back and asks first."""

    druckt_nicht = ("ags", "land", "akzentfarbe")

    waehrung_wechseln = forms.BooleanField(label="Ja, die Währung wechseln", required=False, disabled=True)

    class Meta:
        model = Kommune
        fields = [
            "name",
            "kurzname",
            "art",
            "ags",
            "land",
            "waehrung",
            "wappen",
            "wappen_beschreibung",
            "akzentfarbe",
            "zweiter_faktor",
            "impressum_url",
            "datenschutz_url",
        ]
        field_classes = {"wappen": Bildfeld, "impressum_url": INTERNETADRESSE, "datenschutz_url": INTERNETADRESSE}
        widgets = {"wappen": WappenEingabe, "akzentfarbe": forms.TextInput(attrs={"type": "color"})}
        help_texts = {
            "ags": "8 Ziffern für eine Gemeinde, 5 für einen Kreis.",
            "land": "z. B. Nordrhein-Westfalen",
            "akzentfarbe": "Für Überschriften und Linien im PDF.",
        }
        error_messages = {
            "name": {"required": "Geben Sie die amtliche Bezeichnung ein, z. B. Stadt Rheine."},
            "kurzname": {"required": "Geben Sie den kurzen Namen ein, z. B. Rheine."},
            "ags": {"unique": "Dieser Gemeindeschlüssel ist schon vergeben. Prüfen Sie die Ziffern."},
        }

    def __init__(self, *args, adresse, hat_zweiten_faktor, **kwargs):
        """`adresse`: where the stored coat of arms is shown. `hat_zweiten_faktor`: whether who saves has one."""
        super().__init__(*args, **kwargs)
        wappen = self.fields["wappen"].widget
        wappen.adresse, wappen.beschreibung = adresse, self.instance.wappen_beschreibung or "Wappen"
        for name in ("impressum_url", "datenschutz_url"):
            self.fields[name].error_messages["invalid"] = (
                "Das ist keine Internetadresse. Schreiben Sie sie vollständig, z. B. https://www.stadt.de/impressum."
            )
        if not hat_zweiten_faktor:
            self.fields["zweiter_faktor"].help_text += (
                " Sie selbst haben noch keinen: Sobald Sie das hier einschalten, richten Sie ihn als Nächstes ein; "
                "bis dahin kommen Sie nur noch in Ihr Konto."
            )
        self.helper = _helfer(
            self,
            Fieldset("Bezeichnung", "name", "kurzname", Div("art", "ags", "land", css_class="nebeneinander")),
            Fieldset("Geld", "waehrung", *self._frage_zur_waehrung()),
            Fieldset("Wappen und Farbe", "wappen", "wappen_beschreibung", "akzentfarbe"),
            Fieldset("Anmeldung", "zweiter_faktor"),
            Fieldset("Rechtliches", "impressum_url", "datenschutz_url"),
        )

    def _frage_zur_waehrung(self) -> list[str]:
        """The name of the field that asks, where there is something to ask."""
        neu, frage = self.data.get("waehrung"), self.fields["waehrung_wechseln"]
        if neu in Kommune.Waehrung.values and neu != self.instance.waehrung:
            frage.help_text = folgen_des_wechsels(self.instance, neu)
        frage.disabled = not frage.help_text
        return ["waehrung_wechseln"] if frage.help_text else []

    def clean_waehrung_wechseln(self):
        ja, frage = self.cleaned_data["waehrung_wechseln"], self["waehrung_wechseln"]
        if frage.help_text and not ja:
            # The sentence stands in the question now, and would otherwise be said twice.
            satz, frage.help_text = WAEHRUNG_BESTAETIGEN.format(frage.help_text), ""
            raise forms.ValidationError(satz)
        return ja
