"""Amounts of money in euros as people in a German administration write them.

A ``Geld`` keeps the exact wording, which is what prints, and beside it the amount that was understood in it.
``lies(text)`` makes one from a text, ``in_worten`` says how it was read, and ``teile`` finds the amounts in a longer
wording. Case, white space, no-break spaces and the kind of dash do not matter.

===============================================  ==============================  ===========================
spelling                                         read as                         source
===============================================  ==============================  ===========================
30.000 € jährlich                                30000, every year               Meerbusch 2016
1,777 Mio. €                                     1777000                         Schleswig-Holstein 18/5400
1,6 Mio. €                                       1600000                         Aachen, Integrationskonzept
185.504,- € · 185.504,-- EUR · € 185.504         185504                          usual in administration, as
4500 · 4.500,5 · 4500,50 Euro · 4 500 € · 4'500  4500 or 4500.50                 all that follow
1.250                                            1250, the dot groups thousands
19 TEUR · 19 T€ · 19 Tsd. € · 19 k€              19000
pro Jahr · je Jahr · im Jahr · /Jahr · p. a.     every year
200 € monatlich · mtl. · pro Monat · /Monat      every month
einmalig 5.000 € · 5.000 € (einmalig)            once
ca. · rund · etwa · circa · ungefähr 5.000 €     approximate
===============================================  ==============================  ===========================

Kept as wording: "abhängig von der Umsetzung", "kostenneutral", "noch zu beziffern", "5.000 bis 8.000 €", and
"Bisher 1,777 Mio. €" (Schleswig-Holstein, Drucksache 18/5400).
"""

from .lesen import lies
from .werte import Geld, GeldFehler, Grenze, Turnus, betrag_in, euro
from .worte import in_worten
from .zerlegen import teile

__all__ = ["Geld", "GeldFehler", "Grenze", "Turnus", "betrag_in", "euro", "in_worten", "lies", "teile"]
