"""Where `collectstatic` puts what browsers load: compressed, named after the content, readable for a web server."""

from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StatischeDateien(CompressedManifestStaticFilesStorage):
    """What is compressed has the rights of the rest, whatever the umask is."""

    def compress_files(self, paths):
        for name, gepackt in super().compress_files(paths):
            Path(self.path(gepackt)).chmod(self.file_permissions_mode)
            yield name, gepackt
