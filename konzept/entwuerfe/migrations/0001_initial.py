"""The table was made by konten.0004 and stays as it is."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('konten', '0008_entwuerfe'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Zwischenstand',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('adresse', models.CharField(max_length=500, verbose_name='Adresse')),
                        ('daten', models.TextField(verbose_name='Eingaben')),
                        ('zeitpunkt', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Zeitpunkt')),
                        ('benutzer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='zwischenstaende', to=settings.AUTH_USER_MODEL, verbose_name='Benutzerkonto')),
                    ],
                    options={
                        'verbose_name': 'Zwischenstand',
                        'verbose_name_plural': 'Zwischenstände',
                        'db_table': 'konten_zwischenstand',
                        'constraints': [models.UniqueConstraint(fields=('benutzer', 'adresse'), name='zwischenstand_je_formular')],
                    },
                ),
            ],
        ),
    ]
