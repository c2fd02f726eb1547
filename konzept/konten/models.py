"""Who signs in, and with which role in which Kommune."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from konzept.rechte import Rolle


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

    email = models.EmailField("E-Mail-Adresse", unique=True)
    name = models.CharField("Name", max_length=200, blank=True)
    is_staff = models.BooleanField("darf die Verwaltungsoberfläche öffnen", default=False)
    is_active = models.BooleanField("aktiv", default=True)
    angelegt_am = models.DateTimeField("angelegt am", default=timezone.now, editable=False)

    objects = BenutzerManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = "Benutzerkonto"
        verbose_name_plural = "Benutzerkonten"
        ordering = ["email"]

    def __str__(self):
        return self.name or self.email

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """The one spelling in which an address is stored and looked up; every form passes through here."""
        return super().normalize_username(username).strip().lower()

    @cached_property
    def alle_rollen(self) -> dict[int, set[str]]:
        rollen: dict[int, set[str]] = {}
        for kommune, rolle in self.mitgliedschaften.values_list("kommune_id", "rolle"):
            rollen.setdefault(kommune, set()).add(rolle)
        return rollen

    def rollen_in(self, kommune_id: int) -> set[str]:
        """The roles in a Kommune. One query, the first time, for all Kommunen together."""
        return self.alle_rollen.get(kommune_id, set())

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)


class Mitgliedschaft(models.Model):
    """One role of one account in one Kommune; an account may hold several."""

    benutzer = models.ForeignKey(
        Benutzer, models.CASCADE, related_name="mitgliedschaften", verbose_name="Benutzerkonto"
    )
    kommune = models.ForeignKey(
        "konzept.Kommune", models.CASCADE, related_name="mitgliedschaften", verbose_name="Kommune"
    )
    rolle = models.CharField("Rolle", max_length=20, choices=Rolle.choices)

    class Meta:
        verbose_name = "Mitgliedschaft"
        verbose_name_plural = "Mitgliedschaften"
        ordering = ["kommune", "benutzer", "rolle"]
        constraints = [
            models.UniqueConstraint(
                fields=["benutzer", "kommune", "rolle"],
                name="mitgliedschaft_einmal",
                violation_error_message="Diese Person hat diese Rolle in dieser Kommune schon.",
            ),
            models.CheckConstraint(
                condition=models.Q(rolle__in=Rolle.values), name="mitgliedschaft_rolle_gueltig"
            ),
        ]

    def __str__(self):
        return f"{self.benutzer}: {self.get_rolle_display()} in {self.kommune}"
