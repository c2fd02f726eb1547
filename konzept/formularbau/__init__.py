"""What the forms of all apps share: their fields, rows, buttons and errors.

Knows Django's forms and nothing of the apps; the templates in `templates/kern/` are its other half.
"""
