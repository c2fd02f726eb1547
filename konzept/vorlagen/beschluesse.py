"""The decisions on Vorlagen, for the Fassungen that claim them (see `konzept.fassungen.beschluesse`)."""

from django.utils import timezone

from konzept.fassungen.beschluesse import FRUEHESTENS, Beschlussangabe, Beschlussangebot, Beschlussbuch, Hinfaellig
from konzept.fassungen.models import Fassung
from konzept.heute import am, heute
from konzept.models import Konzept
from konzept.navigation import adresse
from konzept.schreibweise import namensschluessel

from .models import Beschluss, Station, Vorlage


def biete_an(konto, konzept: Konzept) -> list[Beschlussangebot]:
    """What deciding Gremien adopted of the Vorlagen that the account may see, the newest first. Three queries."""
    vorlagen = Vorlage.objects.sichtbar_fuer(konto, konzept).fuer_liste()
    return [_angebot(konzept, v) for v in vorlagen if v.entscheidung and v.entscheidung.beschliesst]


def _angebot(konzept: Konzept, vorlage: Vorlage) -> Beschlussangebot:
    station = vorlage.entscheidung
    text = f"{station}: {station.get_ergebnis_display()} – {vorlage}"
    url = adresse(konzept, "vorlagen:ergebnis", pk=vorlage.pk, station=station.pk)
    tag = am(station.datum) if station.datum else ""
    return Beschlussangebot(str(station.pk), text, tag, hindernis(station), url)


def hindernis(station: Station) -> str:
    """Why a sitting that adopted a Vorlage cannot be named as the decision of a Fassung yet; "" where it can."""
    if station.datum is None:
        return "Beim Ergebnis fehlt der Tag der Sitzung."
    if station.datum > heute():
        return f"Die Sitzung am {am(station.datum)} war noch nicht."
    if station.datum < FRUEHESTENS:
        return f"Beim Ergebnis kann der Tag der Sitzung nicht stimmen: {am(station.datum)}."
    return ""


def trage_ein(fassung: Fassung, angabe: Beschlussangabe, konto) -> str:
    """Write down which decision a Fassung claims, see Beschlussbuch. Words do not overrule what a Vorlage says of the
    same sitting. At most seven queries."""
    station = None
    if angabe.angebot:
        alle = Station.objects.select_related("gremium", "vorlage").filter(vorlage__konzept=fassung.konzept_id)
        station = alle.filter(pk=angabe.angebot).first()
        if station is None or not station.beschliesst or hindernis(station):
            raise Hinfaellig
        angabe = Beschlussangabe()
    elif anders := _was_anders_lautet(fassung.konzept_id, angabe):
        raise Hinfaellig(_satz(anders))
    beschluss = Beschluss.objects.filter(fassung=fassung).first() or Beschluss(fassung=fassung)
    beschluss.station = station
    beschluss.gremium, beschluss.datum, beschluss.drucksache = angabe.gremium, angabe.datum, angabe.drucksache
    beschluss.eingetragen_am, beschluss.eingetragen_von = timezone.now(), konto
    beschluss.full_clean()
    beschluss.save()
    return beschluss.worte


def _was_anders_lautet(konzept: int, angabe: Beschlussangabe) -> Station | None:
    """The sitting of a Vorlage that is the one in words, by Gremium and day or by the number of the Drucksache, and
    that did not decide so."""
    lang = (f"vorlage__{name}" for name in ("sachverhalt", "begruendung", "finanzen"))
    alle = list(Station.objects.filter(vorlage__konzept=konzept).select_related("gremium", "vorlage").defer(*lang))
    gremium, nummer = namensschluessel(angabe.gremium), namensschluessel(angabe.drucksache)
    sitzung = [s for s in alle if s.datum == angabe.datum and namensschluessel(s.gremium.name) == gremium]
    entscheidend = [s for s in alle if s.rolle == Station.Rolle.ENTSCHEIDUNG]
    drucksache = [s for s in entscheidend if nummer and namensschluessel(s.vorlage.nummer) == nummer]
    beides = [s for s in sitzung if s in drucksache]
    for gleiche in (beides or sitzung, drucksache):
        if gleiche and not any(s.beschliesst for s in gleiche):
            return gleiche[-1]
    return None


def _satz(station: Station) -> str:
    if station.angenommen:
        lautet = f"{station.get_rolle_display()}, {station.get_ergebnis_display()}"
    else:
        lautet = station.get_ergebnis_display() or "noch kein Ergebnis"
    return (
        f"In der Vorlage „{station.vorlage}“ steht zur Sitzung {station}: {lautet}. Ist doch beschlossen worden, "
        "tragen Sie zuerst dort das Ergebnis ein."
    )


def was_nicht_mehr_gilt(station: int) -> list[str]:
    """A sentence for each Fassung that names this sitting as its decision, though it decided otherwise. One query."""
    alle = Beschluss.objects.filter(station=station).select_related("station", "fassung__veroeffentlichung")
    return [
        f"{b.fassung} nennt diese Sitzung als ihren Beschluss und gilt damit nicht mehr als beschlossen"
        f"{'; sie ist noch veröffentlicht' if b.fassung.ist_veroeffentlicht else ''}."
        for b in alle.defer("fassung__inhalt", "fassung__wappen")
        if not b.gilt
    ]


BUCH = Beschlussbuch(biete_an, trage_ein)
