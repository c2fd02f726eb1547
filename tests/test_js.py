"""What the scripts make of text, without a page: `tests/js`, run by Node's own runner."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings


def test_the_pure_parts_of_the_scripts():
    # The one inside the environment is there where the machine has none of its own (see the Makefile).
    node = shutil.which("node", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    dateien = sorted((settings.BASE_DIR / "tests" / "js").glob("*.test.mjs"))
    lauf = subprocess.run(
        [node, "--test", *dateien], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    assert lauf.returncode == 0, lauf.stdout + lauf.stderr
