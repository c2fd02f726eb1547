"""A goal stands in the field of its Leitziel, and the matrix has cells of one concept only."""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery

from konzept.verlauf.umstellung import berichtige

ZIEL = "handlungsfelder.handlungsziel"
AUFGABE = "handlungsfelder.querschnittsaufgabe"


def folge_dem_leitziel(apps, schema_editor):
    woanders = apps.get_model(ZIEL)._base_manager.filter(leitziel__isnull=False)
    woanders = woanders.exclude(leitziel__handlungsfeld=F("handlungsfeld"))
    im_konzept = woanders.filter(leitziel__handlungsfeld__konzept=F("handlungsfeld__konzept"))
    felder = dict(im_konzept.values_list("pk", "leitziel__handlungsfeld"))
    fremd = woanders.exclude(pk__in=list(felder)).values_list("pk", flat=True)
    berichtige(
        apps,
        ZIEL,
        {pk: {"handlungsfeld": feld} for pk, feld in felder.items()},
        "Beim Umstellen berichtigt: stand in einem anderen Handlungsfeld als sein Leitziel und ist ihm gefolgt.",
    )
    berichtige(
        apps,
        ZIEL,
        {pk: {"leitziel": None} for pk in fremd},
        "Beim Umstellen berichtigt: gehörte zu einem Leitziel eines anderen Konzepts.",
    )


def fuelle_die_matrix(apps, schema_editor):
    bezuege = apps.get_model("handlungsfelder.querschnittsbezug")._base_manager
    fremd = list(bezuege.exclude(handlungsfeld__konzept=F("querschnittsaufgabe__konzept")))
    berichtige(
        apps,
        AUFGABE,
        {bezug.querschnittsaufgabe_id: {} for bezug in fremd},
        "Beim Umstellen berichtigt: betraf auch ein Handlungsfeld eines anderen Konzepts.",
        weg=fremd,
    )
    aufgabe = apps.get_model(AUFGABE)._base_manager.filter(pk=OuterRef("querschnittsaufgabe"))
    bezuege.update(konzept=Subquery(aufgabe.values("konzept")))


def berichtige_alles(apps, schema_editor):
    folge_dem_leitziel(apps, schema_editor)
    fuelle_die_matrix(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("handlungsfelder", "0005_querschnittsbezug_konzept")]
    operations = [migrations.RunPython(berichtige_alles, migrations.RunPython.noop)]
