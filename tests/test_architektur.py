"""The import contracts of pyproject.toml hold."""

from importlinter.cli import lint_imports


def test_imports_run_downwards(capsys):
    ergebnis = lint_imports(no_cache=True, no_logo=True)
    assert ergebnis == 0, capsys.readouterr().out
