"""Drafts have an app of their own. Their table stays as it is, under its name."""

from django.db import migrations


def gib_ab(apps, schema_editor):
    _benenne_um(apps, schema_editor, "konten", "entwuerfe")


def nimm_zurueck(apps, schema_editor):
    _benenne_um(apps, schema_editor, "entwuerfe", "konten")


def _benenne_um(apps, schema_editor, von, nach):
    """What the model is called for permissions; on a new database nothing is called anything yet."""
    arten = apps.get_model("contenttypes", "ContentType").objects.using(schema_editor.connection.alias)
    if not arten.filter(app_label=nach, model="zwischenstand").exists():
        arten.filter(app_label=von, model="zwischenstand").update(app_label=nach)


class Migration(migrations.Migration):

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("konten", "0007_zugang"),
    ]

    operations = [
        migrations.RunPython(gib_ab, nimm_zurueck),
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("Zwischenstand")]),
    ]
