"""The definition of health: the indicators that make its two scores."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Score = Literal["outcome", "experience"]
SCORES: tuple[Score, ...] = ("outcome", "experience")
# A measure of the usage files as an indicator: its mean over the 90 days.
MEASURE = "measure:"
MOST_WEIGHT = 1e6


class Indicator(BaseModel):
    """One indicator; without limits of its own they are learned from customers that renewed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    score: Score
    is_on: bool = True
    weight: Annotated[float, Field(gt=0, le=MOST_WEIGHT)] = 1.0
    is_more_better: bool = True
    low: float | None = None
    high: float | None = None

    @model_validator(mode="after")
    def _limits_in_order(self) -> Self:
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError("low has to be under high")
        return self


def standard() -> dict[str, Indicator]:
    """Give the indicators that every company starts with, all of equal weight (J1)."""
    outcome = ("deployment", "depth", "trend", "breadth", "engagement")
    experience = ("nps", "sentiment", "ticket_csat", "solved_in_time", "open_severe")
    made = {name: Indicator(score="outcome") for name in outcome}
    made |= {
        name: Indicator(score="experience", is_more_better=name != "open_severe")
        for name in experience
    }
    return made
