"""Akteure such as "N.N." and "alle Ämter" stand for nobody in particular; brackets hold a Kürzel together."""

from django.db import migrations, models

import massnahmen.models.akteur
from konzept.verlauf.umstellung import berichtige
from massnahmen.platzhalter import ist_platzhalter

AKTEUR = "massnahmen.akteur"


def kennzeichne(apps, schema_editor):
    namen = apps.get_model(AKTEUR)._base_manager.values_list("pk", "kurz")
    berichtige(
        apps,
        AKTEUR,
        {pk: {"art": "unbestimmt"} for pk, kurz in namen if ist_platzhalter(kurz)},
        "Beim Umstellen gekennzeichnet: steht für niemand Bestimmtes und zählt nicht mehr als zuständig.",
    )


def nimm_zurueck(apps, schema_editor):
    apps.get_model(AKTEUR)._base_manager.filter(art="unbestimmt").update(art="sonstige")


class Migration(migrations.Migration):
    dependencies = [
        ("massnahmen", "0007_haushalt"),
        ("verlauf", "0002_grund_und_freigabe"),
    ]
    operations = [
        migrations.RemoveConstraint(model_name="akteur", name="akteur_art_gueltig"),
        migrations.AlterField(
            model_name="akteur",
            name="art",
            field=models.CharField(
                choices=[
                    ("amt", "Amt oder Stelle der Verwaltung"),
                    ("traeger", "Träger"),
                    ("verein", "Verein oder Initiative"),
                    ("netzwerk", "Netzwerk oder Gremium"),
                    ("behoerde", "Andere Behörde"),
                    ("sonstige", "Sonstige"),
                    ("unbestimmt", "noch niemand Bestimmtes (N.N., alle Ämter)"),
                ],
                default="sonstige",
                max_length=20,
                verbose_name="Art",
            ),
        ),
        migrations.AlterField(
            model_name="akteur",
            name="kurz",
            field=models.CharField(
                help_text="z. B. 51 oder Ehrenamtsbörse",
                max_length=80,
                validators=[massnahmen.models.akteur.pruefe_kuerzel],
                verbose_name="Kürzel",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, nimm_zurueck),
        migrations.AddConstraint(
            model_name="akteur",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("art__in", ["amt", "traeger", "verein", "netzwerk", "behoerde", "sonstige", "unbestimmt"])
                ),
                name="akteur_art_gueltig",
            ),
        ),
        migrations.RunPython(kennzeichne, migrations.RunPython.noop),
    ]
