"""That a process does not outlive the one that started it. Free of Django, since typesetting is."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def stirb_mit_ihm(eltern: int | None = None) -> None:
    """From now on this process is killed as soon as its parent ends, however that ends. Only Linux can do that.

    `eltern` is the parent's number, where it is known: a parent that was gone before this was called ends it at once.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if eltern is not None and os.getppid() != eltern:
        os._exit(1)
