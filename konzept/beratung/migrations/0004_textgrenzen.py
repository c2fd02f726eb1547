from django.db import migrations, models


class Migration(migrations.Migration):
    """The bounds of the texts stand in konzept.grenzen. No column ever knew them, so nothing is done to the database;
    on SQLite that would make each table anew."""

    dependencies = [("beratung", "0003_beteiligtenwechsel")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("anmerkung", "text", models.TextField(verbose_name="Anmerkung")),
                migrations.AlterField(
                    "anmerkung", "vorschlag", models.TextField(blank=True, verbose_name="Vorschlag für den Wortlaut")
                ),
                migrations.AlterField("anmerkung", "zitat", models.TextField(blank=True, verbose_name="Zitat")),
                migrations.AlterField(
                    "stellungnahme",
                    "aenderung",
                    models.TextField(
                        blank=True,
                        help_text="Was sich im Konzept ändert, so wie es in der Abwägungstabelle stehen soll.",
                        verbose_name="Änderung im Konzept",
                    ),
                ),
                migrations.AlterField(
                    "stellungnahme", "begruendung", models.TextField(blank=True, verbose_name="Begründung")
                ),
            ]
        )
    ]
