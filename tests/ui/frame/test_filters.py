"""What a filter takes: the values that are offered, also by labels whose counts are out of date."""

import pytest

from tend.figures import wording
from tend.ui.state import address
from tests.kit.driver import opened_in_frame
from tests.ui.conftest import Open


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (["mid"], ("mid",)),
        (["{mid} (999)"], ("mid",)),
        (["mid", "{mid} (999)", "{small} (1,234)"], ("mid", "small")),
        (["mid", "Nothing such (3)"], ("mid",)),
        (["Nothing such"], ()),
        ([" (3)"], ()),
    ],
)
def test_a_filter_takes_what_is_offered(opened: Open, sent: list[str], kept: list[str]) -> None:
    """A label whose count is out of date means its value; what is not offered is dropped."""
    opened("no-usage")
    app = opened_in_frame("renewals", as_of="2026-06-30", lang="en")
    app.session_state["filters"] = True
    app.run()
    said = {value: wording.value(value, "en") for value in ("mid", "small")}
    labels = [one.format(**said) for one in sent]
    app.multiselect(key="filter.size").set_value(labels).run()
    assert not app.exception
    assert app.session_state[address._STATE].chosen("size") == kept
