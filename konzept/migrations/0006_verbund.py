from django.db import migrations, models

import konzept.models.verbund


class Migration(migrations.Migration):
    dependencies = [("konzept", "0005_berichtige_gliederung")]
    operations = [
        migrations.AddConstraint(
            model_name="abschnitt",
            constraint=models.UniqueConstraint(fields=("konzept", "id"), name="abschnitt_mit_konzept"),
        ),
        migrations.AddConstraint(
            model_name="abschnitt",
            constraint=konzept.models.verbund.Verbund(
                gemeinsam="konzept",
                name="abschnitt_unter_eigenem",
                verweis="oberabschnitt",
                violation_error_message="Dieser Abschnitt gehört zu einem anderen Konzept.",
            ),
        ),
        migrations.AddConstraint(
            model_name="leitlinie",
            constraint=konzept.models.verbund.Verbund(
                gemeinsam="konzept",
                name="leitlinie_in_eigenem_abschnitt",
                verweis="abschnitt",
                violation_error_message="Dieser Abschnitt gehört zu einem anderen Konzept.",
            ),
        ),
    ]
