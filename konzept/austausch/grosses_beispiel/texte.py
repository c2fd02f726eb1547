"""Words and sentences of the large example; {ort}, {gruppe}, {zahl} and {jahr} are filled in by chance."""

FELDER = {
    "Ankommen, Beratung und Orientierung": (
        "Erstberatung",
        "Verfahrensberatung",
        "Willkommensmappe",
        "Lotsendienst",
        "Sprachmittlung",
        "Sammelsprechstunde",
        "Orientierungskurs",
        "Behördenbegleitung",
    ),
    "Sprache und Mehrsprachigkeit": (
        "Sprachcafé",
        "Alphabetisierungskurs",
        "Konversationskreis",
        "Elternsprachkurs",
        "Vorlesestunde",
        "Kursplatzbörse",
        "Sprachpatenschaft",
        "Ferienkurs",
    ),
    "Kita, Schule und Bildung": (
        "Elternprogramm",
        "Lernförderung",
        "Übergangsbegleitung",
        "Schulberatung",
        "Familiengrundschulzentrum",
        "Hausaufgabenhilfe",
        "Elterncafé",
        "Bildungspatenschaft",
    ),
    "Ausbildung, Arbeit und Wirtschaft": (
        "Ausbildungsbegleitung",
        "Anerkennungsberatung",
        "Bewerbungswerkstatt",
        "Praktikumsbörse",
        "Gründungsberatung",
        "Brückenkurs",
        "Betriebsbesuch",
        "Mentoringprogramm",
    ),
    "Wohnen und Leben im Stadtteil": (
        "Quartiersbüro",
        "Mietqualifizierung",
        "Auszugsbegleitung",
        "Nachbarschaftstreff",
        "Gemeinschaftsgarten",
        "Verfügungsfonds",
        "Wohnberatung",
        "Stadtteilfest",
    ),
    "Engagement, Sport und Kultur": (
        "Freiwilligenberatung",
        "Vereinsqualifizierung",
        "Mikroprojektfonds",
        "Schwimmkurs",
        "Theaterprojekt",
        "Bewegungstreff",
        "Musikwerkstatt",
        "Patenschaftsprogramm",
    ),
    "Gesundheit und Prävention": (
        "Gesundheitslotsendienst",
        "Impfberatung",
        "Psychosoziale Sprechstunde",
        "Hebammensprechstunde",
        "Zahngesundheitstag",
        "Suchtberatung",
        "Bewegungsförderung",
        "Pflegeberatung",
    ),
    "Öffnung der Verwaltung und Schutz vor Diskriminierung": (
        "Fortbildungsreihe",
        "Antidiskriminierungsberatung",
        "Beschwerdestelle",
        "Schreibwerkstatt",
        "Ausschreibungsleitfaden",
        "Übersetzungsdienst",
        "Vielfaltsbericht",
        "Demokratietag",
    ),
}
"""Title of each field and what its measures are about."""

ORTE = (
    "in der Altstadt",
    "in der Nordstadt",
    "am Hafen",
    "in der Gartenvorstadt",
    "am Stadtwald",
    "in Oberdorf",
    "in der Bahnhofstraße",
    "im Dichterviertel",
)
VERBEN = ("aufbauen", "ausweiten", "verstetigen", "erproben", "neu ausrichten", "besser bekannt machen")
ZIELGRUPPEN = (
    "Neuzugewanderte",
    "geflüchtete Familien",
    "Jugendliche und junge Erwachsene",
    "Eltern von Kita-Kindern",
    "Frauen mit kleinen Kindern",
    "ältere Menschen",
    "Beschäftigte in Kita und Schule",
    "Ehrenamtliche",
    "Migrantenorganisationen",
    "kleine Betriebe",
)
AKTEURE = (
    ("FI", "Fachstelle Integration", "amt"),
    ("10", "Hauptamt", "amt"),
    ("11", "Personalamt", "amt"),
    ("32", "Ordnungsamt", "amt"),
    ("40", "Schulverwaltungsamt", "amt"),
    ("41", "Kulturamt", "amt"),
    ("50", "Sozialamt", "amt"),
    ("51", "Jugendamt", "amt"),
    ("52", "Sportamt", "amt"),
    ("53", "Gesundheitsamt", "amt"),
    ("61", "Stadtplanungsamt", "amt"),
    ("80", "Wirtschaftsförderung", "amt"),
    ("VHS", "Volkshochschule", "traeger"),
    ("Wohlfahrtsverbände", "Arbeitsgemeinschaft der Wohlfahrtsverbände", "traeger"),
    ("Jobcenter", "Jobcenter", "behoerde"),
    ("Agentur für Arbeit", "Agentur für Arbeit", "behoerde"),
    ("Kammern", "Industrie- und Handelskammer und Handwerkskammer", "sonstige"),
    ("Freiwilligenagentur", "Freiwilligenagentur e. V.", "verein"),
    ("Stadtsportbund", "Stadtsportbund e. V.", "verein"),
    ("Stadtteilverein Nord", "Stadtteilverein Nordstadt e. V.", "verein"),
    ("Haus der Kulturen", "Haus der Kulturen e. V.", "verein"),
    ("Integrationsrat", "Integrationsrat", "netzwerk"),
    ("Bildungsnetzwerk", "Kommunales Bildungsnetzwerk", "netzwerk"),
    ("Verbund der Migrantenorganisationen", "Verbund der Migrantenorganisationen", "netzwerk"),
)
GREMIEN = (
    ("Rat der Stadt", "politisch"),
    ("Ausschuss für Soziales und Integration", "politisch"),
    ("Steuerungsgruppe", "steuerungsgruppe"),
    ("Arbeitsgruppe Sprache und Bildung", "arbeitsgruppe"),
    ("Arbeitsgruppe Arbeit und Wirtschaft", "arbeitsgruppe"),
    ("Netzwerk Wohnen und Stadtteile", "netzwerk"),
    ("Netzwerk Gesundheit", "netzwerk"),
    ("Integrationskonferenz", "dialogforum"),
)
LEITLINIEN = (
    "Wir leben miteinander und nicht nebeneinander.",
    "Integration geht alle an und braucht einen langen Atem.",
    "Sprache öffnet Türen.",
    "Bildung beginnt in der Familie.",
    "Wer hier lebt, gestaltet mit.",
    "Vielfalt ist Alltag und kein Sonderfall.",
    "Niemand wird wegen seiner Herkunft benachteiligt.",
    "Die Verwaltung stellt sich auf die ganze Stadt ein.",
)
QUERSCHNITT = ("Vernetzung der Angebote", "Geschlechtergerechtigkeit", "Digitale Zugänge")
PROZESS = (
    ("Auftaktveranstaltung", "konferenz"),
    ("Bestandsaufnahme der Angebote", "bestandsaufnahme"),
    ("Gespräche mit Schlüsselpersonen", "interview"),
    ("Runden der Arbeitsgruppen", "arbeitsgruppe"),
    ("Gespräche in den Stadtteilen", "gespraech"),
    ("Vorstellung des Zwischenstands", "sitzung"),
    ("Werkstatt zu Zielen und Maßnahmen", "workshop"),
    ("Beschluss über die Leitlinien", "beschluss"),
)
GLIEDERUNG = (
    ("Vorwort", "", 5, ()),
    (
        "Einführung",
        "",
        4,
        (
            ("Wie das Konzept entstanden ist", "prozess", 4),
            ("Ausgangslage", "", 10),
            ("Steuerung", "gremien", 5),
        ),
    ),
    ("Integrationsverständnis und Leitlinien", "leitlinien", 8, ()),
    ("Handlungsfelder, Ziele und Maßnahmen", "handlungsfelder", 5, ()),
    ("Querschnittsaufgaben", "querschnitt", 4, ()),
    ("Bestehende Angebote", "angebote", 3, ()),
    ("Kosten und Finanzierung", "kosten", 4, ()),
    ("Indikatoren", "indikatoren", 4, ()),
    ("Mitwirkende", "mitwirkende", 2, ()),
)
"""Title, structured content, number of paragraphs, and sections of the same kind."""

GRUNDLAGEN = (
    "Unsere Stadt ist durch Zuwanderung gewachsen, und sie wird es bleiben.",
    "Jede dritte Familie hat heute Wurzeln in mehr als einem Land.",
    "Zugleich sind die Chancen auf Bildung, Arbeit und Wohnung noch ungleich verteilt.",
    "Die Befragung der Träger hat {zahl} Angebote ergeben, von denen viele nebeneinander bestehen.",
    "Besonders {gruppe} erreichen wir bisher zu wenig.",
    "In den Gesprächen wurde deutlich, dass kurze Wege wichtiger sind als neue Faltblätter.",
    "Wo Träger sich abstimmen, sinken die Wartezeiten spürbar.",
    "Deshalb setzen wir auf verbindliche Absprachen und benennen Verantwortliche.",
    "Das gelingt nur, wenn Haupt- und Ehrenamt einander kennen und entlasten.",
    "Bis {jahr} soll in jedem Stadtteil eine verlässliche Anlaufstelle erreichbar sein.",
    "Ein Schwerpunkt liegt {ort}, weil dort mehrere Belastungen zusammenkommen.",
    "Die Ergebnisse werden jedes Jahr öffentlich vorgestellt und mit den Beteiligten ausgewertet.",
    "Was sich nicht bewährt, wird beendet, damit Mittel für Besseres frei werden.",
    "So bleibt das Konzept ein Arbeitsprogramm und wird nicht zum Archivstück.",
)
AUFGABEN = (
    "Stimmt die Vorhaben ab und klärt, wer was übernimmt.",
    "Achtet darauf, dass {gruppe} von Anfang an beteiligt sind.",
    "Berichtet einmal im Jahr über Fortschritte und Hindernisse.",
    "Legt fest, welche Angebote {ort} zuerst beginnen.",
    "Prüft, ob Informationen verständlich und auf dem Telefon gut lesbar sind.",
)
STAERKEN = (
    "Die Beteiligten kennen sich und arbeiten seit Jahren vertrauensvoll zusammen.",
    "Angebote {ort} werden gut angenommen, zuletzt von {zahl} Personen im Jahr.",
    "Ehrenamtliche werden geschult und begleitet.",
    "Für {gruppe} gibt es feste Ansprechpersonen.",
    "Sprachmittlung steht an allen Standorten zur Verfügung.",
    "Förderprogramme von Land und Bund werden regelmäßig genutzt.",
)
POTENTIALE = (
    "Angebote sind {ort} kaum bekannt.",
    "{zahl} Personen stehen auf Wartelisten.",
    "Befristete Projekte enden, bevor sie Wirkung zeigen.",
    "Es fehlt an Räumen, die abends und am Wochenende geöffnet sind.",
    "Daten liegen nur für die ganze Stadt vor, nicht für die Stadtteile.",
    "Die Übergabe zwischen den Stellen gelingt nicht immer.",
)
PERSONAL = (
    "Die Fachstelle bringt eine halbe Stelle ein.",
    "Die Träger setzen vorhandenes Personal im Umfang von zwei Stellen ein.",
    "Weitere Stellen stehen unter dem Vorbehalt des Stellenplans.",
)
MITTEL = (
    "Im Haushalt sind {zahl}.000 € veranschlagt.",
    "Für die Jahre ab {jahr} werden Fördermittel beantragt.",
    "Die Träger beteiligen sich mit eigenen Mitteln.",
)
LEITZIELE = (
    "Alle finden ohne Umwege die Unterstützung, die sie brauchen.",
    "Herkunft entscheidet nicht über Chancen.",
    "Menschen begegnen sich auf Augenhöhe und übernehmen Verantwortung füreinander.",
    "Angebote sind verständlich, erreichbar und aufeinander abgestimmt.",
    "Zugewanderte bringen ihre Fähigkeiten ein und werden dafür anerkannt.",
)
HANDLUNGSZIELE = (
    "Bis {jahr} erreichen die Angebote jährlich mindestens {zahl} Personen.",
    "Bis {jahr} sinkt die mittlere Wartezeit auf höchstens sechs Wochen.",
    "Bis {jahr} gibt es in jedem Stadtteil mindestens ein offenes Angebot.",
    "Bis {jahr} haben drei Viertel der Fachkräfte an einer Fortbildung teilgenommen.",
    "Bis {jahr} sind alle wichtigen Informationen in einfacher Sprache verfügbar.",
    "Bis {jahr} arbeiten alle beteiligten Stellen nach einem gemeinsamen Verfahren.",
)
MASSNAHME = (
    "Das Angebot richtet sich vor allem an {gruppe}, steht aber auch anderen offen.",
    "Es findet {ort} statt, damit die Wege kurz sind.",
    "Ausgangspunkt ist ein Bedarf, den Träger und Teilnehmende übereinstimmend genannt haben.",
    "Im ersten Jahr werden etwa {zahl} Personen erreicht.",
    "Teilnehmende wirken an der Planung mit und bewerten das Angebot nach jedem Durchgang.",
    "Eine hauptamtliche Kraft koordiniert, Ehrenamtliche unterstützen bei der Durchführung.",
    "Für die Anmeldung genügt eine kurze Nachricht; bei der Sprache hilft der Übersetzungsdienst.",
    "Bestehende Räume werden mitgenutzt, so dass keine Mieten anfallen.",
    "Die Erfahrungen werden {jahr} ausgewertet und der Steuerungsgruppe vorgelegt.",
    "Bewährt sich das Vorgehen, übernehmen es die Träger in ihr Regelangebot.",
)
SCHRITTE = (
    "Bedarf erheben und mit den Beteiligten abstimmen",
    "Konzept erarbeiten und Kosten ermitteln",
    "Fördermittel beantragen",
    "Räume {ort} suchen und herrichten",
    "Honorarkräfte und Ehrenamtliche gewinnen und schulen",
    "Angebot bekannt machen, besonders für {gruppe}",
    "Ersten Durchgang mit etwa {zahl} Personen durchführen",
    "Auswerten und über die Fortführung entscheiden",
)
SACHSTAENDE = (
    "Die Vorbereitungen sind abgeschlossen.",
    "Bisher haben {zahl} Personen teilgenommen.",
    "Die Förderung ist bis {jahr} bewilligt.",
    "Ein weiterer Standort wird noch gesucht.",
)
GRUENDE = (
    "Der Förderantrag wurde abgelehnt; ein neuer Antrag ist frühestens in zwei Jahren möglich.",
    "Der vorgesehene Träger hat seine Arbeit eingestellt.",
    "Das Anliegen geht in einer anderen Maßnahme auf.",
)
GEWICHTE = (10, 35, 35, 10, 6, 4)
"""How often each Umsetzungsstand comes, in the order of the choices."""

ZEITRAEUME = (
    "{jahr}",
    "ab {jahr}",
    "fortlaufend",
    "bis 06/{jahr}",
    "2027 bis {jahr}",
    "2. Halbjahr {jahr}",
    "1. Quartal {jahr}",
    "März {jahr}",
    "ab {jahr} jährlich",
    "seit 2022",
    "Herbst {jahr}",
)
TERMINE = ("1. Quartal {jahr}", "2. Halbjahr {jahr}", "bis Ende {jahr}", "Mai {jahr}", "ab 09/{jahr}")
FINANZIERUNG = (
    ("eigenmittel", ""),
    ("eigenmittel", ""),
    ("eigenmittel", ""),
    ("foerdermittel", "KOMM-AN NRW"),
    ("foerdermittel", "Integrationschancen für Kinder und Familien"),
    ("foerdermittel", "Demokratie leben!"),
    ("foerdermittel", "ESF Plus"),
    ("drittmittel", "Stiftungsmittel"),
)
INDIKATOREN = (
    ("Teilnehmende im Jahr", "Personen"),
    ("Beratungen im Jahr", "Gespräche"),
    ("Beteiligte Einrichtungen", "Einrichtungen"),
    ("Veranstaltungen im Jahr", "Veranstaltungen"),
    ("Mittlere Wartezeit", "Tage"),
)
