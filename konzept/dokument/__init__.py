"""From rows to the document and from the document to what a reader holds: HTML and PDF.

`zusammenstellung.stelle_zusammen(konzept)` reads the rows into the frozen tree of `baum`; everything else here is a
pure function of that tree.
"""
