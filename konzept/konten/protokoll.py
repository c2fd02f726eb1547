"""Writing to the log.

An entry belongs to the transaction in which it is written: what is rolled back has not happened and is not logged.
"""

from konzept.schreibweise import schlichte_zeile

from .models import ZUGANG, Benutzer, Protokolleintrag

TEXTLAENGE = Protokolleintrag._meta.get_field("text").max_length


def halte_fest(ereignis: str, *, kommune=None, benutzer=None, person=None, text: str = "") -> None:
    """Log an event (`Ereignis`) in a Kommune, or without one an event of the installation.

    `benutzer` did it (nobody, where it was not somebody signed in), `person` is whom it concerns. `text` says what:
    a role, a title, a file; never a name or an e-mail address, since the entry outlives the account. One query.
    What is in `ZUGANG` has a way of its own, `zugang.halte_zugang_fest`, and raises ValueError here.
    """
    if ereignis in ZUGANG:
        raise ValueError("A change of who reads what is told to the Leitungen: see zugang.halte_zugang_fest.")
    Protokolleintrag.objects.create(
        ereignis=ereignis, kommune=kommune, benutzer=konto(benutzer), person=konto(person), text=zeile(text)
    )


def halte_fest_je_kommune(ereignis: str, benutzer=None, text: str = "", *, person=None) -> None:
    """Log an event in every Kommune in which the account has a role; without any role once for the installation.

    The account is `person`, whom it concerns, or else `benutzer`, who did it. Two queries.
    """
    wessen = person or benutzer
    kommunen = wessen.mitgliedschaften.order_by("kommune").values_list("kommune", flat=True).distinct()
    Protokolleintrag.objects.bulk_create(
        Protokolleintrag(
            ereignis=ereignis,
            kommune_id=kommune,
            benutzer=konto(benutzer),
            person=konto(person),
            text=zeile(text),
        )
        for kommune in list(kommunen) or [None]
    )


def konto(benutzer) -> Benutzer | None:
    """The account for an entry; None for nobody who is signed in."""
    return benutzer if benutzer is not None and benutzer.is_authenticated else None


def zeile(text: str) -> str:
    """The text as the log stores it: on one line, without signs that cannot be seen, and cut to the length of the
    field."""
    return schlichte_zeile(text)[:TEXTLAENGE]
