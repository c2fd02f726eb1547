"""What a mail server said, or that it said nothing, as a German sentence and a decision."""

import re
import smtplib
import ssl
import unicodedata
from dataclasses import dataclass, replace

ZEICHEN = 200
"""So much is kept of what a server says: it is a stranger's text."""
GELESEN = 2000
"""So much of it is looked at."""
ZU_VIEL = 421
"""The server closes the connection, for instance since it has had enough mails over it."""
_FREMDES = re.compile(
    r"""[a-z][a-z0-9+.-]*://[^\s<>"]+ | \b(?:www\.|mailto:|tel:)[^\s<>"]+ | \b[\w-]+(?:\.[\w-]+)+/[^\s<>"]*  # links
    | (?:"[^"]*"|[^\s<>()\[\]"',;:@＠]*) [@＠] \[?[^\s<>()\[\]"',;]+\]?  # addresses
    | (?<![\w.]) \(?(?:\+|0)[\d\ /()-]{6,}\d  # telephone numbers""",
    re.IGNORECASE | re.VERBOSE,
)
"""Where a mail is forwarded, its answer may name an address that is nobody's business here; and whoever owns the server
of an address may write what those who read it follow."""
_GRUENDE = (
    (r"\b5\.1\.[0-36]\b|user unknown|no such (user|mailbox)|unknown (user|recipient)", "Das Postfach gibt es nicht."),
    (r"\b[45]\.2\.2\b|(mailbox|quota).*(full|exceeded)|over ?quota", "Das Postfach ist voll."),
    (r"\b5\.2\.1\b|(mailbox|account).*(disabled|inactive)", "Das Postfach ist dort abgeschaltet."),
    (r"\b5\.1\.10\b|\b5\.4\.4\b|(domain|host).*not found", "Die Domain nimmt keine E-Mails an."),
    (r"\b[45]\.7\.\d+\b|spam|blocked|blacklist|denylist", "Sie wurde dort abgewiesen, etwa als Spam."),
)  # fmt: skip
_UNSERE = r"relay(ing)? (access )?denied|authentication required"
"""Said by our own server to whoever is not set up to send over it, whoever the mail is for."""
NICHT_ERREICHBAR = "Der Mailserver von Konzeptwerk war nicht zu erreichen."
ABGEBROCHEN = "Die Verbindung zum Mailserver brach ab."
NICHT_ANGENOMMEN = "Der Mailserver von Konzeptwerk nahm keine E-Mails an."
FEHLERHAFT = "Beim Verfassen oder Senden trat ein Fehler auf. Was es war, steht im Protokoll des Servers."


@dataclass(frozen=True)
class Ausgang:
    """Why a mail did not go out: `satz` for those who wait. `endgueltig`: it never will. `stoerung`: it is the server's
    or our own fault, and other mails would fare no better; the mail has not had its try then. `unsere`: the operator
    has to mend something."""

    satz: str
    endgueltig: bool = False
    stoerung: bool = False
    unsere: bool = False


def beurteile(fehler: Exception) -> Ausgang:
    """Of what smtplib, or a socket under it, raised while a mail was sent."""
    match fehler:
        case smtplib.SMTPRecipientsRefused():
            (code, text), *_ = fehler.recipients.values()
            return _nicht_genommen(code, text)
        case smtplib.SMTPSenderRefused() | smtplib.SMTPAuthenticationError():
            satz = f"{NICHT_ANGENOMMEN} {zitat(fehler.smtp_code, fehler.smtp_error)}"
            return Ausgang(satz, stoerung=True, unsere=fehler.smtp_code != ZU_VIEL)
        case smtplib.SMTPConnectError() | smtplib.SMTPHeloError():
            return Ausgang(f"{NICHT_ERREICHBAR} {zitat(fehler.smtp_code, fehler.smtp_error)}", stoerung=True)
        case smtplib.SMTPResponseException():
            return _nicht_genommen(fehler.smtp_code, fehler.smtp_error)
        case smtplib.SMTPServerDisconnected():
            return Ausgang(ABGEBROCHEN, stoerung=True)
        case smtplib.SMTPException() | ssl.SSLCertVerificationError():
            return Ausgang(NICHT_ANGENOMMEN, stoerung=True, unsere=True)
        case OSError():
            return Ausgang(NICHT_ERREICHBAR, stoerung=True)
    return Ausgang(FEHLERHAFT, endgueltig=True)


def _nicht_genommen(code: int, text: bytes | str) -> Ausgang:
    worte = zitat(code, text)
    if code < 500:
        return Ausgang(f"Der Mailserver nahm sie vorerst nicht an. {worte}", stoerung=code == ZU_VIEL)
    if re.search(_UNSERE, _klartext(text), re.IGNORECASE):
        return Ausgang(f"{NICHT_ANGENOMMEN} {worte}", stoerung=True, unsere=True)
    grund = next((satz for muster, satz in _GRUENDE if re.search(muster, worte, re.IGNORECASE)), "")
    return Ausgang(f"{grund or 'Der Mailserver hat sie abgelehnt.'} {worte}", endgueltig=True)


def beim_verbinden(fehler: Exception) -> Ausgang:
    """Of what was raised before the server had heard of a mail: no mail can be the reason."""
    ausgang = beurteile(fehler)
    if ausgang.endgueltig and isinstance(fehler, smtplib.SMTPResponseException):
        # For example, the server may not be able to encrypt.
        return Ausgang(f"{NICHT_ANGENOMMEN} {zitat(fehler.smtp_code, fehler.smtp_error)}", stoerung=True, unsere=True)
    return replace(ausgang, endgueltig=False, stoerung=True, unsere=ausgang.unsere or ausgang.endgueltig)


def _klartext(text: bytes | str) -> str:
    return " ".join((text.decode("utf-8", "replace") if isinstance(text, bytes) else text).split())


def zitat(code: int, text: bytes | str) -> str:
    """A server's words in one line, without what cannot be seen and without addresses and links, and no more of them
    than a sentence."""
    worte = f"{code} {_klartext(text)}"
    worte = "".join(z for z in worte if unicodedata.category(z)[0] not in "CZ" or z == " ").translate(_ZEICHEN)
    worte = _FREMDES.sub("…", worte[:GELESEN])
    return f"Antwort des Mailservers: „{worte if len(worte) <= ZEICHEN else f'{worte[: ZEICHEN - 1]}…'}“"


_ZEICHEN = str.maketrans({"„": "'", "“": "'", "”": "'"})
