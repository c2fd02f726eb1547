"""Mends of the tag tree that WeasyPrint 70 writes, on the objects of the PDF before it is saved.

WeasyPrint writes one structure element per box, so that whatever continues on the next line or page begins anew there,
and it gives header cells no Scope (Kozea/WeasyPrint #2903, #2508). Here the pieces are joined again, repeated table
heads, running heads and the dots of a table of contents become artifacts, each data cell names its headers, words in
another language say so, and what cannot be understood by ear is read aloud in other words than those that stand there:

- `<span data-gesprochen="Randnummer 12">12</span>`: the words of the attribute are read instead of those in the
  element, as its /ActualText. For signs, dashes and bare numbers; nothing inside it may be a link.
- `<a href="#…" aria-label="Leitlinie 3: Sprache lernen">3</a>`: the words of the attribute are read instead, as the
  /Alt of the element and the description of its link. They contain what stands there (WCAG 2.5.3).
"""

from functools import wraps
from typing import NamedTuple

import pydyf

VERBINDBAR = {
    f"/{tag}"
    for tag in (
        *("Sect", "Art", "Part", "Div", "NonStruct", "BlockQuote", "Caption", "P", "H1", "H2", "H3", "H4", "H5", "H6"),
        *("L", "LI", "LBody", "Table", "THead", "TBody", "TFoot", "TR", "TH", "TD"),
    )
}
IN_DER_ZEILE = {"/Link", "/Span", "/NonStruct"}
HUELLEN = {"/P", "/Div", "/NonStruct", "/Caption", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6"}
BLOECKE = {"p", "div", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6"}
SPALTENKOPF = {"col", "colgroup", "rowgroup"}


class Herkunft(NamedTuple):
    """Which HTML element a structure element stands for, and the last page on which it does. `seitenzahl` stands behind
    a link, put there by the style sheet."""

    element: object
    tag: str
    seite: int
    seitenzahl: str = ""


def mit_herkunft(baue):
    """Wrap WeasyPrint's builder of structure elements, so that each remembers its `Herkunft` and says its language:
    WeasyPrint tells that of the whole."""

    @wraps(baue)
    def huelle(box, parent, pdf, page_number, nums, annotations, tags):
        for element in baue(box, parent, pdf, page_number, nums, annotations, tags):
            if not hasattr(element, "herkunft"):
                kasten = getattr(box, "_box", box)
                zahl = _eigener_text(kasten) if kasten.element_tag == "a::after" else ""
                element.herkunft = Herkunft(kasten.element, kasten.element_tag, page_number, zahl)
                if kasten.element_tag == "span" and (sprache := kasten.element.get("lang")):
                    element["Lang"] = pydyf.String(sprache)
            yield element

    return huelle


def _eigener_text(kasten) -> str:
    """The words of a box without those of the boxes in it, such as the dots before a page number."""
    return "".join(getattr(teil, "text", "") for teil in kasten.children).strip()


class Strukturbaum:
    """The structure tree of a `pydyf.PDF` whose elements carry their `Herkunft`."""

    def __init__(self, pdf: pydyf.PDF, vorsatz: str = "") -> None:
        """`vorsatz` begins each ID, so that they stay apart from those of another PDF."""
        self.pdf, self.vorsatz = pdf, vorsatz
        self._elemente = {o.reference: o for o in pdf.objects if isinstance(o, dict) and o.get("Type") == "/StructElem"}
        self.wurzel = self._objekt(pdf.catalog["StructTreeRoot"])
        self.dokument = self._objekt(self.wurzel["K"][0])
        self._eins: dict[bytes, bytes] = {}

    def bessere(self) -> None:
        """Join the pieces, say what is read aloud, put each list item's parts into its body, link the cells of each
        table with their headers, make artifacts of what is left over."""
        self._ordne(self.dokument)
        self._loese_huellen()
        self._fasse_zeilen()
        self._sprich()
        self._fasse_listenpunkte()
        self._gliedere_verzeichnisse()
        self._verknuepfe_tabellen()
        self._kennzeichne_beiwerk()

    def _objekt(self, verweis):
        return self.pdf.objects[int(verweis.split()[0])]

    def _kinder(self, element) -> list:
        """Structure elements below, without content of its own (numbers) and annotations."""
        return [self._elemente[k] for k in element["K"] if k in self._elemente]

    def _nachfahren(self, element):
        stapel = [element]
        while stapel:
            oben = stapel.pop()
            yield oben
            stapel.extend(reversed(self._kinder(oben)))

    # Joining

    def _ordne(self, element) -> None:
        """Join neighbours below `element` that stand for the same HTML element on different pages."""
        alle, element["K"] = element["K"], pydyf.Array()
        for verweis in alle:
            self._haenge_an(element, verweis, ab=len(element["K"]) - 1)

    def _haenge_an(self, eltern, verweis, *, ab: int) -> None:
        """`ab` the place among the children from which on one may go on in what is added."""
        kind = self._objekt(verweis)
        for anderes in reversed(eltern["K"][max(ab, 0) :]):
            if isinstance(anderes, bytes) and _setzt_fort(self._objekt(anderes), kind):
                self._verbinde(self._objekt(anderes), kind)
                return
            if isinstance(anderes, bytes) and _steht_fuer_dasselbe(self._objekt(anderes), kind):
                # This is a further line on the same page, and the element was continued on it already.
                break
        eltern["K"].append(verweis)
        if kind.get("Type") == "/StructElem":
            kind["P"] = eltern.reference

    def _verbinde(self, erstes, weiteres) -> None:
        erstes.herkunft = weiteres.herkunft
        hat_kopf = erstes["S"] == "/Table" and any(k["S"] == "/THead" for k in self._kinder(erstes))
        ab = self._letzte_offene(erstes)
        for verweis in weiteres["K"]:
            if not (hat_kopf and self._objekt(verweis).get("S") == "/THead"):
                self._haenge_an(erstes, verweis, ab=ab)

    def _letzte_offene(self, element) -> int:
        """The place of the first child that may go on on the next page: all cells of a row, and the last item of a list
        with the lists in it, which stand beside it."""
        kinder = element["K"]
        if element["S"] == "/TR":
            return 0
        if element["S"] == "/L":
            punkte = (i for i in range(len(kinder) - 1, -1, -1) if self._objekt(kinder[i])["S"] == "/LI")
            return next(punkte, 0)
        return len(kinder) - 2

    def _loese_huellen(self) -> None:
        """No element in another that stands for the same one, as around the words beside a block, and none that is
        empty."""
        for element in reversed(list(self._nachfahren(self.dokument))):
            alle, element["K"] = element["K"], pydyf.Array()
            for verweis in alle:
                teil = self._elemente.get(verweis)
                if teil is not None and teil["S"] in HUELLEN and (not teil["K"] or _steht_fuer_dasselbe(element, teil)):
                    element["K"] += teil["K"]
                    for kind in self._kinder(teil):
                        kind["P"] = element.reference
                else:
                    element["K"].append(verweis)

    def _fasse_zeilen(self) -> None:
        """A link or a span on several lines of a page is one, a link with an area on each line."""
        for element in self._nachfahren(self.dokument):
            alle, element["K"] = element["K"], pydyf.Array()
            letztes = None
            for verweis in alle:
                teil = self._elemente.get(verweis)
                if _auf_weiterer_zeile(letztes, teil):
                    letztes["K"] += teil["K"]
                    for kind in self._kinder(teil):
                        kind["P"] = letztes.reference
                    self._eins[teil.reference] = letztes.reference
                else:
                    element["K"].append(verweis)
                    letztes = teil

    # Words by ear

    def _sprich(self) -> None:
        """Once for each HTML element: inside it there are boxes that stand for the same one."""
        gesagt = set()
        for element in self._nachfahren(self.dokument):
            herkunft = getattr(element, "herkunft", None)
            if herkunft is None or herkunft.element is None or (id(herkunft.element), herkunft.tag) in gesagt:
                continue
            gesagt.add((id(herkunft.element), herkunft.tag))
            if herkunft.tag == "span" and (worte := herkunft.element.get("data-gesprochen")):
                element["ActualText"] = pydyf.String(worte)
            elif herkunft.tag == "a":
                self._benenne(element)

    def _benenne(self, link) -> None:
        """What a link says, or else its words, as its description, instead of the name of its target. A page number
        behind it says that it is one; the dots before it are for the eye."""
        a = link.herkunft.element
        worte = [a.get("aria-label") or " ".join("".join(a.itertext()).split())]
        if a.get("aria-label"):
            link["Alt"] = pydyf.String(worte[0])
        for anhang in self._kinder(link):
            if anhang.herkunft.tag == "a::after":
                anhang["S"] = "/Span"
                anhang["K"][:] = [inhalt for inhalt in anhang["K"] if isinstance(inhalt, int)]
                wo = _mit_wort(anhang.herkunft.seitenzahl)
                anhang["ActualText"] = pydyf.String(f", {wo}")
                worte.append(wo)
        for verweis in link["K"]:
            if isinstance(verweis, bytes) and (teil := self._objekt(verweis))["Type"] == "/OBJR":
                self._objekt(teil["Obj"])["Contents"] = pydyf.String(", ".join(filter(None, worte)) or a.get("href"))

    # Lists

    def _fasse_listenpunkte(self) -> None:
        """A list holds items, and an item a label and a body, with whatever blocks and lists it has, in their order;
        WeasyPrint writes blocks beside the body, and lists beside the item."""
        for liste in [e for e in self._nachfahren(self.dokument) if e["S"] == "/L"]:
            punkte, innere = pydyf.Array(), {}
            for verweis in liste["K"]:
                teil = self._objekt(verweis)
                if teil["S"] == "/L":
                    innere[id(teil.herkunft.element)] = verweis
                else:
                    punkte.append(verweis)
            liste["K"] = punkte
            for punkt in self._kinder(liste):
                if punkt["S"] == "/LI":
                    self._fasse(punkt, innere)

    def _fasse(self, punkt, listen: dict) -> None:
        """`listen` by their elements: those of this item stand before what comes after them."""
        stellen = {id(element): stelle for stelle, element in enumerate(punkt.herkunft.element)}

        def stelle(verweis) -> int:
            herkunft = getattr(self._objekt(verweis), "herkunft", None) if isinstance(verweis, bytes) else None
            return stellen.get(id(herkunft.element), -1) if herkunft and herkunft.tag in BLOECKE else -1

        marken, inhalt = pydyf.Array(), []
        for verweis in punkt["K"]:
            teil = self._objekt(verweis)
            if teil["S"] == "/Lbl":
                marken.append(verweis)
            else:
                inhalt += teil["K"] if teil["S"] == "/LBody" else [verweis]
        for element, hier in stellen.items():
            if element in listen:
                platz = next((i for i, verweis in enumerate(inhalt) if stelle(verweis) > hier), len(inhalt))
                inhalt.insert(platz, listen.pop(element))
        punkt["K"] = marken
        if inhalt:
            angaben = {"Type": "/StructElem", "S": "/LBody", "Pg": punkt["Pg"], "P": punkt.reference}
            rumpf = pydyf.Dictionary(angaben | {"K": pydyf.Array(inhalt)})
            self.pdf.add_object(rumpf)
            self._elemente[rumpf.reference] = rumpf
            rumpf.herkunft = punkt.herkunft
            for teil in self._kinder(rumpf):
                teil["P"] = rumpf.reference
            marken.append(rumpf.reference)

    def _gliedere_verzeichnisse(self) -> None:
        """The lists of a table of contents are one, and each item leads somewhere."""
        for liste in [e for e in self._nachfahren(self.dokument) if e["S"] == "/L"]:
            if "druck-inhalt" not in liste.herkunft.element.get("class", "").split():
                continue
            liste["S"] = "/TOC"
            for punkt in self._kinder(liste):
                punkt["S"] = "/TOCI"
                punkt["K"] = pydyf.Array(verweis for rumpf in self._kinder(punkt) for verweis in rumpf["K"])
                for teil in self._kinder(punkt):
                    teil["P"] = punkt.reference
                    if teil["S"] == "/P":
                        teil["S"] = "/Reference"

    # Tables

    def _verknuepfe_tabellen(self) -> None:
        kennungen = []
        tabellen = [e for e in self._nachfahren(self.dokument) if e["S"] == "/Table"]
        for nummer, tabelle in enumerate(tabellen):
            kennungen += self._verknuepfe(tabelle, f"{self.vorsatz}{nummer:05}")
        if kennungen:
            namen = pydyf.Array()
            for kennung, verweis in sorted(kennungen):
                namen += [pydyf.String(kennung), verweis]
            self.wurzel["IDTree"] = pydyf.Dictionary({"Names": namen})

    def _verknuepfe(self, tabelle, nummer: str):
        """Scope and ID for header cells, Headers for data cells; the templates use no rowspan.

        A head of a group of rows is one of all its cells; where it is all of a group, of all groups up to the next
        such. What reaches across the whole table belongs to no column.
        """
        spalten: dict[int, list] = {}
        abschnitt_kopf: list = []
        gruppe: list = []
        for i, (abschnitt, zeile, allein) in enumerate(self._zeilen(tabelle)):
            if zeile is None:
                gruppe = []
                continue
            zeilenkopf, daten, spalte = [], [], 0
            zellen = self._kinder(zeile)
            for zelle in zellen:
                breite = zelle["A"].get("ColSpan", 1)
                umfang = range(spalte, spalte + breite)
                if zelle["S"] == "/TH":
                    kennung = f"{nummer}-{i:05}-{spalte:03}"
                    zelle["ID"] = pydyf.String(kennung)
                    yield kennung, zelle.reference
                    scope = zelle.herkunft.element.get("scope", "col")
                    zelle["A"]["Scope"] = "/Column" if scope in SPALTENKOPF else "/Row"
                    if scope == "rowgroup" and allein and len(zellen) == 1 and breite > 1:
                        abschnitt_kopf = [zelle["ID"]]
                    elif scope == "rowgroup":
                        gruppe.append(zelle["ID"])
                    elif scope == "row":
                        zeilenkopf.append(zelle["ID"])
                    elif abschnitt == "/THead" or i == 0:
                        for s in umfang:
                            spalten.setdefault(s, []).append(zelle["ID"])
                else:
                    ganz = breite > 1 and len(zellen) == 1
                    daten.append((zelle, () if ganz else umfang))
                spalte += breite
            for zelle, umfang in daten:
                der_spalten = dict.fromkeys(k for s in umfang for k in spalten.get(s, ()))
                zelle["A"]["Headers"] = pydyf.Array([*zeilenkopf, *gruppe, *abschnitt_kopf, *der_spalten])

    def _zeilen(self, tabelle):
        """(section, row, whether it is the only one there) in order; the row is None where a section begins."""
        for kind in self._kinder(tabelle):
            if kind["S"] == "/TR":
                yield "/Table", kind, False
            elif kind["S"] != "/Caption":
                yield kind["S"], None, False
                zeilen = self._kinder(kind)
                for zeile in zeilen:
                    yield kind["S"], zeile, len(zeilen) == 1

    # Artifacts

    def _kennzeichne_beiwerk(self) -> None:
        """Content outside the tree (running heads, repeated table heads) is marked as artifact and loses its links."""
        im_baum = {self.dokument.reference}
        for element in self._nachfahren(self.dokument):
            im_baum.update(k for k in element["K"] if k in self._elemente)
        nummern = self._objekt(self.wurzel["ParentTree"])["Nums"]
        seiten = [self.pdf.objects[n] for n in self.pdf.pages["Kids"][::3]]
        geblieben, tote = pydyf.Array(), set()
        for schluessel, wert in zip(nummern[::2], nummern[1::2], strict=True):
            if isinstance(wert, list):
                wert[:] = [self._eins.get(verweis, verweis) for verweis in wert]
                lose = {mcid for mcid, verweis in enumerate(wert) if verweis not in im_baum}
                wert[:] = ["null" if mcid in lose else verweis for mcid, verweis in enumerate(wert)]
                if lose:
                    _als_beiwerk(self._objekt(seiten[schluessel]["Contents"]).stream, lose)
            elif (wert := self._eins.get(wert, wert)) not in im_baum:
                tote.add(schluessel)
                continue
            geblieben += [schluessel, wert]
        nummern[:] = geblieben
        for seite in seiten:
            if tote and "Annots" in seite:
                seite["Annots"][:] = [a for a in seite["Annots"] if self._objekt(a).get("StructParent") not in tote]
        for verweis, element in self._elemente.items():
            if verweis not in im_baum:
                element.clear()


def _steht_fuer_dasselbe(eines, anderes) -> bool:
    a, b = getattr(eines, "herkunft", None), getattr(anderes, "herkunft", None)
    return a is not None and b is not None and a.element is b.element and a.tag == b.tag


def _mit_wort(seitenzahl: str) -> str:
    """ "Seite 12" of "12"; what says so itself, as ", ab Seite 12" does, is only rid of its comma."""
    worte = seitenzahl.lstrip(", ")
    return worte if "Seite" in worte else f"Seite {worte}"


def _setzt_fort(erstes, weiteres) -> bool:
    return (
        _steht_fuer_dasselbe(erstes, weiteres)
        and erstes["S"] == weiteres["S"]
        and erstes["S"] in VERBINDBAR
        and erstes.herkunft.seite != weiteres.herkunft.seite
    )


def _auf_weiterer_zeile(erstes, weiteres) -> bool:
    return (
        _steht_fuer_dasselbe(erstes, weiteres)
        and erstes["S"] == weiteres["S"]
        and erstes["S"] in IN_DER_ZEILE
        and erstes["Pg"] == weiteres["Pg"]
    )


def _als_beiwerk(strom: list, mcids: set[int]) -> None:
    """Turn `/Span <</MCID 3>> BDC` into `/Artifact BMC` for the numbers given."""
    for i, teil in enumerate(strom):
        if isinstance(teil, pydyf.Dictionary) and teil.get("MCID") in mcids:
            strom[i - 1 : i + 2] = ["/Artifact", b"", b"BMC"]
