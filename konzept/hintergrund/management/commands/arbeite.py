"""`manage.py arbeite`: does what waits in the background, until it is told to stop."""

from django.core.management.base import BaseCommand, CommandError

from konzept.hintergrund.arbeiter import Arbeiter


class Command(BaseCommand):
    help = (
        "Does what waits in the background: prints, mails, and what comes back every day. Runs until SIGTERM or "
        "SIGINT; then it ends what is under way, for a minute at most. Any number may run, on one machine or several."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--plaetze",
            type=int,
            default=2,
            help="how many prints are typeset at once; each may take several hundred megabytes (default: 2)",
        )

    def handle(self, *, plaetze, **_):
        if plaetze < 1:
            raise CommandError("--plaetze must be 1 or more.")
        Arbeiter({"druck": plaetze}).laufe()
