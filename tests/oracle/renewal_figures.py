"""What the renewal page shows beside the rates, a second time, from judged deals."""

from collections import Counter

from tend.view import View
from tests.oracle.company import UNKNOWN, Company
from tests.oracle.contracts import RENEWED
from tests.oracle.days import month_label, quarter_label
from tests.oracle.metrics import Row, ratio, up_for_renewal


def renewal_matrix(company: Company, view: View) -> list[Row]:
    """Give one row per pair of labels that occurs; of periods, only real ones."""
    second = view.split_by or "quarter"
    labels = {"month": month_label, "quarter": quarter_label}
    cells: dict[tuple[str, str], Counter[str]] = {}
    for deal in up_for_renewal(company, view):
        pair = tuple(company.segment(deal, name, view.as_of) for name in (view.group_by, second))
        if second in labels and pair[1] == UNKNOWN:
            continue
        assert deal.outcome is not None
        cells.setdefault((pair[0], pair[1]), Counter())[deal.outcome] += 1
    now = labels[second](view.as_of) if second in labels else "~"
    return [_cell(pair, counts, is_ahead=pair[1] >= now) for pair, counts in cells.items()]


def _cell(pair: tuple[str, str], counts: Counter[str], *, is_ahead: bool) -> Row:
    renewed, lost = sum(counts[name] for name in RENEWED), counts["lost"]
    still_open = counts["overdue"] + counts["due"]
    return {
        "segment": pair[0],
        "split": pair[1],
        "contracts": counts.total(),
        "renewed": renewed,
        "lost": lost,
        "overdue": counts["overdue"],
        "due": counts["due"],
        "decided": renewed + lost,
        "contract_renewal_rate": ratio(renewed, renewed + lost),
        "is_few_cases": renewed + lost < 10,
        "is_open": still_open > 0 or is_ahead,
    }
