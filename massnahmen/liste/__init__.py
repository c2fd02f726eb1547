"""The list of all measures of a concept for daily work: filter, search, sort, change several at once."""
