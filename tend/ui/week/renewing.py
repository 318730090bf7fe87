"""Renewing: the quarter so far, as a range while contracts are open, against the usual path."""

from collections.abc import Sequence
from typing import Any

from tend.figures import looks
from tend.figures.collection import FIGURES
from tend.language import format
from tend.ui.parts import html, words
from tend.ui.state import address, data
from tend.ui.week import numbers
from tend.ui.week.sentence import one
from tend.view import View

Row = dict[str, Any]


def quarter(view: View) -> str:
    """Name the quarter of the as-of date."""
    return f"{view.as_of.year}-Q{(view.as_of.month + 2) // 3}"


def said(view: View) -> html.Html | None:
    """Say how far the quarter has come; nothing where nothing ends in it."""
    rows = data.answer(FIGURES["week_renewing"], view).to_pylist()
    if not rows:
        return None
    row, language = rows[0], address.choice().language
    names = ("renewed", "contracts", "lost", "open")
    key = "of" if row["open"] else "of_all"
    so_far = words.say(f"week.renewing.{key}", **{n: format.count(row[n]) for n in names})
    usual = _path(view)
    told = (so_far, _usual(usual, language), _target(row, language), _since(view))
    return html.join(
        "",
        (
            html.div(numbers.head(*_rate(row, language), None), css="tend-span"),
            _range(row, usual),
            *(html.p(one, css="tend-change") for one in told if one),
        ),
    )


def named(view: View) -> Sequence[Row]:
    """Give the largest losses of the quarter, then the largest that are open."""
    asked = looks.this_quarter(view)
    lost = numbers.first(data.ask("losses", asked))
    waiting = data.ask("renewals", asked, is_decided=False)
    return numbers.named([*lost, *numbers.first(waiting.sort_by([("arr", "descending")]))])


def line(row: Row) -> str:
    """Say why it was lost, or when it ends, and its ARR."""
    if "won_back_arr" in row:
        reason = words.say(f"reasons.{row['loss_reason_group']}")
        what = words.say("week.renewing.lost", reason=reason)
    else:
        what = words.say("week.renewing.open", when=numbers.ends(row["days_left"]))
    return f"{what} · {numbers.money(row['arr'])}"


def _rate(row: Row, language: str) -> tuple[str, str]:
    """Give the share renewed, while contracts are open from the worst to the best."""
    worst, best = (format.rate(row[f"rate_at_{case}"], language) for case in ("worst", "best"))
    if not row["open"]:
        return worst, words.say("week.renewing.renewed")
    said = words.say("week.renewing.range", worst=worst, best=best)
    return said, words.say("week.renewing.in_between")


def _range(row: Row, usual: Row | None) -> html.Html:
    """Draw the share that is sure, what is open, and how far quarters usually are by now."""
    worst, best = row["rate_at_worst"], row["rate_at_best"]
    parts = [
        html.i(style=f"left:0;width:{worst:.1%}"),
        html.i(style=f"left:{worst:.1%};right:calc(100% - {best:.1%})"),
    ]
    if usual is not None:
        share = usual["usual_renewed_share"]
        parts.append(
            html.b(style=f"left:{share:.1%}", title=_usual(usual, address.choice().language))
        )
    if target := row.get("target"):
        parts.append(html.b(css="tend-target", style=f"left:{target:.1%}"))
    return html.div(*parts, css="tend-range")


def _target(row: Row, language: str) -> str:
    """Say what is aimed at, where there is a target."""
    target = row.get("target")
    return words.say("week.renewing.target", target=format.rate(target, language)) if target else ""


def _path(view: View) -> Row | None:
    """Give how far the quarter has come, where it is known how far finished ones had by then."""
    asked = looks.quarters_around(looks.this_quarter(view))
    rows: list[Row] = data.ask("week_path", asked).to_pylist()
    return rows[0] if rows else None


def _usual(row: Row | None, language: str) -> str:
    """Hold the quarter against how far finished ones had come on the same day of theirs."""
    if row is None:
        return ""
    share, usual = row["renewed_share"], row["usual_renewed_share"]
    is_seen = format.is_visible(share - usual)
    key = "level" if not is_seen else "ahead" if share > usual else "behind"
    return words.say(
        f"week.renewing.{key}",
        share=format.rate(share, language),
        usual=format.rate(usual, language),
    )


def _since(view: View) -> str:
    """Say what was decided of the quarter since the last meeting."""
    row = one("week_decided", view)
    counts = {name: format.count(row[f"quarter_{name}"]) for name in ("renewed", "lost")}
    return words.say("week.renewing.since", **counts, day=numbers.day(view.start))
