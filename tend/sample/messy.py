"""The sample company as a team really keeps it: eight untidy files in several forms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from tend.sample import untidy
from tend.sample.calendar import add_months
from tend.sample.hand import Hand
from tend.sample.signals import Row
from tend.sample.untidy import Line, Sheet
from tend.sample.words import Words

Company = Mapping[str, Sequence[Row]]
_GROUPS = {
    "": ("customer_id", "customer_name"),
    "basics": ("size", "region", "province"),
    "people": ("department", "csm", "account_manager"),
    "worth": ("tier", "source_channel", "go_live_date", "acquisition_cost", "potential"),
    "contact": ("key_contact", "key_contact_role"),
}


def write(directory: Path, words: Words, company: Company, until: date) -> list[Path]:
    """Write the files; the facts are those of the tidy workbook."""
    files = _Files(directory, words, company, until)
    return [
        files.customers(),
        files.industries(),
        files.contracts(),
        files.latest(),
        files.usage(),
        files.feedback(),
        files.touches(),
        files.stages(),
    ]


class _Files:
    """One method for each file."""

    def __init__(self, directory: Path, words: Words, company: Company, until: date) -> None:
        self._directory = directory
        self._words = words
        self._company = company
        self._hand = Hand(words)
        self._years = [add_months(until, -24), add_months(until, -12)]

    def customers(self) -> Path:
        """Titles, a header of two lines, totals, and last year's list in a hidden sheet."""
        groups = [(group, name) for group, names in _GROUPS.items() for name in names]
        columns = self._columns("customers", (name for _, name in groups))
        rows = self._company["customers"]
        costs = sum(float(str(row["acquisition_cost"] or 0)) for row in rows)
        listed = self._sheet("customers", "customers", columns, rows)
        shown = replace(
            listed,
            groups=[self._words.one("untidy_group", g) if g else "" for g, _ in groups],
            total=self._total(columns, "acquisition_cost", f"{costs:,.0f}"),
        )
        old = [{**row, "csm": row["account_manager"], "acquisition_cost": 1} for row in rows]
        return self._workbook("customers", shown, self._hidden("customers", columns, old))

    def industries(self) -> Path:
        """What line of business they are in is kept in another file."""
        columns = self._columns("customers", ("customer_name", "customer_id", "industry"))
        sheet = self._sheet("customers", "", columns, self._company["customers"], excel=False)
        return self._text("industries", sheet)

    def contracts(self) -> Path:
        """Two sheets of contracts, each with its total, and a hidden one with old amounts."""
        columns = self._columns("contracts")
        first, second = self._years
        parts = [
            ("older", [r for r in self._contracts() if _start(r) < first]),
            ("newer", [r for r in self._contracts() if first <= _start(r) < second]),
        ]
        sheets = []
        for name, rows in parts:
            sheet = self._sheet(name, "contracts", columns, rows)
            amount = sum(float(str(row["amount"])) for row in rows)
            total = self._total(columns, "amount", f"¥{amount:,.2f}")
            sheets.append(replace(sheet, total=total))
        old = [{**row, "amount": 10} for row in self._company["contracts"]]
        return self._workbook("contracts", *sheets, self._hidden("contracts", columns, old))

    def latest(self) -> Path:
        """The newest contracts come as text, with amounts in 万 or thousands."""
        columns = self._columns("contracts")
        rows = [row for row in self._contracts() if _start(row) >= self._years[1]]
        sheet = self._sheet("contracts", "contracts", columns, rows, excel=False)
        at = list(columns).index("amount")
        cells = [list(line) for line in sheet.rows]
        for line, row in zip(cells, rows, strict=True):
            line[at] = self._hand.in_many(row["amount"])
        total = self._hand.in_many(sum(float(str(row["amount"])) for row in rows))
        changed = replace(sheet, rows=cells, total=self._total(columns, "amount", total))
        return self._text("latest", changed)

    def usage(self) -> Path:
        """Months in four ways of writing, thousands with commas, a total below."""
        columns = self._columns("usage")
        rows = self._company["usage"]
        actions = sum(int(str(row["key_actions"] or 0)) for row in rows)
        sheet = self._sheet("usage", "usage", columns, rows, excel=False)
        total = self._total(columns, "key_actions", f"{actions:,}")
        return self._text("usage", replace(sheet, total=total))

    def feedback(self) -> Path:
        """Two data sets in one workbook."""
        sheets = [
            self._sheet(name, name, self._columns(name), self._company[name])
            for name in ("surveys", "tickets")
        ]
        return self._workbook("feedback", *sheets)

    def touches(self) -> Path:
        """What Excel calls Unicode text: UTF-16 with tabs."""
        columns = self._columns("touches")
        sheet = self._sheet("touches", "", columns, self._company["touches"], excel=False)
        return self._text("touches", sheet, "utf-16", "\t")

    def stages(self) -> Path:
        """The contract is written once for all its stages, amounts are in 万 or thousands; beside
        them what the CSMs say, and what was decided.
        """
        columns = self._columns("stages")
        rows = [
            {**row, "expected_amount": self._in_units(row["expected_amount"])}
            for row in sorted(self._company["stages"], key=lambda row: str(row["contract_id"]))
        ]
        sheet = self._sheet("stages", "stages", columns, rows)
        headers = {**columns, "expected_amount": self._words.one("untidy", "amount_in_units")}
        told = [
            self._sheet(name, name, self._columns(name), self._company[name])
            for name in ("calls", "decisions")
        ]
        staged = replace(sheet, headers=list(headers.values()), merged=2)
        return self._workbook("stages", staged, *told)

    def _contracts(self) -> Sequence[Row]:
        return self._company["contracts"]

    def _in_units(self, value: object) -> float | None:
        return None if value is None else float(str(value)) / self._hand.units

    def _columns(self, dataset: str, names: Iterable[str] | None = None) -> dict[str, str]:
        headers = self._words.headers[dataset]
        return {name: headers[name] for name in (names or headers)}

    def _sheet(
        self,
        name: str,
        title: str,
        columns: Mapping[str, str],
        rows: Sequence[Row],
        *,
        excel: bool = True,
    ) -> Sheet:
        """Give a sheet with a title and a note, the cells written by hand."""
        one, made_by = self._words.one, self._words.one("untidy", "made_by")
        author = self._words.many("people", "csm")[0]
        return Sheet(
            name=one("untidy_sheet", name) if excel else name,
            headers=list(columns.values()),
            rows=[self._hand.row(r, columns, n, excel=excel) for n, r in enumerate(rows)],
            above=[one("untidy_title", title), made_by.format(author)] if title else (),
            below=[one("untidy", "note")] if title else (),
        )

    def _hidden(self, name: str, columns: Mapping[str, str], rows: Sequence[Row]) -> Sheet:
        sheet = self._sheet(f"old_{name}", "", columns, rows)
        return replace(sheet, is_hidden=True)

    def _total(self, columns: Mapping[str, str], name: str, total: str) -> Line:
        cells: dict[str, object] = {**dict.fromkeys(columns, ""), name: total}
        return [self._words.one("untidy", "total"), *list(cells.values())[1:]]

    def _workbook(self, name: str, *sheets: Sheet) -> Path:
        return untidy.save(self._directory / self._words.one("untidy_file", name), sheets)

    def _text(
        self, name: str, sheet: Sheet, encoding: str | None = None, delimiter: str = ","
    ) -> Path:
        path = self._directory / self._words.one("untidy_file", name)
        chosen = encoding or self._words.one("untidy", "encoding")
        return untidy.save_text(path, sheet, chosen, delimiter)


def _start(row: Row) -> date:
    start = row["start_date"]
    assert isinstance(start, date)
    return start
