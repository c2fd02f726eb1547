"""What became slow is named at the end of a run."""

from django.conf import settings

from tests.zeiten import LANGSAM, zu_langsam


def test_slow_tests_and_slow_browser_files_are_named():
    plain = {"a.py::eins": 10.1, "a.py::zwei": 9}
    java = {"a.py::pdf": 19, "a.py::druck": 21}
    browser = {"b.py::drei": 25, "b.py::vier": 16, "c.py::fuenf": 39}
    art = dict.fromkeys(plain, "test") | dict.fromkeys(java, "java") | dict.fromkeys(browser, "browser")
    saetze = zu_langsam(plain | java | browser, art)
    assert [satz.split()[0] for satz in saetze] == ["a.py::druck", "a.py::eins", "b.py"]


def test_what_is_listed_with_a_reason_may_be_slow():
    for namen in (list(LANGSAM), [f"{name}[1]" for name in LANGSAM if "::" in name]):
        assert zu_langsam(dict.fromkeys(namen, 99), dict.fromkeys(namen, "test")) == []


def test_what_is_listed_exists():
    for name in LANGSAM:
        datei, _, test = name.partition("::")
        assert (f"def {test}(" if test else "def test_") in (settings.BASE_DIR / datei).read_text(), name
