"""What parts several names in one field: cases that Python (`konzept.namen`) and the browser (`auswahl.js`) are asked
alike, as (text, what is known, the names in it)."""

AEMTER = ("51", "40", "32")

FAELLE = [
    # Commas, semicolons and line ends
    ("Ehrenamtsbörse, 32", (), ["Ehrenamtsbörse", "32"]),
    (" 51 ;51,, Haus  der Vereine,", (), ["51", "Haus der Vereine"]),
    ("51\n40\n\n32", (), ["51", "40", "32"]),
    (" , ;", (), []),
    # Brackets hold together
    ("Träger (z. B. Caritas, Diakonie)", (), ["Träger (z. B. Caritas, Diakonie)"]),
    ("51; Träger (z. B. Caritas; Diakonie), 32", (), ["51", "Träger (z. B. Caritas; Diakonie)", "32"]),
    ("Schulen [Grundschulen, Realschule], 40", (), ["Schulen [Grundschulen, Realschule]", "40"]),
    ("Netzwerk (Kitas [1, 2, 3], Schulen), 51", (), ["Netzwerk (Kitas [1, 2, 3], Schulen)", "51"]),
    ("(51, 40), Kitas (alle)", (), ["(51, 40)", "Kitas (alle)"]),
    ("Fachstelle (51/40)", AEMTER, ["Fachstelle (51/40)"]),
    # One without its other half does not swallow the rest
    ("Träger (z. B. Caritas, Diakonie, 51", (), ["Träger (z. B. Caritas", "Diakonie", "51"]),
    ("Träger z. B. Caritas), Diakonie", (), ["Träger z. B. Caritas)", "Diakonie"]),
    ("Träger (z. B. Caritas], Diakonie", (), ["Träger (z. B. Caritas]", "Diakonie"]),
    ("A [b (c, d), e", (), ["A [b (c, d)", "e"]),
    ("a) 51, b) 40", (), ["a) 51", "b) 40"]),
    # What once was parted within brackets is found as it is stored
    ("Träger (Caritas, Diakonie)", ("Träger (Caritas", "Diakonie)"), ["Träger (Caritas", "Diakonie)"]),
    # A known name may hold a comma
    ("51, Amt für A, B, C; 40", ("Amt für A, B, C",), ["51", "Amt für A, B, C", "40"]),
    ("Verein (A, B), Düsseldorf", ("Verein (A, B), Düsseldorf", "Düsseldorf"), ["Verein (A, B), Düsseldorf"]),
    ("51, 40", ("51, 40", *AEMTER), ["51", "40"]),
    ("Amt für Jugend, Familie", (), ["Amt für Jugend", "Familie"]),
    # "/", "und" and the like part known names only
    ("51 / 40; Träger (z. B. Caritas, Diakonie)", AEMTER, ["51", "40", "Träger (z. B. Caritas, Diakonie)"]),
    ("51/40/32", AEMTER, ["51", "40", "32"]),
    ("51 und 40", AEMTER, ["51", "40"]),
    ("51 u. 40", AEMTER, ["51", "40"]),
    ("51 & 40 sowie 32", AEMTER, ["51", "40", "32"]),
    ("51 + 40 · 32", AEMTER, ["51", "40", "32"]),
    ("51 / 51", AEMTER, ["51"]),
    ("51 / Feuerwehr", AEMTER, ["51 / Feuerwehr"]),
    ("51 / 40", ("51 / 40", *AEMTER), ["51 / 40"]),
    ("51/2", AEMTER, ["51/2"]),
    ("SKM/SKF", (), ["SKM/SKF"]),
    ("SKM/SKF", ("SKM", "SKF"), ["SKM", "SKF"]),
    ("AWO / Diakonie", ("AWO", "Diakonie"), ["AWO", "Diakonie"]),
    ("Jugend und Familie", (), ["Jugend und Familie"]),
    ("Jugend und Familie", ("Jugend",), ["Jugend und Familie"]),
    ("Jugend und Familie", ("Jugend und Familie", "Jugend", "Familie"), ["Jugend und Familie"]),
    ("Jugend und Familie und Sport", ("Jugend und Familie", "Jugend", "Sport"), ["Jugend und Familie", "Sport"]),
    ("Hund & Katze", ("H", "Katze"), ["Hund & Katze"]),
    ("/, 51/", AEMTER, ["/", "51/"]),
    # Behind the number of a step the same names come again
    ("(1) SKFM, 32, (2) 51, 32", AEMTER, ["(1) SKFM", "32", "(2) 51", "32"]),
    ("(1) SKFM, 32, 32 (2) 51, 32, 32", AEMTER, ["(1) SKFM", "32", "32 (2) 51", "32"]),
    ("Schritt 1: 51, 32; Schritt 2: 51, 32", AEMTER, ["Schritt 1: 51", "32", "Schritt 2: 51", "32"]),
]
