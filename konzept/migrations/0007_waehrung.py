"""The currency of a Kommune: in it alone its amounts are added."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("konzept", "0006_verbund"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="kommune",
            name="waehrung",
            field=models.CharField(
                choices=[("EUR", "Euro (€)"), ("CHF", "Schweizer Franken (CHF)")],
                default="EUR",
                help_text="In ihr wird gerechnet. Beträge in einer anderen Währung zählen in keiner Summe.",
                max_length=3,
                verbose_name="Währung",
            ),
        ),
        migrations.AddConstraint(
            model_name="kommune",
            constraint=models.CheckConstraint(
                condition=models.Q(("waehrung__in", ["EUR", "CHF"])), name="kommune_waehrung_gueltig"
            ),
        ),
    ]
