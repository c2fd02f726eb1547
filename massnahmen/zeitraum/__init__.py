"""Periods of time as people in a German administration write them.

A ``Zeitraum`` keeps the exact wording, which is what prints, and beside it the structure understood in it.
``lies(text)`` makes one from a text. Case, kind of dash, white space and no-break spaces do not matter.

=============================================  ================================  ===========================
spelling                                       read as                           source
=============================================  ================================  ===========================
22.11.2016 · 21.11.16 · 2016-11-22             that day                          Monheim am Rhein 2016
zum 01.05.16 · Mai 2017 · einmal jährlich      day; month; recurring             Rheine 2017
im Jahr 2011 · 9. Februar 2016 · seit 2010     year; day; open from 2010         Meerbusch 2016
fortlaufend · laufend · dauerhaft              open, begin not said              Rheine 2017 (fortlaufend)
bis 30.06.2015                                 ends on that day                  Kreis Mettmann 2015
bis 2022 · 2023 bis 2027 · ab 2028             ends; from to; open               Lengerich ISEK, priorities
2. Halbjahr 2017 · 2. HJ 2017 · II. Halbjahr   half year                         usual in administration, as
1. Quartal 2018 · Q1/2018 · III. Quartal 2017  quarter                           all that follow
03/2017 · 03.2017 · 03/17 · 2017-03            month
2017-2019 · 2017–19 · von 2017 bis 2019        first year to last year
2017/2018 · 2017/18 · Mai und Juni 2017        two neighbours, first to last
Mai bis Juli 2016 · 1. bis 3. Quartal 2018     the begin takes from the end what it lacks
Anfang, Mitte, Ende 2017                       Jan.–March; June–July; Oct.–Dec.
Anfang, Mitte, Ende März 2017                  days 1–10; 11–20; 21–31
Frühjahr, Sommer, Herbst 2017                  March–May; June–Aug.; Sept.–Nov.
Schuljahr 2017/2018 · Kita-Jahr 2017/18        August 2017 to July 2018          Hamburger Abkommen, § 1
ab 2018 jährlich · jährlich ab 2018            open, recurring or not
=============================================  ================================  ===========================

``2017-03`` is March, but ``2010/11`` and ``2010-11`` are two years. Kept as wording: "im Abstand von zwei bis
drei Monaten" (Monheim am Rhein 2016), "seit Jahren" (Meerbusch 2016), "nach Bedarf", a date in a sentence.

Asked back: "1/2018 - 2/2018", months, quarters or halves; "03/2018" and "6/2018" are months. ``in_worten(zeitraum)``
tells how a wording was read.
"""

from .lesen import lies
from .schrift import geglaettet
from .werte import MONATSNAMEN, Genauigkeit, Wiederkehr, Zeitpunkt, Zeitraum, ZeitraumFehler
from .worte import in_worten

__all__ = [
    "MONATSNAMEN",
    "Genauigkeit",
    "Wiederkehr",
    "Zeitpunkt",
    "Zeitraum",
    "ZeitraumFehler",
    "geglaettet",
    "in_worten",
    "lies",
]
