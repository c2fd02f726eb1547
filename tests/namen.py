"""What parts several names in one field: cases that Python (`konzept.namen`) and the browser's `static/js/namen.js` are
asked alike, as (text, what is known, the names in it)."""

import json
from pathlib import Path

FAELLE = [
    (text, tuple(bekannt), namen)
    for gruppe in json.loads(Path(__file__).with_suffix(".json").read_text()).values()
    for text, bekannt, namen in gruppe
]
