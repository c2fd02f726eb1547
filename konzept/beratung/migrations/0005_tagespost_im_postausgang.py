"""That somebody got the mail of a day is known by the mail itself, once it is a row of the outbox. Those that went out
before stay known, so that nobody gets a second one on the day of the change."""

from datetime import date, datetime, time

from django.db import migrations
from django.utils import timezone


def _schluessel(tag: date, adresse: str) -> str:
    return f"tagespost {tag.isoformat()} {adresse}"


def uebernimm(apps, schema_editor):
    Tagespost, Sendung = apps.get_model("beratung", "Tagespost"), apps.get_model("postausgang", "Sendung")
    for posten in Tagespost.objects.select_related("benutzer"):
        am = timezone.make_aware(datetime.combine(posten.tag, time(12)))
        Sendung.objects.create(
            anlass="tagespost",
            empfaenger=posten.benutzer.email,
            schluessel=_schluessel(posten.tag, posten.benutzer.email),
            status="fertig",
            angelegt_am=am,
            beendet_am=am,
        )


def gib_zurueck(apps, schema_editor):
    Tagespost, Sendung = apps.get_model("beratung", "Tagespost"), apps.get_model("postausgang", "Sendung")
    Benutzer = apps.get_model("konten", "Benutzer")
    konten = dict(Benutzer.objects.values_list("email", "pk"))
    for schluessel in Sendung.objects.filter(anlass="tagespost").values_list("schluessel", flat=True):
        _, tag, adresse = schluessel.split(" ", 2)
        if adresse in konten:
            Tagespost.objects.create(benutzer_id=konten[adresse], tag=date.fromisoformat(tag))


class Migration(migrations.Migration):
    dependencies = [
        ("beratung", "0004_textgrenzen"),
        ("postausgang", "0001_anfang"),
        ("konten", "0008_entwuerfe"),
    ]

    operations = [
        migrations.RunPython(uebernimm, gib_zurueck),
        migrations.DeleteModel("Tagespost"),
    ]
