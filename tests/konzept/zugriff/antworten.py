"""The rules behind the table: for a kind of page, which person gets which status."""

from tests.konzept.zugriff.personen import (
    ANGEMELDET,
    BEARBEITENDE,
    BETEILIGT,
    LESENDE,
    MITGLIEDER,
    VERWALTENDE,
    ZUSTAENDIG,
)


def lesbar(person: str) -> dict[str, int]:
    """A page that whoever may read the concept can open."""
    angemeldet = 200 if person in LESENDE else 404
    return {"GET": angemeldet if person in ANGEMELDET else 302, "POST": 405, "PUT": 405, "DELETE": 405}


def fassung(person: str) -> dict[str, int]:
    """A page of a Fassung, for whom it was laid before too."""
    return lesbar(person) | ({"GET": 200} if person == BETEILIGT else {})


def druck(zeile, post: int = 302):
    """A PDF that is made at once here; its POST tries again what failed."""

    def mit_post(person: str) -> dict[str, int]:
        get = zeile(person)["GET"]
        return zeile(person) | {"POST": {200: post, 302: 401}.get(get, get)}

    return mit_post


def druckwahl(person: str) -> dict[str, int]:
    """A button that leads to a PDF."""
    return druck(lesbar)(person) | {"GET": 405}


def fassungsdatei(person: str) -> dict[str, int]:
    """A PDF that is being made."""
    zeile = fassung(person)
    return zeile | ({"GET": 202} if zeile["GET"] == 200 else {})


def fassungsfrage(duerfende, post: int = 302):
    """A page that asks, and whose button needs nothing more; who only reads the Fassung gets 403. With `post` 422 it
    needs what the empty POST of the test has not."""

    def frage(person: str) -> dict[str, int]:
        get = fassung(person)["GET"]
        if get != 200:
            return {"GET": get, "POST": 401 if get == 302 else 404, "PUT": 405, "DELETE": 405}
        darf = person in duerfende
        return {"GET": 200 if darf else 403, "POST": post if darf else 403, "PUT": 405, "DELETE": 405}

    return frage


def nur_fassungsknopf(person: str) -> dict[str, int]:
    return fassungsfrage(BEARBEITENDE)(person) | {"GET": 405}


def formular(person: str, bearbeitende=frozenset(BEARBEITENDE)) -> dict[str, int]:
    """An editing page; the POST of the test is empty and thus refused even where it is allowed."""
    falsch = {"PUT": 405, "DELETE": 405}
    if person not in ANGEMELDET:
        return {"GET": 302, "POST": 401} | falsch
    if person not in LESENDE:
        return {"GET": 404, "POST": 404} | falsch
    if person not in bearbeitende:
        return {"GET": 403, "POST": 403} | falsch
    return {"GET": 200, "POST": 422} | falsch


def ausfuehrbar(person: str) -> dict[str, int]:
    """A page that asks, and whose button needs nothing more."""
    return formular(person) | ({"POST": 302} if person in BEARBEITENDE else {})


def veraltet(person: str) -> dict[str, int]:
    """As above, but the empty POST of the test names no version."""
    return formular(person) | ({"POST": 409} if person in BEARBEITENDE else {})


def nur_ausfuehrbar(person: str) -> dict[str, int]:
    """A button without a page of its own."""
    return ausfuehrbar(person) | {"GET": 405}


def runde(get: int | None = 200, post: int = 405, duerfende=frozenset(BEARBEITENDE | {BETEILIGT})):
    """A page of a Runde: `get` and `post` for who may open it; `get` None: a button without a page of its own.

    Whoever reads the concept or takes part knows of the Runde, and gets 403 where they may not.
    """

    def zeile(person: str) -> dict[str, int]:
        falsch = {"PUT": 405, "DELETE": 405} | ({} if get else {"GET": 405}) | ({"POST": 405} if post == 405 else {})
        if person not in ANGEMELDET:
            return {"GET": 302, "POST": 401} | falsch
        if person in duerfende:
            return {"GET": get or 405, "POST": post} | falsch
        status = 403 if person in LESENDE | {BETEILIGT} else 404
        return {"GET": status, "POST": status} | falsch

    return zeile


def anmerken(person: str) -> dict[str, int]:
    """Who leads the Beratung reads what is said; only who is asked says something."""
    return runde(200, 422)(person) | ({"POST": 403} if person in BEARBEITENDE else {})


def runden(person: str) -> dict[str, int]:
    return lesbar(person) | ({"GET": 200} if person == BETEILIGT else {})


def schritt(person: str) -> dict[str, int]:
    """A button without a page of its own, whose empty POST names no element."""
    return formular(person) | {"GET": 405} | ({"POST": 404} if person in BEARBEITENDE else {})


def werkseite(person: str) -> dict[str, int]:
    """A page of the workbench that only shows."""
    return formular(person) | {"POST": 405}


def zwischenstand(person: str) -> dict[str, int]:
    """Where forms send what is being typed; the empty POST of the test comes from no form."""
    return {"GET": 405, "POST": 400 if person in ANGEMELDET else 401, "PUT": 405, "DELETE": 405}


def verzeichnis(wie):
    """A page of a whole Kommune: whoever has a role there knows of it."""

    def im_verzeichnis(person: str) -> dict[str, int]:
        if person in {"gremium", BETEILIGT, "verwaltung"}:
            return wie("lesen")
        return wie(person)

    return im_verzeichnis


def massnahmenformular(person: str) -> dict[str, int]:
    return formular(person, BEARBEITENDE | {ZUSTAENDIG})


def lesefrage(person: str) -> dict[str, int]:
    """How a field is read while somebody types; the empty POST of the test names none."""
    return formular(person, LESENDE) | {"GET": 405} | ({"POST": 400} if person in LESENDE else {})


def sammelform(person: str) -> dict[str, int]:
    """Several measures at once; whoever comes without having chosen any is sent to the list."""
    zeile = massnahmenformular(person)
    return zeile | ({"GET": 302} if zeile["GET"] == 200 else {})


def sammelfrage(person: str) -> dict[str, int]:
    """A button without a page of its own, for a last change that the test has not made."""
    zeile = massnahmenformular(person)
    return zeile | (dict.fromkeys(("GET", "POST"), 302) if zeile["GET"] == 200 else {})


def startseite(person: str) -> dict[str, int]:
    return {"GET": 200 if person in ANGEMELDET else 302, "POST": 405, "PUT": 405, "DELETE": 405}


def anmeldung(person: str) -> dict[str, int]:
    """Whoever has signed in is sent on; an empty form is shown again."""
    return dict.fromkeys(("GET", "POST"), 302 if person in ANGEMELDET else 200)


def abmeldung(person: str) -> dict[str, int]:
    return {"GET": 405, "POST": 302, "PUT": 405, "DELETE": 405}


def oeffentlich(person: str) -> dict[str, int]:
    """A page for everybody, such as the Impressum."""
    return {"GET": 200, "POST": 405, "PUT": 405, "DELETE": 405}


def eigene_daten(person: str) -> dict[str, int]:
    return {"GET": 200 if person in ANGEMELDET else 302, "POST": 405, "PUT": 405, "DELETE": 405}


def eigene_datei(person: str) -> dict[str, int]:
    return {"GET": 405, "POST": 200 if person in ANGEMELDET else 401, "PUT": 405, "DELETE": 405}


def konto_loeschen(person: str) -> dict[str, int]:
    """Without the ticked box nothing is erased."""
    falsch = {"PUT": 405, "DELETE": 405}
    return ({"GET": 200, "POST": 422} if person in ANGEMELDET else {"GET": 302, "POST": 401}) | falsch


def protokoll(person: str) -> dict[str, int]:
    """The log: of the Leitung; other members of the Kommune know that there is one."""
    falsch = {"POST": 405, "PUT": 405, "DELETE": 405}
    if person not in ANGEMELDET:
        return {"GET": 302} | falsch
    if person in {"leitung", "superuser"}:
        return {"GET": 200} | falsch
    return {"GET": 403 if person in MITGLIEDER else 404} | falsch


def offen(person: str) -> dict[str, int]:
    """A page on the way in, open to everybody; the empty form comes back."""
    return dict.fromkeys(("GET", "POST"), 200)


def auskunft(person: str) -> dict[str, int]:
    return {"GET": 200, "POST": 405}


def nur_ohne_konto(person: str) -> dict[str, int]:
    """No sign-up, and nobody who has signed in needs it."""
    return dict.fromkeys(("GET", "POST"), 302 if person in ANGEMELDET else 200)


def bestaetigungslink(person: str) -> dict[str, int]:
    """A link with a wrong key."""
    return {"GET": 200, "POST": 404}


def zwischenschritt(person: str) -> dict[str, int]:
    """Only between password and second factor; everybody else is sent on."""
    return dict.fromkeys(("GET", "POST"), 302)


def passkey_anmeldung(person: str) -> dict[str, int]:
    return {"GET": 302, "POST": 302 if person in ANGEMELDET else 200}


def eigene_seite(get: int, post: int):
    """A page of the own account."""

    def zeile(person: str) -> dict[str, int]:
        return {"GET": get, "POST": post} if person in ANGEMELDET else dict.fromkeys(("GET", "POST"), 302)

    return zeile


def konto(person: str) -> dict[str, int]:
    return {"GET": 200, "POST": 422} if person in ANGEMELDET else {"GET": 302, "POST": 401}


ERST_BESTAETIGEN = eigene_seite(302, 302)
"""Who has signed in confirms first that it is them."""


def ohne_anmeldedienst(person: str) -> dict[str, int]:
    """The test run has no identity provider; `test_oidc` looks at these addresses with one."""
    return dict.fromkeys(("GET", "POST", "PUT", "DELETE"), 404)


def kommunenseite(person: str, duerfende=MITGLIEDER | {"superuser"}) -> dict[str, int]:
    """A page of a Kommune that only shows; whoever has a role there knows of it."""
    falsch = {"POST": 405, "PUT": 405, "DELETE": 405}
    if person not in ANGEMELDET:
        return {"GET": 302} | falsch
    if person in duerfende:
        return {"GET": 200} | falsch
    return {"GET": 403 if person in MITGLIEDER else 404} | falsch


def verwaltungsseite(person: str) -> dict[str, int]:
    return kommunenseite(person, VERWALTENDE)


def verwaltungsformular(person: str) -> dict[str, int]:
    """The POST of the test is empty and thus refused even where it is allowed."""
    get = verwaltungsseite(person)["GET"]
    return {"GET": get, "POST": {200: 422, 302: 401}.get(get, get), "PUT": 405, "DELETE": 405}


def rollenformular(person: str) -> dict[str, int]:
    """As above, but the empty POST does not know what the page showed."""
    return verwaltungsformular(person) | ({"POST": 409} if person in VERWALTENDE else {})


def verwaltungsfrage(person: str) -> dict[str, int]:
    """A page that asks, and whose button needs nothing more."""
    return verwaltungsformular(person) | ({"POST": 302} if person in VERWALTENDE else {})


def einladung(person: str) -> dict[str, int]:
    """The key is the right; it does not fit the account of anybody here."""
    falsch = {"PUT": 405, "DELETE": 405}
    return ({"GET": 403, "POST": 403} if person in ANGEMELDET else {"GET": 200, "POST": 422}) | falsch


def vorlagenformular(person: str) -> dict[str, int]:
    """The result of a sitting may be empty, but the empty POST of the test names no version."""
    return formular(person) | ({"POST": 409} if person in BEARBEITENDE else {})
