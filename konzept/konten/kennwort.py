"""What a password must be like, in our words: Django's rules with German sentences of their own."""

from django.contrib.auth import password_validation as django

MINDESTENS = 12


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
