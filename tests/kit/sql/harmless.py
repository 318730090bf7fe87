"""Statements that look like attacks and are none."""

from collections.abc import Mapping

# What looks bad and is none: what it answers says nothing of the app, its data or its machine.
HARMLESS: Mapping[str, object] = {
    "select 'drop table contracts; --' as x": "drop table contracts; --",
    "select 1 as x; -- drop table contracts": 1,
    "select /* read_text('/etc/passwd') */ 1 as x": 1,
    "select current_user as x": "duckdb",
    "select session_user as x": "duckdb",
    "select user as x": "duckdb",
    "select current_catalog as x": "memory",
    "with sqlite_master as (select 1 as x) from sqlite_master": 1,
    "with read_text as (select 1 as x) from read_text": 1,
    "select \"getenv('HOME')\" as x from (select 1 as \"getenv('HOME')\")": 1,
    "select '=HYPERLINK(\"http://example.org\")' as x": '=HYPERLINK("http://example.org")',
    "select '<script>alert(1)</script>' as x": "<script>alert(1)</script>",
    "-- scored: never\nselect 1 as x": 1,
    "select [1, 2]::union(a int[], b int) as x": "[1, 2]",
    "select {'a': 1}::union(a struct(a int), b int) as x": "{'a': 1}",
    "select '1'::bignum as x": "80000101",
}
