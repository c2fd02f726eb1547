"""SESSION_ENGINE: sessions in the database that end at a moment of their own, whoever saves them meanwhile."""

from datetime import datetime

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """`ende` is when the row expires. Saving keeps it; only `ende_neu` moves it. None: SESSION_COOKIE_AGE from now."""

    ende: datetime | None = None

    def ende_neu(self, ende: datetime) -> None:
        """Move the end in the database, and nothing else: another request may be saving what the session holds."""
        self.model.objects.filter(session_key=self.session_key).update(expire_date=ende)
        self.ende = ende

    def get_expiry_date(self, **kwargs):
        return self.ende or super().get_expiry_date(**kwargs)

    def flush(self):
        super().flush()
        self.ende = None

    def _get_session_from_db(self):
        zeile = super()._get_session_from_db()
        self.ende = zeile and zeile.expire_date
        return zeile
