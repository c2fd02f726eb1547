"""Work in the background: rows that wait, and a program of its own that takes and does them (`manage.py arbeite`).

There is no general table of jobs. What is to be done is a row of its own domain (a Druckauftrag, a Sendung, a Termin)
that is also an `Auftrag`: the row that a page shows is the row that the worker takes, so the two cannot contradict each
other. An app says in its `ready()` how its rows are done (`arten.melde_an`) and which work comes back by the calendar
(`termine.melde_an`).

- `models`: what every Auftrag has, and the signs of life of the workers.
- `pacht`: a worker holds a row by a lease. Whoever lost it writes nothing any more.
- `lauf`: how one or more rows are done, here or in a process of their own.
- `kindprozess`, `arbeiter`, `weckruf`: the worker with its processes, and how it is woken.
- `termine`: what comes back by the calendar.
- `zustand`, `views`: what is told about all that.
- `eingriff`, `admin`: what somebody does to a job by hand.
"""
