"""The log as it is read: pages, filters, and how much of a long one is looked at."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tend.people.person import Person
from tend.store.audit import backwards, lines, log, pages
from tend.store.audit.lines import Line, Mark
from tend.store.audit.pages import Wanted

pytestmark = pytest.mark.quick
FIRST = date(2026, 1, 30)


def made(path: Path, count: int) -> list[Line]:
    """Write a log over some days, by three people."""
    mark, raws = Mark(), []
    for number in range(count):
        day = FIRST + timedelta(days=number // 7)
        person = Person(key=f"p{number % 3}", role="csm")
        what = lines.WHATS[number % 5]
        mark, raw = lines.write(mark, person, what, {"rows": number}, moment=f"{day}T10:00:00Z")
        raws.append(raw)
    (path / log.FILE).write_bytes(b"".join(raws))
    return [found for raw in raws if (found := lines.read(raw))]


@settings(deadline=None, max_examples=40)
@given(
    st.integers(0, 60),
    st.integers(1, 9),
    st.integers(60, 3000),
    st.sampled_from([None, "p1", "p7"]),
    st.sampled_from([None, "import", "sql"]),
    st.integers(-1, 9),
    st.integers(-1, 9),
)
def test_pages_together_are_all_that_is_wanted(
    tmp_path_factory: pytest.TempPathFactory,
    count: int,
    most: int,
    block: int,
    who: str | None,
    what: lines.What | None,
    start: int,
    end: int,
) -> None:
    """By person, what and days, however long a page or a block is: none twice, none left out."""
    path = tmp_path_factory.mktemp("log")
    whole = made(path, count)
    days = [None if at < 0 else FIRST + timedelta(days=at) for at in (start, end)]
    wanted = Wanted(who, what, *days)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backwards, "_BLOCK", block)
        found: list[Line] = []
        before = None
        while True:
            page = pages.page(path, wanted, before=before, most=most)
            assert len(page.lines) <= most
            found += page.lines
            if (before := page.older) is None:
                break
    meant = [
        line
        for line in whole
        if who in (None, line.who)
        and what in (None, line.what)
        and (days[0] is None or line.at[:10] >= days[0].isoformat())
        and (days[1] is None or line.at[:10] <= days[1].isoformat())
    ]
    assert found == meant[::-1]


def test_the_last_page_reads_the_end_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a long log, one block is read for the newest lines."""
    made(tmp_path, 20_000)
    taken = []
    real = backwards.blocks

    def counted(file: Path, end: int | None = None) -> object:
        for block in real(file, end):
            taken.append(len(block[1]))
            yield block

    monkeypatch.setattr(backwards, "blocks", counted)
    assert [line.number for line in pages.page(tmp_path, Wanted(), most=2).lines] == [
        20_000,
        19_999,
    ]
    assert len(taken) == 1
    assert (tmp_path / log.FILE).stat().st_size > 2 * backwards._BLOCK
