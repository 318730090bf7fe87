"""Statements that take more than there is: each is stopped in its limits, or answered in part."""

from collections.abc import Mapping

# What takes memory, processor, rows or signs without end: some are answered in part.
BOMBS = (
    "select repeat('x', 2000000000)",
    "select lpad('x', 2000000000, 'y')",
    "select rpad('x', 2000000000, 'y')",
    "select len(range(2000000000))",
    "select range(2000000000)",
    "select sum(x) from (select unnest(range(2000000000)) as x)",
    "select list(x) from range(1000000000) as t(x)",
    "select string_agg(x::varchar, ',') from range(1000000000) as t(x)",
    "select count(distinct x) from range(1000000000) as t(x)",
    "select * from range(100000000) as t(x) order by hash(x) desc",
    "select x, count(*) from range(1000000000) as t(x) group by x order by 2 limit 5",
    "select count(*) from range(1000000) a, range(1000000) b, range(1000000) c",
    "select sum(a.range * b.range) from range(10000000) a, range(10000000) b",
    "with recursive r as (select 1 as n union all select n + 1 from r) select count(*) from r",
    "with recursive r as (select 1 as n union all select n from r, range(9)) select max(n) from r",
    "with recursive r as (select 'x' as n union all select n || n from r) select max(n) from r",
    "select len(list_transform(range(100000), lambda x: range(100000)))",
    "select list_transform(range(10000), lambda x: list_transform(range(10000), lambda y: x * y))",
    "select list_reduce(range(100000000), lambda x, y: x + y)",
    "select regexp_replace(repeat('a', 30000000), '(a*)*b', 'x', 'g')",
    "select regexp_matches(repeat('a', 100000), '((a{1,100}){1,100}){1,100}b')",
    "select regexp_extract_all(repeat('ab', 50000000), '.')",
    "select string_split(repeat('a,', 100000000), ',')",
    "select levenshtein(repeat('a', 100000), repeat('b', 100000))",
    "select factorial(20)::hugeint ** 100 + sum(x) from range(3000000000) as t(x)",
    "select printf('%1000000000d', 1)",
    "select format('{:>1000000000}', 'x')",
    "select concat(repeat('a', 500000000), repeat('b', 500000000))",
    "select md5(repeat('a', 1500000000))",
    "select generate_series(timestamp '0001-01-01', timestamp '9999-01-01', interval 1 second)",
    "select map_from_entries([(x, repeat('v', 1000)) for x in range(10000000)])",
    "select array_agg(repeat('x', 1000000)) from range(100000)",
    "select json_object('a', repeat('x', 1000000000))",
    "select to_json(range(200000000))",
    "select power(x, 2) from range(200000000000) as t(x) where x < 0",
    "select percentile_cont(0.5) within group (order by x) from range(1000000000) as t(x)",
    "select x, sum(x) over (order by hash(x)) from range(300000000) as t(x)",
    "select a.*, b.* from range(10000) a join range(10000) b on a.range <> b.range + 1 "
    "order by hash(a.range + b.range)",
    "select histogram(random()) from range(500000000)",
)


def nested() -> Mapping[str, str]:
    """Give statements that are too deep, too long or too wide, by what they are."""
    wide = ", ".join(f"{n} as c{n}" for n in range(5_000))
    return {
        "parentheses": f"select {'(' * 20_000}1{')' * 20_000}",
        "subqueries": f"select * from {'(select * from ' * 500}contracts{')' * 500}",
        "scalar subqueries": f"select {'(select ' * 3_000}1{')' * 3_000}",
        "lists": f"select {'[' * 20_000}1{']' * 20_000}",
        "casts": f"select 1{'::int' * 15_000}",
        "additions": f"select 1{'+1' * 40_000}",
        "negations": f"select {'not ' * 20_000}true",
        "cases": f"select {'case when true then ' * 3_000}1{' end' * 3_000}",
        "functions": f"select {'abs(' * 9_000}1{')' * 9_000}",
        "structs": f"""select {"{'a': " * 9_000}1{"}" * 9_000}""",
        "lambdas": f"select {'list_transform([1], lambda x: ' * 2_000}1{')' * 2_000}",
        "unions": "select 1" + " union all select 1" * 5_000,
        "joins": "select count(*) from range(9) " + ", range(9) " * 2_000,
        "conditions": f"select 1 where {'1=1 and ' * 10_000} true",
        "tables": "with "
        + ", ".join(f"t{n} as (select * from t{n - 1}, t{n - 1} as b)" for n in range(1, 40))
        + " select count(*) from t39",
        "doubled tables": "with t0 as (select 1 as x), "
        + ", ".join(f"t{n} as (select a.x from t{n - 1} as a, t{n - 1} as b)" for n in range(1, 30))
        + " select count(*) from t29",
        "columns": f"select {wide}",
        "a long text": f"select '{'x' * 200_000}'",
        "a long comment": f"select 1 --{'x' * 200_000}",
        "a long list": f"select 1 where 1 in ({'1,' * 45_000}1)",
        "a long name": f"select 1 as {'x' * 90_000} from nothing_such",
        "pivot": "from (select range as a, range as b from range(9000)) "
        f"pivot (sum(a) for b in ({', '.join(map(str, range(9000)))}))",
    }
