"""A number by which somebody may have quoted a measure stays with it.

Measures were counted as the table shows them, so that a new Umsetzungsstand gave others their numbers; now they are
counted by their place (see `massnahmen.gliederung`). Where that gives another number, in a concept that was frozen, the
old one becomes the one that is shown. Both ways to count are written out here: what is changed in them later is no
matter of this migration.
"""

from collections import defaultdict

from django.db import migrations

from konzept.verlauf.umstellung import berichtige

GRUND = (
    "Beim Umstellen festgehalten: Nummern hängen nicht mehr vom Umsetzungsstand ab. Diese Maßnahme behält die, mit der "
    "sie in Fassungen steht."
)
GESTRICHEN = {"erledigt", "entfallen"}
GRUPPE = {"laufend": 0, "umgesetzt": 0, "geplant": 1, "idee": 2, "": 3, "zurueckgestellt": 4, "entfallen": 4}


def halte_fest(apps, schema_editor):
    konzepte = apps.get_model("konzept.konzept")._base_manager.filter(fassungen__isnull=False)
    fest = {}
    for konzept in konzepte.distinct():
        fest |= _Zaehlung(apps, konzept).festzuhalten()
    berichtige(apps, "massnahmen.massnahme", {pk: {"nummer": nummer} for pk, nummer in fest.items()}, GRUND)


class _Zaehlung:
    """Counts the measures of one concept, without what is struck; six queries."""

    def __init__(self, apps, konzept):
        def zeilen(label, **wo):
            alle = apps.get_model(label)._base_manager.filter(**wo).order_by("reihenfolge", "pk")
            return [z for z in alle if getattr(z, "fortschreibung", "") not in GESTRICHEN]

        self.nach_ziel = konzept.tabellenabschnitte == "ziel"
        self.felder = zeilen("handlungsfelder.handlungsfeld", konzept=konzept)
        self.vorsilbe = _feldnummern(zeilen("konzept.abschnitt", konzept=konzept), self.felder)
        im_feld = {"handlungsfeld__in": self.felder}
        self.leitziele = _da(zeilen("handlungsfelder.leitziel", **im_feld))
        self.handlungsziele = _da(zeilen("handlungsfelder.handlungsziel", **im_feld), leitziel_id=self.leitziele)
        ziele = {"leitziel_id": self.leitziele, "handlungsziel_id": self.handlungsziele}
        self.massnahmen = _da(zeilen("massnahmen.massnahme", **im_feld), **ziele)

    def festzuhalten(self) -> dict[int, str]:
        """{pk: the old number} of the measures that would otherwise get another one."""
        bisher = {}
        for feld in self.felder:
            for i, m in enumerate(self._wie_in_der_tabelle(feld), start=1):
                bisher[m.pk] = m.nummer or str(i)
        fest = {}
        while anders := [pk for pk, nummer in self._kuenftig(fest).items() if nummer != bisher[pk]]:
            fest |= {pk: bisher[pk] for pk in anders}  # which may be in the way of others
        return fest

    def _wie_in_der_tabelle(self, feld) -> list:
        massnahmen, ziele = self._in_zielordnung(feld)
        if not self.nach_ziel:
            return sorted(massnahmen, key=lambda m: GRUPPE.get(m.umsetzungsstand, GRUPPE[""]))
        gruppen = defaultdict(list)
        for m in massnahmen:
            gruppen[ziele.get(_ziel(m), "")].append(m)
        return [m for gruppe in gruppen.values() for m in gruppe]

    def _in_zielordnung(self, feld) -> tuple[list, dict]:
        """The measures of a field, and the names of its goals in their order."""
        namen, eigene = {}, [z for z in self.leitziele.values() if z.handlungsfeld_id == feld.pk]
        for i, leitziel in enumerate([*eigene, None], start=1):
            vorsilbe = ""
            if leitziel:
                nummer = leitziel.nummer or str(i)
                namen["leitziel", leitziel.pk] = f"Leitziel {nummer}"
                vorsilbe = _zum_weiterzaehlen(nummer)
            unter = (z for z in self.handlungsziele.values() if z.handlungsfeld_id == feld.pk)
            for j, ziel in enumerate([z for z in unter if z.leitziel_id == (leitziel and leitziel.pk)], start=1):
                namen["handlungsziel", ziel.pk] = f"Handlungsziel {ziel.nummer or _dezimal(vorsilbe, j)}"
        platz = {ziel: i for i, ziel in enumerate(namen)}
        hier = [m for m in self.massnahmen.values() if m.handlungsfeld_id == feld.pk]
        return sorted(hier, key=lambda m: platz.get(_ziel(m), len(platz))), namen

    def _kuenftig(self, fest: dict[int, str]) -> dict[int, str]:
        zusammen, nummern = defaultdict(list), {}
        for feld in self.felder:
            zusammen[self.vorsilbe[feld.pk]] += self._in_zielordnung(feld)[0]
        for massnahmen in zusammen.values():
            gezeigt, zuletzt = {m.pk: fest.get(m.pk, m.nummer) for m in massnahmen}, 0
            vergeben = set(gezeigt.values())
            for i, m in enumerate(massnahmen, start=1):
                if not gezeigt[m.pk]:
                    zuletzt = max(i, zuletzt + 1)
                    while str(zuletzt) in vergeben:
                        zuletzt += 1
                nummern[m.pk] = gezeigt[m.pk] or str(zuletzt)
        return nummern


def _da(zeilen: list, **bezuege: dict) -> dict[int, object]:
    """By pk those whose goal is none that is struck."""
    return {z.pk: z for z in zeilen if all(getattr(z, b) is None or getattr(z, b) in da for b, da in bezuege.items())}


def _ziel(massnahme) -> tuple[str, int] | None:
    if massnahme.handlungsziel_id:
        return "handlungsziel", massnahme.handlungsziel_id
    return ("leitziel", massnahme.leitziel_id) if massnahme.leitziel_id else None


def _feldnummern(abschnitte: list, felder: list) -> dict[int, str]:
    """The numbers of the fields (pk), as they stand before that of a measure."""
    nummern = {}

    def zaehle(zeilen, vorsilbe):
        stand = defaultdict(int)
        for zeile in zeilen:
            stand[zeile.zaehlung] += 1
            nummer = zeile.nummer or _nummer(zeile.zaehlung, stand[zeile.zaehlung], vorsilbe)
            nummern[zeile._meta.model_name, zeile.pk] = nummer

    def steige(oben, vorsilbe):
        kinder = [a for a in abschnitte if a.oberabschnitt_id == (oben and oben.pk)]
        zaehle([*(felder if oben and oben.inhalt == "handlungsfelder" else ()), *kinder], vorsilbe)
        for kind in kinder:
            steige(kind, _zum_weiterzaehlen(nummern["abschnitt", kind.pk]))

    zaehle(felder, "")
    steige(None, "")
    return {feld.pk: nummern["handlungsfeld", feld.pk].rstrip(".") for feld in felder}


def _nummer(zaehlung: str, position: int, vorsilbe: str) -> str:
    match zaehlung:
        case "dezimal":
            return _dezimal(vorsilbe, position)
        case "teil":
            return f"Teil {_buchstabe(position).upper()}"
        case "buchstabe":
            return _buchstabe(position)
    return ""


def _dezimal(vorsilbe: str, position: int) -> str:
    return f"{vorsilbe}.{position}" if vorsilbe else str(position)


def _buchstabe(position: int) -> str:
    zeichen = ""
    while position:
        position, rest = divmod(position - 1, 26)
        zeichen = chr(ord("a") + rest) + zeichen
    return zeichen


def _zum_weiterzaehlen(nummer: str) -> str:
    kern = nummer.rstrip(".")
    return kern if kern[:1].isdigit() else ""


class Migration(migrations.Migration):
    dependencies = [
        ("massnahmen", "0008_akteur_unbestimmt"),
        ("handlungsfelder", "0007_verbund"),
        ("konzept", "0007_waehrung"),
        ("verlauf", "0002_grund_und_freigabe"),
        ("fassungen", "0001_anfang"),
    ]
    operations = [migrations.RunPython(halte_fest, migrations.RunPython.noop)]
