"""System checks of what the operator has set and installed: the log, Impressum and Datenschutzerklärung, files, the
database."""

import os

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

from konzept.betrieb import dateirechte
from konzept.betrieb.statische_dateien import finde
from konzept.konten.models import Protokolleintrag


@register()
def protokoll_bleibt_lange_genug(app_configs, **kwargs):
    """The database itself refuses to delete younger entries."""
    mindestens = Protokolleintrag.AUFBEWAHREN
    if mindestens > settings.PROTOKOLL_TAGE:
        return [Error(f"KONZEPTWERK_PROTOKOLL_TAGE must be at least {mindestens}.", id="konzept.E001")]
    return []


@register()
def texte_sind_lesbar(app_configs, **kwargs):
    from konzept.datenschutz import TextUnlesbar, betreibertext

    fehler = []
    for name in ("IMPRESSUM", "DATENSCHUTZ"):
        try:
            betreibertext(getattr(settings, name))
        except TextUnlesbar as unlesbar:
            hinweis = f"Set KONZEPTWERK_{name} to the path of a text file, or to an address that begins with https://."
            fehler.append(Error(str(unlesbar), hint=hinweis, id="konzept.E002"))
    return fehler


@register(Tags.security, deploy=True)
def texte_sind_hinterlegt(app_configs, **kwargs):
    """A public site in Germany needs both."""
    hinweis = "Set it to the path of a text file or to the https address of a page."
    return [
        Warning(f"KONZEPTWERK_{name} is not set; the page says so.", hint=hinweis, id="konzept.W001")
        for name in ("IMPRESSUM", "DATENSCHUTZ")
        if not getattr(settings, name).strip()
    ]


@register(Tags.security)
def dateien_sind_verschlossen(app_configs, **kwargs):
    """What the server closes itself at its start, unless it belongs to somebody else."""
    return [
        Warning(f"{pfad} is open to others on this machine.", hint=f"chmod go= '{pfad}'", id="konzept.W002")
        for pfad in dateirechte.verschlossene()
        if dateirechte.ist_offen(pfad)
    ]


_AUS_NPM = (
    "kern/kern.min.css",
    "kern/fonts/fira-sans/FiraSans-Regular.woff2",
    "ersatzschrift/dejavu-sans-latin-400-normal.woff",
)


@register(Tags.staticfiles)
def pakete_der_oberflaeche_sind_da(app_configs: object, **kwargs: object) -> list[Error]:
    """Where they are missing, Django warns of a folder (staticfiles.W004), and pages and prints go without style."""
    if settings.DEBUG or all(finde(name) for name in _AUS_NPM):
        return []
    hinweis = "Run `npm ci --omit=dev` in the folder of the project, then `manage.py collectstatic`."
    return [Error("Style sheets and fonts of the npm packages are not installed.", hint=hinweis, id="konzept.E003")]


_DIESER_RECHNER = {"", "localhost", "127.0.0.1", "::1"}


@register(Tags.security, deploy=True)
def weg_zur_datenbank_ist_verschluesselt(app_configs, **kwargs):
    """PostgreSQL encrypts where both sides can, and goes on in clear text where one cannot."""
    datenbank = settings.DATABASES["default"]
    wirt = datenbank.get("HOST") or ""
    if not datenbank["ENGINE"].endswith("postgresql") or wirt in _DIESER_RECHNER or wirt.startswith("/"):
        return []
    modus = datenbank.get("OPTIONS", {}).get("sslmode") or os.environ.get("PGSSLMODE", "")
    if modus in {"verify-ca", "verify-full"}:
        return []
    hinweis = "Add ?sslmode=verify-full to DATABASE_URL, and sslrootcert= where it has a certificate of its own."
    return [Warning(f"The database at {wirt} may be asked without TLS.", hint=hinweis, id="konzept.W003")]
