import django.db.models.deletion
import konzept.models.verbund
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("handlungsfelder", "0006_berichtige_felder")]
    operations = [
        migrations.AlterField(
            model_name="querschnittsbezug",
            name="konzept",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="konzept.konzept",
                verbose_name="Konzept",
            ),
        ),
        migrations.AddConstraint(
            model_name='handlungsfeld',
            constraint=models.UniqueConstraint(fields=('konzept', 'id'), name='handlungsfeld_mit_konzept'),
        ),
        migrations.AddConstraint(
            model_name='handlungsziel',
            constraint=models.UniqueConstraint(fields=('handlungsfeld', 'id'), name='handlungsziel_mit_feld'),
        ),
        migrations.AddConstraint(
            model_name='leitziel',
            constraint=models.UniqueConstraint(fields=('handlungsfeld', 'id'), name='leitziel_mit_feld'),
        ),
        migrations.AddConstraint(
            model_name='querschnittsaufgabe',
            constraint=models.UniqueConstraint(fields=('konzept', 'id'), name='querschnittsaufgabe_mit_konzept'),
        ),
        migrations.AddConstraint(
            model_name='handlungsziel',
            constraint=konzept.models.verbund.Verbund(gemeinsam='handlungsfeld', name='handlungsziel_im_feld_des_leitziels', verweis='leitziel', violation_error_message='Dieses Leitziel gehört zu einem anderen Handlungsfeld.'),
        ),
        migrations.AddConstraint(
            model_name='querschnittsbezug',
            constraint=konzept.models.verbund.Verbund(gemeinsam='konzept', name='querschnittsbezug_im_konzept', verweis='querschnittsaufgabe'),
        ),
        migrations.AddConstraint(
            model_name='querschnittsbezug',
            constraint=konzept.models.verbund.Verbund(gemeinsam='konzept', name='querschnittsbezug_zum_eigenen_feld', verweis='handlungsfeld'),
        ),
    ]
