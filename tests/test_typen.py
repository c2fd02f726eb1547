"""New modules are checked strictly: the list of those that are not holds names of modules alone, and only gets
shorter."""

import tomllib

from tests import typen


def test_the_list_names_modules_that_are_there_each_once():
    alle = [modul for liste in typen.listen() for modul in liste]
    assert alle, "the list is empty: take it out of pyproject.toml, and this test"
    # A pattern would take in modules that are not written yet.
    assert [modul for modul in alle if typen.datei(modul) is None] == []
    assert len(alle) == len(set(alle))


def test_all_else_is_strict():
    mypy = tomllib.loads(typen.strenge_einstellung())["tool"]["mypy"]
    assert mypy["strict"] is True
    assert mypy["files"] == ["konzept", "handlungsfelder", "massnahmen"]
    eigene = tuple(mypy["files"])
    gelockert = [name for regel in mypy["overrides"] for name in regel["module"]]
    assert [name for name in gelockert if name.startswith(eigene)] == []
