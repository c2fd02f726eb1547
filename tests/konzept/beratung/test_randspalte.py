"""Where Randnummern and notes go in the HTML of a chapter."""

from konzept.beratung.randspalte import mit_rand

GRUPPE = '<table><tbody data-rn="7"><tr><th>A</th><td>B</td></tr><tr><td colspan="2">C</td></tr></tbody></table>'


def test_a_group_of_rows_has_its_number_in_the_first_cell_and_its_notes_below_the_last_row():
    html = mit_rand(GRUPPE, lambda rn: f"[{rn}]", lambda rn: f"Notiz {rn}")
    assert html == (
        '<table><tbody data-rn="7"><tr><th>[7]A</th><td>B</td></tr><tr><td colspan="2">C</td></tr>'
        '<tr class="rand-zeile"><td colspan="2">Notiz 7</td></tr></tbody></table>'
    )


def test_a_row_has_its_notes_in_a_row_as_wide_as_itself():
    zeile = '<table><tr data-rn="3"><td colspan="2">A</td><td>B</td></tr></table>'
    html = mit_rand(zeile, lambda rn: f"[{rn}]", lambda rn: "N")
    assert html == (
        '<table><tr data-rn="3"><td colspan="2">[3]A</td><td>B</td></tr>'
        '<tr class="rand-zeile"><td colspan="3">N</td></tr></table>'
    )
