"""`manage.py drucken`: a concept as PDF, and as HTML that any browser can print."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from konzept.dokument import fehlzeichen, pdf, ressourcen
from konzept.dokument.html import druck_html
from konzept.dokument.zeilen import Zeilen
from konzept.dokument.zusammenstellung import stelle_mit_maengeln_zusammen
from konzept.druckauftraege.arbeitsstand import ausfertigung
from konzept.heute import heute
from konzept.models import Kommune, Konzept


class Command(BaseCommand):
    help = "Prints a concept as PDF (PDF/UA-1 and PDF/A-3a)."

    def add_arguments(self, parser):
        parser.add_argument("konzept", metavar="KOMMUNE[/KONZEPT]", help="slugs; without a concept, the newest one")
        parser.add_argument("datei", metavar="DATEI.pdf", type=Path)
        parser.add_argument("--html", metavar="DATEI.html", type=Path, help="also write the print as one HTML file")

    def handle(self, *, konzept, datei, html, **_):
        zeilen = Zeilen(self._konzept(*konzept.partition("/")[::2]))
        dokument, maengel = stelle_mit_maengeln_zusammen(zeilen)
        fehlend = fehlzeichen.fehlende_zeichen(dokument)
        try:
            wie = ausfertigung(heute())
            _schreibe(datei, pdf.drucke(dokument, ausfertigung=wie))
            if html:
                seite = ressourcen.eigenstaendig(druck_html(fehlzeichen.druckbar(dokument), ausfertigung=wie))
                _schreibe(html, seite.encode("utf-8"))
        except (pdf.DruckFehler, ressourcen.Verweigert) as fehler:
            raise CommandError(f"Der Druck ist nicht möglich: {fehler}") from fehler
        for mangel in maengel:
            self.stderr.write(str(mangel))
        if fehlend:
            self.stderr.write(f"Keine Schrift hat diese Zeichen; gedruckt ist dafür {fehlzeichen.ERSATZ}:")
            for zeichen in fehlend:
                self.stderr.write(f"  {zeichen}")

    def _konzept(self, kommune: str, konzept: str) -> Konzept:
        ort = Kommune.objects.filter(slug=kommune).first()
        if ort is None:
            raise CommandError(
                f"Eine Kommune „{kommune}“ gibt es nicht. Es gibt: {_liste(Kommune.objects.order_by('slug'))}."
            )
        konzepte = Konzept.objects.filter(kommune=ort).select_related("kommune").neuestes_zuerst()
        gewaehlt = konzepte.filter(slug=konzept).first() if konzept else konzepte.first()
        if gewaehlt is None:
            fehlt = f"kein Konzept „{konzept}“" if konzept else "noch kein Konzept"
            raise CommandError(f"Für {ort} gibt es {fehlt}. Es gibt: {_liste(konzepte)}.")
        return gewaehlt


def _liste(zeilen) -> str:
    return ", ".join(zeile.slug for zeile in zeilen) or "keine"


def _schreibe(datei: Path, inhalt: bytes) -> None:
    try:
        datei.write_bytes(inhalt)
    except OSError as fehler:
        raise CommandError(f"{datei} lässt sich nicht schreiben: {fehler.strerror}.") from fehler
