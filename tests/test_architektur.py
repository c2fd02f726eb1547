"""The import contracts of pyproject.toml hold, and no module needs itself by way of others."""

from graphlib import TopologicalSorter

import grimp
from importlinter.cli import lint_imports


def test_imports_run_downwards(capsys):
    ergebnis = lint_imports(no_cache=True, no_logo=True)
    assert ergebnis == 0, capsys.readouterr().out


def test_imports_make_no_circle():
    """Not even with an import inside a function; the error names the circle."""
    graph = grimp.build_graph("konzept", "handlungsfelder", "massnahmen", cache_dir=None)
    TopologicalSorter({name: graph.find_modules_directly_imported_by(name) for name in graph.modules}).prepare()
