"""The first and the last day of a measure follow its wording as it is read now.

The columns are written at a save alone, and the reader understands more than when the rows were saved. They are no
part of what a person wrote: version and history stay as they are.
"""

from django.db import migrations

JE = 500


def lies_alle(apps, schema_editor):
    massnahmen = apps.get_model("massnahmen.massnahme")._base_manager
    mit_zeit = massnahmen.exclude(zeitraum="").only("zeitraum", "beginn_am", "ende_am").order_by("pk")
    bis = 0
    while zeilen := list(mit_zeit.filter(pk__gt=bis)[:JE]):
        bis = zeilen[-1].pk
        andere = [zeile for zeile in zeilen if _lies(zeile)]
        massnahmen.bulk_update(andere, ["beginn_am", "ende_am"])


def _lies(zeile) -> bool:
    """Put the days of its wording into the row; whether they are others than before."""
    tage = zeile.zeitraum.erster_tag, zeile.zeitraum.letzter_tag
    anders = tage != (zeile.beginn_am, zeile.ende_am)
    zeile.beginn_am, zeile.ende_am = tage
    return anders


class Migration(migrations.Migration):
    dependencies = [
        ("massnahmen", "0005_verbund"),
    ]
    operations = [migrations.RunPython(lies_alle, migrations.RunPython.noop)]
