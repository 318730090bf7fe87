"""What the machine allows: a container's memory is shared by the server and its children."""

from pathlib import Path

_CGROUP = Path("/sys/fs/cgroup")
_SHARE = 0.6  # of a container's memory; the rest is the server's
_NO_LIMIT = 2**60  # the first kind of control groups writes a huge number where there is none


def memory(wanted: int, root: Path = _CGROUP) -> int:
    """Give the memory a child may take: what is wanted, or what there is."""
    found = [_limit(root / name) for name in ("memory.max", "memory/memory.limit_in_bytes")]
    least = min((limit for limit in found if limit), default=None)
    return wanted if least is None else min(wanted, int(least * _SHARE))


def _limit(path: Path) -> int | None:
    try:
        limit = int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):  # no such group, or "max"
        return None
    return limit if limit < _NO_LIMIT else None
