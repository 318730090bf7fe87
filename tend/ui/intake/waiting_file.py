"""A file that waits: what it was read as, how it is to be read, and what is not to be taken in."""

import secrets
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from tend.ingest.problems import Problems
from tend.ingest.results import LEFT_OUT, FileResult, SheetResult
from tend.language.errors import TendError
from tend.store.facts.imports import ImportOptions


@dataclass(frozen=True)
class FromFolder:
    """A file that came by the watched folder, as if it had just been dropped here."""

    name: str
    path: Path

    def getbuffer(self) -> bytes:
        """Give its bytes."""
        return self.path.read_bytes()


@dataclass(eq=False)
class Waiting:
    """One file: what it was read as, how it is to be read, and what is not to be taken in."""

    folder: tempfile.TemporaryDirectory[str]
    path: Path
    name: str
    result: FileResult
    version: int
    session: str = ""
    used: float = 0.0
    options: ImportOptions = field(default_factory=ImportOptions)
    left_out: frozenset[str] = frozenset()
    # Why the last choice was not taken; the choice before it stands.
    refusal: TendError | None = None
    has_moved: bool = False
    key: str = field(default_factory=lambda: secrets.token_hex(4))
    readings: int = 0
    # It waits because of what is open: who imports it has answered, also what was taken already.
    is_from_folder: bool = False
    opened: dict[str, bool] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        """Give the bytes it takes: of the file, and of what was read of it; 0 when it is gone."""
        if not self.path.exists():
            return 0
        return self.path.stat().st_size + sum(map(_bytes, self.result.sheets))

    def let_go(self, why: TendError) -> None:
        """Let go of file and result; what is left says why."""
        self.folder.cleanup()
        self.result = FileResult(self.path, self.name, self.result.content_hash, (), why)

    @property
    def chosen(self) -> FileResult:
        """Give the file without the sheets that were left out; their rows count as skipped."""
        sheets = tuple(
            _without(sheet) if sheet.name in self.left_out else sheet
            for sheet in self.result.sheets
        )
        return replace(self.result, sheets=sheets)

    @property
    def is_ready(self) -> bool:
        """Tell whether there is anything to take in."""
        return self.result.error is None and any(s.accepted for s in self.datasets)

    @property
    def datasets(self) -> tuple[SheetResult, ...]:
        """Give the sheets that feed a data set."""
        return tuple(sheet for sheet in self.chosen.sheets if sheet.dataset)

    @property
    def accepted(self) -> int:
        """Count the rows that would go in."""
        return sum(sheet.accepted for sheet in self.chosen.sheets)


def _without(sheet: SheetResult) -> SheetResult:
    """Give a sheet as one that is not read."""
    return replace(
        sheet,
        dataset=None,
        reason=LEFT_OUT,
        accepted=0,
        rejected=0,
        skipped=sheet.rows,
        warnings=0,
        columns=(),
        mapping={},
        facts=None,
        rejected_rows=None,
        problems=(),
        also=(),
    )


def _bytes(sheet: SheetResult) -> int:
    tables = [sheet.facts, sheet.rejected_rows, *(also.facts for also in sheet.also)]
    if isinstance(sheet.problems, Problems):
        tables.append(sheet.problems.table)
    return sum(int(table.nbytes) for table in tables if table is not None)
