"""An Abschnitt stands below one of its own concept, a Leitlinie in one of its own: what does not, goes to the top."""

from django.db import migrations
from django.db.models import F

from konzept.verlauf.umstellung import berichtige


def loese_fremdes(apps, schema_editor):
    for label, feld, wohin in (
        ("konzept.abschnitt", "oberabschnitt", "Er steht jetzt ganz oben in der Gliederung."),
        ("konzept.leitlinie", "abschnitt", "Sie steht jetzt in keinem bestimmten Abschnitt."),
    ):
        fremd = apps.get_model(label)._base_manager.filter(**{f"{feld}__isnull": False})
        fremd = fremd.exclude(**{f"{feld}__konzept": F("konzept")}).values_list("pk", flat=True)
        grund = f"Beim Umstellen berichtigt: stand unter einem Abschnitt eines anderen Konzepts. {wohin}"
        berichtige(apps, label, {pk: {feld: None} for pk in fremd}, grund)


class Migration(migrations.Migration):
    dependencies = [
        ("konzept", "0004_bezeichnungen"),
        ("verlauf", "0002_grund_und_freigabe"),
    ]
    operations = [migrations.RunPython(loese_fremdes, migrations.RunPython.noop)]
