"""The course of every editing page: what was typed survives errors, row buttons, expired sessions and other people.

A page has one main row with a version, one form for it, and any number of formsets. The view gives a function that
builds them, bound to data or fresh from the database; this module decides what happens with a request.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm, BooleanField
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, QueryDict

from konzept.formulare import ohne_pruefung, sichtbare_zeilen
from konzept.konten import wiedervorlage
from konzept.models.basis import Versioniert, VersionVeraltet

from . import zeilen

VERSION = "_version"
VERWERFEN = "_verwerfen"


class Unterschied(NamedTuple):
    """A field in which the saved state and the typed one differ, both as text."""

    feld: str
    gespeichert: str
    eingegeben: str


class Bearbeitung:
    """One request to an editing page.

    `formulare(daten)` returns the page's forms by context name, the main form as "form"; `daten` is None for the saved
    state. `speichere(formulare)` writes them, by default each form's own `save()`, in order.
    Use: `if b.erledigt(): redirect`, else render with `b.kontext()` and `b.status`.
    """

    def __init__(
        self,
        request: HttpRequest,
        objekt: Versioniert,
        formulare: Callable[[QueryDict | None], dict[str, BaseForm | BaseFormSet]],
        speichere: Callable[[dict], None] | None = None,
    ):
        self.request, self.objekt, self._baue = request, objekt, formulare
        self._speichere = speichere or (lambda alle: [formular.save() for formular in alle.values()])
        self.status = 200
        self.version = objekt.version
        self.konflikt: list[Unterschied] | None = None
        self.wieder_da = False
        self.formulare: dict[str, BaseForm | BaseFormSet] = {}

    def erledigt(self) -> bool:
        """Carry the request out. True when everything is saved or discarded and the page may be left; the person is
        told which."""
        if self.request.method != "POST":
            self._zeige()
            return False
        daten = mit_einfachen_umbruechen(self.request.POST)
        if VERWERFEN in daten:
            wiedervorlage.erledige(self.request)
            messages.info(self.request, "Ihre Eingaben sind verworfen. Es gilt der gespeicherte Stand.")
            return True
        if aktion := daten.get(zeilen.NAME):
            self._zeige_wieder(zeilen.bearbeite_zeilen(daten, aktion))
            return False
        return self._pruefe_und_speichere(daten)

    def kontext(self) -> dict:
        """Context of the page: forms, whether they hold errors, version to send along, conflict, notice."""
        return {
            **self.formulare,
            "alle_formulare": list(self.formulare.values()),
            "hat_fehler": self.status == 422,
            "version": self.version,
            "konflikt": self.konflikt,
            "wieder_da": self.wieder_da,
            "gespeichert_von": self.objekt.geaendert_von,
            "gespeichert_am": self.objekt.geaendert_am,
        }

    def _zeige(self):
        wartet = wiedervorlage.nimm_vor(self.request)
        if wartet is None:
            self.formulare = self._baue(None)
            return
        self.wieder_da = True
        self._zeige_wieder(wartet)

    def _zeige_wieder(self, daten: QueryDict):
        self.formulare = self._baue(daten)
        ohne_pruefung(*self.formulare.values())
        self.version = _zahl(daten.get(VERSION))

    def _pruefe_und_speichere(self, daten: QueryDict) -> bool:
        self.formulare = self._baue(daten)
        self.version = _zahl(daten.get(VERSION))
        # Every form is checked, so that the page shows all errors at once.
        gueltig = [formular.is_valid() for formular in self.formulare.values()]
        if not all(gueltig):
            self.status = 422
            return False
        try:
            with transaction.atomic():
                self.objekt.beanspruche_version(self.version, self.request.user)
                self.formulare["form"].instance.version = self.objekt.version
                self.formulare["form"].instance.geaendert_am = self.objekt.geaendert_am
                self.formulare["form"].instance.geaendert_von = self.objekt.geaendert_von
                self._speichere(self.formulare)
        except VersionVeraltet:
            self._stelle_gegenueber(daten)
            return False
        wiedervorlage.erledige(self.request)
        messages.success(self.request, f"„{self.formulare['form'].instance}“ ist gespeichert.")
        return True

    def _stelle_gegenueber(self, daten: QueryDict):
        """Somebody saved meanwhile: show both states. Saving once more takes what is in the form."""
        self.status = 409
        self.objekt.refresh_from_db()
        self.version = self.objekt.version
        self.formulare = self._baue(daten)
        ohne_pruefung(*self.formulare.values())
        gespeichert = self._baue(None)
        self.konflikt = [
            unterschied
            for name, formular in self.formulare.items()
            for unterschied in _unterschiede(gespeichert[name], formular)
        ]


def mit_einfachen_umbruechen(post: QueryDict) -> QueryDict:
    """A copy of `post` with "\\n" for the "\\r\\n" that browsers send, so that an unchanged text stays equal."""
    daten = post.copy()
    for name, werte in post.lists():
        daten.setlist(name, [wert.replace("\r\n", "\n") for wert in werte])
    return daten


def _zahl(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _unterschiede(gespeichert, eingegeben):
    if isinstance(eingegeben, BaseFormSet):
        alt, neu = _zeilentext(gespeichert), _zeilentext(eingegeben)
        if alt != neu:
            yield Unterschied(eingegeben.ueberschrift, alt, neu)
        return
    for feld in eingegeben:
        alt, neu = _als_text(gespeichert[feld.name]), _als_text(feld)
        if not feld.is_hidden and alt != neu:
            yield Unterschied(feld.label, alt, neu)


def _zeilentext(formset: BaseFormSet) -> str:
    return "\n".join(
        f"({nr}) " + " · ".join(filter(None, (_als_text(feld) for feld in zeile.visible_fields())))
        for nr, zeile in enumerate(sichtbare_zeilen(formset), start=1)
    )


def _als_text(feld) -> str:
    """What a person sees in a field: the labels of choices, not their keys, dates and numbers in German."""
    wert = feld.value()
    if isinstance(feld.field, BooleanField):
        return "ja" if wert else "nein"
    if not hasattr(feld.field, "choices"):
        return (feld.field.widget.format_value(wert) or "").strip()
    gewaehlt = {str(w) for w in (wert if isinstance(wert, list | tuple) else [wert]) if w not in (None, "")}
    namen = []
    for schluessel, name in feld.field.choices:
        gruppe = name if isinstance(name, list | tuple) else [(schluessel, name)]
        namen += [str(n) for s, n in gruppe if str(s) in gewaehlt]
    return ", ".join(namen)
