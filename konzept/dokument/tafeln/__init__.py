"""The tables of the document as values: what stands in each cell, and how wide its column is, before anybody draws it.

The templates in templates/dokument/teile/ loop over them.
"""
