"""Every idea of the queries has one home, no file is long, and no folder is full."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.walls.sources import ROOT

QUERIES = ROOT / "queries"
MOST_LINES, MOST_FILES = 120, 25  # without the header; in a folder
# What an idea looks like in SQL, and the file that says it.
HOMES = {
    r"\bnps\w*\s*[<>]=?\s*\d": "model/service/macros.sql",
    r"in \('due', 'overdue'\)": "model/renewals/renewals.sql",
    r"[<>]=? 10\b": "model/macros.sql",
    r"quadrant - 1|cell - 1": "model/health/macros.sql",
    r"\['satisfied', 'neutral'": "model/service/macros.sql",
    r"\['large', 'mid'": "model/service/macros.sql",
    r"as_of \+ 1 - interval 12 months\)": "model/time/macros.sql",
    r"- interval 12 months\)::date": "model/time/macros.sql",
    r"first_day is null or": "model/time/macros.sql",
    r"least\(coalesce\(.?last_day": "model/time/macros.sql",
    r"\bmonth = month_end_by\(day\)": "model/health/health_at.sql",
    r"'\\s\+'": "macros.sql",
    r"filters\[": "model/scope/macros.sql",
}


def files() -> dict[str, str]:
    """Give each file's SQL without its comments, by its place."""
    return {
        path.relative_to(QUERIES).as_posix(): re.sub(r"--[^\n]*", "", path.read_text("utf-8"))
        for path in sorted(QUERIES.rglob("*.sql"))
    }


def strangers(pattern: str, texts: dict[str, str]) -> list[str]:
    """Name the files in which a pattern stands."""
    return [place for place, sql in texts.items() if re.search(pattern, sql)]


@pytest.mark.parametrize("pattern", HOMES)
def test_an_idea_has_one_home(pattern: str) -> None:
    """The constant, list or formula stands in its home, and there alone."""
    assert strangers(pattern, files()) == [HOMES[pattern]]


def test_the_guard_bites() -> None:
    """A boundary of NPS in a query, as there once was, is found."""
    texts = {"metrics/nps.sql": "count(*) filter (where nps >= 9)"}
    assert strangers(next(iter(HOMES)), texts) == ["metrics/nps.sql"]


def test_files_are_short_and_folders_not_full() -> None:
    """What a reader has to hold in mind at once."""
    lines = {place: len(sql.strip().splitlines()) for place, sql in files().items()}
    assert {place: count for place, count in lines.items() if count > MOST_LINES} == {}
    folders = Counter(Path(place).parent.as_posix() for place in lines)
    assert {folder: count for folder, count in folders.items() if count > MOST_FILES} == {}
