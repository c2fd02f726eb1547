"""New modules are checked strictly: the list of those that are not holds names of modules alone, and only gets
shorter."""

import re
import tomllib

import pytest

from tests import typen

EINGESTELLT = {
    "python_version": "3.11",
    "files": ["konzept", "handlungsfelder", "massnahmen"],
    "exclude": ["/migrations/"],
    "plugins": ["mypy_django_plugin.main"],
    "cache_dir": ".cache/mypy",
    "disable_error_code": ["annotation-unchecked"],
    "strict": True,
    "untyped_calls_exclude": [
        *("allauth", "crispy_forms", "django_prose_editor", "fontTools", "pydyf", "pyphen", "rules"),
        *("snowballstemmer", "tinyhtml5", "weasyprint", "whitenoise"),
    ],
    "overrides": [
        {
            "module": [
                *("allauth.*", "crispy_forms.*", "csp.*", "django_prose_editor.*", "fontTools.*", "pydyf.*"),
                *("pyphen.*", "rules.*", "snowballstemmer.*", "tinyhtml5.*", "weasyprint.*", "whitenoise.*"),
            ],
            "follow_untyped_imports": True,
            "ignore_errors": True,
        }
    ],
}
"""All that is said to mypy, but for the list. What is loosened here is loosened for every module of ours."""

LOCKERUNGEN = [
    {
        "check_untyped_defs": False,
        "disallow_any_generics": False,
        "disallow_incomplete_defs": False,
        "disallow_subclassing_any": False,
        "disallow_untyped_calls": False,
        "disallow_untyped_decorators": False,
        "disallow_untyped_defs": False,
        "implicit_reexport": True,
        "warn_return_any": False,
    },
    {"ignore_errors": True},
]
HOECHSTENS = [167, 151]
"""So many modules may stand in the two parts of the list. Who strikes some takes these numbers down, never up."""


def regeln() -> list[dict]:
    alle = tomllib.loads(typen.PYPROJECT.read_text(encoding="utf-8"))["tool"]["mypy"]["overrides"]
    return alle[len(EINGESTELLT["overrides"]) :]


def test_the_list_names_modules_that_are_there_each_once():
    # A string would be gone through letter by letter.
    assert [type(regel["module"]) for regel in regeln()] == [list] * len(regeln())
    alle = [modul for liste in typen.listen() for modul in liste]
    assert alle, "the list is empty: take it out of pyproject.toml, and this test"
    # A pattern would take in modules that are not written yet.
    assert [modul for modul in alle if "*" in modul or typen.datei(modul) is None] == []
    assert len(alle) == len(set(alle))


def test_the_list_only_gets_shorter():
    laengen = [len(liste) for liste in typen.listen()]
    assert len(laengen) == len(HOECHSTENS)
    for laenge, hoechstens in zip(laengen, HOECHSTENS, strict=True):
        assert laenge <= hoechstens, "Give the new module types that hold, instead of naming it in pyproject.toml."


def test_the_list_loosens_no_more_than_it_did():
    assert [{name: wert for name, wert in regel.items() if name != "module"} for regel in regeln()] == LOCKERUNGEN


def test_all_else_is_strict():
    assert tomllib.loads(typen.strenge_einstellung())["tool"]["mypy"] == EINGESTELLT
    ganz = tomllib.loads(typen.PYPROJECT.read_text(encoding="utf-8"))["tool"]["mypy"]
    assert {**ganz, "overrides": ganz["overrides"][: len(EINGESTELLT["overrides"])]} == EINGESTELLT


@pytest.mark.parametrize("paket", EINGESTELLT["files"])
def test_no_module_loosens_itself(paket):
    module = sorted((typen.WURZEL / paket).rglob("*.py"))
    assert module
    lockert = re.compile(r"^\s*#\s*(mypy:|type:\s*ignore)", re.MULTILINE)
    assert [str(modul) for modul in module if lockert.search(modul.read_text(encoding="utf-8"))] == []
