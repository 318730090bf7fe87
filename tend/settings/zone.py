"""A time zone by its name, such as Asia/Shanghai; empty where none is set (M11)."""

import zoneinfo
from typing import Annotated

from pydantic import AfterValidator


def _known(name: str) -> str:
    if name and name not in zoneinfo.available_timezones():
        raise ValueError("no such time zone; it is called like Asia/Shanghai")
    return name


Zone = Annotated[str, AfterValidator(_known)]
