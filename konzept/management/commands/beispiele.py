"""`manage.py beispiele`: the example municipalities, and demo accounts for them."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from konzept.austausch.einlesen import DateiFehler, Ergebnis, lade
from konzept.beratung.beispiele import lege_beratung_an
from konzept.fassungen.models import FassungArt
from konzept.fassungen.regeln import festschreiben, veroeffentliche
from konzept.konten.models import Benutzer, Ereignis, Mitgliedschaft, Rolle
from konzept.konten.protokoll import halte_fest
from konzept.konten.regeln import bestaetige_adresse, halte_rechte_fest, rollentext
from konzept.konten.zugang import Aenderung, halte_zugang_fest
from konzept.vorlagen.beispiele import lade_vorlagen

ORDNER = settings.BASE_DIR / "fixtures"
PASSWORT = "konzeptwerk-demo"
ZUGAENGE = {f"{rolle}@musterstadt.example": rolle for rolle in Rolle}
JUGENDAMT = "51"
"""The Akteur for whom the account of the role Mitwirkung takes part, in every example that has it."""
ADMIN = "admin@musterstadt.example"
MIT_FASSUNGEN = "musterstadt"


class Command(BaseCommand):
    help = "Loads the examples of fixtures/ into the database. What is there already stays as it is."

    def add_arguments(self, parser):
        parser.add_argument("dateien", nargs="*", type=Path, metavar="datei", help="default: fixtures/*.yaml")
        parser.add_argument(
            "--zugaenge", action="store_true", help="also create demo accounts with a publicly known password"
        )
        parser.add_argument("--erzwingen", action="store_true", help="allow --zugaenge in production mode")

    def handle(self, *, dateien, zugaenge, erzwingen, **_):
        if zugaenge and not (settings.DEBUG or erzwingen):
            raise CommandError(
                "Die Demo-Zugänge haben ein öffentlich bekanntes Kennwort und sind nur für den "
                "Entwicklungsmodus gedacht. Wenn Sie sie trotzdem anlegen wollen, geben Sie --erzwingen an."
            )
        ergebnisse = []
        for datei in dateien or sorted(ORDNER.glob("*.yaml")):
            try:
                ergebnisse.append(lade(datei))
                lade_vorlagen(datei.parent / "vorlagen" / datei.name)
            except DateiFehler as fehler:
                raise CommandError(str(fehler)) from fehler
            self._melde(ergebnisse[-1])
        if zugaenge:
            self._lege_zugaenge_an(ergebnisse)
            self._schreibe_fest(ergebnisse)

    def _schreibe_fest(self, ergebnisse: list[Ergebnis]) -> None:
        """The invented example comes with a first Entwurf of what is being written, laid before the Integrationsrat,
        and with what was adopted before, for everybody to read. The PDFs are made when somebody looks at them."""
        neue = [k for ergebnis in ergebnisse for k in ergebnis.neu if ergebnis.kommune.slug == MIT_FASSUNGEN]
        for konzept in neue:
            leitung, mitglied = (
                Benutzer.objects.get(email=f"{rolle}@musterstadt.example") for rolle in (Rolle.LEITUNG, Rolle.GREMIUM)
            )
            if konzept.fortschreibungen.exists():
                beschluss = festschreiben(konzept, FassungArt.BESCHLUSS, "Wie im Rat beschlossen.", leitung)
                veroeffentliche(beschluss, leitung)
            else:
                entwurf = festschreiben(
                    konzept, FassungArt.ENTWURF, "Erster Entwurf, zur Beratung im Integrationsrat.", leitung
                )
                konzept.vorlagen.update(fassung=entwurf)
                lege_beratung_an(ORDNER / "beratung" / f"{MIT_FASSUNGEN}.yaml", entwurf, leitung, mitglied)

    def _melde(self, ergebnis: Ergebnis) -> None:
        for konzept in ergebnis.neu:
            halte_fest(Ereignis.KONZEPT_ANGELEGT, kommune=ergebnis.kommune, text=f"{konzept}, aus einer Beispieldatei")
            self.stdout.write(f"{ergebnis.kommune}: „{konzept}“ geladen")
        for konzept in ergebnis.vorhanden:
            self.stdout.write(f"{ergebnis.kommune}: „{konzept}“ schon vorhanden")

    @transaction.atomic
    def _lege_zugaenge_an(self, ergebnisse: list[Ergebnis]) -> None:
        """A role that somebody took away from an account later is not given back."""
        for email, rolle in ZUGAENGE.items():
            konto = Benutzer.objects.filter(email=email).first()
            betroffen = [e.kommune for e in ergebnisse if e.kommune_neu or not konto]
            konto = konto or Benutzer.objects.create_user(email, PASSWORT, name=f"Demo {rolle.label}")
            bestaetige_adresse(konto)
            for kommune in betroffen:
                akteur = kommune.akteure.filter(kurz=JUGENDAMT).first() if rolle == Rolle.MITWIRKUNG else None
                Mitgliedschaft.objects.create(benutzer=konto, kommune=kommune, rolle=rolle, akteur=akteur)
                text = f"{rollentext(rolle, akteur)}, Demo-Zugang"
                halte_zugang_fest(kommune, None, [Aenderung(Ereignis.ROLLE_GEGEBEN, konto, text)])
        if not Benutzer.objects.filter(email=ADMIN).exists():
            admin = Benutzer.objects.create_user(ADMIN, PASSWORT, name="Demo Admin")
            bestaetige_adresse(admin)
            admin.is_staff = admin.is_superuser = True
            halte_rechte_fest(admin, None, ", Demo-Zugang")
            admin.save()
        self.stdout.write(f"Zugänge (Kennwort für alle: {PASSWORT}):")
        for email, rolle in ZUGAENGE.items():
            self.stdout.write(f"  {email}  {rolle.label}")
        self.stdout.write(f"  {ADMIN}  alle Rechte, auch unter /admin/")
