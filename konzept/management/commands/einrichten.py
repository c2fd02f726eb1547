"""`manage.py einrichten`: the first Kommune and its Leitung, or one more Leitung for a Kommune that is there."""

import os
from getpass import getpass

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils.text import slugify

from konzept.betrieb.eigene_adresse import absolut
from konzept.heute import am
from konzept.konten.einladungspost import sende
from konzept.konten.models import Benutzer, Ereignis, Herkunft, Mitgliedschaft, Rolle
from konzept.konten.protokoll import halte_fest
from konzept.konten.vorgaenge import bestaetige_adresse, halte_rechte_fest, lade_ein
from konzept.konten.zugang import Zugangsaenderung, halte_zugang_fest
from konzept.models import Kommune

UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
ARTEN = {"Stadt": Kommune.Art.STADT, "Gemeinde": Kommune.Art.GEMEINDE, "Kreis": Kommune.Art.KREIS}
KENNWORT = "KONZEPTWERK_KENNWORT"
UEBER_KOMMANDOZEILE = "über die Kommandozeile"


class Command(BaseCommand):
    help = (
        "Prepares the database, then creates a Kommune and the account of its Leitung. Asks for what is not given. "
        "With the --slug of a Kommune that is there already, it only gives it a Leitung: the way back in."
    )

    def add_arguments(self, parser):
        parser.add_argument("--kommune", metavar="NAME", help="official name, such as „Stadt Rheine“")
        parser.add_argument("--kurzname", help="short name, such as „Rheine“")
        parser.add_argument("--art", choices=Kommune.Art.values)
        parser.add_argument("--ags", help="Amtlicher Gemeindeschlüssel; may be left out")
        parser.add_argument("--slug", metavar="ADRESSE", help="how the Kommune is called in addresses: „rheine“")
        parser.add_argument("--leitung-email", metavar="ADRESSE")
        parser.add_argument("--leitung-name", metavar="NAME")
        parser.add_argument(
            "--einladen",
            action="store_true",
            help=f"invite the Leitung by a link instead of setting a password (asked for, or taken from {KENNWORT})",
        )
        parser.add_argument("--superuser", action="store_true", help="the account also administers the installation")

    def handle(self, **optionen):
        try:
            self._richte_ein(optionen)
        except KeyboardInterrupt as abbruch:
            raise CommandError("Abgebrochen. Nichts wurde angelegt.") from abbruch

    def _richte_ein(self, optionen: dict) -> None:
        if optionen["einladen"] and optionen["superuser"]:
            raise CommandError("--superuser braucht ein Konto und geht deshalb nicht zusammen mit --einladen.")
        fehlende = MigrationExecutor(connection)
        if fehlende.migration_plan(fehlende.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        self.optionen = optionen
        kommune, konto = self._kommune(), self._konto()
        if optionen["einladen"]:
            self._lade_ein(kommune, konto)
        elif _sichere(kommune, konto, superuser=optionen["superuser"]):
            anmelden = absolut(reverse("account_login"))
            self.stdout.write(f"{konto.email} ist jetzt Leitung von {kommune}. Anmelden: {anmelden}")
        else:
            self.stdout.write(f"{konto.email} war schon Leitung von {kommune}.")

    # The Kommune

    def _kommune(self) -> Kommune:
        """The Kommune at --slug, or a new one that is checked and not yet saved."""
        slug = self.optionen["slug"]
        vorhandene = {kommune.slug: kommune for kommune in Kommune.objects.all()}
        if not slug and not self.optionen["kommune"] and vorhandene:
            liste = ", ".join(f"{slug} ({kommune})" for slug, kommune in vorhandene.items())
            self.stdout.write(f"Es gibt schon: {liste}. Eine davon bekommt eine Leitung, oder Sie legen eine neue an.")
            slug = self._frage("slug", "Adresse der Kommune", pruefe=Kommune._meta.get_field("slug").run_validators)
        if slug in vorhandene:
            return self._bekannte(vorhandene[slug])
        return self._neue(slug)

    def _bekannte(self, kommune: Kommune) -> Kommune:
        name = self.optionen["kommune"]
        if name and name != kommune.name:
            raise CommandError(
                f"Unter der Adresse {kommune.slug} gibt es schon: {kommune}. Lassen Sie --kommune weg, um ihr eine "
                "Leitung zu geben, oder wählen Sie für die neue Kommune eine andere Adresse (--slug)."
            )
        return kommune

    def _neue(self, slug: str | None) -> Kommune:
        name = self._feld("kommune", "Amtliche Bezeichnung, z. B. Stadt Rheine", "name")
        vorsilbe, _, rest = name.partition(" ")
        art = ARTEN.get(vorsilbe)
        kurzname = self._feld("kurzname", "Kurzer Name", "kurzname", vorschlag=rest if art else name)
        art = self._feld("art", f"Art ({', '.join(Kommune.Art.values)})", "art", vorschlag=art or Kommune.Art.SONSTIGE)
        ags = self._feld("ags", "Amtlicher Gemeindeschlüssel (darf leer bleiben)", "ags", freiwillig=True)
        vorschlag = slugify(kurzname.lower().translate(UMLAUTE))
        slug = slug or self._feld("slug", "Adresse der Kommune", "slug", vorschlag=vorschlag)
        kommune = Kommune(name=name, kurzname=kurzname, art=art, ags=ags or None, slug=slug)
        try:
            kommune.full_clean()
        except ValidationError as fehler:
            namen = {feld.name: feld.verbose_name for feld in Kommune._meta.fields}
            saetze = [f"{namen.get(feld, 'Kommune')}: {' '.join(s)}" for feld, s in fehler.message_dict.items()]
            raise CommandError("\n".join(saetze)) from fehler
        return kommune

    def _feld(self, option: str, frage: str, feld: str, **weitere) -> str:
        """The answer for a field of the Kommune, checked as the model checks it, apart from uniqueness."""
        pruefer = Kommune._meta.get_field(feld)
        return self._frage(option, frage, pruefe=lambda wert: pruefer.clean(wert, None), **weitere)

    # Its Leitung

    def _konto(self) -> Benutzer:
        """The account with this address, or a new one that is checked and not yet saved."""
        feld = Benutzer._meta.get_field("email")
        email = Benutzer.normalize_username(
            self._frage("leitung_email", "E-Mail-Adresse der Leitung", pruefe=lambda wert: feld.clean(wert, None))
        )
        if konto := Benutzer.objects.filter(email=email).first():
            if not konto.is_active:
                raise CommandError(f"Das Konto {email} ist gesperrt. Entsperren Sie es zuerst in /admin/.")
            return konto
        konto = Benutzer(email=email)
        feld = Benutzer._meta.get_field("name")
        konto.name = self._frage(
            "leitung_name", "Name der Leitung", pruefe=lambda wert: feld.clean(wert, None), freiwillig=True
        )
        if not self.optionen["einladen"]:
            konto.set_password(self._kennwort(konto))
        return konto

    def _kennwort(self, konto: Benutzer) -> str:
        if kennwort := os.environ.get(KENNWORT):
            try:
                validate_password(kennwort, konto)
            except ValidationError as fehler:
                raise CommandError(f"{KENNWORT}: {' '.join(fehler.messages)}") from fehler
            return kennwort
        while True:
            try:
                kennwort = getpass("Kennwort: ")
                validate_password(kennwort, konto)
                if getpass("Kennwort noch einmal: ") == kennwort:
                    return kennwort
                self.stderr.write("Die beiden Kennwörter sind verschieden.")
            except ValidationError as fehler:
                self.stderr.write("\n".join(fehler.messages))
            except EOFError as ende:
                raise CommandError(f"Es fehlt: {KENNWORT} oder --einladen. Nichts wurde angelegt.") from ende

    def _lade_ein(self, kommune: Kommune, konto: Benutzer) -> None:
        with transaction.atomic():
            _lege_an(kommune)
            einladung, schluessel = lade_ein(kommune, konto.email, Rolle.LEITUNG, name=konto.name)
            adresse = absolut(reverse("konten:einladung", args=[schluessel]))
            if settings.MAILSERVER:
                sende(einladung, adresse)
        bis = am(einladung.gueltig_bis)
        self.stdout.write(f"Einladung für {konto.email} als Leitung von {kommune}, gültig bis {bis}:")
        self.stdout.write(adresse)
        if settings.MAILSERVER:
            self.stdout.write("Der Link ist auch per E-Mail unterwegs, sobald `manage.py arbeite` läuft.")
        else:
            self.stdout.write("Eine E-Mail ging nicht hinaus. Geben Sie den Link selbst weiter.")

    # Asking

    def _frage(self, option: str, frage: str, *, pruefe, vorschlag: str = "", freiwillig: bool = False) -> str:
        """The value of an option, or an answer at the keyboard; asks again until `pruefe` accepts it.

        Where nobody is there to answer, the proposal counts.
        """
        name = f"--{option.replace('_', '-')}"
        if (wert := self.optionen[option]) is not None:
            try:
                pruefe(wert)
            except ValidationError as fehler:
                raise CommandError(f"{name}: {' '.join(fehler.messages)}") from fehler
            return wert
        while True:
            try:
                wert = input(f"{frage} [{vorschlag}]: " if vorschlag else f"{frage}: ").strip() or vorschlag
            except EOFError as ende:
                if not (vorschlag or freiwillig):
                    raise CommandError(f"Es fehlt: {name}. Nichts wurde angelegt.") from ende
                wert = vorschlag
            if not wert and freiwillig:
                return ""
            try:
                pruefe(wert)
            except ValidationError as fehler:
                self.stderr.write(" ".join(fehler.messages))
            else:
                return wert


@transaction.atomic
def _sichere(kommune: Kommune, konto: Benutzer, *, superuser: bool) -> bool:
    """Save what is new, and make the account Leitung; False where it was Leitung already."""
    _lege_an(kommune)
    if konto._state.adding:
        konto.save()
    if superuser:
        konto.is_staff = konto.is_superuser = True
        halte_rechte_fest(konto, None, f", {UEBER_KOMMANDOZEILE}")
        konto.save()
    bestaetige_adresse(konto)
    _, neu = Mitgliedschaft.objects.update_or_create(
        benutzer=konto, kommune=kommune, rolle=Rolle.LEITUNG, defaults={"herkunft": Herkunft.HAND}
    )
    if neu:
        text = f"{Rolle.LEITUNG.label}, {UEBER_KOMMANDOZEILE}"
        halte_zugang_fest(kommune, None, [Zugangsaenderung(Ereignis.ROLLE_GEGEBEN, konto, text)])
    return neu


def _lege_an(kommune: Kommune) -> None:
    """Save a Kommune that is new."""
    if kommune._state.adding:
        kommune.save()
        halte_fest(Ereignis.STAMMDATEN, kommune=kommune, text=f"Kommune angelegt, {UEBER_KOMMANDOZEILE}")
