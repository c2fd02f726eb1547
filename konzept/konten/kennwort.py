"""What a password must be like, in our words: Django's rules with German sentences of their own."""

import re

from django.apps import apps
from django.contrib.auth import password_validation as django
from django.core.exceptions import ValidationError

from konzept.rechte import Rolle

MINDESTENS = 12
EIGENE_BUCHSTABEN = 8
"""How many letters have to be left of a password without the words that everybody tries here first."""
NAHELIEGEND = frozenset(
    {
        *("konzeptwerk", "konzept", "integrationskonzept", "integrationsrat", "integration", "handlungsfeld"),
        *("kommune", "gemeinde", "stadt", "kreis", "rathaus", "verwaltung", "fachstelle", "ausschuss"),
        *("kennwort", "passwort", "password", "anmeldung", "willkommen", "geheim", "admin"),
        *map(str.lower, (*Rolle.values, *Rolle.labels)),
    }
)
"""What the product, the field, its places and its roles are called. The names of the Kommunen are added."""


class Laenge(django.MinimumLengthValidator):
    def __init__(self, min_length=MINDESTENS):
        super().__init__(min_length)

    def get_error_message(self):
        return f"Das Kennwort ist zu kurz. Nehmen Sie mindestens {self.min_length} Zeichen, etwa mehrere Wörter."

    def get_help_text(self):
        return f"Mindestens {self.min_length} Zeichen, etwa mehrere Wörter hintereinander."


class NichtVerbreitet(django.CommonPasswordValidator):
    def get_error_message(self):
        return "Dieses Kennwort wird sehr oft verwendet und ist leicht zu erraten. Nehmen Sie ein anderes."

    def get_help_text(self):
        return "Kein Kennwort, das viele benutzen."


class NichtNurZiffern(django.NumericPasswordValidator):
    def get_error_message(self):
        return "Das Kennwort besteht nur aus Ziffern. Nehmen Sie auch Buchstaben oder Zeichen."

    def get_help_text(self):
        return "Nicht nur Ziffern."


class NichtWieDasKonto(django.UserAttributeSimilarityValidator):
    DEFAULT_USER_ATTRIBUTES = ("name", "email")

    def __init__(self, max_similarity=0.7):
        super().__init__(self.DEFAULT_USER_ATTRIBUTES, max_similarity)

    def get_error_message(self):
        return "Das Kennwort ähnelt Ihrem Namen oder Ihrer E-Mail-Adresse zu sehr. Nehmen Sie ein anderes."

    def get_help_text(self):
        return "Nicht Ihr Name und nicht Ihre E-Mail-Adresse."


class NichtNaheliegend:
    """Refuses "Integration2026!": a word of `NAHELIEGEND` or the name of a Kommune with hardly anything beside it."""

    def validate(self, password, user=None):
        rest, gefunden = password.lower(), False
        for wort in sorted(NAHELIEGEND | _namen_der_kommunen(), key=len, reverse=True):
            if wort in rest:
                rest, gefunden = rest.replace(wort, " "), True
        if gefunden and sum(map(str.isalpha, rest)) < EIGENE_BUCHSTABEN:
            raise ValidationError(self.get_error_message(), code="password_naheliegend")

    def get_error_message(self):
        return (
            "Dieses Kennwort besteht fast nur aus Wörtern, die hier jeder zuerst probiert, etwa dem Namen der Kommune. "
            "Nehmen Sie mehrere andere Wörter."
        )

    def get_help_text(self):
        return "Nicht „Integration“ oder der Name der Kommune mit ein paar Ziffern."


def _namen_der_kommunen() -> set[str]:
    namen = apps.get_model("konzept.Kommune").objects.values_list("name", "kurzname", "slug")
    return {wort for angaben in namen for name in angaben for wort in re.findall(r"[^\W\d_]{4,}", name.lower())}
