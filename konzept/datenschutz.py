"""What the installation stores about people and for how long, read from what really decides about it.

The pages Datenschutz and Impressum show this next to the operator's own text.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from allauth.account import app_settings as konten
from allauth.core.internal.ratelimit import parse_rates
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from konzept.fliesstext import Text, lies_text
from konzept.konten import bekannter_browser
from konzept.konten.aufraeumen import EINLADUNG_BEHALTEN, TEXT_BEHALTEN
from konzept.konten.fehlversuche import GRENZEN
from konzept.konten.models.einladung import GUELTIG
from konzept.konten.sitzung import LAENGSTE
from konzept.postausgang.zustellstand import BEHALTEN as NACHWEIS
from konzept.zeitworte import dauer

_pruefe_adresse = URLValidator(schemes=["https"])


class TextUnlesbar(Exception):
    """The operator's text is neither an https address nor a readable text file; the message says which."""


@dataclass(frozen=True)
class Betreibertext:
    """What the operator has filed: blocks of text, or the address of a page elsewhere."""

    bloecke: Text = ()
    url: str = ""


def betreibertext(angabe: str) -> Betreibertext | None:
    """The operator's text out of a setting (path of a text file, or https address); None while there is none.

    Reads the file each time, so that a corrected text shows at once. Raises TextUnlesbar.
    """
    angabe = angabe.strip()
    if not angabe:
        return None
    if "://" in angabe:
        try:
            _pruefe_adresse(angabe)
        except ValidationError as fehler:
            raise TextUnlesbar(f"{angabe} is not an https address.") from fehler
        return Betreibertext(url=angabe)
    try:
        bloecke = lies_text(Path(angabe).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as fehler:
        raise TextUnlesbar(f"{angabe} is not a readable text file in UTF-8.") from fehler
    if not bloecke:
        raise TextUnlesbar(f"{angabe} is empty.")
    return Betreibertext(bloecke=bloecke)


@dataclass(frozen=True)
class Speicherung:
    """One row of the table: what is stored (more exactly in `genauer`), what it is for, how long."""

    was: str
    genauer: str
    wozu: str
    wie_lange: str


def speicherungen() -> list[Speicherung]:
    zeilen = [
        Speicherung(
            "Konto",
            "Name und frühere Namen, E-Mail-Adresse, Kennwort (nur als Prüfwert), Rollen, letzte Anmeldung",
            "Anmeldung, Rechte in der Kommune, Nachrichten zum Konto",
            "bis das Konto gelöscht wird",
        ),
        Speicherung(
            "Zweite Faktoren",
            "Authentifizierungs-App und Wiederherstellungscodes (verschlüsselt), Passkeys",
            "Schutz der Anmeldung",
            "bis Sie sie entfernen oder das Konto gelöscht wird",
        ),
        Speicherung(
            "Sitzungen",
            "Beginn, Netzadresse (IP-Adresse), Kennung des Browsers",
            "Angemeldet bleiben; Sie sehen, wo Sie angemeldet sind, und können es beenden",
            f"bis zum Abmelden, höchstens {dauer(LAENGSTE)}",
        ),
        Speicherung(
            "Text, den Sie noch nicht gespeichert haben",
            "Die Eingaben in einem Formular; nur Sie sehen sie",
            "Damit beim Schreiben nichts verloren geht",
            f"bis zum Speichern oder Verwerfen, höchstens {dauer(TEXT_BEHALTEN)}",
        ),
        Speicherung(
            "Einladungen",
            "E-Mail-Adresse, Name, Rolle, wer eingeladen hat",
            "Zugang zu einer Kommune",
            f"gültig {dauer(GUELTIG)}, gelöscht {dauer(EINLADUNG_BEHALTEN)} danach",
        ),
        Speicherung(
            "E-Mails an Sie",
            "Ihr Wortlaut (verschlüsselt), bis sie hinausgehen; dann nur noch Adresse, Anlass, Zeitpunkt und ob sie "
            "ankamen",
            "Sie zuzustellen, und es nachweisen zu können; kam eine nicht an, sehen das die Leitung und die Verwaltung "
            "der Kommune bei Ihrer Adresse",
            dauer(NACHWEIS),
        ),
        Speicherung(
            "Protokoll",
            "Anmeldungen, vergebene Rollen und Sitze, wem was vorgelegt wurde, Ausgaben, Löschungen",
            "Nachvollziehen, wer was getan hat; sichtbar für die Leitung der Kommune, die Änderungen am Zugang auch "
            "per E-Mail erfährt",
            dauer(timedelta(days=settings.PROTOKOLL_TAGE)),
        ),
        Speicherung(
            "Fehlgeschlagene Versuche",
            "Netzadresse, E-Mail-Adresse (nur als Prüfwert)",
            "Schutz gegen das Erraten von Kennwörtern",
            f"höchstens {dauer(timedelta(seconds=_laengste_sperre()))}, gelöscht beim täglichen Aufräumen",
        ),
        Speicherung(
            "Inhalte",
            "Was Sie schreiben, mit Ihrem Namen als Bearbeiterin oder Bearbeiter",
            "Das Konzept",
            "dauerhaft; nach dem Löschen des Kontos ohne Ihren Namen",
        ),
    ]
    if settings.OIDC:
        dienst = Speicherung(
            "Anmeldedienst",
            "Ihre Kennung dort und was er über Sie mitteilt: Name, E-Mail-Adresse, Gruppen",
            "Anmeldung mit dem Konto Ihrer Verwaltung",
            "bis das Konto gelöscht wird",
        )
        zeilen.insert(2, dienst)
    return zeilen


def _laengste_sperre() -> float:
    regeln = [*konten.RATE_LIMITS.values(), *(regel for stufen in GRENZEN.values() for regel in stufen.values())]
    return max(rate.duration for regel in regeln for rate in parse_rates(regel))


def cookies() -> list[Speicherung]:
    """The cookies, each of them necessary."""
    return [
        Speicherung(
            settings.SESSION_COOKIE_NAME,
            "",
            "Hält Sie angemeldet.",
            dauer(timedelta(seconds=settings.SESSION_COOKIE_AGE))
            if konten.SESSION_REMEMBER and not settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
            else "bis Sie den Browser schließen",
        ),
        Speicherung(
            settings.CSRF_COOKIE_NAME,
            "",
            "Stellt sicher, dass ein Formular wirklich von Ihnen kommt.",
            dauer(timedelta(seconds=settings.CSRF_COOKIE_AGE)),
        ),
        Speicherung(
            bekannter_browser.NAME,
            "",
            "Erkennt diesen Browser wieder, damit niemand Sie durch falsche Kennwörter aussperren kann.",
            dauer(bekannter_browser.HALTBAR),
        ),
    ]
