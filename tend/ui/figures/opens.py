"""What a click opens: a contract on top of the page, or the page of a customer."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa
import streamlit as st

from tend.figures import wording
from tend.language import format
from tend.ui.parts import words
from tend.ui.state import address, going, lists, on_top


def open_contract(contract_id: str) -> None:
    """Open a contract on top of the page, which stands as it is; for callbacks."""
    address.change(replace(address.choice(), contract=contract_id))
    on_top.draw()


def close_contract() -> None:
    """Close it, and draw the page: rows are let go, and what was done is seen; for callbacks."""
    address.change(replace(address.choice(), contract=None))
    st.rerun()


def open_customer(customer_id: str, among: Iterable[str] = ()) -> None:
    """Open the page of a customer in the run that comes; of a list it leads to those beside."""
    lists.leave(among)
    address.change(replace(address.choice().closed(), customer=customer_id))
    going.to("customer")


def customer_button(
    row: Mapping[str, Any], place: str, among: Callable[[], pa.Array] | None = None
) -> None:
    """Show a customer's name; a click opens the customer, of a list if there is one."""
    st.button(
        format.plain(wording.customer(row)),
        key=f"customer_{place}",
        type="tertiary",
        help=words.whole_name(row),
        on_click=_open_of_list,
        args=(row["customer_id"], among),
    )


def _open_of_list(customer_id: str, among: Callable[[], pa.Array] | None) -> None:
    open_customer(customer_id, () if among is None else among().to_pylist())


# By the column that names it: a list of contracts has customers as well.
BY_COLUMN: Mapping[str, Callable[..., None]] = {
    "contract_id": open_contract,
    "customer_id": open_customer,
}


def column_of(codes: pa.Table) -> str | None:
    """Name the column by which a row of a list opens something, if it does."""
    return next((name for name in BY_COLUMN if name in codes.column_names), None)


def open_row(column: str, codes: pa.Table, number: int) -> None:
    """Open what a row of a list is."""
    one = codes[column][number].as_py()
    if one and column == "customer_id":
        open_customer(one, codes[column].to_pylist())
    elif one:
        open_contract(one)
