"""How long a line of a template may be.

    python -m tests.templatezeilen

names those that are longer. Code and text aim at 120 signs, as everywhere; a template line may have 200. A row of cells
or a link with its address often is one thing in 150 signs that is read at a glance, while as three lines it would need
`{% einzeilig %}` around it. Beyond 200 none was one thing: there stood whole tables, of which a diff shows that
something in them has changed, and not what.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

HOECHSTENS = 200
ORT = Path(__file__).parent.parent / "templates"


def zu_lange(ort: Path = ORT) -> Iterator[str]:
    """File, number and length of each line that is too long."""
    for datei in sorted(datei for datei in ort.rglob("*") if datei.is_file()):
        for nummer, zeile in enumerate(datei.read_text(encoding="utf-8").split("\n"), start=1):
            if len(zeile) > HOECHSTENS:
                yield f"{ort.name}/{datei.relative_to(ort)}:{nummer}: {len(zeile)} signs"


if __name__ == "__main__":
    if gefunden := list(zu_lange()):
        sys.exit("\n".join([*gefunden, f"Lines of templates may have {HOECHSTENS} signs; see {{% einzeilig %}}."]))
