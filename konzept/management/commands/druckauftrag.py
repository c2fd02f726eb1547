"""`manage.py druckauftrag`: makes PDFs that a page asks for; the server starts it by itself."""

from django.core.management.base import BaseCommand, CommandError

from konzept.druckauftraege.laeufe import Auftrag, arten, fuehre_aus, lebenszeichen, platz


class Command(BaseCommand):
    help = "Makes PDFs that take long, such as those that a frozen version lacks (druckauftrag fassung NUMBER)."

    def add_arguments(self, parser):
        parser.add_argument("art", choices=arten(), help="what kind of print")
        parser.add_argument("angaben", nargs="*", help="which one, such as the primary key of a Fassung")
        parser.add_argument("--kennung", help="the name under which pages wait for it (ART-ANGABE)")

    def handle(self, *, art, angaben, kennung, **_):
        auftrag = Auftrag(kennung or "-".join([art, *angaben]), art, tuple(angaben))
        with lebenszeichen(auftrag.kennung), platz(auftrag.kennung):
            if not fuehre_aus(auftrag):
                raise CommandError(f"{art} {' '.join(angaben)}: nicht hergestellt, siehe oben.")
