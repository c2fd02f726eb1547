"""Drafts: what somebody typed into a form and has not saved yet, and what is pinned to a form for them.

    eingaben    what a form sent, and who filled it in
    adresse     the address of a form, under which everything here is found
    ablage      what waits for a form: keep, find, forget
    sitzung     the same for somebody of whom nobody knows yet who they are, until they have signed in
    zettel      notes pinned to a form
    einmal      a form that makes something new makes it once

Nothing here is ever saved by itself, and nothing is shown to another account than the one that typed it.
"""
