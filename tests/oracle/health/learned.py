"""What limits are learned from and how it lies: calibration, limits, distributions, measures."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from math import floor

from tend.view import View
from tests.oracle.facts.numbers import percentile
from tests.oracle.health.moves import teaches
from tests.oracle.health.queries import counts, last_month_end, standing_before
from tests.oracle.health.standings import SCORES, Health, Month
from tests.oracle.renewals.contracts import RENEWED
from tests.oracle.renewals.rates import Row, in_window

STANDARD = ("active_users", "licensed_users", "key_actions", "features_used")
BINS = 20
FEW_VALUES = 24


def health_calibration(found: Health, view: View) -> list[Row]:
    """Give the renewal rate by fifths of the mean score 90 days before the end."""
    cases: list[tuple[float, bool]] = []
    for deal in found.company.chosen(view):
        if deal.last and in_window(deal.last, view) and deal.outcome in (*RENEWED, "lost"):
            standing = standing_before(found, deal, view.as_of)
            if standing and standing.both is not None:
                cases.append((round(standing.both, 9), deal.outcome in RENEWED))
    fifths: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for score, is_renewed in cases:
        lower = sum(other < score for other, _ in cases)  # equal scores stand together
        fifths[1 + 5 * lower // len(cases)].append((score, is_renewed))
    return [
        {
            "fifth": number,
            "score_from": min(score for score, _ in own),
            "score_to": max(score for score, _ in own),
            **counts([is_renewed for _, is_renewed in own]),
        }
        for number, own in fifths.items()
    ]


def score_limits(found: Health, view: View) -> list[Row]:
    """Give where the states of each score begin, and from how many scores that is learned."""
    month = found.months.get(last_month_end(view.as_of))
    rows: list[Row] = []
    for name in SCORES if month else ():
        assert month
        if limits := month.state_limits[name]:
            scored = month.scored[0 if teaches(month, name) else -1]
            row: Row = {"score": name, "average_from": limits[0], "healthy_from": limits[1]}
            row["cases"] = sum(one[name] is not None for one in scored)
            rows.append(row | {"is_learned": teaches(month, name)})
    return rows


def score_distribution(found: Health, view: View) -> list[Row]:
    """Count the scores of those in force by steps of four points; 100 is in the last."""
    month = found.months.get(last_month_end(view.as_of))
    rows: list[Row] = []
    for name in SCORES:
        scores = [s.scores[name] for s in month.standings.values()] if month else []
        bins = Counter(min(24, floor(round(v, 9) / 4)) for v in scores if v is not None)
        for number, count in bins.items():
            row: Row = {"score": name, "bin_from": 4 * number, "bin_to": 4 * number + 4}
            rows.append(row | {"count": count, "height": count / max(bins.values())})
    return rows


def health_distribution(found: Health, view: View) -> list[Row]:
    """Give how the values that teach an indicator's limits lie."""
    month = found.months.get(last_month_end(view.as_of))
    rows: list[Row] = []
    for one in found.definition.indicators if month else ():
        assert month
        rows += spread(found, month, one.name)
    return rows


def spread(found: Health, month: Month, indicator: str) -> list[Row]:
    """Count an indicator's values in bins of one width, or one bin a value where they are few."""
    number, pool = next(
        ((n, p) for n, p in enumerate(month.pools) if any(v[indicator] is not None for _, v in p)),
        (0, []),
    )
    cases = [(name, round(v, 9)) for name, all_ in pool if (v := all_[indicator]) is not None]
    values = [value for _, value in cases]
    peers = Counter(found.company.customer(name).industry for name, _ in cases)
    del peers[None]
    if not next(one.is_on for one in found.definition.indicators if one.name == indicator):
        peers.clear()  # what is switched off has no limits
    shared: Row = {
        "indicator": indicator,
        "cases": len(values),
        "is_learned": month.is_learned and number == 0,
        "low": percentile(values, 0.1),
        "high": percentile(values, 0.9),
        "industries": sum(count >= found.definition.min_peers for count in peers.values()),
    }
    bins = Counter(binned(values))
    return [
        {
            **shared,
            "place": place,
            "bin_from": start,
            "bin_to": end,
            "count": bins[start, end],
            "height": bins[start, end] / max(bins.values()),
        }
        for place, (start, end) in enumerate(sorted(bins))
    ]


def binned(values: list[float]) -> Iterator[tuple[float, float]]:
    """Give the bin of each value."""
    first, last = percentile(values, 0.02), percentile(values, 0.98)
    for value in values:
        assert first is not None
        assert last is not None
        step = (last - first) / BINS
        if len(set(values)) <= FEW_VALUES or not step:
            yield value, value
        else:
            place = max(0, min(BINS - 1, floor(BINS * (value - first) / (last - first))))
            yield first + place * step, first + (place + 1) * step


def usage_measures(found: Health, view: View) -> list[Row]:
    """Give which measures the files hold, of how many customers, until when."""
    known = [u for u in found.signals.usage if u.value is not None and u.period_end <= view.as_of]
    return [
        {
            "measure": name,
            "is_standard": name in STANDARD,
            "customers": len({u.customer_id for u in known if u.measure == name}),
            "latest": max(u.period_end for u in known if u.measure == name),
        }
        for name in {usage.measure for usage in known}
    ]
