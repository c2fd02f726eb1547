"""The course of every editing page: what was typed survives errors, row buttons, expired sessions and other people.

A page has one main row with a version, one form for it, and any number of formsets. The view gives a function that
builds them, bound to data or fresh from the database; this module decides what happens with a request.
"""

import logging
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.contrib import messages
from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from django.forms import BaseForm, BooleanField
from django.forms.formsets import BaseFormSet
from django.http import Http404, HttpRequest, QueryDict

from konzept.entwuerfe import ablage, einmal
from konzept.entwuerfe.eingaben import VERWERFEN as VERWERFEN
from konzept.entwuerfe.models import Angelegtes
from konzept.entwuerfe.zettel import zettel
from konzept.fliesstextfeld import html_name
from konzept.formularbau import zeilenknoepfe
from konzept.formularbau.fehler import ohne_pruefung
from konzept.formularbau.zeichen import sammle_verstandenes, sammle_zeichen
from konzept.formularbau.zeilen import sichtbare_zeilen
from konzept.gedraenge import GEDRAENGE, ist_gedraenge
from konzept.models.basis import Fortgeschrieben, Versioniert, VersionVeraltet
from konzept.verlauf.aufzeichnung import merke_ausgang, schreibe_mit
from konzept.verlauf.models import AenderungArt
from konzept.vorgaenge.vorgang import sperre

log = logging.getLogger(__name__)

VERSION = "_version"
HIER_BLEIBEN = "hier"
"""Value of the button VERWERFEN that shows the form again, with the saved state."""
NIMM = "_nimm"
"""Button of a conflict: take the saved state of one field, keep everything else as typed."""

UMBAU = "_umbau"
"""Button that moves what was typed to where it belongs, and saves nothing."""

GRUND = "grund"
"""Field of a main form in which somebody says why they change the words of another; it goes into the history."""


INZWISCHEN_ANDERS = (
    "Das ließ sich nicht speichern: Im selben Augenblick hat jemand etwas geändert, worauf sich das Formular bezieht. "
    "Laden Sie die Seite in einem zweiten Fenster, vergleichen Sie, und speichern Sie dann noch einmal."
)


class Unterschied(NamedTuple):
    """A field, or all rows of one kind, in which the saved state and the typed one differ, both as text.

    `schluessel` is what the button NIMM sends to take the saved one.
    """

    feld: str
    gespeichert: str
    eingegeben: str
    schluessel: str = ""


class Umbau(NamedTuple):
    """What a button UMBAU did: a sentence to stand at the field `ort` (its name), and the id of where to go on."""

    ort: str
    satz: str
    ziel: str = ""


class Bearbeitung:
    """One request to an editing page.

    `formulare(daten)` returns the page's forms by context name, the main form as "form"; `daten` is None for the saved
    state. `speichere(formulare)` writes them, by default each form's own `save()`, in order. A page that makes new rows
    makes one, however often it is sent (`entwuerfe.einmal`), and says with `neu(zeile)` at which address that one is.
    `baue_um(daten, was)` carries out a button UMBAU in mutable data, and says what it did.
    Use: `if b.erledigt(): redirect`, else render with `b.kontext()` and `b.status`.
    """

    def __init__(
        self,
        request: HttpRequest,
        objekt: Versioniert,
        formulare: Callable[[QueryDict | None], dict[str, BaseForm | BaseFormSet]],
        speichere: Callable[[dict], None] | None = None,
        neu: Callable[[Versioniert], str] | None = None,
        baue_um: Callable[[QueryDict, str], Umbau | None] | None = None,
    ):
        self.request, self.objekt, self._baue = request, objekt, formulare
        self._schreibe = speichere or (lambda alle: [formular.save() for formular in alle.values()])
        self._neu, self._baue_um = neu, baue_um
        self.umgebaut: Umbau | None = None
        self._gezeigt = QueryDict()
        self._schon_angelegt: Angelegtes | None = None
        self.status = 200
        self.version = objekt.version
        self.konflikt: list[Unterschied] | None = None
        self.widersprach = False
        """Whether the database refused it; a page that knows why may begin again."""
        self.wieder_da = ""
        """Why the form holds unsaved input from before, as a sentence; empty where it does not."""
        self.formulare: dict[str, BaseForm | BaseFormSet] = {}
        self.angelegt: Versioniert | None = None
        """The row that was made, where the page made a new one."""

    def erledigt(self) -> bool:
        """Carry the request out. True when everything is saved or discarded and the page may be left; the person is
        told which."""
        if self.request.method != "POST":
            self._zeige()
            return False
        daten = self._gezeigt = mit_einfachen_umbruechen(self.request.POST)
        if VERWERFEN in daten:
            ablage.vergiss(self.request)
            messages.info(self.request, "Ihre Eingaben sind verworfen. Es gilt der gespeicherte Stand.")
            if daten[VERWERFEN] != HIER_BLEIBEN:
                return True
            self._gezeigt = QueryDict()
            self._zeige()
            return False
        if aktion := daten.get(zeilenknoepfe.NAME):
            daten = zeilenknoepfe.bearbeite_zeilen(daten, aktion)
            self._zeige_wieder(daten)
            ablage.behalte(self.request, daten)
            return False
        if self._baue_um and (was := daten.get(UMBAU)):
            self.umgebaut = self._baue_um(daten, was)
            self._zeige_wieder(daten)
            ablage.behalte(self.request, daten)
            return False
        if schluessel := daten.get(NIMM):
            self._nimm_gespeichertes(daten, schluessel)
            ablage.behalte(self.request, daten)
            return False
        try:
            if self._legt_an():
                einmal.pruefe(self.request)
            return self._pruefe_und_speichere(daten)
        except einmal.SchonAngelegt as fehler:
            self.status, self._schon_angelegt = 409, fehler.was
            self._zeige_wieder(daten)
            return False

    def _legt_an(self) -> bool:
        return self._neu is not None and self.objekt._state.adding

    def _speichere(self, formulare: dict) -> None:
        """Save what the forms hold, inside the caller's transaction; a form that makes something new uses up its key
        with that."""
        if not self._legt_an():
            self._schreibe(formulare)
            return
        einmal.beanspruche(self.request)
        self._schreibe(formulare)
        zeile = formulare["form"].instance
        einmal.vermerke(self.request, str(zeile), self._neu(zeile))

    def kontext(self) -> dict:
        """Context of the page: forms, whether they hold errors, version to send along, conflict, notice."""
        return {
            **self.formulare,
            "alle_formulare": list(self.formulare.values()),
            "hat_fehler": self.status in {422, 503} or (self.status == 409 and self.konflikt is None),
            "version": self.version,
            "konflikt": self.konflikt,
            "wieder_da": self.wieder_da,
            "umgebaut": self.umgebaut,
            "zettel": zettel(self.request),
            **(einmal.kontext(self._gezeigt, self._schon_angelegt) if self._neu else {}),
            "gespeichert_von": self.objekt.geaendert_von,
            "gespeichert_am": self.objekt.geaendert_am,
        }

    def _zeige(self):
        wartet = ablage.finde(self.request)
        if wartet is None or self._ist_schon_gespeichert(wartet.daten):
            self.formulare = self._baue(None)
            return
        self.wieder_da, self._gezeigt = wartet.grund, wartet.daten
        self._zeige_wieder(wartet.daten)

    def _ist_schon_gespeichert(self, wartet: QueryDict) -> bool:
        """What was kept while typing may have been saved since by the very next click."""
        gespeichert, eingegeben = self._baue(None), self._baue(wartet)
        ohne_pruefung(*eingegeben.values())
        return not any(u for name, formular in eingegeben.items() for u in unterschiede(gespeichert[name], formular))

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
        zeile = self.formulare["form"].instance
        try:
            with transaction.atomic():
                sperre(self.objekt)
                art = self._beanspruche(zeile)
                self._vermerke_aenderung(zeile)
                self._speichere(self.formulare)
                grund = self.formulare["form"].cleaned_data.get(GRUND, "")
                schreibe_mit(zeile, self.request.user, art, grund)
                self.angelegt = zeile if art == AenderungArt.ANGELEGT else None
        except VersionVeraltet:
            self._stelle_gegenueber(daten)
            return False
        except (IntegrityError, OperationalError) as fehler:
            self._sage_was_im_weg_ist(fehler)
            return False
        ablage.vergiss(self.request)
        messages.success(self.request, f"„{zeile}“ ist gespeichert.")
        if saetze := sammle_verstandenes(*self.formulare.values()):
            messages.info(self.request, " ".join(saetze))
        if satz := sammle_zeichen(*self.formulare.values()):
            messages.warning(self.request, satz)
        return True

    def _beanspruche(self, zeile: Versioniert) -> str:
        """Take the next version of a row, or the first of a new one; says what the history shall call the change."""
        if self.objekt._state.adding:
            zeile.geaendert_von = self.request.user
            return AenderungArt.ANGELEGT
        self.objekt.beanspruche_version(self.version, self.request.user)
        merke_ausgang(self.objekt)
        zeile.version = self.objekt.version
        zeile.geaendert_am, zeile.geaendert_von = self.objekt.geaendert_am, self.objekt.geaendert_von
        return AenderungArt.GEAENDERT

    def _vermerke_aenderung(self, zeile: Versioniert) -> None:
        """What was carried over from an earlier concept counts as changed, unless the person just said otherwise."""
        if not isinstance(zeile, Fortgeschrieben) or "fortschreibung" in self.formulare["form"].changed_data:
            return
        if any(formular.has_changed() for formular in self.formulare.values()):
            zeile.vermerke_aenderung()

    def _sage_was_im_weg_ist(self, fehler: DatabaseError) -> None:
        """The database refused: what a field refers to is gone since, a name is taken since, or too many write."""
        if isinstance(fehler, OperationalError) and not ist_gedraenge(fehler):
            raise fehler
        log.warning("A form could not be saved: %s", " ".join(str(fehler).split()))
        self.widersprach = isinstance(fehler, IntegrityError)
        self.status = 409 if self.widersprach else 503
        self.formulare["form"].add_error(None, GEDRAENGE if self.status == 503 else INZWISCHEN_ANDERS)

    def _stelle_gegenueber(self, daten: QueryDict):
        """Somebody saved meanwhile: show both states. Saving once more takes what is in the form."""
        self.status = 409
        if not type(self.objekt)._base_manager.filter(pk=self.objekt.pk).exists():
            raise Http404("The row was deleted while this form waited to be saved.")
        self.objekt.refresh_from_db()
        self.version = self.objekt.version
        self._zeige_konflikt(daten, self._baue(None))

    def _nimm_gespeichertes(self, daten: QueryDict, schluessel: str):
        """Replace what was typed into one field, or into all rows of one kind, by what is saved. Saves nothing."""
        gespeichert = self._baue(None)
        name, _, feld = schluessel.partition(":")
        formular = gespeichert.get(name)
        if isinstance(formular, BaseFormSet):
            for alt in [alt for alt in daten if alt.startswith(f"{formular.prefix}-")]:
                del daten[alt]
            felder = [*formular.management_form, *(f for zeile in formular.forms for f in zeile)]
        else:
            felder = [formular[feld]] if formular and feld in formular.fields else []
        for eines in felder:
            _setze_eingabe(daten, eines)
        self.version = _zahl(daten.get(VERSION))
        self._zeige_konflikt(daten, gespeichert)

    def _zeige_konflikt(self, daten: QueryDict, gespeichert: dict):
        self.formulare = self._baue(daten)
        ohne_pruefung(*self.formulare.values())
        self.konflikt = [
            unterschied._replace(schluessel=f"{name}:{unterschied.schluessel}")
            for name, formular in self.formulare.items()
            for unterschied in unterschiede(gespeichert[name], formular)
        ]


def als_eingaben(formulare: dict[str, BaseForm | BaseFormSet], version: int) -> QueryDict:
    """What a browser would send for an editing page that shows these forms, unchanged and without a button."""
    daten = QueryDict(mutable=True)
    for formular in formulare.values():
        felder = formular
        if isinstance(formular, BaseFormSet):
            felder = [*formular.management_form, *(feld for zeile in formular.forms for feld in zeile)]
        for feld in felder:
            _setze_eingabe(daten, feld)
    daten[VERSION] = str(version)
    return daten


def mit_einfachen_umbruechen(post: QueryDict) -> QueryDict:
    """A copy of `post` with "\\n" for the "\\r\\n" that browsers send, so that an unchanged text stays equal."""
    daten = post.copy()
    for name, werte in post.lists():
        daten.setlist(name, [wert.replace("\r\n", "\n") for wert in werte])
    return daten


def _zahl(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0


def unterschiede(gespeichert, eingegeben) -> Iterator[Unterschied]:
    """In what a form, or all rows of one kind, differ from what was typed there."""
    if isinstance(eingegeben, BaseFormSet):
        alt, neu = _zeilentext(gespeichert), _zeilentext(eingegeben)
        if alt != neu:
            yield Unterschied(eingegeben.ueberschrift, alt, neu)
        return
    for feld in eingegeben:
        alt, neu = _als_text(gespeichert[feld.name]), _als_text(feld)
        if not feld.is_hidden and alt != neu:
            yield Unterschied(feld.label, alt, neu, feld.name)


def _setze_eingabe(daten: QueryDict, feld) -> None:
    """What a browser would send for a field that shows this value."""
    daten.pop(html_name(feld.html_name), None)
    wert = feld.value()
    if isinstance(feld.field, BooleanField):
        werte = ["on"] if wert else []
    else:
        gezeigt = feld.field.widget.format_value(wert)
        werte = gezeigt if isinstance(gezeigt, list) else ["" if gezeigt is None else gezeigt]
    daten.setlist(feld.html_name, [str(w) for w in werte])
    if not werte:
        del daten[feld.html_name]


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
