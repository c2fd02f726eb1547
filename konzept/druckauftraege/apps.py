from dataclasses import replace

from django.apps import AppConfig
from django.db.models.signals import post_save


class DruckauftraegeConfig(AppConfig):
    name = "konzept.druckauftraege"
    label = "druckauftraege"
    verbose_name = "Druckaufträge"

    def ready(self):
        from konzept.hintergrund.arten import Art
        from konzept.hintergrund.arten import melde_an as melde_art_an
        from konzept.konten import aufraeumen, daten
        from konzept.konten.models import Protokolleintrag
        from konzept.verlauf import aufzeichnung

        from . import aufnahme, vormerken
        from .aufraeumen import loesche_alte, loesche_stuecke
        from .auftraege import ART, ART_VORAB, VERSUCHE, VORMERKUNG
        from .daten import ANHANG

        daten.melde_an(ANHANG)
        aufraeumen.melde_an("alte Druckaufträge", loesche_alte)
        aufraeumen.melde_an("alte Satzstücke", loesche_stuecke)
        aufnahme.melde_an("konzept", "konzept.druckauftraege.arbeitsstand.Arbeitsstand")
        druck = Art(
            name=ART,
            modell="druckauftraege.Druckauftrag",
            nur="gewuenschte",
            fuehre_aus="konzept.druckauftraege.ausfuehren.fuehre_aus",
            plaetze=2,
            dauer=15 * 60,
            speicher=2_500_000_000,
            versuche=VERSUCHE,
            bereite_vor="konzept.druckauftraege.aufnahme.bereite_vor",
        )
        melde_art_an(druck)
        melde_art_an(
            Art(
                name=VORMERKUNG,
                modell="druckauftraege.Vormerkung",
                fuehre_aus="konzept.druckauftraege.vorab.fuehre_aus",
                speicher=druck.speicher,
                versuche=None,
                leise=True,
            )
        )
        melde_art_an(replace(druck, name=ART_VORAB, nur="vorab", plaetze=1, leise=True))
        aufzeichnung.geschrieben.connect(vormerken.nach_aenderung)
        post_save.connect(vormerken.nach_eintrag, sender=Protokolleintrag)
