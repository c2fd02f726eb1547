import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("handlungsfelder", "0004_bezeichnungen"),
        ("konzept", "0006_verbund"),
    ]
    operations = [
        migrations.AddField(
            model_name="querschnittsbezug",
            name="konzept",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="konzept.konzept",
                verbose_name="Konzept",
            ),
        ),
    ]
