"""Whatever number can be imported or set can be backed up, restored and verified."""

import json
import math
from pathlib import Path

import pytest
from pydantic_core import PydanticUndefined

from tend.language.errors import TendError
from tend.settings.company import Settings
from tend.store import maintenance
from tend.store.derived.health import check
from tend.store.facts import imports
from tend.store.workspace import Workspace, open_workspace
from tests.kit.facts import add_contract
from tests.kit.kills.damage import facts

HUGE = [1e15, 1e30, 1e300, 1.7e308, 10**12, 10**40, math.inf]


def book(path: Path) -> Path:
    """Write contracts of the largest amounts that are read, in another currency."""
    lines = ["Contract no,Customer,Start date,End date,ARR,Currency"]
    lines += [f"K{n},Big,2024-01-01,202{5 + n % 3}-06-30,{10**15},USD" for n in range(9)]
    file = path / "big.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def numbers() -> list[tuple[str, object]]:
    """Give a huge value for each setting that is a number or holds some."""
    found: list[tuple[str, object]] = []
    for key, field in Settings.model_fields.items():
        value = field.get_default(call_default_factory=True, validated_data={})
        assert value is not PydanticUndefined
        if isinstance(value, int | float) and not isinstance(value, bool):
            found += [(key, huge) for huge in HUGE]
    found += [("currency_rates", {"USD": huge}) for huge in (*HUGE, 1e9)]
    found += [("health_indicators.nps.weight", huge) for huge in (*HUGE, 1e6)]
    return found


def test_the_largest_numbers_survive_a_backup(tmp_path: Path) -> None:
    """With every huge setting that is taken, and the largest amounts, all is sound and restored."""
    kept, taken = tmp_path / "kept.zip", set()
    with open_workspace(tmp_path / "w") as workspace:
        settings = workspace.settings
        for key, huge in numbers():
            try:
                settings = settings.changed(key, huge)
                taken.add(key)
            except TendError as error:
                assert error.code == "bad_setting"  # noqa: PT017 - each is taken or refused
        assert {"currency_rates", "arr_large_from", "health_indicators.nps.weight"} <= taken
        workspace.define(settings)
        assert json.loads(json.dumps(settings.model_dump(mode="json"), allow_nan=False))
        report = imports.import_file(workspace, book(tmp_path))
        assert (report.error, report.sheets[0].accepted) == (None, 9)
        assert not workspace.is_health_behind
        assert maintenance.verify(workspace) == []
        maintenance.backup(workspace, kept)
        before = facts(workspace)
    with open_workspace(tmp_path / "w") as workspace:
        assert maintenance.verify(workspace) == []
    maintenance.restore(tmp_path / "r", kept)
    with open_workspace(tmp_path / "r") as workspace:
        assert facts(workspace) == before
        assert workspace.settings == settings


@pytest.mark.parametrize("amount", [1e308, math.inf, math.nan])
def test_amounts_of_old_without_bounds_are_sound(workspace: Workspace, amount: float) -> None:
    """Sums that are infinite are the same the second time, too."""
    for number in range(3):
        add_contract(workspace, f"K{number}", amount=amount)
    assert check.differs(workspace) == []
    with workspace.writing("edit") as cursor:
        cursor.execute("update health_months set arr = 5")
    assert check.differs(workspace) == ["health_months"]
