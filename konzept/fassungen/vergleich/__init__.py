"""Two states of a concept side by side, word by word.

`vergleich.vergleiche(alt, neu)` tells what became of every element, `einarbeitung.markiert(alt, neu)` gives the new
tree with the changes in its texts, `html.als_html` turns their marks into <ins> and <del>. Everything but `html`,
`staende`, `forms`, `views` and `urls` is a pure function of trees.
"""
