"""From the sample's Chinese words to its English ones, cell by cell as both were written."""

from collections.abc import Mapping, Sequence
from functools import cache

from tend import sample
from tend.sample import words
from tend.schema.words import name_key
from tests.kit.companies import UNTIL
from tests.stories.untidy.conftest import CUSTOMERS

Row = dict[str, object]
# Columns of queries that hold what a column of the sample holds.
_SAME_AS = {
    "reasons": "loss_reason",
    "stage_text": "stage",
    "owner": "csm",
    "given_tier": "tier",
    "largest_customer_name": "customer_name",
    "first_customer": "customer_name",
    "role": "key_contact_role",
    "contact": "key_contact",
}


@cache
def to_english(language: str) -> Mapping[str, Mapping[object, object]]:
    """Give for each column: word -> English word."""
    found: dict[str, dict[object, object]] = {"dimension": {}}
    own, english = (
        sample.company(words.load(code), CUSTOMERS, 3, 7, UNTIL) for code in (language, "en")
    )
    for dataset in own.keys() - {"usage"}:
        for left, right in zip(own[dataset], english[dataset], strict=True):
            for column, value in left.items():
                known = found.setdefault(column, {})
                assert known.setdefault(value, right[column]) == right[column]
    # What was done and said stands in one column, whoever it was and whatever was said.
    found["who"] = {**found["csm"], **found["respondent"]}
    found["called_by"] = found["csm"]
    found["person"] = {**found["key_contact"], **found["respondent"]}
    found["what"] = {**found["kind"], **found["respondent"], **found["severity"]}
    found["text"] = {**found["note"], **found["comment"], **found["subject"]}
    found["said"] = {**found["product"], **found["text"], **found["province"]}
    found["name"] = {
        name_key(str(own)): name_key(str(english))
        for own, english in found["customer_name"].items()
    }
    steps = ("start", "plan", "quote", "commercial", "deferred", "renewed", "lost")
    spoken = [[words.load(code).one("stage", step) for step in steps] for code in (language, "en")]
    found["stage"] = dict(zip(*spoken, strict=True))
    province = [words.load(code).headers["customers"]["province"] for code in (language, "en")]
    found["dimension"][province[0]] = found.setdefault("header", {})[province[0]] = province[1]
    found[province[1]] = found["province"]
    return found


def back(language: str, column: str | None, english: str) -> str:
    """Give the language's word for an English one."""
    table = to_english(language).get(column or "", {})
    return next((str(own) for own, word in table.items() if word == english), english)


def rows(language: str, table: Sequence[Row], group_by: str | None) -> list[Row]:
    """Translate the rows of a result."""
    return [{c: _cell(language, c, v, row, group_by) for c, v in row.items()} for row in table]


def _cell(language: str, column: str, value: object, row: Row, group_by: str | None) -> object:
    tables = to_english(language)
    if isinstance(value, list):
        return sorted(str(_cell(language, column, v, row, group_by)) for v in value)
    if isinstance(value, dict):
        return {k: _cell(language, column, v, row, group_by) for k, v in value.items()}
    if column == "segment":
        return tables.get(group_by or "", {}).get(value, value)
    if "dimension" in row and column == "value":
        named = str(tables["dimension"].get(row["dimension"], row["dimension"]))
        return tables.get(named, {}).get(value, value)
    return tables.get(_SAME_AS.get(column, column), {}).get(value, value)
