"""Benchmarks with a named baseline in the same run: `make bench`, or `python -m tests.bench pdf seiten`.

Absolute times depend on the machine and its mood; the ratios are what to compare. Everything happens in a folder of
its own and leaves the data of the project alone.
"""

import argparse
import os
import tempfile

TEILE = ["baum", "vergleich", "seiten", "arbeit", "pdf"]


def lies_argumente(argumente: list[str] | None = None) -> argparse.Namespace:
    """`teile`: what to measure, in the order given; `massnahmen`: sizes for the PDF."""
    zerleger = argparse.ArgumentParser(prog="make bench", description=__doc__)
    # With choices, Python 3.11 would refuse the default.
    zerleger.add_argument("teile", nargs="*", metavar="TEIL", help=f"{', '.join(TEILE)}; all where none is named")
    zerleger.add_argument("--massnahmen", type=int, nargs="+", default=[60, 300, 1000], help="sizes for the PDF")
    gelesen = zerleger.parse_args(argumente)
    if unbekannt := [teil for teil in gelesen.teile if teil not in TEILE]:
        zerleger.error(f"unknown: {', '.join(unbekannt)} (choose from {', '.join(TEILE)})")
    gelesen.teile = gelesen.teile or TEILE
    return gelesen


def main() -> None:
    argumente = lies_argumente()
    with tempfile.TemporaryDirectory(prefix="konzeptwerk-bench-") as ordner:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="konzept.settings",
            # As in production: no debug helpers, cached templates.
            KONZEPTWERK_DEBUG="0",
            KONZEPTWERK_SECRET_KEY="only-for-benchmarks-" + "0" * 40,
            KONZEPTWERK_ADRESSE="http://localhost",
            KONZEPTWERK_DATA=ordner,
            DATABASE_URL=f"sqlite:///{ordner}/bench.sqlite3",
        )
        import django

        django.setup()
        from tests.bench import druck, messungen, vergleich

        messungen.richte_ein()
        anderswo = {"vergleich": vergleich, "pdf": druck}
        for teil in argumente.teile:
            getattr(anderswo.get(teil, messungen), teil)(argumente.massnahmen)


if __name__ == "__main__":
    main()
