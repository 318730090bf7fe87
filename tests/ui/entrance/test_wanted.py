"""Where somebody is led once they signed in: an address of this server, and no other's word."""

import pytest
from starlette.requests import HTTPConnection

from tend.ui.entrance import cookies

pytestmark = pytest.mark.quick
HERE = ("/", "/renewals?lang=en&f=%5B%5D", "/tend/week?as_of=2026-09-30", "/%E7%BB%AD?x=//y")
# As a cookie spells them: in quotes, a stroke and three digits are any sign.
ELSEWHERE = (
    *("", "//evil.test", "https://evil.test", "evil.test", r'"/\\evil.test"', r'"/\011/evil.test"'),
    *(r'"/x\015\012Set-Cookie: a=b"', r'"/x\012"', r'"/\177"', "/é"),
)


def test_only_plain_addresses_of_this_server_are_followed() -> None:
    """Neither another server, nor signs that end a header."""

    def led(said: str) -> str:
        header = (b"cookie", f"{cookies.WANTED}={said}".encode("latin-1"))
        return cookies.wanted(HTTPConnection({"type": "http", "headers": [header]}).cookies)

    assert [led(one) for one in HERE] == list(HERE)
    assert [led(one) for one in ELSEWHERE] == [""] * len(ELSEWHERE)
