__version__ = "0.9.0"
"""Of Konzeptwerk, here alone: what else has to name it is held equal by tests/weitergabe/test_version.py."""
