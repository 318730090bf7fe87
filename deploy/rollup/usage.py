"""Roll raw event logs up to Tend's data set `usage`, on Spark: spark-submit usage.py --help."""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pyspark.errors import AnalysisException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 - its name wherever Spark is spoken
from pyspark.sql.types import DataType, StringType, StructField, StructType, TimestampType

HERE = Path(__file__).parent
UTC = ZoneInfo("UTC")  # clusters may have an older Python than Tend: 3.9
HEADER = (
    *("customer_id", "period"),
    *("active_users", "licensed_users", "key_actions", "features_used"),
)
# What is read of a log, and the column it stands in where nobody says another.
COLUMNS = {
    "account": "account_id",
    "user": "user_id",
    "event": "event",
    "time": "timestamp",
    "feature": None,
    "event_id": None,
    "seats": None,
}
BROKEN = "broken_line"
MOST_UNKNOWN = 1000


class Unusable(Exception):  # noqa: N818 - what it says is no error of the program
    """What was asked for is not there; the message says what to do."""


def main(words: Sequence[str] | None = None) -> int:
    """Read, roll up, write: 0 done, 1 a month without a line that counts, 2 used wrongly."""
    asked = _parser().parse_args(words)
    spark = SparkSession.builder.appName("Usage for Tend").getOrCreate()
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    spark.conf.set("spark.sql.ansi.enabled", "true")
    try:
        asked.to.mkdir(parents=True, exist_ok=True)
        _log(spark, asked).createOrReplaceTempView("log")
        _accounts(spark, asked).createOrReplaceTempView("accounts")
    except (Unusable, AnalysisException, OSError) as error:
        print(str(error).splitlines()[0], file=sys.stderr)
        return 2
    _months(spark, asked).createOrReplaceTempView("months")
    _names(spark, asked.key_events).createOrReplaceTempView("key_events")
    _names(spark, asked.ignored_events).createOrReplaceTempView("ignored_events")
    events = spark.sql(_statement("events"), {"log_zone": asked.log_zone})
    events.createOrReplaceTempView("events")
    found = spark.sql(_statement("usage")).persist()
    try:
        told = _told(found, asked.months)
        for month, counts in told["months"].items():
            if counts["lines"]:
                counts["files"] = _write(_rows(found, month), asked.to, month, asked.rows)
    finally:
        found.unpersist()
    _replace(asked.to / "usage-told.json", json.dumps(told, ensure_ascii=False, indent=1))
    print(json.dumps(told | {"unknown_accounts": told["unknown_accounts"]["accounts"]}))
    empty = [month for month, counts in told["months"].items() if not counts["lines"]]
    if empty:
        print(f"No line counts in {', '.join(empty)}: nothing was written.", file=sys.stderr)
    return 1 if empty else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="usage.py", description=__doc__)
    add = parser.add_argument
    add("logs", nargs="+", help="files or folders that every executor can read")
    add("--format", choices=("json", "csv", "parquet"), default="json", help="json: one per line")
    add("--months", required=True, nargs="+", type=_month, metavar="YYYY-MM")
    add("--time-zone", required=True, type=_zone, help="of the company: whose months they are")
    add("--log-zone", default="UTC", type=_zone, help="of times that name no zone")
    add("--accounts", required=True, help="CSV of the customers, each written for every month")
    add("--accounts-id", default="customer_id", metavar="COLUMN")
    add("--accounts-since", default="go_live_date", metavar="COLUMN", help="no month before it")
    add("--key-events", nargs="+", default=[], metavar="EVENT", help="else every event is one")
    add("--ignored-events", nargs="+", default=[], metavar="EVENT", help="heartbeats, crawlers")
    add("--to", required=True, type=Path, metavar="FOLDER", help="of the driver's machine")
    add("--rows", type=_count, default=200_000, help="most rows of a file")
    for name, column in COLUMNS.items():
        words = f"--{name.replace('_', '-')}"
        add(words, default=column, metavar="COLUMN", help=f"of the logs; by default {column}")
    return parser


def _month(word: str) -> str:
    if not re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])", word):
        raise argparse.ArgumentTypeError(f"{word!r} is no month like 2026-09")
    return word


def _zone(word: str) -> str:
    try:
        return ZoneInfo(word).key
    except (OSError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"{word!r} is no zone like Asia/Shanghai") from error


def _count(word: str) -> int:
    if not word.isdecimal() or int(word) < 1:
        raise argparse.ArgumentTypeError(f"{word!r} is no number of rows")
    return int(word)


def _statement(name: str) -> str:
    return (HERE / f"{name}.sql").read_text(encoding="utf-8")


def _log(spark: SparkSession, asked: argparse.Namespace) -> DataFrame:
    """Give the cells that are asked for as text, whatever the logs hold them as."""
    paths = {name: getattr(asked, name) for name in COLUMNS}
    log = _read(spark, asked, [path for path in paths.values() if path])
    missing = [path for path in paths.values() if path and _kind(log, path) is None]
    if missing:
        raise Unusable(f"The logs have no column {', '.join(missing)}; --help says how to name it.")
    cells = [_text(log, path).alias(name) for name, path in paths.items()]
    broken = BROKEN if asked.format == "json" else None
    return log.select(*cells, _text(log, broken).alias(BROKEN))


def _read(spark: SparkSession, asked: argparse.Namespace, paths: list[str]) -> DataFrame:
    if asked.format == "parquet":
        return spark.read.parquet(*asked.logs)
    if asked.format == "csv":
        return spark.read.csv(asked.logs, header=True, escape='"')
    # by name and as text: no second pass that guesses types, and 007 stays 007
    schema = _structure(path.split(".") for path in paths).add(BROKEN, StringType())
    return spark.read.json(asked.logs, schema=schema, columnNameOfCorruptRecord=BROKEN)


def _structure(paths: Iterable[Sequence[str]]) -> StructType:
    inner: dict[str, list[Sequence[str]]] = {}
    for first, *rest in paths:
        inner.setdefault(first, []).extend([rest] if rest else [])
    return StructType(
        [
            StructField(name, _structure(rests) if rests else StringType())
            for name, rests in inner.items()
        ]
    )


def _kind(log: DataFrame, path: str) -> DataType | None:
    """Give the type of a column, which may lie within others; None: there is none."""
    kind: DataType = log.schema
    for name in path.split("."):
        if not isinstance(kind, StructType) or name not in kind.names:
            return None
        kind = kind[name].dataType
    return kind


def _text(log: DataFrame, path: str | None) -> Column:
    if not path:
        return F.lit(None).cast("string")
    cell = F.col(".".join(f"`{name}`" for name in path.split(".")))
    text = cell.cast("string")
    # a moment is written by the session's clock, which is UTC; what has no zone stays without
    return F.concat(text, F.lit("Z")) if isinstance(_kind(log, path), TimestampType) else text


def _accounts(spark: SparkSession, asked: argparse.Namespace) -> DataFrame:
    """Give whom to write and since when, one row each."""
    table = spark.read.csv(asked.accounts, header=True, escape='"')
    if asked.accounts_id not in table.columns:
        raise Unusable(f"{asked.accounts} has no column {asked.accounts_id}: name --accounts-id.")
    dated = f"try_cast(`{asked.accounts_since}` as date)"
    since = F.expr(dated if asked.accounts_since in table.columns else "cast(null as date)")
    listed = table.select(
        F.expr(f"nullif(trim(`{asked.accounts_id}`), '')").alias("customer_id"),
        since.alias("since"),
    )
    named = listed.where("customer_id is not null")
    return named.groupBy("customer_id").agg(F.min("since").alias("since"))


def _months(spark: SparkSession, asked: argparse.Namespace) -> DataFrame:
    """Give where each month begins and ends on the company's clock, as moments."""
    zone, months = ZoneInfo(asked.time_zone), []
    for month in sorted(set(asked.months)):
        first = date.fromisoformat(f"{month}-01")
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        begins, ends = (datetime(day.year, day.month, 1, tzinfo=zone) for day in (first, after))
        bounds = {"starts_at": begins.astimezone(UTC), "ends_at": ends.astimezone(UTC)}
        row = {"period": month, **bounds, "day_after": after}
        months.append(F.struct(*(F.lit(cell).alias(name) for name, cell in row.items())))
    return _few(spark, F.array(*months)).select("one.*")


def _names(spark: SparkSession, names: Iterable[str]) -> DataFrame:
    cells = F.array(*(F.lit(name) for name in sorted(set(names))))
    return _few(spark, cells.cast("array<string>")).withColumnRenamed("one", "event")


def _few(spark: SparkSession, rows: Column) -> DataFrame:
    """Give rows that every executor has beside its lines: these are not sent about for them."""
    return F.broadcast(spark.range(1).select(F.explode(rows).alias("one")))


def _told(found: DataFrame, months: Iterable[str]) -> dict[str, Any]:
    """Tell what became of every line: those of all fates are the lines of the logs."""
    sums = found.groupBy("period", "fate").agg(
        F.sum("lines").alias("lines"),
        F.count("*").alias("accounts"),
        F.count_if(F.col("lines") == 0).alias("silent"),
        F.min("first_at").cast("string").alias("first_at"),
        F.max("last_at").cast("string").alias("last_at"),
    )
    rows = sums.collect()
    unknown = found.where("fate = 'unknown_account'").groupBy("account_id")
    most = unknown.agg(F.sum("lines").alias("lines")).orderBy(F.desc("lines"), "account_id")
    lines: dict[str, int] = {}
    for row in rows:
        lines[row["fate"]] = lines.get(row["fate"], 0) + row["lines"]
    counted = {row["period"]: row for row in rows if row["fate"] == "counted"}
    others = [row for row in rows if row["fate"] == "other_month"]
    return {
        "lines": dict(sorted(lines.items())),
        "months": {month: _month_told(counted.get(month)) for month in sorted(set(months))},
        "other_months": [[row["first_at"], row["last_at"]] for row in others],
        "unknown_accounts": {
            "accounts": most.count(),
            "most_lines": {row["account_id"]: row["lines"] for row in most.take(MOST_UNKNOWN)},
        },
    }


def _month_told(counted: Any) -> dict[str, Any]:
    if counted is None:
        return {"lines": 0, "customers": 0, "silent": 0, "files": 0}
    told = {"lines": counted["lines"], "customers": counted["accounts"]}
    return told | {"silent": counted["silent"], "files": 0}


def _rows(found: DataFrame, month: str) -> Iterator[Sequence[object]]:
    """Give what Tend reads of a month, by customer, so that equal numbers are an equal file."""
    counted = found.where((F.col("fate") == "counted") & (F.col("period") == month))
    named = counted.withColumnRenamed("account_id", "customer_id").orderBy("customer_id")
    for row in named.select(*HEADER).toLocalIterator(prefetchPartitions=True):
        seats = row["licensed_users"]
        plain = "" if seats is None else format(seats.normalize(), "f")
        yield [plain if name == "licensed_users" else row[name] for name in HEADER]


def _write(rows: Iterator[Sequence[object]], folder: Path, month: str, most: int) -> int:
    """Write a month's files, then put them in place of those that were there; tell how many."""
    halves: list[Path] = []
    while chunk := list(islice(rows, most)):
        halves.append(folder / f".usage-{month}-{len(halves) + 1:04}.part")
        with halves[-1].open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADER, *chunk])
    for half in halves:
        half.replace(folder / f"{half.stem[1:]}.csv")
    for old in folder.glob(f"usage-{month}-[0-9][0-9][0-9][0-9].csv"):
        if int(old.stem.rpartition("-")[2]) > len(halves):
            old.unlink()
    return len(halves)


def _replace(path: Path, text: str) -> None:
    half = path.with_name(f".{path.name}.part")
    half.write_text(text, encoding="utf-8")
    half.replace(path)


if __name__ == "__main__":
    sys.exit(main())
