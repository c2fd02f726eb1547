"""Django's `manage.py createsuperuser`, which leaves an entry in the log of every Kommune and tells its Leitungen."""

from django.contrib.auth.management.commands import createsuperuser
from django.db import transaction

from konzept.konten.models import Benutzer, Ereignis
from konzept.konten.zugang import Zugangsaenderung, halte_konto_fest


class Command(createsuperuser.Command):
    @transaction.atomic
    def handle(self, *args, **optionen):
        vorher = set(Benutzer.objects.filter(is_superuser=True).values_list("pk", flat=True))
        super().handle(*args, **optionen)
        for konto in Benutzer.objects.filter(is_superuser=True).exclude(pk__in=vorher):
            text = "gegeben: liest und verwaltet alles, über die Kommandozeile"
            halte_konto_fest(None, Zugangsaenderung(Ereignis.INSTALLATION, konto, text), ueberall=True)
