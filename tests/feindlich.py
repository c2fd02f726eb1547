"""Hostile texts, a database full of them, and what no page may then hold.

`mache_feindliches` puts them into every text field of every model, found by walking the models: a new field is covered
by itself, a new model needs a row in `_auch`. `beanstandet` says what a page must not hold.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import now

from konzept.fassungen.models import Ausgabe, Fassung
from konzept.fassungen.vorgaenge import veroeffentliche
from konzept.hintergrund.models import Arbeiter, Termin
from konzept.konten.models import Einladung, Protokolleintrag
from konzept.models import Konzept
from konzept.unveraenderlich import NurAnhaengen
from konzept.vorlagen.models import Beschluss
from tests.fabrik import (
    mache_anmerkung,
    mache_benutzer,
    mache_beschlussfassung,
    mache_fuelle,
    mache_konzept,
    mache_runde,
    mache_stellungnahme,
    seite_von,
)

PAKETE = {"konzept", "handlungsfelder", "massnahmen"}
VOM_PRODUKT = {"verlauf.Aenderung", "verlauf.Geloeschtes"}
"""Written when somebody saves or deletes, never typed: hostile as soon as a test sends a form."""

DER_DIENST = {"hintergrund", "postausgang", "druckauftraege"}
"""Apps whose rows the product, the worker and the mail server write: what is shown of them is tried in their own tests,
and with hostile titles where these are made hostile."""

FESTES = {Fassung, Ausgabe}
"""Never changed: hostile is what is frozen in the end."""

# Markup

AUSBRUECHE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</textarea><script>alert(2)</script>",
    "</title><script>alert(3)</script>",
    "</select></option><iframe src=//boese.example></iframe>",
    "--><script>alert(4)</script><!--",
    "<!--umbruch--><base href=//boese.example>",
    '" autofocus onfocus="alert(5)" x="',
    "<img src=x onerror=alert(6)//",
    "<style>@import 'http://boese.example/x.css'</style>",
    "<link rel=attachment href=file:///etc/passwd>",
    "&lt;script&gt;alert(7)&lt;/script&gt;",
)
VORLAGEN = ("{{ 7*7 }}{% load static %}", "{% include 'boese.html' %}", "${7*7}#{7*7}", "%(name)s %s {0}")
VERWEISE = (
    "[klick](javascript:alert(1))",
    "[klick](JaVaScRiPt:alert(1))",
    "[klick](java&#115;cript:alert(1))",
    "[klick](<java\tscript:alert(1)>)",
    "[klick](data:text/html,<script>alert(1)</script>)",
    "[klick](vbscript:msgbox(1))",
    "[klick](file:///etc/passwd)",
    "[klick](//boese.example/x)",
    '[klick](https://a.example/"onmouseover="alert(1))',
    "![bild](http://boese.example/bild.png)",
    "<https://boese.example/auto>",
    '[titel](https://a.example "\\"><script>alert(1)</script>")',
)
ZEICHEN = (
    "vor\u202eesrever\u2066nach",  # the direction is turned and never turned back
    "Nullbreite\u200b\u200d\ufeff\u2028\u2029",
    "Steuer\x01\x08\x0b\x1b\x7f\x85zeichen",
    "Zalgo" + "\u0300\u0316\u0489" * 20,
    "Unbelegt\U0001f9ff\ufffe\uffff\U0010ffff",
    "Wort" * 20 + "\u00adEnde",
    "Kopf\r\nSet-Cookie: boese=1\r\nBcc: boese@boese.example",
)
FORMELN = ('=HYPERLINK("http://boese.example";"klick")', "+cmd|' /C calc'!A0", "@SUM(1)", "-1+1", "\t=1+1")
ADRESSEN = ('https://a.example/?"><script>alert(1)</script>', "https://a.example/'onmouseover='alert(1)")
KURZ = ("<b onclick=a>", '"><i id=x>', "'\"<&>`", "{{7*7}}", "<!--")
PFADE = ("../../../etc/passwd", "media:../../x.png")

TEXTE = (*AUSBRUECHE, *VORLAGEN, *VERWEISE, *ZEICHEN, *FORMELN, *ADRESSEN, *PFADE, *KURZ)


# The database


def mache_feindliches(runde: int = 0) -> Konzept:
    """A concept with two rows of every kind, in which every text is hostile.

    A short field takes a few of `TEXTE`, others in each `runde`; a text field takes all of them.
    """
    konzept = mache_konzept()
    mache_fuelle(konzept, 2)
    _auch(konzept)
    spaeter = {modell for modell in modelle() if modell._meta.app_label == "beratung"} | {Beschluss}
    _mache_feindlich([modell for modell in modelle() if modell not in FESTES | spaeter], runde)
    fassung = mache_beschlussfassung(konzept, notiz="\n\n".join(AUSBRUECHE))
    fassung.ausgaben.create(art="druck", datei=b"%PDF", seiten=1)
    veroeffentliche(fassung=fassung, konto=None)
    _beratung(fassung, konzept.kommune.mitgliedschaften.get(rolle="leitung").benutzer)
    _mache_feindlich(spaeter, runde)
    return Konzept.objects.select_related("kommune").get()


def _mache_feindlich(modelle_, runde: int) -> None:
    """Every text of every row of these models."""
    for modell in modelle_:
        felder = list(textfelder(modell))
        zeilen = list(modell._base_manager.order_by("pk"))
        fehlt = felder and not zeilen and modell._meta.label not in VOM_PRODUKT
        assert not fehlt, f"{modell.__name__} has texts, but no row: let mache_fuelle or _auch make one"
        for nummer, zeile in enumerate(zeilen):
            for stelle, feld in enumerate(felder):
                setattr(zeile, feld.attname, feindlicher_text(feld, zeile, runde * 7 + nummer * 3 + stelle, nummer))
            if isinstance(zeile, NurAnhaengen):
                zeile.pk, zeile._state.adding = None, True
            zeile.save()


def _auch(konzept: Konzept) -> None:
    kommune = konzept.kommune
    chefin = mache_benutzer(kommune, "leitung", name="Chefin")
    chefin.zwischenstaende.create(adresse="/", daten="titel=x", grund="x")
    chefin.angelegtes.create(schluessel="x", titel="x", ziel="/")
    einladung = Einladung(kommune=kommune, email="neu@stadt.example", rolle="lesen", eingeladen_von=chefin)
    einladung.neuer_schluessel()
    einladung.save()
    Protokolleintrag.objects.create(kommune=kommune, benutzer=chefin, person=chefin, ereignis="rolle_gegeben")
    Arbeiter.objects.create(name="x", begonnen_am=now(), gesehen_am=now())
    Termin.objects.create(name="x", ab=now() + timedelta(days=1), versuche=1)  # what failed is tried again: all is well
    wer = {"kommune": kommune, "benutzer": chefin, "person": chefin}
    umbenannt = Protokolleintrag.objects.create(**wer, ereignis="name_geaendert")
    chefin.namensaenderungen.create(vorher="x", nachher="y", zeitpunkt=umbenannt.zeitpunkt)


def _beratung(fassung: Fassung, chefin) -> None:
    for _ in range(2):
        runde = mache_runde(fassung, chefin, gremium=fassung.konzept.kommune.gremien.first())
        runde.verlaengerungen.create(bisher=runde.beginn, bis=runde.ende, grund="x")
        for rn in (None, 1, 2):
            mache_stellungnahme(mache_anmerkung(runde, chefin, rn), frei=bool(rn))


def modelle() -> list[type[models.Model]]:
    """Every model of the product into which people write."""
    eigene = [modell for modell in apps.get_models() if modell.__module__.partition(".")[0] in PAKETE]
    return [modell for modell in eigene if modell._meta.app_label not in DER_DIENST]


def textfelder(modell: type[models.Model]) -> Iterator[models.Field]:
    """The fields into which somebody can write hostile text: no choices, no keys, and no validator against all."""
    for feld in modell._meta.concrete_fields:
        ist_text = isinstance(feld, models.CharField | models.TextField) and feld.name not in GESCHUETZT
        # A field that nobody edits does not look at its choices.
        if ist_text and not feld.choices and any(_geht(feld, None, text) for text in TEXTE):
            yield feld


GESCHUETZT = {"password", "fingerabdruck", "pruefsumme", "schluessel"}
"""Computed, never typed."""


def feindlicher_text(feld: models.Field, zeile: models.Model, anfang: int, nummer: int) -> str:
    """As many texts as fit, beginning with another one at each `anfang`; `nummer` keeps the texts of rows apart."""
    moegliche = [text for text in TEXTE if _geht(feld, zeile, text)]
    anfang %= len(moegliche)
    moegliche = moegliche[anfang:] + moegliche[:anfang]
    trenner = "\n\n" if isinstance(feld, models.TextField) else " "
    ganz = ""
    for text in moegliche:
        mehr = f"{ganz}{trenner}{text}".removeprefix(trenner)
        if _geht(feld, zeile, f"{mehr} {nummer}"):
            ganz = mehr
    return f"{ganz} {nummer}" if ganz else moegliche[0]


def _geht(feld: models.Field, zeile: models.Model | None, text: str) -> bool:
    try:
        feld.clean(text, zeile)
    except ValidationError:
        return False
    return True


# Pages


ZIELE = re.compile(r"(https?:|mailto:|[#?]|/(?!/)|\.{1,2}/|[\w-]+/|$)")
"""Where a link may lead: another site, a mail, or within this one."""
VERBOTEN = {"iframe", "object", "embed", "base", "frame", "applet", "svg", "math", "marquee", "video", "audio"}
EIGENE = re.compile("/static/|/admin/jsi18n/$")
BILDER_DES_ADMINS = {"base-svgs", *(f"theme-icon-when-{wie}" for wie in ("auto", "dark", "light"))}


def ist_bild_des_admins(knoten) -> bool:
    return knoten.tag == "svg" and knoten.get("class") in BILDER_DES_ADMINS


def fuehrt_nichts_aus(knoten) -> bool:
    """A script element that only holds data, or our table of module names, which the nonce proves to be ours; the link
    that names the lasting address of a public page."""
    if knoten.get("rel") == "canonical":
        return knoten.get("href", "").startswith("http://testserver/oeffentlich/")
    art = knoten.get("type")
    return knoten.tag == "script" and (art == "application/json" or (art == "importmap" and bool(knoten.get("nonce"))))


def beanstandet(html: str) -> list[str]:
    """What a page must not hold, as a browser parses it; one line each. The admin's own pictures are no harm."""
    seite = seite_von(html)
    zeilen = []
    for knoten in seite.iter():
        boese = [name for name in knoten.attrib if name.lower().startswith("on") or name.lower() in {"style", "srcdoc"}]
        zeilen += [f"{knoten.tag} {name}={knoten.get(name)!r}" for name in boese]
        if knoten.tag in VERBOTEN and not ist_bild_des_admins(knoten):
            zeilen.append(f"element {knoten.tag}")
        fremd = not EIGENE.match(knoten.get("src") or knoten.get("href", ""))
        if knoten.tag in {"script", "link"} and fremd and not fuehrt_nichts_aus(knoten):
            zeilen.append(f"{knoten.tag} {knoten.attrib} {''.join(knoten.itertext())[:60]!r}")
        if knoten.tag in {"img", "input"} and not knoten.get("src", "/static/").startswith(("/static/", "/media/")):
            zeilen.append(f"image {knoten.get('src')!r}")
        for name in ("href", "action", "formaction", "hx-get", "hx-post"):
            if not ZIELE.match(knoten.get(name, "")):
                zeilen.append(f"{knoten.tag} {name}={knoten.get(name)!r}")
        if knoten.tag == "meta" and knoten.get("http-equiv", "").lower() in {"refresh", "content-security-policy"}:
            zeilen.append(f"meta {knoten.attrib}")
    (kopf,) = seite.iter("head")
    zeilen += [f"{k.tag} in head" for k in kopf.iter() if k.tag not in {"head", "meta", "title", "link", "script"}]
    zeilen += ["no single title"] * (len(list(kopf.iter("title"))) != 1)
    return zeilen
