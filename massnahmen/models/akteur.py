"""Who acts, and for whom."""

from django.core.exceptions import ValidationError
from django.db import models

from konzept.grenzen import NAMENLISTE
from konzept.models import Kommune
from konzept.models.basis import Versioniert, nur_aus
from konzept.models.bedingungen import EinName
from konzept.namen import ist_geschlossen, namen_aus
from konzept.namensordnung import NachNamen
from konzept.rechte import NIEMAND
from konzept.textfelder import Textzeile

from ..platzhalter import ist_platzhalter


def pruefe_kuerzel(kurz: str) -> None:
    """Refuses a Kürzel that a form would not take for one name; what is too long is refused elsewhere."""
    if len(kurz) > NAMENLISTE:
        return
    if "\n" in kurz or namen_aus(kurz) != [" ".join(kurz.split())]:
        raise ValidationError(
            "Bitte ohne Komma und Semikolon, außer in Klammern: sie trennen in Formularen einen Akteur vom nächsten."
        )
    if not ist_geschlossen(kurz):
        raise ValidationError("Zu einer Klammer fehlt die andere. Ergänzen Sie sie, oder lassen Sie beide weg.")


class AkteurArt(models.TextChoices):
    AMT = "amt", "Amt oder Stelle der Verwaltung"
    TRAEGER = "traeger", "Träger"
    VEREIN = "verein", "Verein oder Initiative"
    NETZWERK = "netzwerk", "Netzwerk oder Gremium"
    BEHOERDE = "behoerde", "Andere Behörde"
    SONSTIGE = "sonstige", "Sonstige"
    UNBESTIMMT = NIEMAND, "noch niemand Bestimmtes (N.N., alle Ämter)"
    """Prints as it was typed, and counts nowhere as somebody who is responsible or takes part."""


class Akteur(Versioniert):
    """An office with its number ("51"), a Träger, a Verein or a network.

    `kurz` is what prints in tables and what people type in forms; it is unique within the Kommune.
    """

    Art = AkteurArt

    kommune = models.ForeignKey(Kommune, models.CASCADE, related_name="akteure", verbose_name="Kommune")
    kurz = Textzeile(
        "Kürzel", max_length=80, validators=[pruefe_kuerzel], help_text="z. B. 51 oder Ehrenamtsbörse"
    )
    name = Textzeile("Voller Name", max_length=200, blank=True)
    art = models.CharField("Art", max_length=20, choices=Art.choices, default=Art.SONSTIGE)

    objects = NachNamen.nach("kurz")

    class Meta:
        verbose_name = "Akteur"
        verbose_name_plural = "Akteure"
        ordering = ["kurz"]
        constraints = [
            EinName(
                fields=["kommune", "kurz"],
                name="akteur_kuerzel_je_kommune",
                violation_error_message="Einen Akteur mit diesem Kürzel gibt es schon.",
            ),
            nur_aus("art", AkteurArt, "akteur_art_gueltig"),
        ]

    def __str__(self):
        return self.kurz

    @classmethod
    def art_fuer(cls, kurz: str) -> str:
        """What somebody named so is, as long as nobody has said it."""
        return AkteurArt.UNBESTIMMT if ist_platzhalter(kurz) else cls._meta.get_field("art").default

    @property
    def ist_platzhalter(self) -> bool:
        return self.art == AkteurArt.UNBESTIMMT


class Zielgruppe(Versioniert):
    kommune = models.ForeignKey(Kommune, models.CASCADE, related_name="zielgruppen", verbose_name="Kommune")
    name = Textzeile("Name", max_length=120)

    objects = NachNamen.nach("name")

    class Meta:
        verbose_name = "Zielgruppe"
        verbose_name_plural = "Zielgruppen"
        ordering = ["name"]
        constraints = [
            EinName(
                fields=["kommune", "name"],
                name="zielgruppe_name_je_kommune",
                violation_error_message="Diese Zielgruppe gibt es schon.",
            )
        ]

    def __str__(self):
        return self.name
