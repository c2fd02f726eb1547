"""What browsers and proxies may keep of an answer: nothing, unless the view calls it public and nobody is signed in."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

NICHTS = "private, no-store"


def nichts_aufbewahren(get_response: Callable[[HttpRequest], HttpResponse]):
    """Middleware: `Cache-Control: private, no-store` on every answer, whatever its status, that is not `public`; and on
    every answer to a session, or by which one begins or ends.

    So the Back button shows nothing of an account that has signed out. Looks at the cookies alone and never opens a
    session, because a page that did would no longer be the same for everybody.
    """

    def mittler(request: HttpRequest) -> HttpResponse:
        antwort = get_response(request)
        sitzung = settings.SESSION_COOKIE_NAME in request.COOKIES or settings.SESSION_COOKIE_NAME in antwort.cookies
        if sitzung or "public" not in antwort.get("Cache-Control", ""):
            antwort["Cache-Control"] = NICHTS
        return antwort

    return mittler
