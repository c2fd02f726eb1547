"""The version, for the foot of every page. Every template has this tag, without `{% load %}`."""

from django import template

from konzept import __version__

register = template.Library()


@register.simple_tag
def version() -> str:
    return __version__
