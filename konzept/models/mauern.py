"""What keeps the rows of one Kommune apart from those of another, below all forms."""

from django.core.exceptions import ValidationError
from django.db.models.signals import m2m_changed


def nur_aus_der_kommune(liste, weg: str, weg_gegenueber: str) -> None:
    """Let a many-to-many list (`Massnahme.zielgruppen`) hold rows of the same Kommune only, from whichever side it is
    filled: adding others raises ValidationError. `weg` and `weg_gegenueber` lead from the two models to the Kommune.

    One query for each addition.
    """

    def pruefe(sender, instance, action, reverse, model, pk_set, **_):
        if action != "pre_add" or not pk_set:
            return
        hier, dort = (weg_gegenueber, weg) if reverse else (weg, weg_gegenueber)
        eigene = type(instance)._base_manager.filter(pk=instance.pk).values(hier)
        if model._base_manager.filter(pk__in=pk_set).exclude(**{f"{dort}__in": eigene}).exists():
            raise ValidationError(f"{model._meta.verbose_name_plural}: Etwas davon gehört zu einer anderen Kommune.")

    m2m_changed.connect(pruefe, sender=liste.through, weak=False)
