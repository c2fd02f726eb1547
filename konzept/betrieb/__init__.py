"""What an installation needs, whatever it is used for: address, files, keys, logs, mail server, checks at its start."""
