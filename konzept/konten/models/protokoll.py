"""The append-only log: who signed in, changed who reads what, exported, released, deleted."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from konzept.heute import am, um
from konzept.textfelder import Textzeile
from konzept.unveraenderlich import NurAnhaengen


class Ereignis(models.TextChoices):
    ANGEMELDET = "angemeldet", "angemeldet"
    ANMELDUNG_GESCHEITERT = "anmeldung_gescheitert", "Anmeldung gescheitert"
    ABGEMELDET = "abgemeldet", "abgemeldet"
    ABGEWIESEN = "abgewiesen", "abgewiesen"
    KENNWORT_GEAENDERT = "kennwort_geaendert", "Kennwort geändert"
    ADRESSE_GEAENDERT = "adresse_geaendert", "E-Mail-Adresse geändert"
    NAME_GEAENDERT = "name_geaendert", "Name geändert"
    ZWEITER_FAKTOR = "zweiter_faktor", "zweiten Faktor geändert"
    ANMELDEDIENST = "anmeldedienst", "Anmeldedienst"
    EINGELADEN = "eingeladen", "eingeladen"
    EINLADUNG_WIDERRUFEN = "einladung_widerrufen", "Einladung widerrufen"
    BEIGETRETEN = "beigetreten", "Einladung angenommen"
    ROLLE_GEGEBEN = "rolle_gegeben", "Rolle gegeben"
    ROLLE_ENTZOGEN = "rolle_entzogen", "Rolle entzogen"
    SITZ_GEGEBEN = "sitz_gegeben", "Sitz gegeben"
    SITZ_ENTZOGEN = "sitz_entzogen", "Sitz entzogen"
    VORGELEGT = "vorgelegt", "Fassung vorgelegt"
    NICHT_MEHR_VORGELEGT = "nicht_mehr_vorgelegt", "Fassung nicht mehr vorgelegt"
    INSTALLATION = "installation", "Rechte in allen Kommunen"
    KONTO_GEAENDERT = "konto_geaendert", "Konto durch die Administration geändert"
    KONTO_GESPERRT = "konto_gesperrt", "Konto gesperrt"
    KONTO_ENTSPERRT = "konto_entsperrt", "Konto entsperrt"
    STAMMDATEN = "stammdaten", "Stammdaten geändert"
    FAKTORPFLICHT = "faktorpflicht", "Pflicht zum zweiten Faktor"
    OBERFLAECHE = "oberflaeche", "in der Verwaltungsoberfläche geändert"
    KONZEPT_ANGELEGT = "konzept_angelegt", "Konzept angelegt"
    AUSGABE = "ausgabe", "ausgegeben"
    FESTGESCHRIEBEN = "festgeschrieben", "Fassung festgeschrieben"
    BESCHLUSS = "beschluss", "Beschluss zu einer Fassung eingetragen"
    VEROEFFENTLICHT = "veroeffentlicht", "veröffentlicht"
    ZURUECKGENOMMEN = "zurueckgenommen", "Veröffentlichung zurückgenommen"
    RUNDE = "runde", "Runde der Beratung"
    FREIGEGEBEN = "freigegeben", "freigegeben"
    FREIGABE_ZURUECKGENOMMEN = "freigabe_zurueckgenommen", "Freigabe zurückgenommen"
    VORLAGE = "vorlage", "Vorlage"
    GELOESCHT = "geloescht", "gelöscht"
    ZURUECKGEHOLT = "zurueckgeholt", "aus dem Papierkorb geholt"
    DATEN_AUSGEGEBEN = "daten_ausgegeben", "eigene Daten ausgegeben"
    KONTO_GELOESCHT = "konto_geloescht", "Konto gelöscht"


ZUGANG = frozenset(
    {
        Ereignis.NAME_GEAENDERT,
        Ereignis.EINGELADEN,
        Ereignis.EINLADUNG_WIDERRUFEN,
        Ereignis.ROLLE_GEGEBEN,
        Ereignis.ROLLE_ENTZOGEN,
        Ereignis.SITZ_GEGEBEN,
        Ereignis.SITZ_ENTZOGEN,
        Ereignis.VORGELEGT,
        Ereignis.NICHT_MEHR_VORGELEGT,
        Ereignis.INSTALLATION,
        Ereignis.KONTO_GEAENDERT,
        Ereignis.KONTO_GESPERRT,
        Ereignis.KONTO_ENTSPERRT,
    }
)
"""Changes who reads what, or under which name. Written by `zugang` alone, which tells the Leitungen too."""


class Protokolleintrag(NurAnhaengen):
    """One event in one Kommune (None: of the installation).

    Names no person in words: `benutzer` did it, `person` is whom it concerns, and both show as "ehemaliges Mitglied"
    once the account is erased. `text` says what: the role, the title of the concept, the file.
    """

    AUFBEWAHREN = 90

    zeitpunkt = models.DateTimeField("Zeitpunkt", default=timezone.now, editable=False)
    kommune = models.ForeignKey(
        "konzept.Kommune", models.PROTECT, null=True, related_name="protokoll", verbose_name="Kommune"
    )
    benutzer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="wer"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="betrifft"
    )
    ereignis = models.CharField("Ereignis", max_length=30, choices=Ereignis.choices)
    text = Textzeile("Einzelheiten", max_length=500, blank=True)

    class Meta:
        verbose_name = "Protokolleintrag"
        verbose_name_plural = "Protokoll"
        ordering = ["-zeitpunkt", "-pk"]
        indexes = [models.Index(fields=["kommune", "-zeitpunkt"], name="protokoll_kommune")]

    def __str__(self):
        return f"{am(self.zeitpunkt)} {um(self.zeitpunkt)} {self.get_ereignis_display()}"
