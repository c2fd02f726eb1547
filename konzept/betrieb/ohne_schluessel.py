"""Keeps the keys of mailed links out of the server's log: Django logs the address of every request it refuses."""

import logging
import re

_LINK = re.compile(r"(/(?:einladung|kennwort-vergessen|adresse-bestaetigen)/)[^/\s]{16,}")


class OhneSchluessel(logging.Filter):
    """Puts "…" in the place of each key; everything else stays as it is."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if (ohne := _LINK.sub(r"\1…", text)) != text:
            record.msg, record.args = ohne, ()
        return True
