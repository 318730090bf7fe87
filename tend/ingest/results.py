"""What reading a file gives: problems, sheets with typed facts, and what had to be known before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tend.language import text
from tend.language.errors import TendError
from tend.settings.words import standard_reasons, standard_sizes, standard_statuses

if TYPE_CHECKING:  # the reading process starts with this module and loads Arrow meanwhile
    import pyarrow as pa


Rows = Mapping[int, Sequence[int]]  # by the number of their sheet, as the spreadsheet numbers them
Cells = dict[tuple[int, int], tuple[str, ...]]  # of a sheet's row, in the order of its headers

# What was decided without evidence, and what was decided without evidence enough.
GUESSES = ("dmy_default", "encoding_lost")
UNSURE = (*GUESSES, "encoding_plausible")
LEFT_OUT = "not_chosen"  # the reason of a sheet that a person did not want
# What the names of spreadsheets end in.
SPREADSHEETS = ("xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv", "txt")


@dataclass(frozen=True)
class Limits:
    """How much a file may ask of us (K11)."""

    seconds: float = 25
    memory_bytes: int = 1024**3
    file_bytes: int = 100 * 1024**2
    unpacked_bytes: int = 1024**3
    unpacked_ratio: int = 200
    rows: int = 2_000_000
    columns: int = 1_000
    sheets: int = 200
    cell_characters: int = 32_767
    answer_bytes: int = 512 * 1024**2  # what is found in a file, as it is handed over


@dataclass(frozen=True)
class Problem:
    """One finding in one row (or, with row None, in the whole sheet)."""

    row: int | None  # as the spreadsheet shows it
    column: str | None  # the file's own header
    code: str
    severity: str  # "rejected" or "warning"
    params: Mapping[str, str] = field(default_factory=dict)

    def message(self, language: str = "en") -> str:
        """Give the sentence that says what is wrong, where, and what to do."""
        wanted = self.params.get("wanted")  # what would be right there, where that differs
        key = f"problems.{self.code}_{wanted}" if wanted else f"problems.{self.code}"
        if not text.has(key):  # an older Tend's
            return text.say("problems.no_longer_known", language, code=self.code)
        return text.retell(key, language, self.params)


@dataclass(frozen=True)
class Decision:
    """What was decided for a column, or with header "" for the sheet, and on what evidence."""

    header: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict)

    def message(self, language: str = "en") -> str:
        """Give the sentence that says what was decided and why."""
        return text.say(f"problems.decision_{self.code}", language, **self.params)


@dataclass(frozen=True)
class Cell:
    """A cell as it stands, and what it was read as: days in ISO, numbers plain, words as codes."""

    yours: str
    ours: str = ""
    # text, day, number, money, share, outcome, status, deal_status; end: a day that a term leads to
    kind: str = "text"
    per: str = ""  # of an amount: what it is per
    currency: str = ""  # of an amount, where it is told


@dataclass(frozen=True)
class Question:
    """What a sheet leaves open: what was taken until somebody answers, and what else it may be."""

    key: str  # the same at every reading of these headers; an answer is kept under it
    code: str
    taken: str  # one of the answers
    answers: tuple[str, ...]
    header: str = ""  # "" for the whole sheet
    params: Mapping[str, str] = field(default_factory=dict)
    is_answered: bool = False  # somebody has said what was taken
    rows: tuple[int, ...] = ()  # the first it is about, as the spreadsheet numbers them
    examples: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)  # of these, by header

    def message(self, language: str = "en") -> str:
        """Give the question, with what was seen and what it changes."""
        return text.say(f"problems.question_{self.code}", language, **self.params)

    def answer(self, name: str, language: str = "en") -> str:
        """Give one of its answers in words."""
        return text.say(f"problems.answer_{self.code}_{name}", language, **self.params)


@dataclass(frozen=True)
class Remembered:
    """A mapping somebody confirmed: header -> column ("" = not used), named as in `mapping`."""

    dataset: str
    columns: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)  # by the key of a question

    def over(self, before: Remembered | None) -> Remembered:
        """Give what was said before with this said since; a column is one header's only."""
        if before is None:
            return self
        answers = {**before.answers, **self.answers}
        if before.dataset != self.dataset:
            return Remembered(self.dataset, self.columns, answers)
        taken = {column for column in self.columns.values() if column}
        kept = {h: c for h, c in before.columns.items() if c not in taken}
        return Remembered(self.dataset, {**kept, **self.columns}, answers)


@dataclass(frozen=True)
class Also:
    """Facts for a second data set in the same rows: a contract list that tells industries."""

    dataset: str
    columns: tuple[str, ...]
    mapping: Mapping[str, str]
    facts: pa.Table


@dataclass(frozen=True)
class SheetResult:
    """One sheet, read, mapped and checked; rows = accepted + rejected + skipped."""

    name: str
    dataset: str | None
    reason: str | None
    rows: int
    accepted: int
    rejected: int
    skipped: int
    warnings: int  # accepted rows with a warning
    columns: tuple[str, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    facts: pa.Table | None = None
    rejected_rows: pa.Table | None = None
    headers: tuple[str, ...] = ()
    problems: Sequence[Problem] = ()
    also: tuple[Also, ...] = ()
    fingerprint: str = ""
    decisions: tuple[Decision, ...] = ()
    questions: tuple[Question, ...] = ()
    currency: str = ""  # which the workspace takes from this sheet (M22)
    suggestions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # the nearest first
    samples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # distinct cells, some
    # By header, of the first accepted rows.
    examples: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class FileResult:
    """A file, or why it was refused."""

    path: Path
    name: str
    content_hash: str
    sheets: tuple[SheetResult, ...]
    error: TendError | None = None
    reading: str = ""  # the fingerprint of all that it says, where some of it is left out
    # Names in it of who was erased, as it spells them, and what stands for each.
    erased: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Currencies:
    """The workspace's currency and those with a rate into it; open until contracts are there."""

    own: str = "CNY"
    rated: frozenset[str] = frozenset()
    is_open: bool = False  # nobody has chosen it, and no contract is in it


@dataclass(frozen=True)
class Known:
    """What the workspace knows before the file is read."""

    ids: frozenset[str] = frozenset()
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    mappings: Mapping[str, Remembered] = field(default_factory=dict)  # by header fingerprint
    statuses: Mapping[str, str] = field(default_factory=standard_statuses)  # word -> meaning
    reasons: Mapping[str, str] = field(default_factory=standard_reasons)  # word -> group
    currencies: Currencies = Currencies()
    sizes: Mapping[str, str] = field(default_factory=standard_sizes)  # word -> band


@dataclass(frozen=True)
class Options:
    """What the user asked for."""

    date_order: str | None = None  # "dmy", "mdy", "ymd"
    datasets: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    mappings: Mapping[str, Remembered] = field(default_factory=dict)  # by sheet; wins over all
    encoding: str | None = None  # of a text file
    time_zone: str = ""  # of the team; "": the one in which all times of a column are midnight
