"""The history of every element of a concept, and the Papierkorb from which a deleted one comes back whole."""
