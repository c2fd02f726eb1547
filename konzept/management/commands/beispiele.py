"""`manage.py beispiele`: the example municipalities, and demo accounts for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Max

from konzept.austausch.einlesen import DateiFehler, Leseergebnis, finde_kommune, lade, lies
from konzept.beratung.beispiele import lege_beratung_an
from konzept.fassungen.beschluesse import Beschlussangabe
from konzept.fassungen.models import FassungArt
from konzept.fassungen.vorgaenge import festschreiben, veroeffentliche
from konzept.konten.models import Benutzer, Ereignis, Mitgliedschaft, Rolle
from konzept.konten.protokoll import halte_fest
from konzept.konten.vorgaenge import bestaetige_adresse, halte_rechte_fest, rollentext
from konzept.konten.zugang import Zugangsaenderung, halte_zugang_fest
from konzept.models import Kommune, Konzept
from konzept.postausgang.models import Sendung
from konzept.vorlagen.beispiele import lade_vorlagen

ORDNER = settings.BASE_DIR / "fixtures"
PASSWORT = "konzeptwerk-demo"
ZUGAENGE = {f"{rolle}@musterstadt.example": rolle for rolle in Rolle}
JUGENDAMT = "51"
"""The Akteur for whom the account of the role Mitwirkung takes part, in every example that has it."""
ADMIN = "admin@musterstadt.example"
MIT_FASSUNGEN = "musterstadt"
RATSBESCHLUSS = Beschlussangabe(
    gremium="Rat der Stadt Musterstadt", datum=date(2020, 10, 28), drucksache="18 - 16 0412/2020"
)
"""By which the concept of 2021 was adopted, as its Vorlage of 2026 names it."""


@contextmanager
def _ohne_post() -> Iterator[None]:
    """The addresses of the demo accounts are invented: what is written to them meanwhile, nobody would read."""
    vorher = Sendung.objects.aggregate(letzte=Max("pk"))["letzte"] or 0
    yield
    Sendung.objects.filter(pk__gt=vorher, empfaenger__in=[*ZUGAENGE, ADMIN]).delete()


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
        dateien = dateien or sorted(ORDNER.glob("*.yaml"))
        if zugaenge:
            self._lege_konten_an(dateien)
        for datei in dateien:
            self._melde(self._lade(datei, zugaenge))
        if zugaenge:
            self._nenne_zugaenge()

    def _lade(self, datei: Path, zugaenge: bool) -> Leseergebnis:
        """An example with all that comes along, whole or not at all; a second call makes what is missing."""
        ergebnis = None
        try:
            with transaction.atomic(), _ohne_post():
                ergebnis = lade(datei)
                lade_vorlagen(datei.parent / "vorlagen" / datei.name)
                for konzept in ergebnis.neu:
                    text = f"{konzept}, aus einer Beispieldatei"
                    halte_fest(Ereignis.KONZEPT_ANGELEGT, kommune=ergebnis.kommune, text=text)
                if zugaenge and ergebnis.kommune_neu:
                    for konto in Benutzer.objects.filter(email__in=ZUGAENGE):
                        _gib_rolle(konto, ergebnis.kommune)
                if zugaenge and ergebnis.kommune.slug == MIT_FASSUNGEN:
                    self._schreibe_fest(ergebnis)
        except BaseException as fehler:
            if ergebnis and ergebnis.kommune_neu:
                ergebnis.kommune.wappen.delete(save=False)  # a file on disk is not rolled back
            if isinstance(fehler, DateiFehler):
                raise CommandError(str(fehler)) from fehler
            raise
        return ergebnis

    def _schreibe_fest(self, ergebnis: Leseergebnis) -> None:
        """Whatever was never frozen: a Fassung cannot be deleted, so that without one this step is still to come."""
        for konzept in (*ergebnis.neu, *ergebnis.vorhanden):
            if konzept.fassungen.exists():
                continue
            try:
                with transaction.atomic():
                    _lege_fassung_an(konzept)
            except DateiFehler:
                if konzept in ergebnis.neu:
                    raise
                self.stdout.write(f"„{konzept}“ ist inzwischen geändert: Die Runde aus dem Beispiel passt nicht mehr.")

    def _melde(self, ergebnis: Leseergebnis) -> None:
        for konzept in ergebnis.neu:
            self.stdout.write(f"{ergebnis.kommune}: „{konzept}“ geladen")
        for konzept in ergebnis.vorhanden:
            self.stdout.write(f"{ergebnis.kommune}: „{konzept}“ schon vorhanden")

    @transaction.atomic
    @_ohne_post()
    def _lege_konten_an(self, dateien: list[Path]) -> None:
        """The accounts that are missing, with their role in the examples that are there already. A role that somebody
        took away from an account later is not given back."""
        try:
            kommunen = list(filter(None, (finde_kommune(lies(datei)) for datei in dateien)))
        except DateiFehler as fehler:
            raise CommandError(str(fehler)) from fehler
        for email, rolle in ZUGAENGE.items():
            konto = Benutzer.objects.filter(email=email).first()
            betroffen = [] if konto else kommunen
            konto = konto or Benutzer.objects.create_user(email, PASSWORT, name=f"Demo {rolle.label}")
            bestaetige_adresse(konto)
            for kommune in betroffen:
                _gib_rolle(konto, kommune)
        if not Benutzer.objects.filter(email=ADMIN).exists():
            admin = Benutzer.objects.create_user(ADMIN, PASSWORT, name="Demo Admin")
            bestaetige_adresse(admin)
            admin.is_staff = admin.is_superuser = True
            halte_rechte_fest(admin, None, ", Demo-Zugang")
            admin.save()

    def _nenne_zugaenge(self) -> None:
        self.stdout.write(f"Zugänge (Kennwort für alle: {PASSWORT}):")
        for email, rolle in ZUGAENGE.items():
            self.stdout.write(f"  {email}  {rolle.label}")
        self.stdout.write(f"  {ADMIN}  alle Rechte, auch unter /admin/")


def _gib_rolle(konto: Benutzer, kommune: Kommune) -> None:
    rolle = ZUGAENGE[konto.email]
    akteur = kommune.akteure.filter(kurz=JUGENDAMT).first() if rolle == Rolle.MITWIRKUNG else None
    Mitgliedschaft.objects.create(benutzer=konto, kommune=kommune, rolle=rolle, akteur=akteur)
    text = f"{rollentext(rolle, akteur)}, Demo-Zugang"
    halte_zugang_fest(kommune, None, [Zugangsaenderung(Ereignis.ROLLE_GEGEBEN, konto, text)])


def _lege_fassung_an(konzept: Konzept) -> None:
    """The invented example comes with a first Entwurf of what is being written, laid before the Integrationsrat, and
    with what was adopted before, for everybody to read. The PDFs are made when somebody looks at them."""
    leitung, mitglied = (
        Benutzer.objects.get(email=f"{rolle}@musterstadt.example") for rolle in (Rolle.LEITUNG, Rolle.GREMIUM)
    )
    if konzept.fortschreibungen.exists():
        wie = "Wie im Rat beschlossen."
        beschluss = festschreiben(
            konzept=konzept, art=FassungArt.BESCHLUSS, notiz=wie, konto=leitung, beschluss=RATSBESCHLUSS
        )
        veroeffentliche(fassung=beschluss, konto=leitung)
    else:
        notiz = "Erster Entwurf, zur Beratung im Integrationsrat."
        entwurf = festschreiben(konzept=konzept, art=FassungArt.ENTWURF, notiz=notiz, konto=leitung)
        konzept.vorlagen.update(fassung=entwurf)
        lege_beratung_an(ORDNER / "beratung" / f"{MIT_FASSUNGEN}.yaml", entwurf, leitung, mitglied)
