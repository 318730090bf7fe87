"""What a statement reads, by DuckDB's own parse: all that it names has to be known.

The parse is a tree of JSON. It is walked with the names that hold at each place: an earlier common
table expression is a table only where SQL sees it.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb

from tend.queries.door import names, wrong
from tend.queries.door.refused import Place, Refused, place_in

Node = Mapping[str, Any]  # a node of the parse; the functions here give it its types
_NOWHERE = 2**63
_QUERIES = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
_TABLES = frozenset(
    {"BASE_TABLE", "TABLE_FUNCTION", "SUBQUERY", "JOIN", "EXPRESSION_LIST", "EMPTY", "PIVOT"}
)
_OTHERS = frozenset(
    {"LIMIT_MODIFIER", "LIMIT_PERCENT_MODIFIER", "ORDER_MODIFIER", "DISTINCT_MODIFIER"}
    | {"ORDER_DEFAULT", "ASCENDING", "DESCENDING"}
)
_EXPRESSIONS = frozenset(
    {"COLUMN_REF", "COMPARISON", "CONJUNCTION", "CAST", "CASE", "SUBQUERY", "OPERATOR", "STAR"}
    | {"PARAMETER", "LAMBDA", "LAMBDA_REF", "COLLATE", "POSITIONAL_REFERENCE", "BETWEEN"}
    | {"CONSTANT", "FUNCTION", "WINDOW"}
)
# A statement of another kind and what it is called; none: its first word.
_AT_MOST_WORD = 20


@dataclass
class Parsed:
    """What a statement reads: tables (those behind the model as `tend.name`), earlier cells, ..."""

    tables: dict[str, Place | None] = field(default_factory=dict)
    earlier: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)
    parameters: dict[str, Place | None] = field(default_factory=dict)


def parse(
    connection: duckdb.DuckDBPyConnection, text: str, known: Collection[str] | None
) -> Parsed:
    """Parse one SELECT; tables are those of the vocabulary, and earlier cells that are `known`.

    Where nobody says which there are, every other name may be one of a cell.

    Raises Refused.
    """
    tree = _tree(connection, text)
    found = Parsed()
    _Walk(text, known, found).walk(tree["node"], frozenset())
    return found


def bare(text: str) -> str:
    """Give a statement without the semicolon that may end it, and what follows that."""
    for offset, _ in duckdb.tokenize(text):
        if text.encode()[offset : offset + 1] == b";":
            return text.encode()[:offset].decode()
    return text


def _tree(connection: duckdb.DuckDBPyConnection, text: str) -> Node:
    found = connection.execute("select json_serialize_sql($text::varchar)", {"text": text})
    row = found.fetchone()
    assert row is not None
    parsed = json.loads(row[0])
    if parsed["error"]:
        raise _unparsed(text, parsed)
    statements: list[Node] = parsed["statements"]
    if not statements:
        raise Refused("door_empty")
    if len(statements) > 1:
        raise Refused("door_several")
    return statements[0]


def _unparsed(text: str, told: Node) -> Refused:
    if told["error_type"] != "parser":
        return Refused("door_no_select", {"word": _first_word(text)}, Place(1, 1))
    if wrong.is_too_deep(told["error_message"]):
        return Refused("door_nested")
    place = place_in(text, int(told["position"])) if told.get("position") else None
    return Refused("door_syntax", {"why": told["error_message"]}, place)


def _first_word(text: str) -> str:
    tokens = duckdb.tokenize(text)
    at = tokens[0][0] if tokens else 0
    word = text.encode()[at:].decode(errors="ignore").split(None, 1)[:1]
    return word[0][:_AT_MOST_WORD].upper() if word else ""


@dataclass(frozen=True)
class _Walk:
    """A walk over a parse: what is found goes to `found`, what is not allowed is refused."""

    text: str
    known: Collection[str] | None
    found: Parsed

    def walk(self, node: Any, scope: frozenset[str]) -> None:
        """Walk a part of the tree in which these names stand for common table expressions."""
        if isinstance(node, list):
            for one in node:
                self.walk(one, scope)
        elif isinstance(node, dict):
            self._look(node, scope)
            for key, part in self._parts(node):
                if key == "cte_map":
                    scope = self._expressions(part, scope)
                else:
                    self.walk(part, scope)

    def _parts(self, node: Node) -> Iterator[tuple[str, Any]]:
        """Give the parts of a node, its common table expressions first."""
        if "cte_map" in node:
            yield "cte_map", node["cte_map"]
        if node.get("class") == "CONSTANT":
            return
        for key, part in node.items():
            if key == "function" and node.get("type") == "TABLE_FUNCTION":
                yield key, part["children"]
            elif key not in ("cte_map", "cast_type"):
                yield key, part

    def _expressions(self, tables: Node, scope: frozenset[str]) -> frozenset[str]:
        """Walk common table expressions, each of which sees those before it."""
        for one in tables["map"]:
            name, query = names.folded(str(one["key"])), one["value"]["query"]["node"]
            if query["type"] == "RECURSIVE_CTE_NODE":
                # What it begins with does not see itself: there its name is another's.
                self.walk(query["right"], scope | {name})
                query = {key: part for key, part in query.items() if key != "right"}
            self.walk(query, scope)
            scope |= {name}
        return scope

    def _look(self, node: Node, scope: frozenset[str]) -> None:
        """Look at one node: what it is, and what it names."""
        kind = node.get("class")
        if kind is not None:
            self._expression(node, str(kind))
        elif isinstance(kind := node.get("type"), str):
            self._clause(node, kind, scope)

    def _clause(self, node: Node, kind: str, scope: frozenset[str]) -> None:
        if kind == "BASE_TABLE":
            self._table(node, scope)
        elif kind == "TABLE_FUNCTION":
            self._function(node["function"], names.is_table)
        elif kind == "SHOW_REF":
            raise self._refused("door_catalogue", node)
        elif kind not in _QUERIES | _TABLES | _OTHERS and "_" in kind:
            raise self._refused("door_clause", node, what=kind)

    def _expression(self, node: Node, kind: str) -> None:
        if kind not in _EXPRESSIONS:
            raise self._refused("door_clause", node, what=kind)
        if kind in ("FUNCTION", "WINDOW"):
            self._function(node, names.is_scalar)
        elif kind == "PARAMETER":
            name = str(node["identifier"])
            if name.isdecimal():
                raise self._refused("door_unnamed", node)
            self.found.parameters.setdefault(name, self._place(node))

    def _table(self, node: Node, scope: frozenset[str]) -> None:
        parts = ("catalog_name", "schema_name", "table_name")
        said = [names.folded(str(node[key])) for key in parts]
        *where, name = said
        is_plain = where == ["", ""]
        is_behind = where in (["", names.BEHIND], [names.BEHIND, "main"])
        if node.get("at_clause") is not None:
            raise self._refused("door_clause", node, what="AT")
        if is_plain and name in scope:
            return
        if is_plain and self.known is not None and name in self.known:
            self.found.earlier.add(name)
        elif is_plain and (name in names.model() or name in names.behind()):
            self.found.tables.setdefault(name, self._place(node))
        elif is_behind and name in names.behind():
            self.found.tables.setdefault(f"{names.BEHIND}.{name}", self._place(node))
        elif is_plain and self.known is None:
            self.found.earlier.add(name)
        else:
            raise self._refused("door_table", node, name=".".join(filter(None, said)))

    def _function(self, node: Node, is_allowed: Callable[[str], bool]) -> None:
        name = names.folded(str(node["function_name"]))
        is_plain = not node.get("catalog") and node.get("schema") in ("", "main")
        if not is_plain or not is_allowed(name):
            raise self._refused("door_function", node, name=name)
        self.found.called.add(name)

    def _place(self, node: Node) -> Place | None:
        at = int(node.get("query_location", _NOWHERE))
        return place_in(self.text, at) if at < _NOWHERE else None

    def _refused(self, code: str, node: Node, **params: object) -> Refused:
        return Refused(code, params, self._place(node))
