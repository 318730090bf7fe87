"""The log: one form, and nothing of anybody's data in it."""

import json
import logging
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tend.language.errors import TendError
from tend.logs import lines, said

pytestmark = pytest.mark.quick
NAME = "Acme 重庆长安 <b>"


def line(logger: str, log: Callable[[logging.Logger], None], **how: bool) -> str:
    """Give what is written of one call."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler()

    def keep(record: logging.LogRecord) -> bool:
        records.append(record)
        return False

    handler.addFilter(keep)
    made = logging.getLogger(logger)
    made.addHandler(handler)
    made.setLevel(logging.DEBUG)
    made.propagate = False  # what a test run has beside it would fill in the values
    try:
        log(made)
    finally:
        made.removeHandler(handler)
        made.propagate = True
    about = {"session": "0123456789abcdef", "request": ""}
    written = lines.Lines(lambda: about, is_json=how.get("is_json", True))
    return "\n".join(written.format(record) for record in records)


def failing(error: Exception) -> Callable[[logging.Logger], None]:
    """Give a call that logs an error with its traceback."""

    def log(logger: logging.Logger) -> None:
        try:
            raise error
        except Exception:
            logger.exception("it went wrong with %s", NAME)

    return log


def test_a_line_of_json_says_when_where_and_for_whom_in_short() -> None:
    """Time in UTC, the level, the code's own sentence with its numbers, letters of the session."""
    told = json.loads(line("tend.store", lambda logger: logger.info("a copy of %d bytes", 12)))
    assert told.pop("at").endswith("Z")
    assert told == {
        "level": "info",
        "logger": "tend.store",
        "said": "a copy of 12 bytes",
        "session": "01234567",
    }


def test_values_are_held_back_and_errors_go_by_their_kind() -> None:
    """Texts given to a message, and the words of an error and of those behind it, are no code."""
    behind = OSError(28, "No space left", f"/data/{NAME}.xlsx")
    error = TendError("disk_full", path=NAME, why=NAME)
    error.__cause__ = behind
    told = json.loads(line("tend.ui", failing(error)))
    assert told["said"] == "it went wrong with …"
    assert told["error"] == "disk_full"
    assert told["trace"][0] == "disk_full:"
    assert told["trace"][1].startswith("tests/logs/test_lines.py:")
    assert "OSError ENOSPC:" in told["trace"]
    assert "Acme" not in json.dumps(told, ensure_ascii=False)


def test_what_another_library_says_is_written_as_far_as_its_code_holds_it() -> None:
    """An f-string keeps its own words, a text made elsewhere is named by its place."""
    made = f"Uncaught: {NAME}"

    def written(log: Callable[[logging.Logger], None]) -> str:
        return str(json.loads(line("others", log))["said"])

    assert written(lambda logger: logger.warning(f"no {NAME} in '{NAME}'")) == "no … in '…'"
    assert written(lambda logger: logger.info("Started %s %d", made, 3)) == "Started … 3"
    assert written(lambda logger: logger.error(made)).startswith("tests/logs/test_lines.py:")


@settings(deadline=None, max_examples=40)
@given(st.text(min_size=4, alphabet="xyzXYZ重庆 '\"%{}<>\\"))
def test_no_text_of_others_comes_through(name: str) -> None:
    """Whatever stands in a message, an argument or an error: of other libraries and of our own."""
    told = line("third", lambda logger: logger.error(f"of {name} %s", name, exc_info=OSError(name)))
    told += line("third.two", lambda logger: logger.error(name))
    told += line("tend", failing(ValueError(name)), is_json=False)
    assert name not in told
    assert json.dumps(name, ensure_ascii=False)[1:-1] not in told


def test_a_plain_line_has_the_same_for_people() -> None:
    """Time, level, logger, sentence; the trace stands beneath."""
    first, *trace = line("tend", failing(ValueError(NAME)), is_json=False).splitlines()
    assert first.endswith("tend it went wrong with … session=01234567 error=ValueError")
    assert trace[0] == "    ValueError:"
    assert "Acme" not in first + "".join(trace)


def test_a_traceback_of_another_process_is_its_places() -> None:
    """What a child said at its end names where it died, not of what."""
    there = logging.__file__
    told = f'Traceback\n  File "{there}", line 3, in run\n    {NAME}\n{NAME}'
    for forged in (f"{NAME}.py", NAME, "x\n2026-11-28T07:00:00Z info tend all is well.py"):
        told += f'\n  File "{forged}", line 1, in run\nof File "{there}", line 4, in {NAME}'
    assert said.places(told) == said.place(there, 3, "run")
