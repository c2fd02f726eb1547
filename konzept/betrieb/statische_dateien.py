"""Static files: where they are found, and where `collectstatic` puts what browsers load: compressed, named after the
content, readable for a web server."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StatischeDateien(CompressedManifestStaticFilesStorage):
    """What is compressed has the rights of the rest, whatever the umask is."""

    def compress_files(self, paths):
        for name, gepackt in super().compress_files(paths):
            Path(self.path(gepackt)).chmod(self.file_permissions_mode)
            yield name, gepackt


class Druckschriften(BaseFinder):
    """The fonts with which other scripts are printed, as "schriften/noto-sans-thai/files/…". A package named after its
    script brings fifty files; only the two weights of that script are found."""

    PREFIX = "schriften"
    GEBRAUCHT = re.compile(r"([a-z-]+-([a-z]+))/files/\1-\2-[46]00-normal\.woff2")

    def __init__(self, app_names=None, *args, **kwargs):
        self.ordner = FileSystemStorage(location=settings.BASE_DIR / "node_modules/@fontsource")
        self.ordner.prefix = self.PREFIX

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False):
        prefix, _, name = path.partition("/")
        if not (prefix == self.PREFIX and self.GEBRAUCHT.fullmatch(name) and self.ordner.exists(name)):
            return []
        pfad = self.ordner.path(name)
        return [pfad] if find_all else pfad

    def list(self, ignore_patterns):
        wurzel = Path(self.ordner.location)
        for pfad in sorted(wurzel.glob("*/files/*.woff2")):
            name = pfad.relative_to(wurzel).as_posix()
            if self.GEBRAUCHT.fullmatch(name):
                yield name, self.ordner


def finde(name: str) -> Path | None:
    """The file of a static name: where it is developed, or where it was collected."""
    if gefunden := finders.find(name):
        return Path(gefunden)
    return innerhalb(Path(settings.STATIC_ROOT), name) if settings.STATIC_ROOT else None


def innerhalb(wurzel: Path, name: str) -> Path | None:
    """The file of this name in a folder; None where there is none, or it is elsewhere."""
    wurzel = wurzel.resolve()
    pfad = (wurzel / name).resolve()
    return pfad if pfad.is_relative_to(wurzel) and pfad.is_file() else None
