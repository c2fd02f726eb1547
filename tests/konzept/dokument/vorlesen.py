"""What a screen reader makes of a PDF: its words in the order of the tags, labels of list items included, and what is
said instead of them."""

from collections.abc import Iterator

import pikepdf

PUNKTE = set("•◦▪ ")
IN_DER_ZEILE = {"/Span", "/Link", "/NonStruct", "/Lbl"}


def abschnitte(pdf: pikepdf.Pdf) -> list[str]:
    """The words of each top-level section; the dots of lists are left out."""
    texte = alle_texte(pdf)
    return ["".join(_lies(element, None, texte)) for element in oberste(pdf)]


def oberste(pdf: pikepdf.Pdf) -> list:
    """The top-level sections."""
    return [element for element in pdf.Root.StructTreeRoot.K[0].K if element.S == "/Sect"]


def zaehle(element, art: str) -> int:
    """The elements of a kind ("/LI") below one."""
    if isinstance(element, pikepdf.Array):
        return sum(zaehle(teil, art) for teil in element)
    if not isinstance(element, pikepdf.Dictionary):
        return 0
    return (element.get("/S") == art) + zaehle(element.get("/K", pikepdf.Array()), art)


def alles(pdf: pikepdf.Pdf) -> str:
    """All words, with a space after each element that is a block."""
    return "".join(_lies(pdf.Root.StructTreeRoot.K[0], None, alle_texte(pdf), nach_bloecken=" "))


def worte(element, texte: dict[tuple, str]) -> str:
    """The words of one element, out of `alle_texte`."""
    return "".join(_lies(element, None, texte))


def gesprochen(element) -> str:
    """What is read aloud instead of the words in an element, "" where these are."""
    return str(element.get("/ActualText", element.get("/Alt", "")))


def alles_in(pdf: pikepdf.Pdf, element) -> str:
    """All words of one element."""
    return "".join(_lies(element, None, alle_texte(pdf), nach_bloecken=" "))


def alle_texte(pdf: pikepdf.Pdf) -> dict[tuple, str]:
    """The words of each marked content, by page and number."""
    texte: dict[tuple, str] = {}
    for seite in pdf.pages:
        for mcid, text in _texte(seite):
            stelle = (seite.obj.objgen, mcid)
            texte[stelle] = texte.get(stelle, "") + text
    return texte


def _lies(element, seite, texte, nach_bloecken: str = "") -> Iterator[str]:
    if isinstance(element, pikepdf.Array):
        for teil in element:
            yield from _lies(teil, seite, texte, nach_bloecken)
    elif isinstance(element, pikepdf.Dictionary):
        kinder = element.get("/K", pikepdf.Array())
        worte = gesprochen(element) or "".join(_lies(kinder, element.get("/Pg", seite), texte, nach_bloecken))
        if not (element.get("/S") == "/Lbl" and set(worte) <= PUNKTE):
            yield worte
        if element.get("/S") not in IN_DER_ZEILE:
            yield nach_bloecken
    else:
        yield texte.get((seite.objgen, int(element)), "")


def _texte(seite) -> Iterator[tuple[int, str]]:
    """(number of the marked content, words) as they are written on a page, without hyphens that layout has set."""
    schriften = {name: _Schrift(schrift) for name, schrift in seite.Resources.get("/Font", {}).items()}
    schrift, offen = None, []
    for operanden, operator in pikepdf.parse_content_stream(seite):
        match str(operator):
            case "BDC" | "BMC":
                eigenschaften = operanden[1] if len(operanden) > 1 else {}
                nummer = int(eigenschaften["/MCID"]) if "/MCID" in eigenschaften else offen[-1] if offen else None
                if "/ActualText" in eigenschaften:
                    if nummer is not None:
                        yield nummer, str(eigenschaften["/ActualText"]).removesuffix("\u00ad")
                    nummer = None
                offen.append(nummer)
            case "EMC":
                offen.pop()
            case "Tf":
                schrift = schriften[str(operanden[0])]
            case "Tj" | "TJ" if offen and offen[-1] is not None:
                teile = operanden[0] if str(operator) == "TJ" else operanden
                yield offen[-1], "".join(schrift.text(bytes(t)) for t in teile if isinstance(t, pikepdf.String))


class _Schrift:
    def __init__(self, schrift):
        self._zeichen: dict[int, str] = {}
        for operanden, operator in pikepdf.parse_content_stream(schrift.ToUnicode):
            match str(operator):
                case "endbfchar":
                    for code, text in zip(operanden[::2], operanden[1::2], strict=True):
                        self._zeichen[int.from_bytes(bytes(code))] = bytes(text).decode("utf-16-be")
                case "endbfrange":
                    for von, bis, text in zip(*[iter(operanden)] * 3, strict=True):
                        erste = int.from_bytes(bytes(von))
                        for i in range(int.from_bytes(bytes(bis)) - erste + 1):
                            stelle = bytes(text[i]) if isinstance(text, pikepdf.Array) else _plus(bytes(text), i)
                            self._zeichen[erste + i] = stelle.decode("utf-16-be")

    def text(self, zeichen: bytes) -> str:
        return "".join(self._zeichen[int.from_bytes(zeichen[i : i + 2])] for i in range(0, len(zeichen), 2))


def _plus(text: bytes, i: int) -> bytes:
    return (int.from_bytes(text) + i).to_bytes(len(text))
