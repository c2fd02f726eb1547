"""Settings of Konzeptwerk, read from the environment; the README lists every variable.

Without any variable the project runs in production mode and refuses to start, because a secret key is missing;
`KONZEPTWERK_DEBUG=1` is the development mode that `make start` uses.
"""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from konzept import grenzen
from konzept.betrieb import dateirechte, eigene_adresse, geheimnisse, mailserver
from konzept.konten.oidc import einstellungen as oidc

BASE_DIR = Path(__file__).resolve().parent.parent


def _schalter(name: str, vorgabe: bool = False) -> bool:
    return os.environ.get(name, "1" if vorgabe else "0").strip().lower() in {"1", "true", "yes", "ja"}


def _liste(name: str, vorgabe: str = "") -> list[str]:
    return [teil.strip() for teil in os.environ.get(name, vorgabe).split(",") if teil.strip()]


def _zahl(name: str, vorgabe: int) -> int:
    text = os.environ.get(name, "").strip() or str(vorgabe)
    if not text.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, such as {vorgabe}.")
    return int(text)


DEBUG = _schalter("KONZEPTWERK_DEBUG")
SECRET_KEY = os.environ.get("KONZEPTWERK_SECRET_KEY", "")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "KONZEPTWERK_SECRET_KEY is missing. Set it to a long random value, "
            "or set KONZEPTWERK_DEBUG=1 for development."
        )
    SECRET_KEY = "only-for-development-" + "0" * 40

# What earlier values signed and encrypted stays valid, until they are taken out here.
SECRET_KEY_FALLBACKS = _liste("KONZEPTWERK_SECRET_KEY_FALLBACKS")
# Encrypt secrets in the database, the first one; without any, a key is derived from the secret key.
DATENSCHLUESSEL = geheimnisse.pruefe_schluessel(_liste("KONZEPTWERK_DATENSCHLUESSEL"))

# What people type to come here. Hosts and origins are only further names, such as one inside the network.
ADRESSE = eigene_adresse.lies(os.environ.get("KONZEPTWERK_ADRESSE", ""), entwicklung=DEBUG)
HTTPS = ADRESSE is not None and ADRESSE.verschluesselt
if ADRESSE:
    ALLOWED_HOSTS = [ADRESSE.host, *_liste("KONZEPTWERK_HOSTS")]
    CSRF_TRUSTED_ORIGINS = [str(ADRESSE), *_liste("KONZEPTWERK_ORIGINS")]
else:
    ALLOWED_HOSTS = _liste("KONZEPTWERK_HOSTS", "localhost,127.0.0.1,[::1]")
    CSRF_TRUSTED_ORIGINS = _liste("KONZEPTWERK_ORIGINS")
DATA_DIR = Path(os.environ.get("KONZEPTWERK_DATA", BASE_DIR))

INSTALLED_APPS = [
    "crispy_forms",
    "django_prose_editor",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "konzept.hintergrund",
    "konzept.postausgang",
    "konzept.entwuerfe",
    "konzept.konten",
    "konzept",
    "konzept.verlauf",
    "konzept.druckauftraege",
    "konzept.fassungen",
    "konzept.beratung",
    "konzept.vorlagen",
    "konzept.teildrucke",
    "handlungsfelder",
    "massnahmen",
    "csp",
    "django_htmx",
    "rules.apps.AutodiscoverRulesConfig",
    "konzept.konten.apps.VerwaltungsoberflaecheConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "konzept.betrieb.eigene_adresse.EigeneAdresse",
    "konzept.betrieb.kopfzeilen.NurFuerUns",
    "django.middleware.security.SecurityMiddleware",
    # Above WhiteNoise, so that static files come with their headers too.
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "konzept.konten.browserspeicher.nichts_aufbewahren",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "konzept.konten.sitzung.achte_auf_frist",
    "konzept.konten.bekannter_browser.erkenne_wieder",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "konzept.werkbank.verweigert.Gedraenge",
]

ROOT_URLCONF = "konzept.urls"
WSGI_APPLICATION = "konzept.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
            "builtins": ["konzept.templatetags.version", "konzept.templatetags.zeilenumbruch"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "kern"
CRISPY_TEMPLATE_PACK = "kern"
CRISPY_FAIL_SILENTLY = not DEBUG

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA_DIR / 'konzeptwerk.sqlite3'}", conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "konzept.sqlite"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # As on SQLite, nobody waits for another's lock for ever.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c lock_timeout=20s")

AUTH_USER_MODEL = "konten.Benutzer"
AUTHENTICATION_BACKENDS = ["konzept.konten.anmeldeweg.MitKennwort"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"konzept.konten.kennwort.{name}"}
    for name in ("Laenge", "NichtWieDasKonto", "NichtVerbreitet", "NichtNaheliegend", "NichtNurZiffern")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "konzept:start"
LOGOUT_REDIRECT_URL = "account_login"

# Accounts come from invitations and from the identity provider; nobody registers by themself.
ACCOUNT_ADAPTER = "konzept.konten.anmeldedienst.KontoAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Konzeptwerk: "
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
# Seconds; the mail says so (account/email/password_reset_key_message.txt).
PASSWORD_RESET_TIMEOUT = 60 * 60
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_FORMS = {
    "login": "konzept.konten.forms.AnmeldeForm",
    "reauthenticate": "konzept.konten.forms.BestaetigenForm",
    "reset_password": "konzept.konten.forms.KennwortVergessenForm",
    "reset_password_from_key": "konzept.konten.forms.KennwortNeuForm",
    "change_password": "konzept.konten.forms.KennwortAendernForm",
    "set_password": "konzept.konten.forms.KennwortSetzenForm",
    "add_email": "konzept.konten.forms.AdresseForm",
}
# A town hall has one network address for hundreds of people, who sign in at the same time in the morning. How often one
# may guess is counted in konten/fehlversuche.py.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": None,
    "manage_email": "10/m/user,{}/h/user,{}/d/user".format(*grenzen.ADRESSWECHSEL),
    "reset_password": "100/m/ip",
    "reset_password_from_key": "100/m/ip",
}
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "konzept.konten.anmeldedienst.FaktorAdapter"
MFA_FORMS = {
    "authenticate": "konzept.konten.forms.CodeForm",
    "reauthenticate": "konzept.konten.forms.CodeBestaetigenForm",
    "activate_totp": "konzept.konten.forms.AppEinrichtenForm",
    "login_webauthn": "konzept.konten.forms.PasskeyAnmeldenForm",
    "authenticate_webauthn": "konzept.konten.forms.PasskeyZweiterFaktorForm",
    "reauthenticate_webauthn": "konzept.konten.forms.PasskeyBestaetigenForm",
    "add_webauthn": "konzept.konten.forms.PasskeyNeuForm",
    "edit_webauthn": "konzept.konten.forms.PasskeyNameForm",
}
MFA_TOTP_ISSUER = "Konzeptwerk"
MFA_TOTP_TOLERANCE = 1
# Nobody signs in without a proven address; a new one that waits for its proof must not stand in the way.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = False

# How long one stays signed in stands in konten/sitzung.py; the operator may shorten the time without a request. A
# session in which nobody is signed in lasts a day.
SESSION_ENGINE = "konzept.konten.sitzungsspeicher"
SESSION_COOKIE_AGE = 24 * 60 * 60
LEERLAUF_MINUTEN = _zahl("KONZEPTWERK_LEERLAUF_MINUTEN", 0)

MAILSERVER = mailserver.lies(os.environ.get("KONZEPTWERK_SMTP", ""))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = (
    os.environ.get("KONZEPTWERK_ABSENDER") or f"Konzeptwerk <konzeptwerk@{ADRESSE.host if ADRESSE else 'localhost'}>"
)
# Every mail is written into the outbox; the worker alone sends what lies there, by POSTWEG.
EMAIL_BACKEND = "konzept.postausgang.backend.Postausgang"
POSTWEG = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_TIMEOUT = 10
if MAILSERVER:
    EMAIL_HOST, EMAIL_PORT = MAILSERVER.host, MAILSERVER.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAILSERVER.benutzer, MAILSERVER.kennwort
    EMAIL_USE_TLS, EMAIL_USE_SSL = MAILSERVER.starttls, MAILSERVER.tls
elif DEBUG:
    POSTWEG = "django.core.mail.backends.console.EmailBackend"

# Signing in through the identity provider of the administration, where there is one.
OIDC = oidc.lies(os.environ, http_erlaubt=DEBUG)
OIDC_ZWEITER_FAKTOR = OIDC is not None and OIDC.zweiter_faktor
SOCIALACCOUNT_ADAPTER = "konzept.konten.oidc.adapter.SozialAdapter"
SOCIALACCOUNT_PROVIDERS = OIDC.allauth if OIDC else {}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True

# How many days the log is kept; and what the operator says about itself and about data protection, each the path of
# a text file or the address of a page.
PROTOKOLL_TAGE = _zahl("KONZEPTWERK_PROTOKOLL_TAGE", 730)
IMPRESSUM = os.environ.get("KONZEPTWERK_IMPRESSUM", "")
DATENSCHUTZ = os.environ.get("KONZEPTWERK_DATENSCHUTZ", "")

# Whether the worker does what comes back every day; without, `erinnere` and `aufraeumen` are called by cron.
TERMINE = _schalter("KONZEPTWERK_TERMINE", True)

# Whether a thread does, after the answer, what would betray something by how long it takes; else it is done at once.
# See danach.py.
DANACH_IM_HINTERGRUND = True

# Whether the PDFs that take long are made by processes of their own; else the server makes them at once.
DRUCK_IM_HINTERGRUND = True

# Whether what is worth having ready is made before anybody asks for it; None: where the machine of a worker has more
# than one core.
VORAB = _schalter("KONZEPTWERK_VORAB", True) if os.environ.get("KONZEPTWERK_VORAB", "").strip() else None

LANGUAGE_CODE = "de"
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "staticfiles"
STATICFILES_DIRS = [
    ("kern", BASE_DIR / "node_modules/@kern-ux/native/dist"),
    ("ersatzschrift", BASE_DIR / "node_modules/@fontsource/dejavu-sans/files"),
    BASE_DIR / "static",
]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "konzept.betrieb.statische_dateien.Druckschriften",
]
# Counts failed sign-ins for all server processes together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "zwischenspeicher",
        # There is so much room that nobody can push out the counts of failed attempts by filling it.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

MEDIA_URL = "media/"
MEDIA_ROOT = DATA_DIR / "media"
# Made once on a machine of what comes with the program; may be deleted at any time.
EINMAL_DIR = DATA_DIR / "einmal"
FILE_UPLOAD_PERMISSIONS = dateirechte.DATEI
FILE_UPLOAD_DIRECTORY_PERMISSIONS = dateirechte.ORDNER
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "konzept.betrieb.statische_dateien.StatischeDateien",
        # The files have to be readable for the web server, which is another account of the machine.
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}
WHITENOISE_USE_FINDERS = DEBUG

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *(OIDC.origins if OIDC else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = {
    name: []
    for name in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "hid",
        "idle-detection",
        "local-fonts",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "picture-in-picture",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
}
SECURE_REFERRER_POLICY = "same-origin"
# Nothing of a message lies in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# A cookie named so is only taken from this very host over https: another site of the same domain can set none.
_NUR_VON_HIER = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_NUR_VON_HIER}sessionid", f"{_NUR_VON_HIER}csrftoken"
BROWSER_COOKIE_NAME = f"{_NUR_VON_HIER}browser"
SESSION_SERIALIZER = "konzept.betrieb.geheimnisse.Sitzungsinhalt"
# No script reads either: forms carry their token themselves.
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "konzept.konten.angemeldet.ohne_csrf_schluessel"

# Where the address is https, cookies and browsers are bound to it, whatever this process sees of TLS.
_TLS_IST_ZU_SEHEN = _schalter("KONZEPTWERK_HTTPS", True)
TLS_ENDET_DAVOR = HTTPS and not _TLS_IST_ZU_SEHEN
SECURE_SSL_REDIRECT = HTTPS and _TLS_IST_ZU_SEHEN
# A watching program on this machine asks for this page without TLS.
SECURE_REDIRECT_EXEMPT = [rf"^{eigene_adresse.BEREIT.removeprefix('/')}$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
if _schalter("KONZEPTWERK_PROXY"):
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    if SECURE_SSL_REDIRECT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = grenzen.SENDUNG_BYTES
DATA_UPLOAD_MAX_NUMBER_FIELDS = grenzen.SENDUNG_FELDER
DATA_UPLOAD_MAX_NUMBER_FILES = grenzen.DATEIEN
FILE_UPLOAD_HANDLERS = [
    "konzept.betrieb.hochladen.Obergrenze",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

DEFAULT_EXCEPTION_REPORTER_FILTER = "konzept.betrieb.fehlerbericht.OhneGeheimnisse"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "ohne_schluessel": {"()": "konzept.betrieb.ohne_schluessel.OhneSchluessel"},
        "eine_zeile": {"()": "konzept.betrieb.eine_zeile.EineZeile"},
    },
    "formatters": {"logzeile": {"()": "konzept.betrieb.logzeile.Logzeile"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "filters": ["ohne_schluessel", "eine_zeile"],
            "formatter": "logzeile",
        }
    },
    # In development Django's own handler writes these to the console as well, past our filters. Therefore the logger
    # has the filter, too.
    "loggers": {"django.request": {"filters": ["eine_zeile"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
