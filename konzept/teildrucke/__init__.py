"""Parts of a concept as PDFs on demand: a chapter, sheets of measures, a list, what concerns an Akteur.

- `teildruck`: what all of them share: from which tree (`Quelle`), and how a template becomes a PDF (`Teildruck`).
- `kapitel`: one section of the outline or one Handlungsfeld, as it stands in the whole print.
- `steckbrief`, `steckbriefkosten`: what stands on the sheet of a measure, as values; `steckbriefe`: one or several of
  them as a print.
- `liste`: the list of measures as its page shows it; what it shows in words in `listenworte`.
- `akteur`: what concerns one Akteur; `akteursteile` says what of the tree that is, `akteursworte` counts it in words.
- `blaetter`: how a view names what it hands out.
- `views`, `urls`: the addresses below /konzepte/<kommune>/<konzept>/druck/.

A kind of its own is a subclass of `Teildruck` with a template that extends templates/teildrucke/teildruck.html,
announced in `apps`, a view and an address.
"""
