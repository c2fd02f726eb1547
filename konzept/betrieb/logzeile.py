"""A line of the server's log: when (UTC), how grave, which part of the program, what, and whose request it was."""

import logging
import re
import time

_STEUERZEICHEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Logzeile(logging.Formatter):
    """One line for each event, whatever was sent to us; the trace of a failure follows indented."""

    converter = time.gmtime

    def __init__(self):
        super().__init__("{asctime}Z {levelname} {name}: {message}", "%Y-%m-%dT%H:%M:%S", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = _STEUERZEICHEN.sub(lambda zeichen: repr(zeichen[0])[1:-1], record.message)
        return super().formatMessage(record) + _konto(record)

    def format(self, record: logging.LogRecord) -> str:
        erste, *weitere = super().format(record).splitlines()
        return "\n".join([erste, *(f"    {zeile}" for zeile in weitere)])


def _konto(record: logging.LogRecord) -> str:
    """The number of the account that asked, where the request has looked it up; never a name."""
    konto = getattr(getattr(record, "request", None), "_cached_user", None)
    return f" (account {konto.pk})" if konto is not None and konto.pk else ""
