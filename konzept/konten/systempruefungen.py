"""System checks of an installation that is to serve people."""

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security, deploy=True)
def post_geht_hinaus(app_configs, **kwargs):
    """Without mail nobody can be invited, prove an address or get a new password."""
    if settings.MAILSERVER or settings.DEBUG:
        return []
    hinweis = "Set KONZEPTWERK_SMTP, for example to smtp://user:password@mail.example:587, and KONZEPTWERK_ABSENDER."
    return [Error("No mail server is set: invitations and new passwords go nowhere.", hint=hinweis, id="konten.E001")]
