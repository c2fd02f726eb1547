"""Who asks: the kinds of accounts of the matrix."""



from konzept.rechte import Rolle

ZUSTAENDIG = "mitwirkung zustaendig"
"""Takes part for the Akteur who is responsible for the measure; plain "mitwirkung" has no Akteur."""

BETEILIGT = "gremium beteiligt"
"""Sits in a Gremium before which `welt.fassung` was laid; plain "gremium" sits in none."""

PERSONEN = (
    "anonym",
    "gesperrt",  # an account that was switched off, with a session that is still there
    "ohne rolle",
    "fremd",  # Leitung and Verwaltung of another Kommune
    *Rolle.values,
    ZUSTAENDIG,
    BETEILIGT,
    "superuser",
)
ANGEMELDET = PERSONEN[2:]
LESENDE = {"leitung", "redaktion", "mitwirkung", ZUSTAENDIG, "lesen", "superuser"}
BEARBEITENDE = {"leitung", "redaktion", "superuser"}
MITGLIEDER = frozenset({*Rolle.values, ZUSTAENDIG, BETEILIGT})
VERWALTENDE = frozenset({"leitung", "verwaltung", "superuser"})
