"""Which program made a PDF, and which version of it.

It is said where the PDF is whole. A piece has the name of the program alone, from its HTML: kept pieces would else all
be typeset anew with each version, though nothing that is to be seen of them has changed.
"""

import re
from xml.sax.saxutils import escape

from pikepdf import Pdf

from konzept import __version__

ERZEUGER = f"Konzeptwerk {__version__}"
_IM_XMP = re.compile(rb"(<xmp:CreatorTool>)[^<]*(?=</xmp:CreatorTool>)")


def nenne(pdf: Pdf) -> None:
    """In both places in which a PDF says it, and which have to agree; a PDF that names no program stays as it is.

    By hand: pikepdf writes XMP anew, with the moment in it, and the same print would be other bytes each time.
    """
    if "/Creator" not in pdf.docinfo:
        return
    neu, ersetzt = _IM_XMP.subn(rb"\g<1>" + escape(ERZEUGER).encode(), pdf.Root.Metadata.read_bytes())
    if ersetzt != 1:
        raise ValueError(f"The XMP names {ersetzt} programs, the information dictionary one.")
    pdf.docinfo["/Creator"] = ERZEUGER
    pdf.Root.Metadata.write(neu)
