"""What became slow is named at the end of a run."""

from django.conf import settings

from tests.zeiten import LANGSAM, zu_langsam


def test_slow_tests_and_slow_browser_files_are_named():
    kosten = {"a.py::eins": 10.1, "a.py::zwei": 9, "b.py::drei": 25, "b.py::vier": 16, "c.py::fuenf": 39}
    saetze = zu_langsam(kosten, {"b.py::drei", "b.py::vier", "c.py::fuenf"})
    assert [satz.split()[0] for satz in saetze] == ["a.py::eins", "b.py"]


def test_what_is_listed_with_a_reason_may_be_slow():
    assert zu_langsam(dict.fromkeys(LANGSAM, 99), set()) == []
    assert zu_langsam({f"{name}[1]": 99 for name in LANGSAM if "::" in name}, set()) == []


def test_what_is_listed_exists():
    for name in LANGSAM:
        datei, _, test = name.partition("::")
        assert (f"def {test}(" if test else "def test_") in (settings.BASE_DIR / datei).read_text(), name
