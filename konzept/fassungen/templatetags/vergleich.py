"""Template tags for texts with marks (see `konzept.fassungen.vergleich.aenderungsmarken`)."""

from django import template

from konzept.fassungen.vergleich import html

register = template.Library()
register.filter("marken", html.als_html)
register.filter("druckmarken", html.als_druck_html)
register.simple_tag(html.unterschied_html, name="unterschied")
