"""Typesetting: HTML becomes a PDF. Free of Django, so that it can be a program of its own.

`setzen` is the only module that imports WeasyPrint. What it puts right there stands in `berichtigung`: where lines end,
the words behind glyphs, what goes on on the next page, tags. What makes it quicker stands in `beschleunigung`: equal
styles are one, style sheets, types of C and what the parser of HTML looks for are read once, what texts of a style have
in common is asked for once, what takes long to read is kept on the machine, streams are pressed less hard.
`stueck` is a piece of a print and its key, `nebeneinander` makes several at once, `bindung` one PDF of them.
"""
