"""Satisfaction has one scale; one odd value does not make everybody critical (M17)."""

import pytest

from tend.ingest.results import Options, Remembered, SheetResult
from tests.ingest.conftest import Check, codes, facts


def answers(
    check: Check, cells: list[str], header: str = "csat", options: Options | None = None
) -> SheetResult:
    """Read surveys with these answers."""
    rows = [[f"C{n}", "2024-05-01", f"r{n}", cell] for n, cell in enumerate(cells)]
    return check([["customer", "date", "respondent", header], *rows], options=options, typed=False)


def scales(result: SheetResult) -> set[object]:
    """Give the scales of the answers."""
    return {fact.get("csat_scale") for fact in facts(result)}


@pytest.mark.parametrize(
    ("cells", "scale", "without"),
    [(["5", "5", "6"], 10, 5), (["4", "3", "44"], 100, 5), (["9", "8", "95"], 100, 10)],
)
def test_one_value_that_decides_is_named(
    check: Check, cells: list[str], scale: float, without: float
) -> None:
    """Read on the scale that holds it, with a warning and a question; the answer is heeded."""
    result = answers(check, cells)
    assert (scales(result), codes(result)) == ({scale}, [(4, "scale_by_one_value")])
    [question] = result.questions
    assert (question.params["scale"], question.params["without"]) == (str(scale), str(without))
    told = Remembered("surveys", {}, {question.key: question.answers[1]})
    again = answers(check, cells, options=Options(mappings={"Sheet1": told}))
    assert (scales(again), codes(again)) == ({without}, [(4, "csat_off_scale")])
    assert again.rejected == 1


def test_of_many_answers_some_may_be_off(check: Check) -> None:
    """Twenty of 1 to 5 and one 44: the 44 is rejected and named."""
    result = answers(check, [*("12345" * 4), "44"])
    assert (scales(result), codes(result)) == ({5.0}, [(22, "csat_off_scale")])
    assert (result.accepted, result.rejected, result.questions) == (20, 1, ())


def test_several_values_say_a_scale_together(check: Check) -> None:
    """No doubt, no question."""
    result = answers(check, ["7", "9", "3", "10"])
    assert (scales(result), codes(result), result.questions) == ({10.0}, [], ())


@pytest.mark.parametrize(
    ("header", "scale"),
    [("CSAT (1-5)", 5), ("满意度（满分10）", 10), ("满意度（满分10分）", 10), ("满意度(1-10分)", 10), ("CSAT 1 to 7", 7),
     ("Rating out of 10", 10), ("满意度（百分制）", 100), ("满意度（5分制）", 5), ("CSAT %", 100), ("csat_1_5", 5)],
)  # fmt: skip
def test_the_header_says_the_scale(check: Check, header: str, scale: float) -> None:
    """Whatever the values; what is off it is rejected, told by the header."""
    result = answers(check, ["3", "4", "101"], header)
    assert scales(result) == {scale}
    assert codes(result) == [(4, "csat_off_scale")]
    assert "csat_scale_header" in [decision.code for decision in result.decisions]


def test_cells_say_their_scale(check: Check) -> None:
    """4/10 is four of ten."""
    assert scales(answers(check, ["4/10", "5/10"])) == {10.0}


def test_a_ticket_stands_without_its_answer(check: Check) -> None:
    """Off the scale its satisfaction is none, with a warning."""
    rows = [[f"T{n}", "A", "2024-05-01", cell] for n, cell in enumerate([*("12345" * 4), "44"])]
    result = check(
        [["Ticket ID", "customer", "opened on", "satisfaction rating"], *rows], typed=False
    )
    assert (result.dataset, result.accepted, codes(result)) == (
        "tickets", 21, [(22, "csat_off_scale")]
    )  # fmt: skip
