"""A header that neither Django nor a library of ours sets."""

from django.http import HttpRequest


class NurFuerUns:
    """Middleware: nothing that comes from here, not even a file, is embedded into pages of other sites.

    Cookies go along where another site of the same domain embeds something; its page then shares a process with what
    only the person may see.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        antwort = self.get_response(request)
        antwort["Cross-Origin-Resource-Policy"] = "same-origin"
        return antwort
