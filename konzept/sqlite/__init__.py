"""SQLite as Django has it, with a file that is the owner's alone, and with our order of names."""
