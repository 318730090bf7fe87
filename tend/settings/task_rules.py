"""Rules that make tasks: when, and in how many days each is to be done (S5)."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

RuleName = Literal[
    "renewal_due",
    "first_visit",
    "quadrant_fall",
    "critical_answer",
    "low_active_share",
    "single_feature",
    "not_touched",
    "stage_over",
]


class Rule(BaseModel):
    """When a task is made by itself, and in how many days it is to be done."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    is_on: bool = True
    # Days before the end, days after go-live, or the day of the month; rules without one have null.
    days: Annotated[int, Field(ge=0, le=730)] | None = None
    due_in: Annotated[int, Field(ge=0, le=365)] = 7


def standard_rules() -> dict[RuleName, Rule]:
    """Give the rules that every company starts with (S5)."""
    return {
        "renewal_due": Rule(days=90, due_in=14),
        "first_visit": Rule(days=30, due_in=7),
        "quadrant_fall": Rule(due_in=7),
        "critical_answer": Rule(due_in=3),
        "low_active_share": Rule(due_in=14),
        "single_feature": Rule(due_in=30),
        "not_touched": Rule(days=20, due_in=7),
        "stage_over": Rule(due_in=3),
    }
