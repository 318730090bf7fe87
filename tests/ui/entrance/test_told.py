"""To whom an address was told: each kind that holds a secret, and for how long it is remembered."""

import pytest

from tend.ui.entrance import told
from tend.ui.entrance.told import Told

pytestmark = pytest.mark.quick
HEX, UUID = "0123456789abcdef" * 2, "01234567-89ab-cdef-0123-456789abcdef"
SECRET = (f"media/{HEX}.csv", f"words-{HEX}.json", f"_stcore/upload_file/{UUID}/{UUID}")


@pytest.mark.parametrize("path", SECRET)
def test_an_address_is_for_whom_it_was_told(path: str) -> None:
    """In whatever message it stood; another of its kind is nobody's, and so it is after the end."""
    heard = Told()
    assert not heard.may_have("ada", path)
    heard.hear("ada", f'\x0a\x02{{"url": "http://127.0.0.1:8501/tend/{path}?x=1"}}\x00'.encode())
    assert heard.may_have("ada", path)
    assert heard.may_have("ada", f"tend/{path}")
    assert not heard.may_have("wang", path)
    assert not heard.may_have("ada", path.replace("0", "f"))
    assert not heard.may_have("ada", path[: len(path) // 2])
    heard.forget("ada")
    assert not heard.may_have("ada", path)


def test_what_is_nobodys_secret_is_for_all() -> None:
    """Pages, and the frontend's own files, one folder of which is called as that of secrets."""
    for path in ("", "renewals", "static/media/font.woff2", "_stcore/host-config"):
        assert Told().may_have("ada", path)


def test_the_newest_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many files of each, and of so many sign-ins: what was told again is new."""
    monkeypatch.setattr(told, "_MOST_FILES", 2)
    monkeypatch.setattr(told, "_MOST_SIGN_INS", 2)
    heard, paths = Told(), [f"media/{number:032x}.csv" for number in range(3)]
    for path in (paths[0], paths[1], paths[0], paths[2]):
        heard.hear("ada", path.encode())
    assert [heard.may_have("ada", path) for path in paths] == [True, False, True]
    for who in ("wang", "ada", "eve"):
        heard.hear(who, paths[1].encode())
    assert [heard.may_have(who, paths[1]) for who in ("wang", "ada", "eve")] == [False, True, True]
