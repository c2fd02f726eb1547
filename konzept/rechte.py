"""Roles and the rules that follow from them. Imports no models; a rule takes an account and a Konzept.

The same rule serves the single object and the list: `rollen_mit(recht)` names the roles that hold it.
"""

import rules
from django.db.models import TextChoices


class Rolle(TextChoices):
    """What an account is in a Kommune. Gremium sees released versions only, never the Arbeitsstand."""

    LEITUNG = "leitung", "Leitung"
    REDAKTION = "redaktion", "Redaktion"
    MITWIRKUNG = "mitwirkung", "Mitwirkung"
    GREMIUM = "gremium", "Gremium"
    LESEN = "lesen", "Lesezugang"
    VERWALTUNG = "verwaltung", "Verwaltung"


LESEN = "konzept.lesen"
BEARBEITEN = "konzept.bearbeiten"

_ROLLEN = {
    LESEN: frozenset({Rolle.LEITUNG, Rolle.REDAKTION, Rolle.MITWIRKUNG, Rolle.LESEN}),
    BEARBEITEN: frozenset({Rolle.LEITUNG, Rolle.REDAKTION}),
}


def rollen_mit(recht: str) -> frozenset[str]:
    return _ROLLEN[recht]


def _regel(recht: str):
    @rules.predicate(name=recht)
    def hat_recht(benutzer, konzept) -> bool:
        return benutzer.is_superuser or bool(_ROLLEN[recht] & benutzer.rollen_in(konzept.kommune_id))

    return rules.is_authenticated & rules.is_active & hat_recht


for _recht in _ROLLEN:
    rules.add_perm(_recht, _regel(_recht))


def darf(benutzer, recht: str, konzept) -> bool:
    """Whether an account holds a right in a Konzept. One query per account and request, for all its roles."""
    return rules.has_perm(recht, benutzer, konzept)
