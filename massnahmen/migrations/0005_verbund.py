import konzept.models.verbund
import massnahmen.models.indikator
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('handlungsfelder', '0007_verbund'),
        ('konzept', '0006_verbund'),
        ('massnahmen', '0004_berichtige_felder'),
    ]

    operations = [
        migrations.AlterField(
            model_name="indikator",
            name="handlungsfeld",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=massnahmen.models.indikator.mit_dem_feld,
                related_name="indikatoren",
                to="handlungsfelder.handlungsfeld",
                verbose_name="Handlungsfeld",
            ),
        ),
        migrations.AddConstraint(
            model_name='massnahme',
            constraint=models.UniqueConstraint(fields=('handlungsfeld', 'id'), name='massnahme_mit_feld'),
        ),
        migrations.AddConstraint(
            model_name='massnahme',
            constraint=konzept.models.verbund.Verbund(gemeinsam='handlungsfeld', name='massnahme_im_feld_des_leitziels', verweis='leitziel', violation_error_message='Dieses Leitziel gehört zu einem anderen Handlungsfeld.'),
        ),
        migrations.AddConstraint(
            model_name='massnahme',
            constraint=konzept.models.verbund.Verbund(gemeinsam='handlungsfeld', name='massnahme_im_feld_des_handlungsziels', verweis='handlungsziel', violation_error_message='Dieses Handlungsziel gehört zu einem anderen Handlungsfeld.'),
        ),
        migrations.AddConstraint(
            model_name='angebot',
            constraint=konzept.models.verbund.Verbund(gemeinsam='konzept', name='angebot_zum_eigenen_feld', verweis='handlungsfeld', violation_error_message='Dieses Handlungsfeld gehört zu einem anderen Konzept.'),
        ),
        migrations.AddConstraint(
            model_name='indikator',
            constraint=models.CheckConstraint(condition=models.Q(('art', 'kontext'), ('handlungsfeld__isnull', False), _connector='OR'), name='indikator_wirkt_in_einem_feld'),
        ),
        migrations.AddConstraint(
            model_name='indikator',
            constraint=konzept.models.verbund.Verbund(gemeinsam='konzept', name='indikator_zum_eigenen_feld', verweis='handlungsfeld', violation_error_message='Dieses Handlungsfeld gehört zu einem anderen Konzept.'),
        ),
        migrations.AddConstraint(
            model_name='indikator',
            constraint=konzept.models.verbund.Verbund(gemeinsam='handlungsfeld', name='indikator_im_feld_von_leitziel', verweis='leitziel', violation_error_message='Der Indikator und sein Bezug gehören zu verschiedenen Handlungsfeldern.'),
        ),
        migrations.AddConstraint(
            model_name='indikator',
            constraint=konzept.models.verbund.Verbund(gemeinsam='handlungsfeld', name='indikator_im_feld_von_handlungsziel', verweis='handlungsziel', violation_error_message='Der Indikator und sein Bezug gehören zu verschiedenen Handlungsfeldern.'),
        ),
        migrations.AddConstraint(
            model_name='indikator',
            constraint=konzept.models.verbund.Verbund(gemeinsam='handlungsfeld', name='indikator_im_feld_von_massnahme', verweis='massnahme', violation_error_message='Der Indikator und sein Bezug gehören zu verschiedenen Handlungsfeldern.'),
        ),
    ]
