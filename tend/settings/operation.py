"""How this company's Tend is run: its time zone (M11), and how long daily copies are kept."""

import zoneinfo
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field


def _known(name: str) -> str:
    if name and name not in zoneinfo.available_timezones():
        raise ValueError("no such time zone; it is called like Asia/Shanghai")
    return name


# By its name, such as Asia/Shanghai; empty where none is set.
Zone = Annotated[str, AfterValidator(_known)]
Periods = Annotated[int, Field(ge=0, le=3660)]


class Keeping(BaseModel):
    """Settings of the copies a workspace is kept safe by: no number follows from them."""

    copies_days: Periods = Field(
        7, description="Daily copies: the newest of each of so many days is kept; 0: of none."
    )
    copies_weeks: Periods = Field(4, description="Beside them the newest of each of so many weeks.")
    copies_months: Periods = Field(
        6, description="And of so many months; with 0 of all three no copies are made."
    )
