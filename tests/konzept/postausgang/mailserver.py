"""A small mail server that does what a test tells it: takes mails, refuses them, says nothing, or breaks off."""

import socketserver
import threading
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage

ANNEHMEN = "250 OK"
SCHWEIGEN, ABBRECHEN = "says nothing", "breaks off"


class Mailserver(socketserver.ThreadingTCPServer):
    """`antworten` says by the command (CONNECT, MAIL, RCPT, DATA, ENDE; the last after the words of the mail) what is
    answered, or is a function of the line that says it. What was taken is in `mails`."""

    daemon_threads = allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Gespraech)
        self.antworten: dict[str, str | Callable[[str], str]] = {}
        self.mails: list[EmailMessage] = []
        self.verbindungen = 0
        self.schluss = threading.Event()
        self.nach_dem_empfang: Callable[[], None] = lambda: None

    @property
    def port(self) -> int:
        return self.server_address[1]

    def nummern(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.mails]

    def empfaenger(self) -> list[str]:
        return [mail["To"] for mail in self.mails]

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.schluss.set()
        self.shutdown()
        self.server_close()


class _Gespraech(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.verbindungen += 1
        if not self._antworte("CONNECT", "", "220 hier"):
            return
        while zeile := self.rfile.readline().decode("utf-8", "replace").strip():
            befehl = zeile.split()[0].upper()
            if befehl == "QUIT":
                self._sage("221 auf Wiedersehen")
                return
            if not self._antworte(befehl, zeile, "354 bitte" if befehl == "DATA" else ANNEHMEN):
                return
            if befehl == "DATA" and self._letzte.startswith("354") and not self._nimm():
                return

    def _nimm(self) -> bool:
        zeilen = []
        while (zeile := self.rfile.readline()) not in (b".\r\n", b""):
            zeilen.append(zeile)
        mail = message_from_bytes(b"".join(zeilen), policy=policy.default)
        antwort = self._antwort("ENDE", mail["Message-ID"], ANNEHMEN)
        if antwort.startswith("2") or antwort == ABBRECHEN:
            self.server.mails.append(mail)
        self.server.nach_dem_empfang()
        return self._gib(antwort)

    def _antworte(self, befehl: str, zeile: str, sonst: str) -> bool:
        return self._gib(self._antwort(befehl, zeile, sonst))

    def _antwort(self, befehl: str, zeile: str, sonst: str) -> str:
        antwort = self.server.antworten.get(befehl, sonst)
        return antwort if isinstance(antwort, str) else antwort(zeile) or sonst

    def _gib(self, antwort: str) -> bool:
        self._letzte = antwort
        if antwort == SCHWEIGEN:
            self.server.schluss.wait()
            return False
        if antwort == ABBRECHEN:
            return False
        self._sage(antwort)
        return not antwort.startswith("421")

    def _sage(self, antwort: str) -> None:
        try:
            self.wfile.write(f"{antwort}\r\n".encode())
        except OSError:  # whoever asked is gone
            self.server.nach_dem_empfang()
