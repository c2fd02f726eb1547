"""The outbox: every mail is a row that is written with what it tells of, and sent by the worker.

Whoever sends a mail calls Django as ever; `backend` is Django's EMAIL_BACKEND here, and writes a row for each
recipient. What is rolled back leaves no mail, no request waits for a mail server, and what the server does not take now
is tried again (`zustellung`). The server itself is asked through the backend of the setting POSTWEG, by the worker
alone.

- `brief`: a mail that says what it is about, and how its words are stored: encrypted, and no longer than needed.
- `verfasser`: mails whose words are found only when they are sent.
- `serverantwort`: what a mail server said, as a German sentence.
- `zustellstand`: which mails did not arrive, and how long is known that others did.
"""
