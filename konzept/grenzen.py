"""The bounds of everything that a request may cost, in one place. Imports nothing.

A bound holds before the expensive part; what goes beyond it is answered with a sentence, and what was typed is kept.
"""

# What a form sends

SENDUNG_BYTES = 2_000_000
"""The body of a POST without its files. More than fifty times the longest page of the examples; what is longer is not
even taken in."""

SENDUNG_FELDER = 10_000
"""The fields of a POST: three kinds of rows, three hundred of each, with ten fields."""

ZEILEN_JE_ART = 300
"""The rows of one kind in a form, such as the steps of a measure: more than any element has."""

LEERE_ZEILEN = 5
"""Rows that a form says it has although nothing of them was sent: those that a button has just added."""

FLIESSTEXT = 100_000
"""The signs of a rich text, as it is stored and as words in the editor: about thirty printed pages, so that a chapter
can be taken over as a whole."""

LESEN = 1_000_000
"""What reading a rich text may cost, as an estimate in microseconds (`fliesstext.umfang.lesekosten`): prose of that
length takes a hundredth; text full of signs at which markup may begin takes hundreds of times as long."""

LESEN_JE_SENDUNG = 3_000_000
"""The same for all that one form sends."""

FLIESSTEXT_JE_SENDUNG = 500_000
"""The signs of all that one form sends, rich texts read among them. Beyond it none of them is read."""

HTML_ZEICHEN = 300_000
"""The signs of what the editor sends for one text: a text of FLIESSTEXT signs in a table, with its markup."""

HTML_MARKEN = 8_000
"""The tags that open in what the editor sends for one text: TABELLENZELLEN cells with a paragraph in each."""

HTML_TIEFE = 60
"""How deep what the editor sends may be nested. The dialect ends at eleven lists, of two levels with a paragraph; the
cost of cleaning HTML grows with the square of its depth."""

FREMDE_MARKEN = 60
"""The tags in HTML that no editor writes, such as attributes without quotation marks. It cannot be measured without
reading it as a browser does; so few cannot do harm."""

TABELLENZELLEN = 3_000
"""The cells of the tables of a text, each as wide as its widest row: thirty times the most in the examples."""

SCHLICHTTEXT = 20_000
"""The signs of a text without markup."""

ZITAT = 2_000
"""The signs of the place that an Anmerkung quotes."""

ANGABE = 120
"""The signs of a period or an amount in words. Longer texts are sentences, and no pattern looks at them."""

BETRAEGE_IN_WORTEN = 1_000
"""The signs of a wording in which several amounts are looked for; what is longer is a text and no list of costs."""

NAMENLISTE = 2_000
"""The signs of several short names in one field."""

NAMEN = 60
"""The names in such a field."""

NAMENSVORSCHLAEGE = 20
"""For so many unknown names a page says which similar ones there are; looking costs time for each that is known."""

NAMENSTEILUNGEN = 200
"""So many unknown names of a page are looked through for several known ones in them ("51 / 40")."""

VERSUCHE, VERSUCHE_JE_ZEICHEN = 10_000, 10
"""What trying how emphasis is best written may cost, as an estimate in microseconds: so much for a text, and so much
more for each of its signs. Beyond that, emphasis inside of words is left out."""

# What is kept for a form that was not saved

EINGABEN_ZEICHEN = SENDUNG_BYTES
"""The signs of what one form sends, URL-encoded, as it is kept; in a session the sum of all that waits."""

EINGABEN_OHNE_KONTO = 150_000
"""So many are kept for somebody of whom nobody knows yet who they are, on their way to the identity provider."""

EINGABEN_OHNE_KONTO_JE_NETZ = "60/h/ip"
"""How often that is done for one network address: a town hall's forms whose sessions had expired."""

SITZUNGEN = 20
"""The sessions of one account at the same time; the next sign-in ends the oldest."""

EINGABEN_BEI_DER_ANMELDUNG = SENDUNG_BYTES // 3
"""So many the sign-in page carries along. They are encoded once more there, which makes them three times as long at
most, and must fit into a body again."""

ADRESSE_ZEICHEN = 500
"""The address of a form, with what stands behind its question mark."""

ZWISCHENSTAENDE = 200
"""The forms of one account for which text waits. Nobody begins so many; after 90 days each is deleted."""

ZWISCHENSTAENDE_ZEICHEN = 6_000_000
"""The signs of all that waits for one account: as much as sixty of the longest chapters."""

# Mails: within an hour, and within a day

EINLADUNGEN_JE_KONTO = 30, 100
"""Invitations that one account sends: they go to any address, in our name."""
EINLADUNGEN_JE_KOMMUNE = 60, 200
"""The same for all accounts of a Kommune together."""
EINLADUNGEN_JE_ADRESSE = 5, 10
"""The same to one address, whoever sends them."""
RUNDENPOST_JE_KONTO = 500, 1500
"""Mails to members that one account causes by what it does with Runden: ten times a Rat with all its committees."""
RUNDENPOST_JE_KOMMUNE = 1000, 3000
"""The same for all accounts of a Kommune together."""
ADRESSWECHSEL = 20, 40
"""How often an account may ask for a mail to a new address of its own."""
NAME_ZEICHEN = 100
"""Signs of a person's name, which stands in mails."""

# Uploads

BILD_BYTES = 5 * 1024 * 1024
"""Size of an uploaded picture, and of any upload."""
BILD_PIXEL = 25_000_000
"""Pixels of an uploaded picture, looked at before one of them is decoded: a small file can hold billions."""
DATEIEN = 2
"""Files in one request; no form has more than one."""

# Many at once

SAMMEL_MASSNAHMEN = 500
"""Measures that are changed at once: taking that back asks for each of them by itself."""

SUCHWORTE = 12
"""Words of one search, each of which is looked for in the texts of all measures."""

# Pages

ANMERKUNGEN_JE_SEITE = 50
"""Cards on one page of Anmerkungen."""
VERGLEICH_JE_SEITE = 100
"""Changes on one page of a comparison."""

# Prints

DRUCKE_JE_KONTO = 3
"""Prints for which one account waits at once."""
DRUCKE_JE_KOMMUNE = 12
"""Print jobs of one Kommune that wait or run at once. Each is a row with all that it prints; how many are typeset at
once is up to the worker."""
DRUCKE_INSGESAMT = 200
"""The same for all together."""
DRUCKE_AUFBEWAHRT = 100
"""Finished prints of one Kommune that are kept, for three days at most; a large one has a megabyte."""

SATZSTUECKE_JE_KONZEPT = 40_000_000
"""Bytes of typeset pieces that are kept of a concept, for some days after their last use. A print of 300 Maßnahmen has
two megabytes of them, and each edit adds one piece."""

STECKBRIEFE = 150
"""Sheets of measures in one print: half a minute of typesetting."""

KAPITELDRUCK = 1_000_000
"""Signs of one chapter as a print: ten times that of the largest example; 300 measures have two thirds of it."""

LISTE_IM_DRUCK = 1_000
"""Measures in the print of a list, which is typeset as a whole."""

# Comparing

VERGLEICH_WORTE = 400_000_000
"""Words, spaces and signs of the old wording times those of the new one, without a common beginning and end: 20 000
beside 20 000, which is 25 printed pages in one paragraph, take 50 MB and 0.2 s."""
VERGLEICH_ZEILEN = 1_000_000
"""Rows, items or paragraphs of one list times those of the other, between two that are equal: 1000 beside 1000 take
60 MB and 1 s."""
VERGLEICH_GESAMT = 3_000_000_000
"""Steps (as above) of everything that one page or print compares, about two seconds: thirty times what a concept of
1000 measures takes in which every third word has changed."""
