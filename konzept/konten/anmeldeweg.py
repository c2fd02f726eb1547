"""How an account is found that signs in with its password."""

from allauth.account.auth_backends import AuthenticationBackend

from .models import Benutzer


class MitKennwort(AuthenticationBackend):
    """By the address that the account has, not by a new one that waits for its proof; the database is asked the same,
    whether there is such an account or not. One that is switched off is like a wrong password, and counts as one."""

    def _authenticate_by_email(self, email: str, password: str) -> Benutzer | None:
        konto = Benutzer.objects.filter(email=Benutzer.normalize_username(email)).first()
        return self._check_password(konto, password)

    @classmethod
    def _stash_user(cls, user) -> None:
        """allauth would let an account that is switched off through here, to a page that says so."""
