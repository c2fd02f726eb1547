"""`{% einzeilig %}`: a line that is too long for the source is broken there, and not in what is rendered."""

import pytest
from django.template import Context, Template, TemplateSyntaxError


def rendere(quelle: str, **werte) -> str:
    return Template(quelle).render(Context(werte))


def test_zeilenumbrueche_verschwinden_mit_ihrer_einrueckung():
    quelle = "<p>\n  {% einzeilig %}\n    eins\n    {% if ja %}\n    zwei \n    {% endif %}\n  {% endeinzeilig %}\n</p>"
    assert rendere(quelle, ja=True) == "<p>\n  einszwei\n</p>"
    assert rendere(quelle, ja=False) == "<p>\n  eins\n</p>"


def test_leerzeichen_in_einer_zeile_bleiben():
    assert rendere("{% einzeilig %}a {% if ja %}\n b{% endif %} c{% endeinzeilig %}", ja=True) == "a b c"


def test_vor_einem_leeren_kommentar_bleibt_ein_leerzeichen_am_ende_der_zeile():
    assert rendere("{% einzeilig %}\n  <b>a</b> {# #}\n  <i>b</i>\n{% endeinzeilig %}") == "<b>a</b> <i>b</i>"


def test_werte_bleiben_wie_sie_sind():
    assert rendere("{% einzeilig %}\n<pre>{{ wert }}</pre>\n{% endeinzeilig %}", wert="a\n  b") == "<pre>a\n  b</pre>"


@pytest.mark.parametrize(("zweig", "text"), [(1, "[eins]"), (2, "[zwei]"), (3, "[sonst]")])
def test_alle_zweige(zweig, text):
    quelle = (
        "{% einzeilig %}[\n{% if zweig == 1 %}\n eins\n{% elif zweig == 2 %}\n zwei\n{% else %}\n"
        "{% for x in eine %}\n sonst\n{% endfor %}\n{% endif %}\n]{% endeinzeilig %}"
    )
    assert rendere(quelle, zweig=zweig, eine=[1]) == text


def test_ohne_ende_ist_ein_fehler():
    with pytest.raises(TemplateSyntaxError, match="einzeilig"):
        Template("{% einzeilig %}a")


def test_in_fliesstext_wird_jeder_umbruch_ein_leerzeichen():
    quelle = '{% einzeilig " " %}\n  Eins,\n  zwei {{ drei }}{% if ja %}\n  und vier{% endif %}.\n{% endeinzeilig %}'
    assert rendere(quelle, drei="3", ja=True) == "Eins, zwei 3 und vier."
    assert rendere('{% einzeilig " " %}Eins,\n zwei{% endeinzeilig %}') == "Eins, zwei"


def test_eine_art_steht_in_der_anderen():
    innen = '{% einzeilig " " %}\n    eins\n    zwei\n  {% endeinzeilig %}'
    assert rendere("{% einzeilig %}\n<p>\n  " + innen + "\n</p>\n{% endeinzeilig %}") == "<p>eins zwei</p>"


def test_sonst_steht_nichts_statt_des_umbruchs():
    with pytest.raises(TemplateSyntaxError, match="einzeilig takes"):
        Template('{% einzeilig "-" %}a{% endeinzeilig %}')
