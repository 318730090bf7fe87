"""Renewing: the quarter so far, as a range while contracts are open, against the usual path."""

from collections.abc import Iterator

from tend.figures import looks
from tend.figures.reading import Reading, Row
from tend.figures.week import block
from tend.figures.week.block import Block, Named
from tend.language import format
from tend.view import View

NAME = "renewing"


def renewing(reading: Reading, view: View, most: int = block.NAMED) -> Block:
    """Say how far the quarter has come; nothing where nothing ends in it."""
    asked = looks.this_quarter(view)
    row = next(iter(reading.rows("renewal_rates", asked)), None)
    if row is None:
        return block.nothing(reading, NAME, view)
    usual = _path(reading, asked)
    names = ("renewed", "contracts", "lost", "open")
    counts = {name: format.count(row[name]) for name in names}
    notes = (
        reading.say(f"week.renewing.{'of' if row['open'] else 'of_all'}", **counts),
        usual_path(reading, usual),
        _target(reading, row),
        _since(reading, view),
    )
    written, said = _rate(reading, row)
    return Block(
        NAME,
        block.title(reading, NAME, view),
        count=row["renewed"],
        written=written,
        said=f"{written} {said}",
        notes=tuple(note for note in notes if note),
        named=tuple(_named(reading, asked, most)),
        rows=(row,) if usual is None else (row, usual),
    )


def usual_path(reading: Reading, row: Row | None) -> str:
    """Hold the quarter against how far finished ones had come on the same day of theirs."""
    if row is None:
        return ""
    share, usual = row["renewed_share"], row["usual_renewed_share"]
    is_seen = format.is_visible(share - usual)
    key = "level" if not is_seen else "ahead" if share > usual else "behind"
    rates = {"share": reading.rate(share), "usual": reading.rate(usual)}
    return reading.say(f"week.renewing.{key}", **rates)


def _rate(reading: Reading, row: Row) -> tuple[str, str]:
    """Give the share renewed, while contracts are open from the worst to the best."""
    worst, best = (reading.rate(row[f"rate_at_{case}"]) for case in ("worst", "best"))
    if not row["open"]:
        return worst, reading.say("week.renewing.renewed")
    said = reading.say("week.renewing.range", worst=worst, best=best)
    return said, reading.say("week.renewing.in_between")


def _target(reading: Reading, row: Row) -> str:
    """Say what is aimed at, where there is a target."""
    target = row.get("target")
    return reading.say("week.renewing.target", target=reading.rate(target)) if target else ""


def _path(reading: Reading, asked: View) -> Row | None:
    """Give how far the quarter has come, where it is known how far finished ones had by then."""
    return next(iter(reading.rows("week_path", looks.quarters_around(asked))), None)


def _since(reading: Reading, view: View) -> str:
    """Say what was decided of the quarter since the last meeting."""
    row = reading.one("week_decided", view)
    counts = {name: format.count(row[f"quarter_{name}"]) for name in ("renewed", "lost")}
    return reading.say("week.renewing.since", **counts, day=reading.day(view.start))


def _named(reading: Reading, asked: View, most: int) -> Iterator[Named]:
    """Name the largest losses of the quarter, then the largest that are open."""
    lost = block.first(reading.ask("losses", asked), most)
    waiting = reading.ask("renewals", asked, is_decided=False)
    waiting = block.first(waiting.sort_by([("arr", "descending")]), most)
    for row in (*lost, *waiting[: most - len(lost)]):
        if "won_back_arr" in row:
            reason = reading.say(f"reasons.{row['loss_reason_group']}")
            what = reading.say("week.renewing.lost", reason=reason)
        else:
            when = block.ends(reading, row["days_left"])
            what = reading.say("week.renewing.open", when=when)
        yield block.named(reading, row, what, reading.money(row["arr"]))
