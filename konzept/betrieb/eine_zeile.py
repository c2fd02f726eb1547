"""Keeps what a visitor does wrong to one line of the server's log: Django adds the whole traceback of each 403."""

import logging


class EineZeile(logging.Filter):
    """Takes the traceback from records about an answer from 400 to 499; errors of our own (500) keep theirs."""

    def filter(self, record: logging.LogRecord) -> bool:
        if 400 <= getattr(record, "status_code", 0) < 500:
            record.exc_info = record.exc_text = None
        return True
