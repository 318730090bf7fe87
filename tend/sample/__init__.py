"""A believable invented company: one workbook of all it brings, in English or Chinese."""

from collections import defaultdict
from datetime import date
from pathlib import Path
from random import Random

from tend.sample import calls, contracts, customers, decisions, stages, words
from tend.sample.calendar import DAY, add_months
from tend.sample.contracts import Contract
from tend.sample.customers import Customer
from tend.sample.signals import Row, Signals
from tend.sample.words import Words


def write(
    directory: Path,
    *,
    until: date,
    customers: int = 240,
    years: int = 3,
    seed: int = 7,
    language: str = "en",
    messy: bool = False,
) -> list[Path]:
    """Write the sample company's workbook into `directory`; the same arguments, the same bytes.

    The data covers `years` up to `until`; contracts reach beyond it. `messy` writes the same facts
    as a handful of untidy files, as teams keep them.
    """
    from tend.sample import messy as untidy_files  # late: no start has to wait for
    from tend.sample import workbook  # what writes workbooks

    vocabulary = words.load(language)
    sheets = company(vocabulary, customers, years, seed, until)
    directory.mkdir(parents=True, exist_ok=True)
    if messy:
        return untidy_files.write(directory, vocabulary, sheets, until)
    return [workbook.save(directory / vocabulary.file, vocabulary, sheets)]


def file_name(language: str) -> str:
    """Give the name of the workbook."""
    return words.load(language).file


def company(
    vocabulary: Words, count: int, years: int, seed: int, until: date
) -> dict[str, list[Row]]:
    """Make the rows of every data set. Each part draws from its own stream of the seed."""
    begin = add_months(until + DAY, -12 * years)
    people = customers.make(_stream(seed, "customers"), vocabulary, count, begin, until)
    book = contracts.make(_stream(seed, "contracts"), people, until)
    held: dict[str, list[Contract]] = defaultdict(list)
    for contract in book:
        held[contract.customer.customer_id].append(contract)
    signals = Signals(_stream(seed, "signals"), vocabulary, held, begin, until)
    return {
        "customers": [_customer_row(vocabulary, customer) for customer in people],
        "contracts": [_contract_row(vocabulary, contract) for contract in book],
        "usage": signals.usage(people),
        "surveys": signals.surveys(people),
        "touches": signals.touches(people),
        "stages": stages.make(_stream(seed, "stages"), vocabulary, book, until),
        "calls": calls.make(_stream(seed, "calls"), vocabulary, book, until),
        "tickets": signals.tickets(people),
        "decisions": decisions.make(vocabulary, book, until),
    }


def _stream(seed: int, part: str) -> Random:
    return Random(f"{seed} {part}")


def _customer_row(vocabulary: Words, customer: Customer) -> Row:
    def word(table: str, code: str | None) -> str | None:
        return vocabulary.one(table, code) if code else None

    return {
        "customer_id": customer.customer_id,
        "customer_name": customer.name,
        "industry": word("industry", customer.industry),
        "size": customer.size,
        "department": word("department", customer.department),
        "region": word("region", customer.region),
        "province": customer.province,
        "csm": customer.csm,
        "account_manager": customer.account_manager,
        "tier": word("tier", customer.tier),
        "source_channel": word("source_channel", customer.source),
        "go_live_date": customer.go_live,
        "acquisition_cost": customer.acquisition_cost,
        "potential": word("potential", customer.potential),
        "key_contact": customer.contact,
        "key_contact_role": customer.contact_role,
    }


def _contract_row(vocabulary: Words, contract: Contract) -> Row:
    reason = contract.loss_reason
    return {
        "contract_id": contract.contract_id,
        "customer_id": contract.customer.customer_id,
        "customer_name": contract.customer.name,
        "contract_type": vocabulary.one("contract_type", contract.contract_type),
        "product": vocabulary.one("product", contract.product),
        "start_date": contract.start,
        "end_date": contract.shown_end,
        "amount": contract.amount,
        "currency": "CNY",
        "licensed_users": contract.licensed_users,
        "signed_date": contract.signed,
        "previous_contract_id": contract.previous,
        "status": vocabulary.one("status", contract.status),
        "ended_on": contract.ended_on,
        "loss_reason": vocabulary.one("loss_reason", reason) if reason else None,
    }
