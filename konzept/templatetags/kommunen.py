"""The menu with which somebody who works in several Kommunen goes from one to another."""

from django import template

from konzept.zugriff import kommunen_fuer

register = template.Library()


@register.inclusion_tag("verwaltung/kommunenwahl.html", takes_context=True)
def kommunenwahl(context) -> dict:
    """Every Kommune of the account, if there are several. No query for somebody with roles in one, otherwise one."""
    benutzer = context.get("user")
    if not (benutzer and benutzer.is_authenticated and (benutzer.is_superuser or len(benutzer.alle_rollen) > 1)):
        return {"kommunen": []}
    konzept = context.get("konzept")
    kommunen = list(kommunen_fuer(benutzer))
    hier = konzept.kommune if konzept else context.get("kommune")
    return {"kommunen": kommunen if len(kommunen) > 1 else [], "hier": hier}
