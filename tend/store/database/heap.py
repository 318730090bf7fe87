"""What the C library holds of memory that was let go: bounded, and given back after much work."""

import ctypes
import sys

# Each run of a page is a thread of its own, and glibc would make up to eight arenas a processor for
# them; each keeps what was once used in it.
_ARENAS = 2
_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h


def bound() -> None:
    """Let threads share few arenas; where there is no glibc, nothing."""
    if (library := _glibc()) is not None:
        library.mallopt(_ARENA_MAX, _ARENAS)


def trim() -> None:
    """Give back to the system what is free; where there is no glibc, nothing."""
    if (library := _glibc()) is not None:
        library.malloc_trim(0)


def _glibc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None
