"""What an upload may fill of the server's disk, before any view or form has seen it."""

from django.core.files.uploadhandler import FileUploadHandler

from konzept import grenzen


class Obergrenze(FileUploadHandler):
    """Keeps one byte more of a file than any form takes and lets the rest go by: the form sees that it is too large,
    and says so."""

    def receive_data_chunk(self, raw_data, start):
        return raw_data[: grenzen.BILD_BYTES + 1 - start] if start <= grenzen.BILD_BYTES else None

    def file_complete(self, file_size):
        """The handlers behind this one have the file."""
