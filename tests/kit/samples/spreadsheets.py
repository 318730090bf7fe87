"""Read a sample workbook with pandas alone, so that the oracle knows nothing from Tend's tables."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd

from tests.oracle.facts.company import Company
from tests.oracle.facts.facts import Contract, Customer

CUSTOMERS = {
    "customer_id": ("Customer ID", "客户编号"),
    "customer_name": ("Customer name", "客户名称"),
    "industry": ("Industry", "行业"),
    "size": ("Size", "规模"),
    "department": ("Department", "归属部门"),
    "region": ("Region", "区域"),
    "csm": ("CSM", "客户成功经理"),
    "account_manager": ("Account manager", "客户经理"),
    "tier": ("Tier", "客户等级"),
    "source_channel": ("Source channel", "来源渠道"),
    "key_contact": ("Key contact", "关键联系人"),
    "key_contact_role": ("Key contact role", "关键联系人职务"),
    "go_live_date": ("Go-live date", "上线日期"),
    "potential": ("Potential", "潜力"),
    "acquisition_cost": ("Acquisition cost", "获客成本"),
}
CONTRACTS = {
    "contract_id": ("Contract ID", "合同编号"),
    "customer_id": ("Customer ID", "客户编号"),
    "contract_type": ("Contract type", "合同类型"),
    "product": ("Product", "产品"),
    "start_date": ("Start date", "开始日期"),
    "end_date": ("End date", "结束日期"),
    "amount": ("Amount", "合同金额"),
    "currency": ("Currency", "币种"),
    "licensed_users": ("Licensed users", "开通账号数"),
    "signed_date": ("Signed date", "签约日期"),
    "previous_contract_id": ("Previous contract ID", "上一合同编号"),
    "status": ("Status", "合同状态"),
    "ended_on": ("Ended on", "实际终止日期"),
    "loss_reason": ("Loss reason", "流失原因"),
}
NUMBERS = ("amount", "licensed_users", "nps", "csat", "acquisition_cost", "hours")
SHEETS = (("Customers", "Contracts"), ("客户", "合同"))


def sheets(path: Path) -> Mapping[str, pd.DataFrame]:
    """Give the sheets of a workbook, which is read once, wherever it lies; nobody changes them."""
    return _sheets(path.read_bytes())


@cache
def _sheets(book: bytes) -> Mapping[str, pd.DataFrame]:
    return pd.read_excel(BytesIO(book), sheet_name=None, dtype=object, engine="openpyxl")


def company(path: Path, language: str) -> Company:
    """Give the company of a sample workbook in English ("en") or Chinese ("zh")."""
    number = ("en", "zh").index(language)
    people, book = (sheets(path)[name] for name in SHEETS[number])
    province = ("Province", "省份")[number]
    customers = [
        Customer(
            **cells(row, CUSTOMERS, number),
            size_number=size_number(row[CUSTOMERS["size"][number]]),
            extra={province: row[province]} if not pd.isna(row[province]) else {},
        )
        for row in people.to_dict("records")
    ]
    contracts = [
        Contract(**cells(row, CONTRACTS, number), import_day=date.today())
        for row in book.to_dict("records")
    ]
    return Company(contracts, customers)


def cells(row: dict[Any, Any], names: dict[str, tuple[str, str]], number: int) -> dict[str, Any]:
    """Pick a row's cells under the facts' names: days as dates, blanks as None."""
    return {name: cell(row[headers[number]], name) for name, headers in names.items()}


def cell(value: Any, name: str) -> Any:
    """Turn one cell into a fact."""
    if pd.isna(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    return float(value) if name in NUMBERS else str(value).strip()


def size_number(value: Any) -> float | None:
    """Give the number of a size, a range by its lower one (G1); a word has none."""
    match = re.match(r"\s*(\d+)", str(value))
    return float(match.group(1)) if match else None
