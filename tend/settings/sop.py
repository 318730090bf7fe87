"""An SOP: what is done for the customers of a cell of scale and satisfaction, by whom (S2)."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

SCALES = ("large", "mid", "small", "unknown")
SATISFACTIONS = ("satisfied", "neutral", "critical", "not_asked")
CELLS = tuple(f"{scale}/{satisfaction}" for scale in SCALES for satisfaction in SATISFACTIONS)
Cell = Annotated[
    str, Field(pattern="^(large|mid|small|unknown)/(satisfied|neutral|critical|not_asked)$")
]
Words = Annotated[str, Field(max_length=600)]


class Step(BaseModel):
    """One step of an SOP: what is done, and within how many days."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=300)]
    days: Annotated[int, Field(ge=0, le=365)]


class Sop(BaseModel):
    """What is done for the customers of a cell, by whom, and what is not done."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    goal: Words
    role: Literal["am", "csm"]
    steps: Annotated[tuple[Step, ...], Field(max_length=20)]
    avoid: tuple[Words, ...] = ()
