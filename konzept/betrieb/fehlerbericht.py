"""What no report of an error shows, be it on the page of development or in a mail of Django."""

import re

from django.http import QueryDict
from django.views.debug import SafeExceptionReporterFilter


class OhneGeheimnisse(SafeExceptionReporterFilter):
    """Knows the German names of secrets, addresses that hold a password, and every form field that may hold one."""

    hidden_settings = re.compile(
        SafeExceptionReporterFilter.hidden_settings.pattern
        + "|KENNWORT|SCHLUESSEL|SMTP|MAILSERVER|OIDC|DATABASE_URL|CODE|CREDENTIAL|WIEDERVORLAGE",
        flags=re.IGNORECASE,
    )

    def get_post_parameters(self, request):
        felder = super().get_post_parameters(request)
        if request is None or not self.is_active(request):
            return felder
        ohne = QueryDict(mutable=True)
        for name, werte in felder.lists():
            geheim = self.hidden_settings.search(name)
            ohne.setlist(name, [self.cleansed_substitute] * len(werte) if geheim else werte)
        return ohne
