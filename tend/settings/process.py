"""The renewal process: its stages, the words for them, and how long each may take (S5)."""

from typing import Literal

Stage = Literal["start", "plan", "quote", "commercial", "deferred", "renewed", "lost"]
# In the order in which they are gone through; a renewal that has no word yet is not started.
STAGES: tuple[Stage, ...] = (
    "start",
    "plan",
    "quote",
    "commercial",
    "deferred",
    "renewed",
    "lost",
)
# Stages in which a contract waits for somebody: only these have limits.
OPEN: tuple[Stage, ...] = STAGES[:5]
# What a CSM says of a renewal, the best first.
CallName = Literal["commit", "at_risk", "lost"]
CALLS: tuple[CallName, ...] = ("commit", "at_risk", "lost")
NOT_STARTED = "not_started"
# Tiers that have no limits of their own share these.
OTHER_TIERS = "other"

_LIMITS: dict[str, tuple[int, int, int, int, int]] = {
    "strategic": (30, 30, 21, 30, 45),
    "core": (21, 21, 14, 30, 30),
    "basic": (14, 14, 10, 21, 30),
    OTHER_TIERS: (21, 21, 14, 30, 30),
}
_LIMITS |= {"战略": _LIMITS["strategic"], "核心": _LIMITS["core"], "基础": _LIMITS["basic"]}


def standard_limits() -> dict[str, dict[Stage, int]]:
    """Give by tier, in lower case, how many days a renewal may stay in a stage."""
    return {tier: dict(zip(OPEN, days, strict=True)) for tier, days in _LIMITS.items()}
