"""The secrets of second factors that stand in clear are encrypted; back, they are decrypted."""

from django.db import migrations

from konzept.betrieb.geheimnisse import entschluessele, ist_verschluesselt, mit_geheimnissen, verschluessele


def _wende_an(apps, was):
    for faktor in apps.get_model("mfa", "Authenticator").objects.exclude(type="webauthn"):
        neu = mit_geheimnissen(faktor.data, was)
        if neu != faktor.data:
            faktor.data = neu
            faktor.save(update_fields=["data"])


def verschluessele_alle(apps, schema_editor):
    _wende_an(apps, lambda text: text if ist_verschluesselt(text) else verschluessele(text))


def entschluessele_alle(apps, schema_editor):
    _wende_an(apps, lambda text: entschluessele(text) if ist_verschluesselt(text) else text)


class Migration(migrations.Migration):
    dependencies = [
        ("konten", "0005_fassungsereignisse"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(verschluessele_alle, entschluessele_alle)]
