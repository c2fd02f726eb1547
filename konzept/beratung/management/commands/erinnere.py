"""`manage.py erinnere`: the mails of the day about Runden; meant to run once a day."""

from django.core.management.base import BaseCommand

from konzept.beratung.tagespost import verschicke
from konzept.eigene_adresse import absolut


class Command(BaseCommand):
    help = "Reminds of Runden that end, tells of answers and of what a Runde brought: one mail a day and person."

    def handle(self, **optionen):
        verschickt, gescheitert = verschicke(absolut(""))
        self.stdout.write(f"{verschickt} E-Mails verschickt.")
        if gescheitert:
            self.stderr.write(f"{gescheitert} nahm der Mailserver nicht an. Ein neuer Aufruf versucht es noch einmal.")
