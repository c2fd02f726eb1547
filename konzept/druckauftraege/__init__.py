"""PDFs that take long: made in the background from the state at which they were asked for.

- `aufnahme`: a print as a value, all that flows into it; each app that prints has its own.
- `models`: the job, which holds the Aufnahme and later the PDF, and who waits for it.
- `auftraege`: asking for one, within bounds; looking how far it is; leaving it.
- `ausfuehren`: what the worker does; `aufraeumen`: what goes afterwards.
- `vormerken`, `vorab`: prints that are made before anybody asks for them.
- `antwort`: what a view answers meanwhile and in the end.
"""
