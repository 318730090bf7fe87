"""The log, changed in every way somebody could think of: each is found, and a sound one is not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tend.people.person import Person
from tend.store.audit import checking, lines, log, texts
from tend.store.audit.lines import Mark

pytestmark = pytest.mark.quick
PEOPLE = (Person(), Person(key="p1", role="leader"), Person(role="reviewer"))
Raw = list[bytes]


def written(path: Path, acts: list[tuple[int, lines.What, int]]) -> Mark:
    """Write a log of these acts: by whom, what, and of how much."""
    mark = Mark()
    for who, what, count in acts:
        text = f"select {count}" if what == "sql" else None
        mark = log.append(path, PEOPLE[who], what, {"rows": count}, text=text)
    return mark


def raw(path: Path) -> Raw:
    """Give the lines as they stand."""
    return (path / log.FILE).read_bytes().splitlines(keepends=True)


def faults(path: Path, kept: Mark | None = None) -> list[str]:
    """Give the sentences of what is found."""
    return [str(fault) for fault in checking.check(path, kept or Mark()).faults]


acts = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["sql", "entry", "export"]), st.integers(0, 99)),
    min_size=2,
    max_size=8,
)


def flipped(found: Raw, at: int, other: int) -> Raw:
    """Change one sign of a line."""
    line, place = found[at], other % (len(found[at]) - 1)
    sign = line[place : place + 1]
    new = b"x" if sign != b"x" else b"y"
    return [*found[:at], line[:place] + new + line[place + 1 :], *found[at + 1 :]]


def rechained(found: Raw, at: int, _other: int) -> Raw:
    """Change what a line tells, and write its chain anew, as one who knows how it is made."""
    line, before = lines.read(found[at]), lines.read(found[at - 1]) if at else None
    assert line is not None
    number = Mark(line.number - 1, before.mark.chain if before else "")
    _, new = lines.write(number, Person(key="p9", role="csm"), "undo", {"rows": 1})
    return [*found[:at], new, *found[at + 1 :]]


def reversed_pair(found: Raw, at: int, other: int) -> Raw:
    """Swap two lines, wherever they stand."""
    to = other % len(found)
    to = to if to != at else (at + 1) % len(found)
    swapped = list(found)
    swapped[at], swapped[to] = swapped[to], swapped[at]
    return swapped


WAYS: dict[str, Callable[[Raw, int, int], Raw]] = {
    "changed": flipped,
    "changed and chained anew": rechained,
    "removed": lambda found, at, _: found[:at] + found[at + 1 :],
    "swapped": reversed_pair,
    "inserted twice": lambda found, at, other: [
        *found[: at + 1],
        found[other % len(found)],
        *found[at + 1 :],
    ],
    "inserted": lambda found, at, _: [*found[:at], b'{"at":"2026-01-01"}\n', *found[at:]],
    "cut": lambda found, at, _: found[:at],
    "emptied": lambda _found, _at, _other: [],
    "a line of its own made two": lambda found, at, other: [
        *found[:at],
        found[at][: 1 + other % (len(found[at]) - 2)] + b"\n",
        found[at][1 + other % (len(found[at]) - 2) :],
        *found[at + 1 :],
    ],
}


@settings(deadline=None, max_examples=60)
@given(acts, st.sampled_from(sorted(WAYS)), st.integers(0, 999), st.integers(0, 999))
def test_each_change_is_found(
    tmp_path_factory: pytest.TempPathFactory,
    made: list[tuple[int, lines.What, int]],
    way: str,
    at: int,
    other: int,
) -> None:
    """Whatever is changed, wherever: verify tells it; put back as it was, it says nothing."""
    path = tmp_path_factory.mktemp("log")
    kept = written(path, made)
    before = raw(path)
    assert faults(path, kept) == []
    (path / log.FILE).write_bytes(b"".join(WAYS[way](before, at % len(before), other)))
    assert faults(path, kept), way
    (path / log.FILE).write_bytes(b"".join(before))
    assert faults(path, kept) == []


def test_each_is_told_with_its_line(tmp_path: Path) -> None:
    """One sentence that is true, of the very line."""
    written(tmp_path, [(0, "entry", n) for n in range(8)])
    there = raw(tmp_path)
    told = {
        "line 3 does not follow": flipped(there, 2, there[2].index(b"rows")),
        "lines 3 to 4 were taken out": there[:2] + there[4:],
        "line 3 was taken out": there[:2] + there[3:],
        "line 4 stands behind line 2": [*there[:2], there[3], there[2], *there[4:]],
        "behind line 5 something was put in": [*there[:5], there[0], *there[5:]],
        "line 4 was changed": [*there[:3], b"{}\n", *there[4:]],
        "ends with line 6, and 8 were written": there[:6],
        "no line any more, and 8 were written": [],
    }
    for sentence, changed in told.items():
        (tmp_path / log.FILE).write_bytes(b"".join(changed))
        [said] = faults(tmp_path)
        assert sentence in said
    (tmp_path / log.FILE).unlink()
    assert faults(tmp_path) == ["The log: audit.jsonl is missing, and 8 lines were written to it."]


def test_older_copies_are_found_by_what_the_database_knows(tmp_path: Path) -> None:
    """The log and what tells its last line are put back together: the database knows better."""
    written(tmp_path, [(0, "entry", 1)] * 3)
    older = {name: (tmp_path / name).read_bytes() for name in (log.FILE, log.LAST)}
    kept = written(tmp_path, [(0, "entry", 2)] * 2)
    for name, content in older.items():
        (tmp_path / name).write_bytes(content)
    assert faults(tmp_path) == []
    assert "ends with line 3, and 5 were written" in faults(tmp_path, kept)[0]
    # written on from there, as many lines again: they are others
    written(tmp_path, [(0, "entry", 3)] * 2)
    assert faults(tmp_path, kept) == [
        "The log: line 5 is not the one that was noted when it was written."
    ]


def test_what_tells_the_last_line_is_missed(tmp_path: Path) -> None:
    """Taken away, nobody could tell whether lines are cut: so that is told."""
    written(tmp_path, [(0, "entry", 1)] * 2)
    (tmp_path / log.LAST).unlink()
    assert "last-audit is missing" in faults(tmp_path)[0]


def test_lines_go_on_behind_what_is_gone(tmp_path: Path) -> None:
    """A file that is taken away hides nothing: the next line has the next number."""
    written(tmp_path, [(0, "entry", 1)] * 3)
    there = (tmp_path / log.FILE).read_bytes()
    (tmp_path / log.FILE).unlink()
    assert written(tmp_path, [(0, "entry", 1)]).number == 4
    assert faults(tmp_path) == ["The log: lines 1 to 3 were taken out."]
    (tmp_path / log.FILE).write_bytes(there + (tmp_path / log.FILE).read_bytes())
    assert faults(tmp_path) == []


def test_what_is_accepted_is_told_and_no_fault(tmp_path: Path) -> None:
    """From that line on; what is changed later is found again."""
    written(tmp_path, [(0, "entry", 1)] * 3)
    there = raw(tmp_path)
    (tmp_path / log.FILE).write_bytes(b"".join([there[0], there[2]]))
    log.append(tmp_path, PEOPLE[0], "accepted", {"count": 1})
    found = checking.check(tmp_path, Mark())
    assert (found.faults, [note.code for note in found.notes]) == ([], ["audit_accepted"])
    written(tmp_path, [(0, "entry", 1)] * 2)
    there = raw(tmp_path)
    (tmp_path / log.FILE).write_bytes(b"".join(there[:-2] + there[-1:]))
    assert [fault.code for fault in checking.check(tmp_path, Mark()).faults] == ["audit_gone"]


def test_texts_are_held_to_their_lines(tmp_path: Path) -> None:
    """A statement that is changed or gone is found; one that a line says was erased is not."""
    written(tmp_path, [(1, "sql", 1), (1, "sql", 2), (1, "sql", 3)])
    file = tmp_path / texts.FILE
    there = file.read_bytes()
    for changed in (there.replace(b"select 2", b"select 9"), there.splitlines(True)[0], b""):
        file.write_bytes(changed)
        assert any("the text that line 2 speaks of" in said for said in faults(tmp_path))
    file.write_bytes(there.replace(b"select 2", b"select 2").replace(b'"line": 2', b'"line": 7'))
    assert faults(tmp_path)
    file.write_bytes(there)
    with log.held(tmp_path):
        assert texts.erase(tmp_path, 4, lambda words: words.endswith("2")) == 1
    assert faults(tmp_path)  # nobody said that it was erased
    log.append(tmp_path, PEOPLE[0], "erase", {"count": 1})
    assert faults(tmp_path) == []
    assert b"select 2" not in file.read_bytes()
    with file.open("ab") as half:
        half.write(b'{"line":')  # of a writer that was killed
    written(tmp_path, [(1, "sql", 5)])
    assert faults(tmp_path) == []


@pytest.mark.parametrize("value", ["Acme Ltd", "a b", "名字", "x" * 65, ("ok", "Not ok")])
def test_a_line_holds_no_words(tmp_path: Path, value: str | tuple[str, ...]) -> None:
    """Names and texts cannot get in by mistake."""
    with pytest.raises(ValueError, match="no code"):
        log.append(tmp_path, PEOPLE[0], "entry", {"rows": value})
    assert not (tmp_path / log.FILE).exists() or raw(tmp_path) == []
