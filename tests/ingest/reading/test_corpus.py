"""Every untidy or broken file of the corpus, through the reader's own process."""

import dataclasses
from pathlib import Path

import pyarrow.compute as pc
import pytest

from tend.ingest import prepare
from tend.ingest.results import SheetResult
from tests.kit.files import corpus_books, corpus_hostile, corpus_text
from tests.kit.files.corpus import Case, Fact, Want

CASES = [*corpus_text.cases(), *corpus_books.cases(), *corpus_hostile.cases()]


def test_the_corpus_is_large() -> None:
    """At least 80 files, each with a name of its own."""
    assert len(CASES) >= 80
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_each_file_gives_what_it_has_to(case: Case, tmp_path: Path) -> None:
    """The right facts, every row counted once, every message whole; or one clear refusal."""
    path = tmp_path / case.name
    case.make(path)
    result = prepare(path, options=case.options)
    code = result.error.code if result.error else None
    assert code == case.error, str(result.error)
    if result.error:
        for language in ("en", "zh"):
            assert "{" not in result.error.message(language)
            assert str(tmp_path) not in result.error.message(language)
    if case.sheets:
        assert len(result.sheets) == len(case.sheets)
    for sheet, wanted in zip(result.sheets, case.sheets, strict=False):
        _check(sheet, wanted)


def _check(sheet: SheetResult, wanted: Want) -> None:
    assert sheet.rows == sheet.accepted + sheet.rejected + sheet.skipped
    for language in ("en", "zh"):
        assert not any("{" in problem.message(language) for problem in sheet.problems)
        assert not any("{" in decision.message(language) for decision in sheet.decisions)
    found = {problem.code for problem in sheet.problems}
    told = {decision.code for decision in sheet.decisions}
    got = Want(
        sheet.dataset, sheet.accepted, sheet.rejected, sheet.skipped,
        None if wanted.facts is None else _facts(sheet), frozenset(found), frozenset(told & wanted.decided), sheet.reason,
    )  # fmt: skip
    assert dataclasses.asdict(got) == dataclasses.asdict(wanted)
    if sheet.dataset:  # no row is left out without a word
        told_rows = [d.params["rows"] for d in sheet.decisions if d.code.startswith("skipped_")]
        assert sum(len(rows.split(",")) for rows in told_rows) == sheet.skipped or any(
            rows.endswith("…") for rows in told_rows
        )
    if sheet.rejected_rows is not None:
        assert sheet.rejected_rows.num_rows == sheet.rejected


def _facts(sheet: SheetResult) -> tuple[Fact, ...]:
    if sheet.facts is None:
        return ()
    table = sheet.facts.take(pc.sort_indices(sheet.facts["row_no"]))
    columns = [table[c].to_pylist() for c in ("customer_name", "end_date", "amount", "outcome")]
    return tuple(zip(*columns, strict=True))
