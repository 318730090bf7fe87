"""Cells and statements that are sound alone, and harm one behind the other."""

from collections.abc import Mapping, Sequence

# A cell that is sound by itself, and a statement that is: not so one behind the other. A hard space
# parts words to the parser, and is a letter where the text is cut at its semicolon.
_OPEN = "select 1 as x,\u00a0e'a\\'; the rest' as y"
TOGETHER: Sequence[tuple[str, Mapping[str, str]]] = (
    ("from duckdb_databases", {"duc\u212adb_databases": "select 1 as x"}),
    ("from b", {"duc\u212adb_views": "select 1 as x", "b": "from duckdb_views"}),
    ("select * from a where ' = 1) select * from (from duckdb_views -- ' = ''", {"a": _OPEN}),
    ("select * from a where ' = 1) select * from (from glob($$/*$$) -- ' = ''", {"a": _OPEN}),
    (
        "select * from a where ' = 1) select 1; create table x as from duckdb_settings(); "
        "select * from (from x -- ' = ''",
        {"a": _OPEN},
    ),
    (
        "select * from a where ' = 1) select 1; select * from (select 2 -- ' = ''",
        {"a": _OPEN},
    ),
)
