"""Model and form fields for the two values that people write in words: Zeitraum and Geld.

The database keeps the wording; the value is read from it each time, so that a better reader understands old rows too.
Columns that the database filters or sums by (`Abgeleitet…`) follow the wording at every save, `bulk_create` included.

In a form the field says how it was read, and asks where a wording can mean several things (`templates/kern/layout/
lesung.html`). The answer is sent beside the text, as `<field>-lesart`, with the text that was asked about as
`<field>-gefragt`: a text that was typed anew since is read anew. A wording that stands in the database never keeps
anything else from being saved.
"""

import logging
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt

from konzept.schreibweise import zeilenform
from konzept.textfelder import Normal, Zeilenfeld, pruefe_akzente

from . import geld, zeitraum
from .lesung import Leseumstaende, Lesung, lies_geld, lies_zeitraum

log = logging.getLogger(__name__)

LESART, GEFRAGT = "-lesart", "-gefragt"
BLEIBT = "bleibt"
"""The answer that leaves a wording as it is."""
MEHRDEUTIG = "mehrdeutig"
"""Code of the error of a wording that can mean several things."""


def _nachsichtig(modul, wert, fehler, klasse):
    """Read a stored wording; one that a stricter reader now refuses stays as plain wording, and so does one on which it
    chokes: a single row would fail every page on which it is read."""
    try:
        return modul.lies(wert)
    except fehler:
        return klasse(wortlaut=wert)
    except Exception:
        log.exception("%s cannot read a stored wording of %s signs", modul.__name__, len(wert))
        return klasse(wortlaut=wert)


class Belassen(str):
    """A wording that somebody wants as it is, understood or not."""


class Option(NamedTuple):
    """A reading to choose, as a radio button."""

    id: str
    wert: str
    wortlaut: str
    worte: str
    gewaehlt: bool


class Vorschlag(NamedTuple):
    """What can be done with the amounts in a wording: the value of the button, and its label."""

    wert: str
    text: str


class WortlautEingabe(forms.TextInput):
    """The text field of a form that shows how it was read. In the admin another one takes its place."""


class WortlautFeld(BoundField):
    """The field of a form with what stands beside it: `lesung`, the `optionen` where it asks, and a `vorschlag`.

    The form may say with `leserahmen` where it stands, with `umstaende` what an amount is read with, and with
    `liest_mit` other fields (their ids) with which this one is read again.
    """

    @property
    def getippt(self) -> str | None:
        """What was sent for the field, as it was typed."""
        return super().data

    @property
    def data(self):
        """What was typed, or the reading of it that was chosen; a form says `wie_getippt` where choosing can wait."""
        getippt = self.getippt
        if not isinstance(getippt, str) or getattr(self.form, "wie_getippt", False):
            return getippt
        if self.antwort not in {"", BLEIBT}:
            return self.antwort
        if self.antwort or not self.field.has_changed(self.initial, getippt):
            return Belassen(getippt)
        return getippt

    @cached_property
    def antwort(self) -> str:
        """The answer to the question that was asked about this very text."""
        gefragt, getippt = self.form.data.get(f"{self.html_name}{GEFRAGT}"), self.getippt
        if gefragt is None or not isinstance(getippt, str) or self.field.has_changed(gefragt, getippt):
            return ""
        return self.gewaehlt

    @property
    def text(self) -> str:
        return self.field.form_der_schrift(str(self.value() or "")).strip()

    @property
    def gewaehlt(self) -> str:
        """Which option was sent as chosen, whether or not it still answers what is asked."""
        return self.form.data.get(f"{self.html_name}{LESART}", "")

    @property
    def wert(self):
        """The value of the text, or of the reading of it that was chosen, where it has one."""
        text = self.text if self.antwort in {"", BLEIBT} else self.antwort
        return _nachsichtig(self.field.modul, text, self.field.fehler, self.field.klasse)

    @cached_property
    def lesung(self) -> Lesung:
        """How the text is read. Where choosing can wait it still asks, and its words are those of what was chosen."""
        lesung = self._lies(self.text)
        if any(wortlaut == self.antwort for wortlaut, _ in lesung.lesarten):
            return replace(lesung, worte=self._lies(self.antwort).worte)
        return lesung

    def _lies(self, text: str) -> Lesung:
        zu_lang = self.field.max_length and len(text) > self.field.max_length
        return Lesung() if zu_lang else self.field.lesung(text, getattr(self.form, "umstaende", Leseumstaende()))

    @cached_property
    def optionen(self) -> list[Option]:
        lesung, kennung = self.lesung, f"{self.auto_id}_lesart"
        if not lesung.frage:
            return []
        steht_da = bool(self.text) and not self.field.has_changed(self.initial, self.text)
        bleibt = self.antwort == BLEIBT or (not self.antwort and steht_da)
        return [
            *(
                Option(f"{kennung}_{nr}", wortlaut, wortlaut, worte, self.antwort == wortlaut)
                for nr, (wortlaut, worte) in enumerate(lesung.lesarten)
            ),
            Option(f"{kennung}_{len(lesung.lesarten)}", BLEIBT, "", lesung.so_lassen, bleibt),
        ]

    @property
    def vorschlag(self) -> Vorschlag | None:
        if not (self.lesung.teile and getattr(self.form, "teilt_auf", False)):
            return None
        return Vorschlag(self.html_name, f"Als {len(self.lesung.teile)} Kostenpositionen aufteilen")

    @property
    def aria_describedby(self):
        if not self.auto_id or self.is_hidden:
            return super().aria_describedby
        return " ".join(filter(None, [super().aria_describedby, f"{self.auto_id}_gelesen"]))

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        if (widget or self.field.widget).is_hidden:
            # A hidden input has no text beside it to which it could refer.
            attrs.pop("aria-describedby", None)
            return attrs
        ausloeser = ["input changed delay:500ms"]
        ausloeser += [f"input changed delay:500ms from:#{id_}" for id_ in getattr(self.form, "liest_mit", ())]
        return attrs | self._fragt_nach(", ".join(ausloeser))

    def wahl_attrs(self) -> str:
        """The attributes of the options with which choosing one reads the field again."""
        return flatatt(self._fragt_nach("change"))

    def _fragt_nach(self, ausloeser: str) -> dict[str, str]:
        """The attributes of an element that asks for the reading of the field. Whoever asks last is answered."""
        rahmen = getattr(self.form, "leserahmen", None)
        if rahmen is None:
            return {}
        return {
            "hx-post": rahmen.adresse,
            "hx-trigger": ausloeser,
            "hx-target": f"#{self.auto_id}_lesung",
            "hx-swap": "outerHTML",
            "hx-sync": f"#{self.auto_id}:replace",
            "hx-vals": f'{{"_feld": "{self.html_name}"}}',
            "data-lesung": f"{self.auto_id}_gelesen",
        }


class MitLesung:
    """Mixin of form fields beside which stands how they were read."""

    widget = WortlautEingabe
    gebunden = WortlautFeld

    def get_bound_field(self, form, field_name):
        # Only our own widget shows what was read; that of the admin, for example, has no place for it.
        ist_eingabe = isinstance(self.widget, WortlautEingabe)
        return (self.gebunden if ist_eingabe else BoundField)(form, self, field_name)


class WortlautFormField(MitLesung, Zeilenfeld):
    """A text field whose cleaned value is a Zeitraum or Geld; an error is the reader's own German sentence."""

    def __init__(self, *, modul, fehler, klasse, lesung, **kwargs):
        self.modul, self.fehler, self.klasse, self.lesung = modul, fehler, klasse, lesung
        super().__init__(**kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        if isinstance(value, Belassen):
            return _nachsichtig(self.modul, text, self.fehler, self.klasse)
        try:
            return self.modul.lies(text)
        except self.fehler as fehler:
            if fehler.lesarten and isinstance(self.widget, WortlautEingabe):
                raise ValidationError(frage_satz(str(fehler)), code=MEHRDEUTIG) from fehler
            raise _als_validierung(fehler) from fehler

    def run_validators(self, value):
        super().run_validators(str(value))

    def validate(self, value):
        super().validate(str(value))

    def prepare_value(self, value):
        return str(value) if value is not None else ""

    def has_changed(self, initial, data):
        return self.form_der_schrift(str(initial or "")) != self.form_der_schrift(data or "").strip()


def frage_satz(frage: str) -> str:
    """The error of a field whose wording can mean several things: the question, and that one is to choose below."""
    return f"{frage} {'Wählen' if frage.endswith('?') else 'Oder wählen'} Sie unter dem Feld aus, was gemeint ist."


def _als_validierung(fehler) -> ValidationError:
    """The error where nobody can choose: it names what to write instead."""
    satz = str(fehler)
    if fehler.lesarten and not any(wortlaut in satz for wortlaut in fehler.lesarten):
        satz = f"{satz} Schreiben Sie {' oder '.join(f'„{wortlaut}“' for wortlaut in fehler.lesarten)}."
    return ValidationError(satz, code=MEHRDEUTIG if fehler.lesarten else "unlesbar")


class WortlautField(Normal, models.CharField):
    """Base of ZeitraumField and GeldField: a wording in the database, a value in Python."""

    modul = fehler = klasse = lesung = None
    form_der_schrift = staticmethod(zeilenform)

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):
        return value if value is None else _nachsichtig(self.modul, value, self.fehler, self.klasse)

    def to_python(self, value):
        """The value of a wording that stands somewhere already: in a file, in the history. `clean` reads strictly."""
        if value is None or isinstance(value, self.klasse):
            return value
        return _nachsichtig(self.modul, self._normal(value), self.fehler, self.klasse)

    def get_prep_value(self, value):
        return value if value is None else self._normal(str(value))

    def value_to_string(self, obj):
        return str(self.value_from_object(obj) or "")

    def run_validators(self, value):
        super().run_validators(str(value))

    def clean(self, value, model_instance):
        pruefe_akzente(value)
        try:
            wert = value if isinstance(value, self.klasse) else self.modul.lies(self._normal(value or ""))
        except self.fehler as fehler:
            raise _als_validierung(fehler) from fehler
        self.validate(str(wert), model_instance)
        self.run_validators(wert)
        return wert

    def belassen(self, wortlaut: str):
        """The value of a wording that comes from a file: nobody is there to be asked what it means."""
        try:
            return self.modul.lies(self._normal(wortlaut))
        except self.fehler as fehler:
            return self.klasse(wortlaut=self._normal(wortlaut)) if fehler.lesarten else wortlaut

    def formfield(self, **kwargs):
        vorgaben = {"modul": self.modul, "fehler": self.fehler, "klasse": self.klasse, "lesung": self.lesung}
        return super().formfield(**(vorgaben | {"form_class": WortlautFormField} | kwargs))


class ZeitraumField(WortlautField):
    modul, fehler, klasse = zeitraum, zeitraum.ZeitraumFehler, zeitraum.Zeitraum
    lesung = staticmethod(lies_zeitraum)


class GeldField(WortlautField):
    modul, fehler, klasse = geld, geld.GeldFehler, geld.Geld
    lesung = staticmethod(lies_geld)


class _Abgeleitet:
    """A column that holds one attribute of a wording field of the same row."""

    def __init__(self, *args, aus="", attribut="", **kwargs):
        self.aus, self.attribut = aus, attribut
        kwargs.update(editable=False)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"aus": self.aus, "attribut": self.attribut}

    def pre_save(self, model_instance, add):
        quelle = model_instance._meta.get_field(self.aus)
        wert = getattr(quelle.to_python(getattr(model_instance, self.aus)), self.attribut, None)
        wert = getattr(wert, "value", wert)
        setattr(model_instance, self.attname, "" if wert is None and not self.null else wert)
        return getattr(model_instance, self.attname)


class AbgeleitetesDatum(_Abgeleitet, models.DateField):
    pass


class AbgeleiteterBetrag(_Abgeleitet, models.DecimalField):
    pass


class AbgeleitetesWort(_Abgeleitet, models.CharField):
    pass
