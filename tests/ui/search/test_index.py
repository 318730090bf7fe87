"""What is found for a few letters: by name, id, number, pinyin and its initials, with typos."""

import time

import pyarrow as pa
import pytest

from tend.ui.search import index
from tend.ui.search.index import Index

pytestmark = pytest.mark.quick

NAMES = {
    "C1": "重庆长安网络有限公司",
    "C2": "Sorlaby Stores",
    "C3": "ABC科技（上海）",
    "C4": "Ｌｉｎｄｉｃａ & Tansy GmbH",
    "C5": "<img src=x onerror=alert(1)>",
    "C6": "Sorlaby Systems",
    "C7": "Café Oñate",
    "C8": None,
    "C9": "单曾科技",
}


def rows() -> list[dict[str, object]]:
    """Give the customers, the largest first, and two contracts."""
    whose: dict[str, object] = {
        "contract_id": None,
        "contract_no": None,
        "csm": "Ines",
        "end_date": None,
    }
    found: list[dict[str, object]] = [
        {"customer_id": name, "customer_name": called, "arr": 100.0 - place} | whose
        for place, (name, called) in enumerate(NAMES.items())
    ]
    for number in ("HT-2024/001", "HT-2024/0011"):
        own = {"contract_id": f"{number} · C2", "contract_no": number, "arr": 1.0}
        found.append(found[1] | own)
    return found


@pytest.fixture(scope="module")
def directory() -> Index:
    """Give the index of all."""
    return index.built(pa.Table.from_pylist(rows()))


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("重庆", "C1"),
        ("chongqing", "C1"),
        ("chong qing chang an", "C1"),
        ("cqca", "C1"),
        ("CQCAWL", "C1"),
        ("sckj", "C9"),  # 单 is read dan, and shan as well
        ("sorlaby st", "C2"),
        ("sorlabi storse", "C2"),
        ("stores sorlaby", "C2"),
        ("ss", "C2"),  # the larger of two
        ("c6", "C6"),
        ("abckj", "C3"),
        ("akjsh", "C3"),
        ("shanghai", "C3"),
        ("lindica", "C4"),
        ("onate", "C7"),
        ("<img", "C5"),
        ("C8", "C8"),
    ],
)
def test_a_customer_is_found(directory: Index, typed: str, best: str) -> None:
    """The best answer is the customer meant."""
    first = directory.find(typed)[0]
    assert (first["customer_id"], first["contract_id"]) == (best, None)


@pytest.mark.parametrize("typed", ["HT-2024/001", "ht2024001", "2024/001"])
def test_a_contract_is_found_by_its_number(directory: Index, typed: str) -> None:
    """Signs and case do not matter; the exact number goes before one that it begins."""
    found = directory.find(typed)
    assert [row["contract_no"] for row in found] == ["HT-2024/001", "HT-2024/0011"]


def test_a_list_gets_all_that_are_found(directory: Index) -> None:
    """By initials or a contract's number, each once; what only resembles is not on it."""
    assert directory.customers("cqca") == ("C1",)
    [contract] = {row["customer_id"] for row in directory.find("HT-2024/001")}
    assert directory.customers("ht2024001") == (contract,)
    assert directory.customers("sorlabi") == directory.customers(" ") == ()


@pytest.mark.parametrize("typed", ["", "  ", "///", "zzqqxxvv", "Tarnaby"])
def test_nobody_is_nobody(directory: Index, typed: str) -> None:
    """What resembles nobody finds nobody, and neither does a blank."""
    assert directory.find(typed) == []


def test_ten_thousand_customers_are_looked_through_at_once() -> None:
    """With four contracts each, any search takes under 100 ms."""
    names = list(NAMES.values())
    plain: dict[str, object] = {"csm": "Ines", "end_date": None, "arr": 1.0}
    many = [
        plain
        | {"customer_id": f"C{n}", "customer_name": f"{names[n % 7]} {n // 7 % 9}"}
        | {"contract_id": f"K{n}-{k}" if k else None, "contract_no": f"K{n}-{k}" if k else None}
        for k in range(5)
        for n in range(10_000)
    ]
    directory = index.built(pa.Table.from_pylist(many))
    for typed in ("s", "cqca", "sorlabi storse", "K9999-4", "zzqqxxvv"):
        spent = []
        for _ in range(3):
            begun = time.process_time()
            directory.find(typed)
            spent.append(time.process_time() - begun)
        assert min(spent) < 0.1
