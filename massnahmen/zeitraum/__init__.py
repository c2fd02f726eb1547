"""Periods of time as people in a German administration write them.

A ``Zeitraum`` keeps the exact wording, which is what prints, and beside it the structure understood in it.
``lies(text)`` makes one from a text. Case, kind of dash, white space and no-break spaces do not matter.

=============================================  ================================  ===========================
spelling                                       read as                           source
=============================================  ================================  ===========================
22.11.2016 · 21.11.16 · 2016-11-22             that day                          Monheim am Rhein 2016
zum 01.05.16 · Mai 2017 · einmal jährlich      open from then; month; recurring  Rheine 2017
im Jahr 2011 · 9. Februar 2016 · seit 2010     year; day; open from 2010         Meerbusch 2016
fortlaufend · laufend · dauerhaft              open, begin not said              Rheine 2017 (fortlaufend)
bis 30.06.2015                                 ends on that day                  Kreis Mettmann 2015
bis 2022 · 2023 bis 2027 · ab 2028             ends; from to; open               Lengerich ISEK, priorities
Prioritätsstufe II (2023 bis 2027)             as without the words before it    the same
kurzfristig (bis 2024) · voraussichtlich 2018  as without the words before it    usual in administration, as
Laufzeit: 2017-2019 · im Förderzeitraum 2017   as without the words before it
[2017-2019] · (2017-2019).                     as without the brackets
Beginn 2017 · Start: Mai 2017 · Projektstart   open from then
Beginn: 2017, Ende: 2019 · Projektende: 2019   first year to last year; ends
befristet bis 2027 · 2017-2019 (befristet)     as without that word
ab 2017 (bis 2019) · 2017, befristet bis 2019  first year to last year
2. Halbjahr 2017 · 2. HJ 2017 · II. Halbjahr   half year                         all that follow
1. Quartal 2018 · Q1/2018 · III. Quartal 2017  quarter
III/2018                                       quarter, because there is no such half
03/2017 · 03.2017 · 03/17 · 2017-03            month
Mai 27 · 1. Mai '27 · Herbst 27                as with four digits, from 13 on
HHJ 2027 · Haushaltsjahr 2027/28               year; first to last year
2027/Q2 · 2027-Q2 · 2027, 2. Quartal           quarter
KW 12/2027 · 12. KW 2027                       Monday to Sunday                  ISO 8601
2017-2019 · 2017–19 · von 2017 bis 2019        first year to last year
zwischen 2018 und 2020                         first year to last year
2017/2018 · 2017/18 · Mai und Juni 2017        neighbours, first to last
2018, 2019 und 2020 · 27./28.09.2019           neighbours, first to last
Mai bis Juli 2016 · 27.-29.09.2019             the begin takes from the end what it lacks
Anfang, Mitte, Ende 2017 · Jahresende 2017     Jan.–March; June–July; Oct.–Dec.
Anfang, Mitte, Ende März 2017                  days 1–10; 11–20; 21–31
Frühjahr, Sommer, Herbst 2017                  March–May; June–Aug.; Sept.–Nov.
Winter 2018/19 · Jahreswechsel 2018/19         Dec.–Feb.; Dec.–Jan.
Schuljahr 2017/2018 · SJ 17/18 · Kita-Jahr     August 2017 to July 2018          Hamburger Abkommen, § 1
1., 2. Schulhalbjahr 2017/18                   Aug.–Jan.; Feb.–July
Wintersemester 2017/18 · Sommersemester 2018   Oct.–March; April–Sept.
ab 2018 jährlich · jährlich ab 2018            open, recurring or not
2021 ff. · 2018 - laufend · 2018 bis heute     open from that year
Daueraufgabe · ab sofort                       open, begin not said
spätestens 2020 · frühestens 2028              ends; open from that year
3x jährlich · alle drei Monate · jeden Montag  recurring
jährlich im Mai · 2x jährl. (Mai, Oktober)     recurring; the month is in the wording alone
regelmäßig · mind. 1x jährlich · alle 7 Jahre  recurring, how often is not said
=============================================  ================================  ===========================

``2017-03`` and ``2010-09`` are months, but ``2010/11`` and ``2010-11`` are two years; ``2018-13`` is refused, and so
is ``Do, 27.09.2027``, which is a Monday.

Asked back, with the wordings to choose from (``ZeitraumFehler.lesarten``): "1/2018 - 2/2018" and "2018/1", which may
be months, quarters or halves, where "03/2018" and "6/2018" are months, and "3/2018" in "05.06.2017 bis 3/2018", too;
"I/2018"; "2010-12", which may be a month or three years (but not "2010-11"); "zum 30.06.2018", which may be the begin
or the end; and "2018 laufend", which may end with the year or not.

Kept as wording: "im Abstand von zwei bis drei Monaten" (Monheim am Rhein 2016), "seit Jahren" (Meerbusch 2016), "nach
Bedarf", "mittelfristig", "sofort", "offen", "Start Mai 2017", a list with gaps ("2018 und 2020"), a date in a sentence.

``in_worten(zeitraum)`` tells how a wording was read.
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
