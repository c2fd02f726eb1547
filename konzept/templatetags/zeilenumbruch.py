"""Long lines of a template, broken in the source alone. Every template has this tag, without `{% load %}`."""

import re

from django import template
from django.template.base import Node, NodeList, TextNode

register = template.Library()

_UMBRUCH = re.compile(r"[ \t]*\n\s*")


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
    not at its end. It is done once, when the template is compiled.
    """
    nodelist = parser.parse(("endeinzeilig",))
    parser.delete_first_token()
    for text in nodelist.get_nodes_by_type(TextNode):
        text.s = _UMBRUCH.sub("", text.s)
    return _Einzeilig(nodelist)
