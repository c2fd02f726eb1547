"""Amounts are read from their wording each time; a position may belong to one view of the budget alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("massnahmen", "0006_zeitraum_neu_gelesen"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="foerderung",
            name="betrag",
        ),
        migrations.RemoveField(
            model_name="foerderung",
            name="turnus",
        ),
        migrations.RemoveField(
            model_name="kostenposition",
            name="betrag",
        ),
        migrations.RemoveField(
            model_name="kostenposition",
            name="turnus",
        ),
        migrations.AddField(
            model_name="kostenposition",
            name="haushalt",
            field=models.CharField(
                blank=True,
                choices=[("ergebnishaushalt", "Ergebnishaushalt"), ("finanzhaushalt", "Finanzhaushalt")],
                help_text="Nur wenn der Betrag allein im Ergebnis- oder allein im Finanzhaushalt steht.",
                max_length=20,
                verbose_name="Haushalt",
            ),
        ),
        migrations.AddConstraint(
            model_name="kostenposition",
            constraint=models.CheckConstraint(
                condition=models.Q(("haushalt__in", ["ergebnishaushalt", "finanzhaushalt", ""])),
                name="kostenposition_haushalt_gueltig",
            ),
        ),
    ]
