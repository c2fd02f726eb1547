"""Who signs in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from django.utils.functional import cached_property

from konzept.namensordnung import nach_namen
from konzept.rechte import MIT_ZWEITEM_FAKTOR, NIEMAND
from konzept.schreibweise import normalisiert
from konzept.textfelder import Mailadresse, Textzeile

EHEMALIG = "ehemaliges Mitglied"


NACH_NAMEN = (nach_namen(Coalesce(NullIf("name", models.Value("")), "email", output_field=models.CharField())), "email")
"""For `order_by`: by what an account is called wherever people are listed."""


class BenutzerManager(BaseUserManager):
    """Creates accounts; the e-mail address is stored in lower case so that it is unique in every spelling."""

    def create_user(self, email: str, password: str | None = None, **felder):
        if not email:
            raise ValueError("An account needs an e-mail address.")
        benutzer = self.model(email=self.model.normalize_username(email), **felder)
        benutzer.set_password(password)
        benutzer.save(using=self._db)
        return benutzer

    def create_superuser(self, email: str, password: str | None = None, **felder):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **felder)

    def get_by_natural_key(self, email: str):
        return self.get(email=self.model.normalize_username(email))


class Benutzer(AbstractBaseUser, PermissionsMixin):
    """An account; signs in with its e-mail address."""

    email = Mailadresse("E-Mail-Adresse", unique=True)
    name = Textzeile("Name", max_length=200, blank=True)
    is_staff = models.BooleanField("darf die Verwaltungsoberfläche öffnen", default=False)
    is_active = models.BooleanField("aktiv", default=True)
    angelegt_am = models.DateTimeField("angelegt am", default=timezone.now, editable=False)
    geloescht_am = models.DateTimeField("gelöscht am", null=True, editable=False)

    objects = BenutzerManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = "Benutzerkonto"
        verbose_name_plural = "Benutzerkonten"
        ordering = ["email"]

    def __str__(self):
        return EHEMALIG if self.geloescht_am else self.name or self.email

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """The one spelling in which an address is stored and looked up; every form passes through here."""
        return normalisiert("NFKC", username).strip().lower()

    @cached_property
    def _mitgliedschaften(self) -> list[tuple[int, str, int | None, bool]]:
        spalten = ("kommune_id", "rolle", "akteur_id", "kommune__zweiter_faktor", "akteur__art")
        return [
            (kommune, rolle, None if art == NIEMAND else akteur, pflicht)
            for kommune, rolle, akteur, pflicht, art in self.mitgliedschaften.values_list(*spalten)
        ]

    @cached_property
    def alle_rollen(self) -> dict[int, set[str]]:
        """Kommune → roles. One query for this and everything below, once per object."""
        rollen: dict[int, set[str]] = {}
        for kommune, rolle, _, _ in self._mitgliedschaften:
            rollen.setdefault(kommune, set()).add(rolle)
        return rollen

    def rollen_in(self, kommune_id: int) -> set[str]:
        """The roles in a Kommune. One query, the first time, for all Kommunen together."""
        return self.alle_rollen.get(kommune_id, set())

    def akteure_in(self, kommune_id: int) -> set[int]:
        """The Akteure (pk) for which this account takes part in a Kommune; none that stands for nobody. No queries
        beyond that of the roles."""
        return {akteur for kommune, _, akteur, _ in self._mitgliedschaften if kommune == kommune_id and akteur}

    @property
    def braucht_zweiten_faktor(self) -> bool:
        """Whether a Kommune asks a second factor of this account, because of its role there."""
        return any(pflicht and rolle in MIT_ZWEITEM_FAKTOR for _, rolle, _, pflicht in self._mitgliedschaften)

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)
