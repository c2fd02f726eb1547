"""What makes WeasyPrint and its libraries quicker and changes nothing of what they make: each module replaces one part
of them (see `setzen`), and a test holds that the PDF is the same with and without it."""
