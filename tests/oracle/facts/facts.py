"""What the oracle is fed with: contracts and customers as a file gives them, and the settings."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache


@cache
def plain(text: str | None) -> str:
    """Bring a text to the form in which words are compared: width, case, spaces."""
    return " ".join(unicodedata.normalize("NFKC", text or "").split()).casefold()


def letters(text: str | None) -> str:
    """Leave the letters and digits of a word: that is how words of a status compare (M12)."""
    return re.sub(r"[\W_]", "", plain(text))


@dataclass(frozen=True)
class Contract:
    """One accepted row of a contract sheet, uninterpreted."""

    contract_id: str
    customer_id: str
    start_date: date | None = None
    end_date: date | None = None
    amount: float = 0.0
    amount_basis: str = "total"
    product: str | None = None
    contract_type: str | None = None
    currency: str | None = None
    licensed_users: float | None = None
    signed_date: date | None = None
    previous_contract_id: str | None = None
    status: str | None = None
    deal_status: str | None = None
    ended_on: date | None = None
    outcome: str | None = None
    renewed_amount: float | None = None
    loss_reason: str | None = None
    import_day: date | None = None
    number: str | None = None  # of a line that of its contract (M3)

    def is_named(self, names: Sequence[str]) -> bool:
        """Tell whether it is meant, by its number or as it is shown."""
        return self.contract_id in names or self.number in names

    def named(self) -> list[str]:
        """List the ids in `previous_contract_id`: it may hold several (B5)."""
        parts = re.split(r"[;；]", self.previous_contract_id or "")
        return [part.strip() for part in parts if part.strip()]


@dataclass(frozen=True)
class Customer:
    """One row of the customer list; extras are further columns by their header."""

    customer_id: str
    customer_name: str | None = None
    industry: str | None = None
    size: str | None = None
    size_number: float | None = None
    department: str | None = None
    region: str | None = None
    csm: str | None = None
    tier: str | None = None
    source_channel: str | None = None
    account_manager: str | None = None
    key_contact: str | None = None
    key_contact_role: str | None = None
    go_live_date: date | None = None
    potential: str | None = None
    acquisition_cost: float | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """The settings that change a number, with the defaults of the rulings."""

    early_days: int = 90
    grace_days: int = 60
    currency: str = "CNY"
    rates: Mapping[str, float] = field(default_factory=dict)
    small_below: float = 100
    large_from: float = 1000
    # B12, B9
    one_off: tuple[str, ...] = (
        *("implementation", "training", "hardware", "trial", "pilot", "poc"),
        *("实施", "培训", "硬件", "试用", "试点"),
    )
    lost: tuple[str, ...] = (
        *("lost", "terminated", "churned", "cancelled", "canceled", "nonrenewing"),
        *("expired", "inactive", "closedlost"),
        *("已流失", "流失", "已终止", "终止", "已解约", "停用", "已过期"),
    )
    over: tuple[str, ...] = ("ended", "finished", "已到期", "已结束")  # M12: their dates decide
    void: tuple[str, ...] = ("draft", "void", "草稿", "作废", "contractsent", "审批中", "待签")
    # M12, M24
    superseded: tuple[str, ...] = ("superseded", "replaced", "已变更", "被替换")
    trial: tuple[str, ...] = ("trial", "trialing", "intrial", "试用中")
    won: tuple[str, ...] = ("closedwon", "won", "赢单", "已成交")
    # M8
    add_on: tuple[str, ...] = (
        *("add-on", "expansion", "upsell", "amendment"),
        *("增购", "扩容", "加购", "补充协议"),
    )

    def rate(self, currency: str | None) -> float | None:
        """Give the rate into the workspace's currency; None when there is none (K18)."""
        if currency is None or currency == self.currency:
            return 1.0
        return self.rates.get(currency)
