"""Editing a concept element by element: forms, outline, history, Papierkorb. No tables of its own."""
