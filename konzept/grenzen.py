"""The bounds of everything that a request may cost, in one place. Imports nothing.

A bound holds before the expensive part; what goes beyond it is answered with a sentence, and what was typed is kept.
"""
