"""Measures stand in the field of their goal, indicators in that of what they measure, offers in their own concept."""

from django.db import migrations
from django.db.models import F

from konzept.verlauf.umstellung import berichtige

MASSNAHME, INDIKATOR, ANGEBOT = "massnahmen.massnahme", "massnahmen.indikator", "massnahmen.angebot"


def folge_den_zielen(apps, schema_editor):
    for ziel in ("leitziel", "handlungsziel"):
        woanders = apps.get_model(MASSNAHME)._base_manager.filter(**{f"{ziel}__isnull": False})
        woanders = woanders.exclude(**{f"{ziel}__handlungsfeld": F("handlungsfeld")})
        im_konzept = woanders.filter(**{f"{ziel}__handlungsfeld__konzept": F("handlungsfeld__konzept")})
        felder = dict(im_konzept.values_list("pk", f"{ziel}__handlungsfeld"))
        fremd = woanders.exclude(pk__in=list(felder)).values_list("pk", flat=True)
        berichtige(
            apps,
            MASSNAHME,
            {pk: {"handlungsfeld": feld} for pk, feld in felder.items()},
            "Beim Umstellen berichtigt: stand in einem anderen Handlungsfeld als ihr Ziel und ist ihm gefolgt.",
        )
        berichtige(
            apps,
            MASSNAHME,
            {pk: {ziel: None} for pk in fremd},
            "Beim Umstellen berichtigt: gehörte zu einem Ziel eines anderen Konzepts.",
        )


def loese_fremde_felder(apps, schema_editor):
    for label in (ANGEBOT, INDIKATOR):
        fremd = apps.get_model(label)._base_manager.filter(handlungsfeld__isnull=False)
        if label == INDIKATOR:  # the field of the others follows from what they measure
            fremd = fremd.filter(art="kontext")
        fremd = fremd.exclude(handlungsfeld__konzept=F("konzept")).values_list("pk", flat=True)
        berichtige(
            apps,
            label,
            {pk: {"handlungsfeld": None} for pk in fremd},
            "Beim Umstellen berichtigt: nannte ein Handlungsfeld eines anderen Konzepts.",
        )


def stelle_indikatoren_ins_feld(apps, schema_editor):
    """The column is filled for every indicator of a goal or measure; only a change of concept is a mend."""
    indikatoren = apps.get_model(INDIKATOR)._base_manager
    for bezug in ("leitziel", "handlungsziel", "massnahme"):
        haengt = indikatoren.filter(**{f"{bezug}__isnull": False})
        fremd = haengt.exclude(**{f"{bezug}__handlungsfeld__konzept": F("konzept")})
        orte = fremd.values_list("pk", f"{bezug}__handlungsfeld", f"{bezug}__handlungsfeld__konzept")
        berichtige(
            apps,
            INDIKATOR,
            {pk: {"handlungsfeld": feld, "konzept": konzept} for pk, feld, konzept in orte},
            "Beim Umstellen berichtigt: stand in einem anderen Konzept als das, was er misst.",
        )
        for pk, feld in haengt.values_list("pk", f"{bezug}__handlungsfeld"):
            indikatoren.filter(pk=pk).update(handlungsfeld=feld)


def berichtige_alles(apps, schema_editor):
    folge_den_zielen(apps, schema_editor)
    loese_fremde_felder(apps, schema_editor)
    stelle_indikatoren_ins_feld(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("massnahmen", "0003_bezeichnungen"),
        ("handlungsfelder", "0006_berichtige_felder"),
        ("verlauf", "0002_grund_und_freigabe"),
    ]
    operations = [migrations.RunPython(berichtige_alles, migrations.RunPython.noop)]
