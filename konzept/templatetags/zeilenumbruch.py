"""Long lines of a template, broken in the source alone. Every template has this tag, without `{% load %}`."""

import re

from django import template
from django.template.base import Node, NodeList, TextNode

register = template.Library()

_UMBRUCH = re.compile(r"[ \t]*\n\s*")
_RAND_VORNE = re.compile(r"^[ \t]*\n\s*")
_RAND_HINTEN = re.compile(r"[ \t]*\n\s*$")


class _Einzeilig(Node):
    def __init__(self, nodelist: NodeList):
        self.nodelist = nodelist

    def render(self, context) -> str:
        return self.nodelist.render(context)


@register.tag
def einzeilig(parser, token):
    """`{% einzeilig %} … {% endeinzeilig %}`: what stands between is one line, however many it takes in the source.

    A line break goes together with the blanks around it, in what the template itself writes, in `{% if %}`, `{% for %}`
    and their like too; values and included templates stay as they are. A blank that is to stay stands inside a line,
    not at its end, or before an empty comment: `{# #}`. It is done once, when the template is compiled.

    `{% einzeilig " " %}` is for running text: each break becomes one blank, but for the first and the last one. One
    kind may stand inside the other.
    """
    statt = _statt_umbruch(token)
    nodelist = parser.parse(("endeinzeilig",))
    parser.delete_first_token()
    if nodelist and statt:
        _ohne_rand(nodelist)
    for text in nodelist.get_nodes_by_type(TextNode):
        text.s = _UMBRUCH.sub(statt, text.s)
    return _Einzeilig(nodelist)


def _statt_umbruch(token) -> str:
    match token.contents.split(maxsplit=1):
        case [_]:
            return ""
        case [_, '" "']:
            return " "
    raise template.TemplateSyntaxError('einzeilig takes nothing or " ".')


def _ohne_rand(nodelist: NodeList) -> None:
    """Take away the break behind the opening tag and the one before the closing tag."""
    erster, letzter = nodelist[0], nodelist[-1]
    if isinstance(erster, TextNode):
        erster.s = _RAND_VORNE.sub("", erster.s)
    if isinstance(letzter, TextNode):
        letzter.s = _RAND_HINTEN.sub("", letzter.s)
