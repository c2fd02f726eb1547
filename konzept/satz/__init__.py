"""Typesetting: HTML becomes a PDF. Free of Django, so that it can be a program of its own.

`setzen` is the only module that imports WeasyPrint; what it mends there stands in modules of its own: where lines end
(`zeilenende`), the words behind glyphs (`wortlaut`), what goes on on the next page (`fortsetzung`), tags (`pdf_tags`);
and what makes it quicker: equal styles are one (`stile`), style sheets (`stilvorrat`), types of C (`ctypen`) and what
the parser of HTML looks for (`zeichenklassen`) are read once, what texts of a style have in common is asked for once
(`schriftzug`), what takes long to read is kept on the machine (`einmal`, `trennmuster`), streams are pressed less hard
(`pressung`).
`bindung` makes one PDF of several.
"""
