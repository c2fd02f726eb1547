"""Trees taken apart and put together again."""

from konzept.dokument import baum


def ersetze(knoten, alt, neu):
    """The tree with one of its nodes (the very object) replaced; None removes it from its sequence."""
    if knoten is alt:
        return neu
    if isinstance(knoten, tuple):
        teile = tuple(ersetze(teil, alt, neu) for teil in knoten)
        return tuple(teil for teil in teile if teil is not None)
    if isinstance(knoten, baum.Knoten):
        felder = {name: ersetze(getattr(knoten, name), alt, neu) for name in knoten.__struct_fields__}
        return type(knoten)(**felder)
    return knoten


def alle_knoten(knoten):
    """Every node of a tree, from the root down."""
    if isinstance(knoten, tuple):
        for teil in knoten:
            yield from alle_knoten(teil)
    elif isinstance(knoten, baum.Knoten):
        yield knoten
        for name in knoten.__struct_fields__:
            yield from alle_knoten(getattr(knoten, name))
