"""PDFs that take long: made in a process of their own, while a page says how far they are."""
