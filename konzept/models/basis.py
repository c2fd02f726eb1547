"""What several models share: an order among siblings, a version for concurrent editing, checks on choices."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.utils import timezone

from .bedingungen import Bedingung

TEXT_HILFE = (
    "Absätze trennt eine Leerzeile. Zeilen mit „- “ oder „1. “ werden Listen, **fett**, _kursiv_, "
    "[Text](https://…) wird ein Link, „#### “ eine Zwischenüberschrift."
)


def anker(zeile: models.Model) -> str:
    """The lasting name of a row, in documents, addresses and the history: "massnahme-12"."""
    return f"{zeile._meta.model_name}-{zeile.pk}"


def nur_aus(feld: str, auswahl: type[models.Choices], name: str, *, leer: bool = False) -> Bedingung:
    """A database constraint: `feld` holds one of the choices (or "" where `leer` is set)."""
    werte = [*auswahl.values, *([""] if leer else [])]
    return Bedingung(condition=models.Q(**{f"{feld}__in": werte}), name=name)


class NurGeaendertes(models.Model):
    """Saving a row that was read writes only the columns that differ from what was read, and those that follow from
    them. What somebody else wrote into another column meanwhile, such as moving it, stays.

    A transaction that is undone leaves the row in memory as it was; read it anew before saving it again."""

    _gelesen: dict[str, object] | None = None

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, force_insert=False, **kwargs):
        neu = self._state.adding or self.pk is None or force_insert or args
        if update_fields is None and not neu and self._gelesen is not None:
            update_fields = self.geaenderte_felder()
        super().save(*args, update_fields=update_fields, force_insert=force_insert, **kwargs)
        self._merke(update_fields)

    @classmethod
    def from_db(cls, db, field_names, values):
        zeile = super().from_db(db, field_names, values)
        zeile._gelesen = dict(zip(field_names, values, strict=False))
        return zeile

    def refresh_from_db(self, using=None, fields=None, **kwargs):
        super().refresh_from_db(using=using, fields=fields, **kwargs)
        self._merke(fields)

    def geaenderte_felder(self) -> set[str]:
        """The names of the fields that differ from what was read, with the derived ones; no queries."""
        da = self.__dict__
        felder = [f for f in self._meta.concrete_fields if f.attname in da and not f.primary_key]
        anders = {f.name for f in felder if self._gelesen.get(f.attname, _FEHLT) != da[f.attname]}
        return anders | {f.name for f in felder if getattr(f, "aus", None) in anders}

    def _merke(self, namen) -> None:
        """These fields (None: all) are now as in the database."""
        felder = [f for f in self._meta.concrete_fields if namen is None or {f.name, f.attname} & set(namen)]
        da = {f.attname: _wie_gespeichert(f, self.__dict__[f.attname]) for f in felder if f.attname in self.__dict__}
        self._gelesen = da if namen is None else (self._gelesen or {}) | da


_FEHLT = object()


def _wie_gespeichert(feld: models.Field, wert):
    """A file is an object that changes together with its name; the database has the name."""
    return str(wert or "") if isinstance(feld, models.FileField) else wert


class Geordnet(models.Model):
    """Has a place among its siblings. Equal places are allowed and fall back to the order of creation.

    An element (a row with STEHT_UNTER) that is made without a place, or gets another parent, stands behind its
    siblings.
    """

    STEHT_UNTER: tuple[str, ...] = ()
    """The fields by which an element knows below what it stands, the nearest first: its place, and not its content.
    All but the last may be empty."""

    reihenfolge = models.PositiveIntegerField("Reihenfolge", default=0)

    class Meta:
        abstract = True
        ordering = ["reihenfolge", "pk"]

    def save(self, *args, update_fields=None, **kwargs):
        """A new element without a place, or one with another parent, comes behind its siblings; where that is, is read
        first."""
        if update_fields is None and self.STEHT_UNTER and self._braucht_platz():
            self.reihenfolge = platz_danach(self.geschwister().exclude(pk=self.pk))
        super().save(*args, update_fields=update_fields, **kwargs)

    def _braucht_platz(self) -> bool:
        if self._state.adding:
            return not self.reihenfolge
        anders = self.geaenderte_felder() if self._gelesen is not None else set()
        return "reihenfolge" not in anders and not anders.isdisjoint(self.STEHT_UNTER)

    def hindernis_unter(self, oben: models.Model) -> str:
        """Why it cannot stand below a row of a kind of STEHT_UNTER, as a German sentence; "" where it can."""
        return ""

    def geschwister(self) -> models.QuerySet:
        """The elements of the same kind below the same parent, itself included, in order. One query."""
        ort = {name: getattr(self, f"{name}_id") for name in self.STEHT_UNTER}
        return type(self)._base_manager.filter(**ort).order_by("reihenfolge", "pk")


def platz_danach(zeilen: models.QuerySet) -> int:
    """The place behind all these rows. One query."""
    return (zeilen.aggregate(letzter=models.Max("reihenfolge"))["letzter"] or 0) + 1


class Fortschreibung(models.TextChoices):
    """What became of an element of the earlier concept; empty as long as nobody has looked at it."""

    UEBERNOMMEN = "uebernommen", "übernommen"
    GEAENDERT = "geaendert", "geändert"
    ERLEDIGT = "erledigt", "erledigt"
    ENTFALLEN = "entfallen", "entfallen"


GESTRICHEN = frozenset({Fortschreibung.ERLEDIGT, Fortschreibung.ENTFALLEN})
"""What bears one of these marks is no longer part of the new concept, nor is what stands below it: it neither prints
nor counts. It stays in the outline of the workbench, where the mark can be taken back."""


class Fortgeschrieben(models.Model):
    """Carries an element of an earlier concept on; the two are matched when concepts are compared."""

    vorgaenger = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="nachfolger",
        verbose_name="fortgeschrieben aus",
    )
    fortschreibung = models.CharField(
        "Fortschreibung",
        max_length=20,
        choices=Fortschreibung.choices,
        blank=True,
        help_text=(
            "Was aus dem Element des früheren Konzepts geworden ist. Was erledigt oder entfallen ist, steht mit allem "
            "darunter nicht mehr im neuen Konzept. In der Gliederung bleibt es durchgestrichen zu sehen, und Sie "
            "können es dort wieder aufnehmen. „Geändert“ setzt sich von selbst, sobald jemand hier etwas ändert."
        ),
    )

    class Meta:
        abstract = True

    @classmethod
    def pfad_zum_konzept(cls) -> str:
        """The lookup that leads to the concept: for `filter` and `select_related`."""
        return "konzept" if any(feld.name == "konzept" for feld in cls._meta.fields) else "handlungsfeld__konzept"

    @property
    def gestrichen(self) -> bool:
        """Whether it is itself marked as no longer part of the concept; see GESTRICHEN."""
        return self.fortschreibung in GESTRICHEN

    def vermerke_aenderung(self) -> None:
        """Somebody edits it: what was carried over as it is counts as changed from now on. Does not save."""
        if self.vorgaenger_id and self.fortschreibung in ("", Fortschreibung.UEBERNOMMEN):
            self.fortschreibung = Fortschreibung.GEAENDERT

    def clean(self):
        super().clean()
        konzept = getattr(self, "konzept", None)
        if konzept and self.vorgaenger_id and self.vorgaenger.konzept.kommune_id != konzept.kommune_id:
            raise ValidationError({"vorgaenger": "Der Vorgänger gehört zu einer anderen Kommune."})


class VersionVeraltet(Exception):
    """Somebody else saved the row since it was read."""


class Versioniert(NurGeaendertes):
    """A row that several people edit: every save through a form claims the next version first.

    It is an element with its own form and history. `TEILE` names the reverse relations whose rows are parts of it,
    edited and recorded with it; parts name their own parts in the same way.
    """

    TEILE: tuple[str, ...] = ()
    STEHT_UNTER: tuple[str, ...] = ()
    version = models.PositiveIntegerField("Version", default=1, editable=False)
    geaendert_am = models.DateTimeField("geändert am", default=timezone.now, editable=False)
    geaendert_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="geändert von",
    )

    class Meta:
        abstract = True

    @property
    def hat_verlauf(self) -> bool:
        """False where no copy of what somebody wrote may be kept: then there is a version, and no history."""
        return True

    @classmethod
    def beanspruche_alle(cls, zeilen: list["Versioniert"], benutzer) -> list["Versioniert"]:
        """Claim the next version of several rows as they were read; call inside a transaction, before saving.

        Those that have moved on meanwhile, or are gone, are left out of the answer and stay as they are. Two queries.
        """
        gesperrt = cls._base_manager.select_for_update().filter(pk__in={zeile.pk for zeile in zeilen}).order_by("pk")
        versionen = dict(gesperrt.values_list("pk", "version"))
        frei = [zeile for zeile in zeilen if versionen.get(zeile.pk) == zeile.version]
        jetzt = timezone.now()
        cls._base_manager.filter(pk__in={zeile.pk for zeile in frei}).update(
            version=F("version") + 1, geaendert_am=jetzt, geaendert_von=benutzer
        )
        for zeile in frei:
            zeile.version, zeile.geaendert_am, zeile.geaendert_von = zeile.version + 1, jetzt, benutzer
        return frei

    def beanspruche_version(self, gelesen: int, benutzer) -> None:
        """Claim the version after `gelesen` for this row; call inside a transaction, before saving.

        Raises VersionVeraltet, and changes nothing, when the row has moved on meanwhile. One query.
        """
        jetzt = timezone.now()
        getroffen = (
            type(self)
            ._base_manager.filter(pk=self.pk, version=gelesen)
            .update(version=F("version") + 1, geaendert_am=jetzt, geaendert_von=benutzer)
        )
        if not getroffen:
            raise VersionVeraltet
        self.version, self.geaendert_am, self.geaendert_von = gelesen + 1, jetzt, benutzer
