"""Lines of templates stay short enough to be read, and to be told apart in a diff."""

from tests.templatezeilen import HOECHSTENS, zu_lange


def test_no_line_of_a_template_is_too_long():
    """Where one is: `{% einzeilig %}` breaks it without a trace in what it renders."""
    assert list(zu_lange()) == []


def test_what_is_too_long_is_named_with_file_and_line(tmp_path):
    ort = tmp_path / "templates"
    (ort / "kern").mkdir(parents=True)
    (ort / "kern" / "kurz.html").write_text("ü" * HOECHSTENS, encoding="utf-8")
    (ort / "kern" / "lang.txt").write_text(f"kurz\n{'ü' * (HOECHSTENS + 1)}\n", encoding="utf-8")
    assert list(zu_lange(ort)) == ["templates/kern/lang.txt:2: 201 signs"]
