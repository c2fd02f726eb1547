"""Amounts of money as people in a German administration write them.

A ``Geld`` keeps the exact wording, which is what prints, and beside it the amount that was understood in it.
``lies(text)`` makes one from a text, and ``in_worten`` says how it was read. In a longer wording ``teile`` finds the
amounts that stand each by itself, and ``erwaehnt`` all that are mentioned, readable or not. Case, white space, no-break
spaces and the kind of dash do not matter, nor does the order of what is said.

===================================================  =============================  ===========================
spelling                                             read as                        source
===================================================  =============================  ===========================
30.000 € jährlich                                    30000, every year              Meerbusch 2016
1,777 Mio. €                                         1777000                        Schleswig-Holstein 18/5400
1,6 Mio. €                                           1600000                        Aachen, Integrationskonzept
185.504,- € · 185.504.-- EUR · 5,= · € 185.504       185504                         usual in administration, as
4500 · 4.500,5 € · 4500,50 Euro · 4 500 € · 4'500    4500 or 4500.50                all that follow
1.250                                                1250, the dot groups thousands
19 TEUR · TEUR 19 · 19 T Euro · 19 Tsd. € · 19 k€    19000
pro Jahr · je Haushaltsjahr · /a · p. a.             every year
vierteljährlich · je Quartal · 4x jährlich           four times a year
halbjährlich · zweimal im Jahr                       twice a year
200 € monatlich · mtl. · pro Monat · /Monat · p. M.  every month
wöchentlich · pro Woche                              every week
alle zwei Jahre · zweijährlich                       every second year
einmalig 5.000 € · 5.000 € (einmalig)                once
10.000 € (2017) · 2017: 10.000 € · im Jahr 2017      in that year
Ansatz 2017 10.000 € · im HH-Plan 2017               in that year
je 5.000 € für 2016 und 2017 · 2016–2017 jährlich …  every year from 2016 to 2017
ab 2018 jährlich … · jährlich … bis 2030             every year from 2018; up to 2030
insgesamt 5.000 € 2027 bis 2029                      once, in one of these years
ca. · rund · etwa · circa · ungefähr 5.000 €         approximate
max. · bis zu · höchstens · bis 5.000 €              at most
mind. · mindestens · ab 5.000 €                      at least
5.000–8.000 € · zwischen 5 und 8 TEUR                from 5000 to 8000
12 x 1.000 € · 12 Monate à 1.000 €                   12000
500 € dreimal im Jahr · 500 € 52x jährlich           1500; 26000 every year
- 5.000 € · Einsparung von 5.000 € · ./. 5.000 €     a saving, below nought
Einnahmen 5.000 € · Erlöse von 5.000 €               the same
CHF 100'000 · Fr. 500.- · 5.000 US-Dollar · 500 DM   that currency
Kosten 5.000 € · 5.000 € (brutto) · (5.000 €)        5000
in Höhe von 5.000 € · i. H. v. · pauschal 5.000 €    5000
===================================================  =============================  ===========================

What a municipality takes in is read like what it saves: it lessens the sum of what is spent. Without a currency that is
named, an amount is in that of the Kommune.

Asked back (``GeldFehler.lesarten``): "1.777 Mio. €", the English "12.50 €", "1,250 €", several years of which is not
said whether each or all are meant, "12 x 1.000 € monatlich", "insgesamt 5.000 € jährlich", a dash that may be a minus
("- 5.000 bis 8.000 €", "5.000,00-"), and bare numbers that may be a year, a share of a post,
hours or an office (below 100, with one decimal, from 1900 to 2199) or a number of a product.

Kept as wording: "abhängig von der Umsetzung", "kostenneutral", "noch zu beziffern", two amounts, a rate ("50 € je
Stunde", "Fallkosten 50 €"), a saving of which only the most is said ("Einsparung bis zu 5.000 €"), "2027 x 5.000 €", a
Schuljahr with its years, a share ("19 % von 5.000 €"), an amount without the tax on it ("5.000 € netto"), and
"Bisher 1,777 Mio. €" (Schleswig-Holstein, Drucksache 18/5400).
"""

from .lesen import lies
from .werte import Geld, GeldFehler, Grenze, Turnus, betrag_in, euro
from .worte import in_worten
from .zerlegen import erwaehnt, teile

__all__ = ["Geld", "GeldFehler", "Grenze", "Turnus", "betrag_in", "erwaehnt", "euro", "in_worten", "lies", "teile"]
