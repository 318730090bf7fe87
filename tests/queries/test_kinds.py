"""Kinds of values: few, and written as they are read."""

import pytest

from tend.queries.kinds import KINDS, read

pytestmark = pytest.mark.quick


@pytest.mark.parametrize(
    "written", [*KINDS, "code outcomes", "label tasks.causes", "list of code service.parts"]
)
def test_a_kind_is_written_as_it_is_read(written: str) -> None:
    """What a header says of a kind and what the index shows are the same words."""
    assert str(read(written)) == written


def test_what_is_no_kind_is_refused() -> None:
    """A header cannot invent one."""
    for written in ("mony", "", "list of", "money, optional"):
        with pytest.raises(KeyError):
            read(written)


def test_a_tooltip_writes_numbers_by_their_kind() -> None:
    """Money whole, rates in per cent, changes with their sign, months as 2026-03, texts as is."""
    shown = [KINDS[name].hint for name in ("money", "rate", "rate change", "nps", "month", "text")]
    assert shown == [",.0f", ".1%", "+.1%", "+,.1f", "%Y-%m", ""]
