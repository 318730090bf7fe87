"""Read a sample workbook's usage, surveys, touches and tickets with pandas alone."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from tests.kit.samples.spreadsheets import cell, cells, sheets
from tests.oracle.facts.signals import Signals, Survey, Ticket, Touch, Usage

SHEETS = (("Usage", "Surveys", "Touches", "Tickets"), ("使用", "满意度", "跟进", "工单"))
USAGE = {
    "active_users": ("Active users", "活跃用户数"),
    "licensed_users": ("Licensed users", "开通账号数"),
    "key_actions": ("Key actions", "关键行为"),
    "features_used": ("Features used", "使用功能数"),
}
SURVEYS = {
    "customer_id": ("Customer ID", "客户编号"),
    "answered_on": ("Answered on", "填写日期"),
    "nps": ("NPS", "NPS"),
    "sentiment": ("Sentiment", "情绪"),
    "respondent": ("Respondent", "受访人"),
    "csat": ("CSAT", "满意度"),
}
TOUCHES = {
    "customer_id": ("Customer ID", "客户编号"),
    "touched_on": ("Touch date", "跟进时间"),
    "note": ("Note", "备注"),
    "kind": ("Kind", "跟进方式"),
    "csm": ("CSM", "客户成功经理"),
    "hours": ("Hours", "工时"),
}
TICKETS = {
    "customer_id": ("Customer ID", "客户编号"),
    "opened_on": ("Opened on", "创建日期"),
    "resolved_on": ("Resolved on", "解决日期"),
    "severity": ("Severity", "严重程度"),
    "csat": ("CSAT", "满意度"),
}
CUSTOMER = ("Customer ID", "客户编号")
MONTH = ("Month", "月份")
SENTIMENTS = {"Positive": 1, "Neutral": 0, "Negative": -1, "正面": 1, "中性": 0, "负面": -1}
LEVELS = ("critical", "high", "medium", "low")
SEVERITIES = dict(zip(("Critical", "High", "Medium", "Low"), LEVELS, strict=True))
SEVERITIES |= dict(zip(("紧急", "高", "中", "低"), LEVELS, strict=True))
CSAT_SCALE = 5.0  # the sample is rated from 1 to 5


def signals(path: Path, language: str) -> Signals:
    """Give the signals of a sample workbook in English ("en") or Chinese ("zh")."""
    number = ("en", "zh").index(language)
    read = sheets(path)
    usage, surveys, touches, tickets = (read[name].to_dict("records") for name in SHEETS[number])
    return Signals(
        [value for row in usage for value in usage_of(row, number)],
        [survey(cells(row, SURVEYS, number)) for row in surveys],
        # one kind of touch by one person with one note on one day is one fact
        list(dict.fromkeys(Touch(**cells(row, TOUCHES, number)) for row in touches)),
        [ticket(cells(row, TICKETS, number)) for row in tickets],
    )


def usage_of(row: dict[Any, Any], number: int) -> list[Usage]:
    """Give a month's measures; a blank one is not there."""
    start = pd.Timestamp(str(row[MONTH[number]])).date()
    end = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    customer = cell(row[CUSTOMER[number]], "customer_id")
    found = {name: row[headers[number]] for name, headers in USAGE.items()}
    return [
        Usage(customer, start, end, name, float(value))
        for name, value in found.items()
        if not pd.isna(value)
    ]


def survey(fact: dict[str, Any]) -> Survey:
    """Turn the word for a sentiment into its number."""
    word = fact.pop("sentiment")
    scale = None if fact["csat"] is None else CSAT_SCALE
    return Survey(**fact, sentiment=SENTIMENTS[word] if word else None, csat_scale=scale)


def ticket(fact: dict[str, Any]) -> Ticket:
    """Turn the word for a severity into its level."""
    word = fact.pop("severity")
    scale = None if fact["csat"] is None else CSAT_SCALE
    return Ticket(**fact, severity=SEVERITIES[word] if word else None, csat_scale=scale)
