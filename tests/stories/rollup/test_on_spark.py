"""Raw logs of any form become usage on a cluster of processes, and Tend reads its files."""

import csv
import io
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tend.store.workspace import Workspace
from tests.kit.companies import Companies
from tests.kit.files import logs
from tests.kit.reading import take_in
from tests.kit.tools import spark
from tests.oracle.health.usage_of_logs import Asked, Line, Measures, read, usage

pytestmark = pytest.mark.timeout(900)
HEADER = ["customer_id", "period", "active_users", "licensed_users", "key_actions", "features_used"]
# What a log may be called at home, two levels down, and by its plain names.
NESTED = {
    "account": "context.account",
    "user": "context.user.id",
    "event": "event",
    "feature": "properties.feature",
    "event_id": "messageId",
    "seats": "properties.seats",
    "time": "sentAt",
}
PLAIN = {"account": "account_id", "user": "user_id", "event": "event", "time": "timestamp"}
ACCOUNTS: Mapping[str, date | None] = {
    **dict.fromkeys(logs.ACCOUNTS),
    "quiet": None,
    "C-new": date(2024, 3, 31),
}
BROKEN = ('{"event": "login", "context": ', '{"context": "C1", "event": "login"}', "not a line")
OTHER = "usage-2023-12-0001.csv"
FACTS = """
select stg_usage.customer_id, strftime(period_start, '%Y-%m'), measure, value
from stg_usage where value is not null and granularity = 'month'
"""


@dataclass(frozen=True)
class Job:
    """A roll-up: its words, where it writes, what is asked and read as plain Python does."""

    words: tuple[str, ...]
    to: Path
    asked: Asked
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Done:
    """What came of it."""

    job: Job
    code: int
    errors: str
    executors: int

    @property
    def told(self) -> dict[str, Any]:
        """Give what it tells of the lines."""
        return dict(json.loads((self.job.to / "usage-told.json").read_text(encoding="utf-8")))

    @property
    def files(self) -> dict[str, bytes]:
        """Give its files by name."""
        return {path.name: path.read_bytes() for path in sorted(self.job.to.glob("*.csv"))}

    @property
    def measures(self) -> dict[tuple[str, str], Measures]:
        """Give what the files say, per customer and month; none twice."""
        found: dict[tuple[str, str], Measures] = {}
        for content in self.files.values():
            header, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
            assert header == HEADER
            for customer, period, active, seats, key, used in rows:
                assert (customer, period) not in found
                said = (int(active), Decimal(seats) if seats else None, int(key), int(used))
                found[customer, period] = said
        return found


@pytest.fixture(scope="module")
def done(companies: Companies) -> dict[str, Done]:
    """Run all roll-ups of this file in one session, once a run of the tests."""
    if spark.home() is None:
        pytest.skip("there is no Spark on this machine: `make rollup` fetches one")
    return companies.once("rollup", rolled_up)[1]


def rolled_up(folder: Path) -> dict[str, Done]:
    """Lay logs down in a folder, and roll them up."""
    with (folder / "accounts.csv").open("w", encoding="utf-8", newline="") as file:
        dated = [(name, since and since.isoformat()) for name, since in ACCOUNTS.items()]
        rows = [("customer_id", "go_live_date"), *dated, ("quiet ", ""), ("", "")]
        csv.writer(file).writerows(rows)
    jobs = {"json": as_json(folder), "csv": as_csv(folder), "parquet": as_parquet(folder)}
    jobs["again"] = replace(jobs["json"], to=folder / "to-again")
    jobs |= unusable(jobs["csv"], folder)
    ran = spark.run([[*job.words, "--to", str(job.to)] for job in jobs.values()], folder)
    return {
        name: Done(job, one["code"], one["errors"], one["executors"])
        for (name, job), one in zip(jobs.items(), ran, strict=True)
    }


def words(folder: Path, kind: str, asked: Asked, columns: Mapping[str, str]) -> tuple[str, ...]:
    """Give the words that ask for a roll-up."""
    said = [str(folder / kind), "--format", kind, "--months", *asked.months]
    said += ["--time-zone", asked.zone, "--log-zone", asked.log_zone]
    said += ["--accounts", str(folder / "accounts.csv")]
    for option, names in (("--key-events", asked.key_events), ("--ignored-events", asked.ignored)):
        said += [option, *names] if names else []
    for name, column in columns.items():
        said += [f"--{name.replace('_', '-')}", column]
    return tuple(said)


def as_json(folder: Path) -> Job:
    """JSON lines of nested events with ids, some broken; clocks change in both months."""
    asked = Asked(
        months=("2024-03", "2024-11"),
        zone="America/New_York",
        accounts=ACCOUNTS,
        key_events=frozenset({"导出", "report.made"}),
        ignored=frozenset({"heartbeat"}),
    )
    made = list(logs.lines(Random(1), asked.months, asked.zone, asked.log_zone, 3000))
    texts = [json.dumps(nested(cells), ensure_ascii=n % 2 == 0) for n, cells in enumerate(made)]
    (folder / "json").mkdir()
    for part in range(4):
        text = "\n".join([*texts[part::4], *(BROKEN if part == 2 else ())])
        (folder / "json" / f"{part}.jsonl").write_text(text + "\n", encoding="utf-8")
    lines = [read(cells, asked.log_zone) for cells in made]
    lines += [Line(None, None, None, None, None, None, None)] * len(BROKEN)
    to = folder / "to-json"
    to.mkdir()
    # what an earlier run left: a file too many, and one of another month
    for name in ("usage-2024-03-0009.csv", OTHER):
        (to / name).write_text(",".join(HEADER) + "\n", encoding="utf-8")
    said = (*words(folder, "json", asked, NESTED), "--rows", "4")
    return Job(said, to, asked, tuple(lines))


def nested(cells: logs.Cells) -> dict[str, Any]:
    """Give a line as logs nest it; an empty cell is null or not there."""
    made: dict[str, Any] = {}
    for name, cell in cells.items():
        *folders, last = NESTED[name].split(".")
        place = made
        for one in folders:
            place = place.setdefault(one, {})
        if cell is not None or name != "feature":
            # numbers stand without quotes where they are no text
            place[last] = int(cell) if name == "seats" and cell and cell.isdigit() else cell
    return made


def as_csv(folder: Path) -> Job:
    """CSV in two files; times mostly without a zone, on another clock than the company's."""
    asked = Asked(("2024-10",), "Asia/Shanghai", ACCOUNTS, log_zone="Europe/Berlin")
    made = list(logs.lines(Random(2), asked.months, asked.log_zone, asked.log_zone, 2000))
    (folder / "csv").mkdir()
    for part in range(2):
        with (folder / "csv" / f"{part}.csv").open("w", encoding="utf-8", newline="") as file:
            rows = [[cells[name] for name in PLAIN] for cells in made[part::2]]
            csv.writer(file).writerows([[*PLAIN.values()], *rows])
    known = [{name: cells[name] for name in PLAIN} for cells in made]
    lines = tuple(read(cells, asked.log_zone) for cells in known)
    return Job(words(folder, "csv", asked, {}), folder / "to-csv", asked, lines)


def as_parquet(folder: Path) -> Job:
    """Parquet with moments as moments and seats as numbers; two zones of one company's year."""
    asked = Asked(("2024-03", "2024-04"), "Europe/Berlin", ACCOUNTS)
    columns = {**PLAIN, "seats": "seats", "event_id": "id"}
    made = list(logs.lines(Random(3), asked.months, asked.zone, asked.log_zone, 2000))
    lines = [read({name: cells[name] for name in columns}, asked.log_zone) for cells in made]
    cells = {
        "account_id": pa.array([one.account for one in lines]),
        "user_id": pa.array([one.user for one in lines]),
        "event": pa.array([one.event for one in lines]),
        "timestamp": pa.array([one.at for one in lines], pa.timestamp("us", tz="UTC")),
        "seats": pa.array([one.seats and float(one.seats) for one in lines], pa.float64()),
        "id": pa.array([one.event_id for one in lines]),
    }
    (folder / "parquet").mkdir()
    pq.write_table(pa.table(cells), folder / "parquet" / "0.parquet")
    said = words(folder, "parquet", asked, {"seats": "seats", "event_id": "id"})
    return Job(said, folder / "to-parquet", asked, tuple(lines))


def unusable(job: Job, folder: Path) -> dict[str, Job]:
    """Give what is asked in vain of the same log."""
    quiet = tuple("1999-12" if word == "2024-10" else word for word in job.words)
    return {
        "no line": Job(quiet, folder / "to-nothing", job.asked),
        "no column": Job((*job.words, "--seats", "licences"), folder / "to-none", job.asked),
        "no log": Job((str(folder / "nowhere"), *job.words[1:]), folder / "to-none", job.asked),
        "no id": Job((*job.words, "--accounts-id", "id"), folder / "to-none", job.asked),
    }


@pytest.mark.parametrize("name", ["json", "csv", "parquet"])
def test_usage_is_what_plain_python_counts(done: dict[str, Done], name: str) -> None:
    """Each number of each customer and month, and the fate of every line; by two executors."""
    one = done[name]
    expected, fates = usage(one.job.lines, one.job.asked)
    assert (one.code, one.executors) == (0, 2), one.errors
    assert one.measures == expected
    assert len(set(expected.values())) > 5
    assert one.told["lines"] == dict(fates)
    assert len(fates) >= 6
    for month in one.job.asked.months:
        told = one.told["months"][month]
        rows = {customer: found for (customer, at), found in expected.items() if at == month}
        assert told["customers"] == len(rows)
        assert told["silent"] >= list(rows).count("quiet") == 1


def test_who_is_in_no_list_is_told(done: dict[str, Done]) -> None:
    """By name and number of lines, and never written."""
    one = done["json"]
    strangers = {line.account for line in one.job.lines} & set(logs.STRANGERS)
    unknown = one.told["unknown_accounts"]
    assert set(unknown["most_lines"]) == strangers
    assert unknown["accounts"] == len(strangers) == len(logs.STRANGERS)
    assert sum(unknown["most_lines"].values()) == one.told["lines"]["unknown_account"]


def test_a_month_takes_the_place_of_its_files(done: dict[str, Done]) -> None:
    """The same logs give the same bytes; files too many go, another month stays; none is long."""
    first, again = done["json"].files, done["again"].files
    assert first.pop(OTHER)
    assert first == again
    assert "usage-2024-03-0009.csv" not in first
    assert len(first) == 6
    assert {content.count(b"\n") - 1 for content in first.values()} <= {1, 2, 3, 4}
    assert not [path for path in done["json"].job.to.iterdir() if path.name.startswith(".")]


def test_nothing_is_written_where_no_line_counts(done: dict[str, Done]) -> None:
    """A log that was not there would make everybody silent: the month is named instead."""
    one = done["no line"]
    assert one.code == 1
    assert "1999-12" in one.errors
    assert one.files == {}
    assert sum(one.told["lines"].values()) == len(done["csv"].job.lines)


def test_what_is_not_there_is_named(done: dict[str, Done]) -> None:
    """In one sentence: a column of the logs, of the list of accounts, the logs themselves."""
    said = {"no column": "licences", "no id": "no column id", "no log": "nowhere"}
    for name, words in said.items():
        assert (done[name].code, done[name].errors.count("\n")) == (2, 1)
        assert words in done[name].errors
        assert done[name].files == {}


def test_tend_reads_what_was_written(done: dict[str, Done], workspace: Workspace) -> None:
    """File by file, without a question, each row accepted: the facts are the numbers."""
    for name in ("json", "csv"):
        for path in sorted(done[name].job.to.glob("usage-2024-*.csv")):
            report = take_in(workspace, path)
            (sheet,) = report.sheets
            assert (report.error, sheet.dataset, sheet.rejected, sheet.skipped) == (
                None,
                "usage",
                0,
                0,
            )
    with workspace.cursor() as cursor:
        facts = cursor.execute(FACTS).fetchall()
    found = {(customer, month, measure): value for customer, month, measure, value in facts}
    expected = {
        # Tend reads ids in one width
        (unicodedata.normalize("NFKC", customer), month, measure): float(number)
        for name in ("json", "csv")
        for (customer, month), measures in done[name].measures.items()
        for measure, number in zip(HEADER[2:], measures, strict=True)
        if number is not None
    }
    assert found == expected
