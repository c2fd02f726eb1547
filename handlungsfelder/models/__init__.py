"""Fields of action, cross-cutting tasks and goals."""

from .handlungsfeld import Handlungsfeld, Querschnittsaufgabe, Querschnittsbezug
from .ziel import Handlungsziel, Leitziel

__all__ = ["Handlungsfeld", "Handlungsziel", "Leitziel", "Querschnittsaufgabe", "Querschnittsbezug"]
