"""What is held for as long as the process lives, and what only loading it took."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress


def settle() -> None:
    """After something long-lived was loaded: hand back what loading took, keep the rest out of the collector's way.

    The collector needn't walk through a million objects that live as long as the bot while somebody waits.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    # Where the C library is glibc it is told to hand back what has become free: some 40 MB.
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
