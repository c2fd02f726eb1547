"""What everybody reads without login: published Fassungen, and nothing else of the database."""
