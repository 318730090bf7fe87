"""What one run of the benchmarks found, as JSON: where, each cost by size, and how it grows."""

import os
import platform
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.measures.costs import growth, significant

Told = dict[str, Any]
UNITS = {"s", "mb"}  # of what may grow; the others are ratios and counts


def where(runs: int) -> Told:
    """Say when and on what it was measured, by no name but that of the kind."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return {
        "on": date.today().isoformat(),
        "processors": os.cpu_count(),
        "processor": _processor(),
        "memory_gb": round(memory),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "runs": runs,
    }


def load() -> float:
    """Say how much the machine had to do: over the number of its processors, work waited."""
    return round(os.getloadavg()[0], 1)


def grown(sizes: Mapping[str, Told]) -> dict[str, float]:
    """Give the exponent of each cost that was measured in more than one size."""
    by_name: dict[str, dict[int, float]] = {}
    for size, told in sizes.items():
        for name, cost in told["costs"].items():
            for unit in UNITS & cost.keys():
                by_name.setdefault(name, {})[int(size)] = cost[unit]
    found = {name: growth(values) for name, values in by_name.items()}
    return {name: significant(one, 2) for name, one in found.items() if one is not None}


def merged(before: Told, after: Told) -> Told:
    """Put a run into what earlier ones found: what was measured again takes the old's place."""
    sizes = dict(before.get("sizes", {}))
    for size, told in after["sizes"].items():
        old = sizes.get(size, {})
        missed = {**old.get("missed", {}), **told["missed"]}
        sizes[size] = {
            **told,
            "costs": {**old.get("costs", {}), **told["costs"]},
            "missed": {part: why for part, why in missed.items() if why},
        }
    ordered = dict(sorted(sizes.items(), key=lambda one: int(one[0])))
    return {**before, **after, "sizes": ordered, "growth": grown(ordered)}


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor()
