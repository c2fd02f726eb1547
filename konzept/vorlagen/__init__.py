"""What is laid before the council: the Vorlage, its way through the Gremien, their decision, and its print."""
