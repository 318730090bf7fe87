"""Files made to freeze or to fill the machine, small by code, each with what has to come of it."""

import datetime as dt
import random
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.kit.files import formats
from tests.kit.files.attacking import (
    FILLS,
    LONGEST,
    MEGA,
    SHEET,
    STRINGS,
    TABLE,
    Attack,
    Make,
    deflated,
    liar,
    many_sheets,
    numbered,
    of,
    one_sheet,
    packed,
    repeated,
    rows,
    sheet,
    strings_again,
    text,
    wide_rows,
    workbook,
)
from tests.kit.files.corpus import HEAD, LEDGER


def _long_cells() -> Iterator[Attack]:
    head = ",".join(map(str, HEAD))
    for name, fill in FILLS.items():
        long = ("2024-01-01" + fill * LONGEST)[: LONGEST - 1] + "x"
        lines = [f"客户{n},{long},{n},是" for n in range(40)]
        yield Attack(f"date-{name}.csv", "long cells", "read 0/40", text(head, *lines))
    for name in ("blanks", "digits", "brackets", "dots"):
        long = ("12" + FILLS[name] * LONGEST)[: LONGEST - 1] + "x"
        lines = [f"客户{n},2024-01-01,{long},是" for n in range(40)]
        yield Attack(f"amount-{name}.csv", "long cells", "read 0/40", text(head, *lines))
    total = "合计" + " " * 3_000 + "x"
    lines = [f"合计,{total},合计,{total}" for _ in range(200)]
    yield Attack("totals.csv", "long cells", "read 1/0", text(head, "甲,2024-01-01,5,是", *lines))
    near = "{n:06} (1 1 1 1 1 1 1 1 - 1 1 1 1 1 1 / 1 1 1 1 1)"
    yield Attack("nearly-dates.csv", "long cells", "read 0/100000", numbered(head, f"客户{{n}},{near},1,是", 100_000))  # fmt: skip
    names = "x" * LONGEST
    yield Attack("names.csv", "long cells", "read 300/0", numbered(head, f"{names}{{n}},2024-01-01,1,是", 300))  # fmt: skip


def _headers() -> Iterator[Attack]:
    wide = ",".join(f"{'/' * 30_000}{n}" for n in range(900))
    yield Attack("long-headers.csv", "headers", "no_header", text(wide, "1,2,3"))
    signs = ",".join(["/-_: " * 40] * 999)
    yield Attack("signs.csv", "headers", "no_header", text(*[f"a{n},{signs}" for n in range(30)]))
    names = ",".join(f"{chr(97 + n % 26)}{'customer amount date ' * 9}{n}" for n in range(990))
    data = ",".join(["1"] * 990)
    yield Attack("likely.csv", "headers", "unknown_dataset", text(names, data, data, data))
    own = ",".join([*map(str, HEAD), *(f"col{n} {'客户名称' * 40}" for n in range(990))])
    yield Attack("many-known.csv", "headers", "read 2/0", text(own, "甲,2024-01-01,5,是", "乙,2024-02-01,5,否"))  # fmt: skip


def _columns() -> Iterator[Attack]:
    commas = "," * 5_000_000
    for name, sign in (("commas", ","), ("tabs", "\t"), ("semicolons", ";")):
        yield Attack(
            f"{name}.csv", "columns", "too_many_columns", text("a" + sign * 5_000_000, "a,b")
        )
    yield Attack("second-line.csv", "columns", "too_many_columns", text("a,b", commas))
    yield Attack("last-line.csv", "columns", "too_many_columns", text("a,b", *["1,2"] * 1000, commas))  # fmt: skip
    yield Attack("quoted.csv", "columns", "too_many_columns", text('"a",' * 2_000_000))
    yield Attack("words.csv", "columns", "too_many_columns", text("ab," * 20_000_000, "a"))
    yield Attack("wide-utf16.csv", "columns", "too_many_columns", of(lambda: ("," * 4_000_000).encode("utf-16")))  # fmt: skip
    yield Attack("wide.xlsx", "columns", "too_many_columns", one_sheet(lambda: sheet(rows([range(16_000)] * 40))))  # fmt: skip
    yield Attack("corner.xlsx", "columns", "reader_memory", one_sheet(lambda: sheet(f'{TABLE}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')))  # fmt: skip
    yield Attack("45000x1000.xlsx", "columns", "reader_memory", one_sheet(lambda: sheet(("<row>" + "<c><v>1</v></c>" * 1000 + "</row>") * 45_000), pad=5))  # fmt: skip
    yield Attack("repeated.ods", "columns", "damaged", repeated(16_384, 1_048_576))
    yield Attack("repeated-rows.ods", "columns", "damaged", repeated(900, 1_048_576))


def _liars() -> Iterator[Attack]:
    for name, part in (("sheet", SHEET), ("styles", "xl/styles.xml"), ("workbook", "xl/workbook.xml")):  # fmt: skip
        yield Attack(f"liar-{name}.xlsx", "liars", "zip_lies", liar(part, lambda: wide_rows(3_000), 5_000))  # fmt: skip
    yield Attack("liar-strings.xlsx", "liars", "zip_lies", liar(STRINGS, lambda: [(b"0" * MEGA, 3_000)], 100_000))  # fmt: skip
    yield Attack("liar-none.xlsx", "liars", "zip_lies", liar(SHEET, lambda: wide_rows(3_000), 0))
    yield Attack(
        "liar-much.xlsx", "liars", "zip_bomb", liar(SHEET, lambda: wide_rows(3_000), 2**31)
    )
    yield Attack("liar-half.xlsx", "liars", "reader_memory", liar(SHEET, lambda: wide_rows(3_000), 90 * MEGA))  # fmt: skip
    yield Attack("liar.ods", "liars", "zip_lies", of(lambda: packed([("mimetype", deflated([(b"x", 1)]), 1, zlib.crc32(b"x")), ("content.xml", deflated([(b" " * MEGA, 3_000)]), 900, 0)])))  # fmt: skip
    yield Attack("honest-bomb.xlsx", "liars", "zip_bomb", liar(SHEET, lambda: wide_rows(1_500), 1_500 * MEGA))  # fmt: skip


def _markup() -> Iterator[Attack]:
    for name, piece in (
        ("formulas", "<f "), ("cells", "<c "), ("open-cells", "<c>"), ("merges", "<mergeCell "),
        ("no-result", "</f>"), ("refs", '<c r="A'),
    ):  # fmt: skip
        made = (lambda p: lambda: sheet(TABLE, after=f"<!-- {p * (1_200_000 // len(p))} -->"))(
            piece
        )
        yield Attack(f"comment-{name}.xlsx", "markup", "read 1/0", one_sheet(made))
    blanks = "<row><c><f>1</f>" + " " * 1_200_000 + "</c></row>"
    yield Attack("blanks.xlsx", "markup", "read 1/0", one_sheet(lambda: sheet(TABLE + blanks)))
    shared = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><!-- {"<f " * 400_000} --></sst>'
    yield Attack("strings.xlsx", "markup", "read 1/0", workbook(lambda: {SHEET: sheet(TABLE), STRINGS: shared.encode()}))  # fmt: skip
    deep = "<a>" * 200_000 + "</a>" * 200_000
    yield Attack("deep.xlsx", "markup", "read 1/0", one_sheet(lambda: sheet(TABLE, after=deep)))
    blocks = "".join(f'<mergeCell ref="A{n}:B{n + 1}"/>' for n in range(2, 400_000, 3))
    yield Attack("merged.xlsx", "markup", "read 1/0", one_sheet(lambda: sheet(TABLE, after=f"<mergeCells>{blocks}</mergeCells>")))  # fmt: skip
    huge = f'<row r="{"9" * 5000}"><c r="A{"9" * 5000}"><v>1</v></c></row>'
    yield Attack(
        "row-number.xlsx", "markup", "reader_memory", one_sheet(lambda: sheet(TABLE + huge))
    )
    yield Attack("again.xlsx", "markup", "reader_memory", workbook(lambda: strings_again(400_000)))
    lines = (f'<row r="{n}"><c r="A{n}"><f>1+1</f></c><c r="C{n}"><f>1</f></c><c r="D{n}"><v>1</v></c></row>' for n in range(3, 60_003))  # fmt: skip
    yield Attack("open-formulas.xlsx", "markup", "read 1/60000", one_sheet(lambda: sheet(TABLE + "".join(lines))))  # fmt: skip


def _many() -> Iterator[Attack]:
    yield Attack("180-sheets.xlsx", "many", "read 180/0", many_sheets(180, 1))
    yield Attack("180-long-sheets.xlsx", "many", "read 90000/0", many_sheets(180, 500))
    yield Attack("300-sheets.xlsx", "many", "too_many_sheets", many_sheets(300, 1))
    head = ",".join(map(str, HEAD))
    yield Attack("rows.csv", "many", "too_many_rows", text("a,b", repeat="1,2", times=2_100_000))
    yield Attack("ragged-rows.csv", "many", "too_many_rows", text("a,b", "1", repeat="1,2,3", times=2_100_000))  # fmt: skip
    yield Attack("contradicting.csv", "many", "read 0/100000", numbered(head, "甲,2024-03-31,{n},是", 100_000))  # fmt: skip
    yield Attack("rejected.csv", "many", "read 0/300000", numbered(head, "客户{n},2024-03-31,无法读取{n},是", 300_000))  # fmt: skip
    yield Attack("overlapping.csv", "many", "read 1738/18862", of(_overlapping))  # fmt: skip


def _overlapping() -> bytes:
    """Give days and months of one customer that all cover each other."""
    first = dt.date(1950, 1, 1)
    days = [f"Acme,{first + dt.timedelta(days=n)},5" for n in range(20_000)]
    months = [f"Acme,{1950 + n // 12}年{n % 12 + 1}月,5" for n in range(600)]
    return "\n".join(["Customer name,Period,Active users", *days, *months]).encode()


def _texts() -> Iterator[Attack]:
    head = ",".join(map(str, HEAD))
    yield Attack("open-quote.csv", "texts", "too_many_rows", text(head, "甲,2024-01-01,5,是", '"', repeat="a,b,c,d", times=2_000_000))  # fmt: skip
    yield Attack("quotes.csv", "texts", "no_header", of(lambda: b'"' * 30_000_000))
    yield Attack("one-line.csv", "texts", "no_header", of(lambda: b"x" * 60_000_000))
    yield Attack("returns.csv", "texts", "too_many_rows", of(lambda: b"a,b" + b"\r" * 20_000_000))
    yield Attack(
        "nul.csv", "texts", "not_a_spreadsheet", of(lambda: b"a,b\n" + b"\x00" * 20_000_000)
    )
    yield Attack("emoji.csv", "texts", "no_header", of(lambda: "😀,".encode() * 900 + b"\n" + "😀".encode() * 10_000_000))  # fmt: skip
    noise = random.Random(5)
    yield Attack("noise.csv", "texts", "not_a_spreadsheet", of(lambda: noise.randbytes(3_000_000)))
    high = random.Random(6)
    yield Attack("high.csv", "texts", "no_header", of(lambda: bytes(high.randrange(128, 256) for _ in range(1_000_000))))  # fmt: skip


def _binaries() -> Iterator[Attack]:
    def changed(write: Callable[..., None], seed: int) -> Make:
        def make(path: Path) -> None:
            write(path, {"合同": LEDGER})
            chance, data = random.Random(seed), bytearray(path.read_bytes())
            for _ in range(40):
                data[chance.randrange(600, len(data))] = 255
            path.write_bytes(data)

        return make

    yield Attack("lengths.xls", "binaries", "damaged", changed(formats.write_xls, 1))
    yield Attack(
        "ones.xls",
        "binaries",
        "damaged",
        of(lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5_000_000),
    )


def attacks() -> list[Attack]:
    """Give all of them."""
    kinds = (_long_cells, _headers, _columns, _liars, _markup, _many, _texts, _binaries)
    return [one for kind in kinds for one in kind()]
