"""How people in an administration write a period, beyond the plain forms: each spelling beside what it means in words.

The words are those that the form shows (`in_worten`); test_zeitraum_worte.py holds them to the days.
"""

import pytest

from massnahmen.zeitraum import ZeitraumFehler, in_worten, lies

NICHT = "als Wortlaut, nicht als Zeit gelesen"

TAGE = [
    ("27.-29.09.2019", "27. bis 29. September 2019"),
    ("27.09.-29.09.2019", "27. bis 29. September 2019"),
    ("27. – 29.9.19", "27. bis 29. September 2019"),
    ("27. bis 29. September 2019", "27. bis 29. September 2019"),
    ("vom 27. bis zum 29.09.2019", "27. bis 29. September 2019"),
    ("27./28.09.2019", "27. bis 28. September 2019"),
    ("27. und 28.09.2019", "27. bis 28. September 2019"),
    ("3. und 4. Mai 2027", "3. bis 4. Mai 2027"),
    ("3., 4. und 5. Mai 2027", "3. bis 5. Mai 2027"),
    ("27.09. bis 03.10.2019", "27. September bis 3. Oktober 2019"),
    ("Freitag, den 27.09.2019", "27. September 2019"),
    ("Fr. 27. – So. 29.09.2019", "27. bis 29. September 2019"),
    ("03.-05.2017", "März bis Mai 2017"),
    ("KW 12/2027", "22. bis 28. März 2027"),
    ("12. Kalenderwoche 2027", "22. bis 28. März 2027"),
    ("KW 12-14/2027", "22. März bis 11. April 2027"),
    ("KW 53/2026", "28. Dezember 2026 bis 3. Januar 2027"),
    ("27./29.09.2019", NICHT),
    ("22.03.2016/ 04.08.2016/ 03.11.2016", NICHT),
]

OFFEN = [
    ("2021 ff.", "ab 2021, ohne Ende"),
    ("2021ff", "ab 2021, ohne Ende"),
    ("ab 2021 ff.", "ab 2021, ohne Ende"),
    ("Schuljahr 2021/22 ff.", "ab August 2021, ohne Ende"),
    ("2021 und Folgejahre", "ab 2021, ohne Ende"),
    ("2018 - laufend", "ab 2018, ohne Ende"),
    ("2018 bis heute", "ab 2018, ohne Ende"),
    ("2018 bis auf Weiteres", "ab 2018, ohne Ende"),
    ("2018 bis offen", "ab 2018, ohne Ende"),
    ("von 2018 an", "ab 2018, ohne Ende"),
    ("seit 2018 laufend", "ab 2018, ohne Ende"),
    ("laufend (seit 2018)", "ab 2018, ohne Ende"),
    ("Daueraufgabe", "ohne Ende"),
    ("Daueraufgabe (jährlich)", "jedes Jahr, ohne Ende"),
    ("dauerhaft ab 2027", "ab 2027, ohne Ende"),
    ("ab sofort", "ohne Ende"),
    ("ab sofort, fortlaufend", "ohne Ende"),
    ("ab sofort bis Ende 2030", "bis Ende 2030"),
    ("frühestens 2028", "ab 2028, ohne Ende"),
    ("sofort", NICHT),
    ("offen", NICHT),
    ("kurzfristig - offen", NICHT),
    ("2021 f.", NICHT),
    ("2018-2020 ff.", NICHT),
]

DAVOR = [
    ("mittelfristig (2023-2027)", "2023 bis 2027"),
    ("kurzfristig (bis 2024)", "bis Ende 2024"),
    ("langfristig, ab 2028", "ab 2028, ohne Ende"),
    ("kurz- bis mittelfristig: 2023-2027", "2023 bis 2027"),
    ("2023-2027 (mittelfristig)", "2023 bis 2027"),
    ("Prioritätsstufe I (bis 2022)", "bis Ende 2022"),
    ("Phase 2: 2023 bis 2027", "2023 bis 2027"),
    ("voraussichtlich ab 2027", "ab 2027, ohne Ende"),
    ("ca. 2018", "2018"),
    ("für das 3. Quartal 2018 geplant", "Juli bis September 2018"),
    ("Februar 2021 – voraussichtlich Mitte 2022", "Februar 2021 bis Juli 2022"),
    ("bis voraussichtlich Ende 2023", "bis Ende 2023"),
    ("für 2 Jahre", NICHT),
    ("einmalig, Mai 2018", "Mai 2018"),
    ("mittelfristig", NICHT),
    ("kurz- bis mittelfristig", NICHT),
    ("kurzfristig (1-2 Jahre)", NICHT),
    ("mittelfristig bis 2025, langfristig ab 2026", NICHT),
    ("Phase 2", NICHT),
    ("einmalig", NICHT),
    ("einmalig jährlich", NICHT),
    ("ab 2018 (einmalig)", NICHT),
]

IMMER_WIEDER = [
    ("jährlich im Mai", "jedes Jahr"),
    ("jedes Jahr im Mai", "jedes Jahr"),
    ("jährlich, jeweils im Mai", "jedes Jahr"),
    ("jährlich (Mai bis Juli)", "jedes Jahr"),
    ("jährlich am 8. März", "jedes Jahr"),
    ("jährlich zum 31.12.", "jedes Jahr"),
    ("jährlich im Winter", "jedes Jahr"),
    ("jährlich im 1. Quartal", "jedes Jahr"),
    ("jeden Herbst", "jedes Jahr"),
    ("jeden Herbst ab 2028", "ab 2028, jedes Jahr, ohne Ende"),
    ("jährlich im Mai ab 2028", "ab 2028, jedes Jahr, ohne Ende"),
    ("jährlich im Mai, 2027-2030", "2027 bis 2030, jedes Jahr"),
    ("alle zwei Jahre im Herbst", "alle zwei Jahre"),
    ("einmal im Jahr", "jedes Jahr"),
    ("3x jährlich", "dreimal im Jahr"),
    ("3 × pro Jahr", "dreimal im Jahr"),
    ("dreimal im Jahr", "dreimal im Jahr"),
    ("zweimal jährlich", "zweimal im Jahr"),
    ("2x/Jahr", "zweimal im Jahr"),
    ("12x jährlich", "jeden Monat"),
    ("alle drei Monate", "viermal im Jahr"),
    ("alle 6 Monate", "zweimal im Jahr"),
    ("alle zwei Monate", "alle zwei Monate"),
    ("jeden Monat", "jeden Monat"),
    ("14-tägig", "alle zwei Wochen"),
    ("alle 14 Tage", "alle zwei Wochen"),
    ("jeden Montag", "jede Woche"),
    ("täglich", "jeden Tag"),
    ("alle 3 Jahre", "alle drei Jahre"),
    ("jedes zweite Jahr", "alle zwei Jahre"),
    ("im jährlichen Turnus", "jedes Jahr"),
    ("2x jährl.", "zweimal im Jahr"),
    ("1x p. a.", "jedes Jahr"),
    ("vierteljährl. ab 2027", "ab 2027, viermal im Jahr, ohne Ende"),
    ("zweimal jährlich im Mai und Oktober", "zweimal im Jahr"),
    ("2x jährlich (Frühjahr/Herbst)", "zweimal im Jahr"),
    ("vierteljährlich im Mai und Oktober", NICHT),
    ("regelmäßig", "regelmäßig"),
    ("regelmäßig ab 2027", "ab 2027, regelmäßig, ohne Ende"),
    ("regelmäßig (monatlich)", "jeden Monat"),
    ("regelmäßig einmal im Jahr", "jedes Jahr"),
    ("mind. 1x jährlich", "regelmäßig"),
    ("ein- bis zweimal jährlich", "regelmäßig"),
    ("alle 10 Jahre", "regelmäßig"),
    ("mehrmals im Jahr", "regelmäßig"),
    ("einmal im Jahr 2018", NICHT),
    ("zweimal im Monat Mai 2018", NICHT),
    ("jährlich ab Mai", NICHT),
    ("jährlich im Mai und Oktober", NICHT),
    ("jährlich am 31.02.", NICHT),
    ("monatlich im Mai", NICHT),
    ("jährlich 12.", NICHT),
    ("0x jährlich", NICHT),
    ("alle 2-3 Jahre", NICHT),
]

JAHRE = [
    ("spätestens 2020", "bis Ende 2020"),
    ("bis spätestens Ende 2020", "bis Ende 2020"),
    ("spätestens bis zum 30.06.2020", "bis 30. Juni 2020"),
    ("2018 bis spätestens 2020", "2018 bis 2020"),
    ("bis Jahresende 2027", "bis Ende 2027"),
    ("Jahresende 2018", "Oktober bis Dezember 2018"),
    ("Ende des Jahres 2018", "Oktober bis Dezember 2018"),
    ("zum Jahresende 2018", "Oktober bis Dezember 2018"),
    ("zu Beginn des Jahres 2018", "Januar bis März 2018"),
    ("im Laufe des Jahres 2018", "2018"),
    ("2018, 2019 und 2020", "2018 bis 2020"),
    ("2018/2019/2020", "2018 bis 2020"),
    ("Mai, Juni und Juli 2017", "Mai bis Juli 2017"),
    ("1., 2. und 3. Quartal 2018", "Januar bis September 2018"),
    ("in den Jahren 2018 bis 2020", "2018 bis 2020"),
    ("zwischen 2018 und 2020", "2018 bis 2020"),
    ("im Zeitraum 2018-2020", "2018 bis 2020"),
    ("bis zum Ende des Schuljahres 2015/16", "bis Ende Juli 2016"),
    ("bis Schuljahresende 2015/16", "bis Ende Juli 2016"),
    ("Winter 2018/19", "Dezember 2018 bis Februar 2019"),
    ("Winter 2018/2019", "Dezember 2018 bis Februar 2019"),
    ("Jahreswechsel 2018/19", "Dezember 2018 bis Januar 2019"),
    ("SJ 2018/19", "August 2018 bis Juli 2019"),
    ("Schuljahr 18/19", "August 2018 bis Juli 2019"),
    ("Kita-Jahr 18/19", "August 2018 bis Juli 2019"),
    ("Schuljahre 2018/19 und 2019/20", "August 2018 bis Juli 2020"),
    ("Schuljahr 2018/19 bis 2020/21", "August 2018 bis Juli 2021"),
    ("1. Schulhalbjahr 2018/19", "August 2018 bis Januar 2019"),
    ("2. Schulhalbjahr 2018/19", "Februar bis Juli 2019"),
    ("2. Halbjahr des Schuljahres 2018/19", "Februar bis Juli 2019"),
    ("1. und 2. Schulhalbjahr 2018/19", "August 2018 bis Juli 2019"),
    ("Wintersemester 2018/19", "Oktober 2018 bis März 2019"),
    ("SoSe 2019", "April bis September 2019"),
    ("Q1–Q3/2018", "Januar bis September 2018"),
    ("Q1/18", "Januar bis März 2018"),
    ("2. Jahreshälfte 2018", "Juli bis Dezember 2018"),
    ("3. Vierteljahr 2018", "Juli bis September 2018"),
    ("bis Ende des 2. Quartals 2020", "bis Ende Juni 2020"),
    ("spätestens Ende 1. Halbjahr 2020", "bis Ende Juni 2020"),
    ("2018 und 2020", NICHT),
    ("2018, 2020 und 2022", NICHT),
    ("Mai, Juni, August 2017", NICHT),
    ("Dezember 2018 und 2019", NICHT),
    ("2. Halbjahr 2018/2019", NICHT),
    ("2. Halbjahr 2018/19", NICHT),
    ("spätestens ab 2020", NICHT),
    ("Schuljahr 2018", NICHT),
]

ZUM = [
    ("zum 01.05.16", "ab 1. Mai 2016, ohne Ende"),
    ("zum 1. Mai 2016", "ab 1. Mai 2016, ohne Ende"),
    ("zum 01.01.2027", "ab 1. Januar 2027, ohne Ende"),
    ("zum Schuljahr 2018/2019", "ab August 2018, ohne Ende"),
    ("zum Schuljahresbeginn 2018/19", "ab August 2018, ohne Ende"),
    ("zum 2. Halbjahr 2027", "ab Juli 2027, ohne Ende"),
    ("zum Jahresbeginn 2018", "ab Januar 2018, ohne Ende"),
    ("bis zum 30.06.2015", "bis 30. Juni 2015"),
    ("spätestens zum 01.05.2016", "bis 1. Mai 2016"),
    ("am 01.05.16", "1. Mai 2016"),
    ("zum 1. und 2. Mai 2018", NICHT),
]

MONATSZAHLEN = [
    ("2010-11", "2010 bis 2011"),
    ("2010-09", "September 2010"),
    ("2010-10", "Oktober 2010"),
    ("2018-12", "Dezember 2018"),
    ("2005/03", "März 2005"),
    ("1998-05", "1998 bis 2005"),
    ("1999/00", "1999 bis 2000"),
]

KURZ = [
    ("Mai 27", "Mai 2027"),
    ("Mai '27", "Mai 2027"),
    ("1. Mai 27", "1. Mai 2027"),
    ("27. Mai bis 3. Juni 27", "27. Mai bis 3. Juni 2027"),
    ("Mai/Juni 27", "Mai bis Juni 2027"),
    ("bis Ende 27", "bis Ende 2027"),
    ("Ende Mai 27", "21. bis 31. Mai 2027"),
    ("Herbst 27", "September bis November 2027"),
    ("KW 12/27", "22. bis 28. März 2027"),
    ("HHJ 2027", "2027"),
    ("ab dem HH-Jahr 2027", "ab 2027, ohne Ende"),
    ("HHJ 2027/28", "2027 bis 2028"),
    ("Haushaltsjahr 2027/28", "2027 bis 2028"),
    ("Haushaltsjahre 2027-2029", "2027 bis 2029"),
    ("Kita-Jahre 2018/19 und 2019/20", "August 2018 bis Juli 2020"),
    ("2027/Q2", "April bis Juni 2027"),
    ("2027-Q2", "April bis Juni 2027"),
    ("2027 Q2", "April bis Juni 2027"),
    ("2027, Q2", "April bis Juni 2027"),
    ("2027/H2", "Juli bis Dezember 2027"),
    ("2027/KW 12", "22. bis 28. März 2027"),
    ("2027/Q1 bis 2028/Q2", "Januar 2027 bis Juni 2028"),
    ("2018-Q3 2019", "Januar 2018 bis September 2019"),
    ("2018 - Q3/2019", "Januar 2018 bis September 2019"),
    ("HJ 2027", NICHT),
    ("2027 HJ", NICHT),
    ("2027, Q2, Q3", NICHT),
    ("2018, Q3 2019", NICHT),
    ("27 Mai", NICHT),
    ("Mai 2", NICHT),
    ("Mai 05", NICHT),
    ("Mai 27.", NICHT),
    ("Mai 27/28", NICHT),
    ("Mai 27-29", NICHT),
    ("Ende 17/18", NICHT),
]

LAUFZEIT = [
    ("Projektlaufzeit 2027-2029", "2027 bis 2029"),
    ("Laufzeit: 01.01.2027-31.12.2029", "1. Januar 2027 bis 31. Dezember 2029"),
    ("Laufzeit 2027 bis 2029", "2027 bis 2029"),
    ("Laufzeit (2027-2029)", "2027 bis 2029"),
    ("Laufzeit des Projekts: 2027-2029", "2027 bis 2029"),
    ("Laufzeit bis 2029", "bis Ende 2029"),
    ("Laufzeit: ab Mai 2027", "ab Mai 2027, ohne Ende"),
    ("Förderzeitraum 2027–2029", "2027 bis 2029"),
    ("im Bewilligungszeitraum 2027–2029, jährlich", "2027 bis 2029, jedes Jahr"),
    ("EU-Förderperiode 2021-2027", "2021 bis 2027"),
    ("Zeitraum: von 2027 bis 2029", "2027 bis 2029"),
    ("Projektdauer 2027/28", "2027 bis 2028"),
    ("befristet bis 2027", "bis Ende 2027"),
    ("bis 30.06.2027 (befristet)", "bis 30. Juni 2027"),
    ("zeitlich befristet: 2027–2029", "2027 bis 2029"),
    ("befristet auf 2027-2029", "2027 bis 2029"),
    ("zunächst befristet bis Ende 2027", "bis Ende 2027"),
    ("laufend (befristet bis 2027)", "bis Ende 2027"),
    ("jährlich, befristet bis 2027", "bis Ende 2027, jedes Jahr"),
    ("ab 2027 (bis 2029)", "2027 bis 2029"),
    ("ab Mai 2027, bis 2029", "Mai 2027 bis Dezember 2029"),
    ("seit 2015 (bis voraussichtlich 2027)", "2015 bis 2027"),
    ("ab Schuljahr 2027/28 (befristet bis 31.07.2030)", "1. August 2027 bis 31. Juli 2030"),
    ("2027, befristet bis 2029", "2027 bis 2029"),
    ("ab 2027 jährlich (bis 2029)", NICHT),
    ("befristet", NICHT),
    ("befristet ab 2027", NICHT),
    ("ab 2027 (befristet)", NICHT),
    ("2027 ff., befristet", NICHT),
    ("laufend, befristet", NICHT),
    ("jährlich, befristet", NICHT),
    ("befristet auf 2 Jahre", NICHT),
    ("bis 2027 (bis 2029)", NICHT),
    ("2027-2029 (bis 2030)", NICHT),
    ("ab 2027 (bis 2029 gefördert)", NICHT),
    ("ab 2027 (Evaluation bis 2029)", NICHT),
    ("KW 12, bis 2029", NICHT),
    ("KW 12 (bis 2029)", NICHT),
    ("Mai (bis 2029)", NICHT),
    ("(2027-2029)", "2027 bis 2029"),
    ("(2027–2029).", "2027 bis 2029"),
    ("[2027-2029]", "2027 bis 2029"),
    ("(ab 2027)", "ab 2027, ohne Ende"),
    ("[Laufzeit: 2027-2029]", "2027 bis 2029"),
    ("Laufzeit", NICHT),
    ("Laufzeit 3 Jahre", NICHT),
    ("Laufzeit: 24 Monate", NICHT),
    ("Laufzeit: 2 Jahre ab 2027", NICHT),
    ("während der Projektlaufzeit fortlaufend", NICHT),
    ("bis Ende der Projektlaufzeit", NICHT),
    ("nach der Projektlaufzeit 2027-2029", NICHT),
    ("[2027-2029", NICHT),
    ("[]", NICHT),
]

BEGINN = [
    ("Beginn 2027", "ab 2027, ohne Ende"),
    ("Beginn: Mai 2027", "ab Mai 2027, ohne Ende"),
    ("Start: Mai 2027", "ab Mai 2027, ohne Ende"),
    ("Projektstart Mai 27", "ab Mai 2027, ohne Ende"),
    ("Projektbeginn: 01.05.2027", "ab 1. Mai 2027, ohne Ende"),
    ("Beginn zum 01.05.2027", "ab 1. Mai 2027, ohne Ende"),
    ("Beginn frühestens im Mai 2027", "ab Mai 2027, ohne Ende"),
    ("Beginn der Umsetzung im 2. Quartal 2027", "ab April 2027, ohne Ende"),
    ("Start der Förderung: voraussichtlich 2027", "ab 2027, ohne Ende"),
    ("Beginn des Schuljahres 2027/28", "ab August 2027, ohne Ende"),
    ("Beginn Ende 2027", "ab Oktober 2027, ohne Ende"),
    ("Beginn: 2027, jährlich", "ab 2027, jedes Jahr, ohne Ende"),
    ("Beginn 2027 laufend", "ab 2027, ohne Ende"),
    ("Beginn: 2027, Ende: 2029", "2027 bis 2029"),
    ("Start: 01.05.2027 – Ende: 31.12.2029", "1. Mai 2027 bis 31. Dezember 2029"),
    ("Projektbeginn: Mai 2027; Projektende: 31.12.2029", "1. Mai 2027 bis 31. Dezember 2029"),
    ("Beginn 2027, Ende 2029", "Januar 2027 bis Dezember 2029"),
    ("Beginn des Jahres 2027", "Januar bis März 2027"),
    ("Start Mai 2027", NICHT),
    ("Beginn", NICHT),
    ("Beginn: Mai", NICHT),
    ("Beginn Mitte bis Ende 2027", NICHT),
    ("Beginn 2027-2029", NICHT),
    ("Beginn 2027/2028", NICHT),
    ("Beginn: bis 2027", NICHT),
    ("Beginn spätestens 2027", NICHT),
    ("Beginn nach 2027", NICHT),
    ("Beginn offen, Ende 2029", NICHT),
    ("einmalig, Beginn 2027", NICHT),
    ("jährlich, Beginn Mai", NICHT),
    ("bis Beginn 2027", NICHT),
]


@pytest.mark.parametrize(
    ("text", "worte"),
    [*TAGE, *OFFEN, *DAVOR, *IMMER_WIEDER, *JAHRE, *ZUM, *MONATSZAHLEN, *KURZ, *LAUFZEIT, *BEGINN],
)
def test_a_spelling_is_read_as_people_mean_it_or_stays_wording(text, worte):
    gelesen = lies(text)
    assert str(gelesen) == text
    assert in_worten(gelesen) == worte


@pytest.mark.parametrize(
    ("text", "satz"),
    [
        ("2018-13", "Monat 13 gibt es nicht, und das Jahr 2013 liegt nicht nach 2018. "
                    "Schreiben Sie z. B. 12/2018 oder 2013 bis 2018."),
        ("2018-14", "Monat 14 gibt es nicht, und das Jahr 2014 liegt nicht nach 2018. "
                    "Schreiben Sie z. B. 12/2018 oder 2014 bis 2018."),
        ("2018/13", "Monat 13 gibt es nicht, und das Jahr 2013 liegt nicht nach 2018. "
                    "Schreiben Sie z. B. 12/2018 oder 2013 bis 2018."),
        ("2018-18", "Monat 18 gibt es nicht, und das Jahr 2018 liegt nicht nach 2018. Schreiben Sie z. B. 12/2018."),
        ("2027-00", "Monat 0 gibt es nicht, und das Jahr 2000 liegt nicht nach 2027. "
                    "Schreiben Sie z. B. 12/2027 oder 2000 bis 2027."),
        ("KW 53/2027", "Eine Kalenderwoche 53 gibt es im Jahr 2027 nicht. Schreiben Sie z. B. KW 12/2027."),
        ("Winter 2018/20", "Einen Winter 2018/2020 gibt es nicht. Schreiben Sie z. B. Winter 2018/2019."),
        ("3. Schulhalbjahr 2018/19", "Ein 3. Schulhalbjahr gibt es nicht. "
                                     "Schreiben Sie z. B. 2. Schulhalbjahr 2018/2019."),
    ],
)  # fmt: skip
def test_what_is_not_in_the_calendar_is_refused(text, satz):
    with pytest.raises(ZeitraumFehler) as fehler:
        lies(text)
    assert str(fehler.value) == satz
    assert fehler.value.lesarten == ()


@pytest.mark.parametrize(
    ("text", "datum", "ist", "soll"),
    [
        ("Do, 27.09.2027", "27.09.2027", "Montag", "Donnerstag"),
        ("Donnerstag, den 27. September 2027", "27.09.2027", "Montag", "Donnerstag"),
        ("ab Sonnabend, dem 26.09.27", "26.09.2027", "Sonntag", "Samstag"),
        ("Fr. 27. – Mo. 29.09.2019", "29.09.2019", "Sonntag", "Montag"),
        ("Do. 27. – So. 29.09.2019", "27.09.2019", "Freitag", "Donnerstag"),
        ("27.09.2027 bis Mo, 28.09.2027", "28.09.2027", "Dienstag", "Montag"),
        ("Mi 29.02.2028, jährlich", "29.02.2028", "Dienstag", "Mittwoch"),
    ],
)
def test_a_weekday_that_is_not_that_of_its_date_is_refused(text, datum, ist, soll):
    with pytest.raises(ZeitraumFehler) as fehler:
        lies(text)
    assert str(fehler.value) == (
        f"Der {datum} ist ein {ist}, kein {soll}. Bitte prüfen Sie das Datum; schreiben Sie z. B. {ist}, {datum}."
    )
    assert lies(f"{ist}, {datum}").verstanden


@pytest.mark.parametrize(
    ("text", "worte"),
    [
        ("Mo, 27.09.2027", "27. September 2027"),
        ("Sonnabend, den 25.09.2027", "25. September 2027"),
        ("Mo 27.09. bis Mi 27.10.2027", "27. September bis 27. Oktober 2027"),
        ("montags ab 28.09.2027", "ab 28. September 2027, jede Woche, ohne Ende"),
        ("Treffen am Do, 27.09.2027", NICHT),
    ],
)
def test_a_weekday_that_fits_or_stands_in_a_sentence_changes_nothing(text, worte):
    assert in_worten(lies(text)) == worte
