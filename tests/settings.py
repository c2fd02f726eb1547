"""Settings of the test run: development mode, with every file that a test writes in a folder of its own."""

import os
import tempfile
from pathlib import Path

_daten = tempfile.TemporaryDirectory(prefix="konzeptwerk-test-")
os.environ["KONZEPTWERK_DEBUG"] = "1"
os.environ["KONZEPTWERK_DATA"] = _daten.name
os.environ["KONZEPTWERK_ADRESSE"] = ""
# Of the first process of a run, for those that it starts.
_einmal = os.environ.setdefault("KONZEPTWERK_TEST_EINMAL", os.path.join(_daten.name, "einmal"))

from konzept.settings import *  # noqa: E402, F403
from konzept.settings import DATABASES  # noqa: E402

# A file, because the threads of the live server would have to share the one connection of a database in
# memory. PostgreSQL takes its name from DATABASE_URL.
if DATABASES["default"]["ENGINE"] == "konzept.sqlite":
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(_daten.name, "test.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# What is made once on a machine is made once in a run, from the sources of this run.
EINMAL_DIR = Path(_einmal)

DRUCK_IM_HINTERGRUND = DANACH_IM_HINTERGRUND = False

# What the worker sends can be read in mail.outbox too.
POSTWEG = "django.core.mail.backends.locmem.EmailBackend"

# Looks for a static file when it is asked for, instead of listing all of them for every test client.
WHITENOISE_AUTOREFRESH = True
