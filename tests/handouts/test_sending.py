"""A letter in each service's own format, to a receiver on this machine; failures are sentences."""

import logging
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

from tend.handouts.digest import sending
from tend.handouts.letter import Letter, Line, Part
from tests.handouts import receivers
from tests.handouts.receivers import Web

pytestmark = pytest.mark.quick

LINK = "http://tend.example:8501/customer?lang=en&as_of=2026-09-30&customer=C1"
HOSTILE = (
    *("@all", "<@U024BE7LH>", "<!channel>", '<at user_id="all">all</at>', "<at>all</at>"),
    *("[x](http://evil.example/y)", "evil.example", "www.evil.example", "a@evil.example"),
    *("![](http://evil.example/p.png)", "<img src=x onerror=alert(1)>", "&lt;b&gt;"),
    *("**bold** `code` ~~gone~~", "a\nb\x1b[31m\u202e", "# head", "x](http://evil.example)"),
)
TOLD = "12 续约 · +3"
# Of each service: its address, where that leads, the way to its text, and its secrets.
SERVICES = {
    "feishu": (
        "feishu://secret-feishu",
        "https://open.feishu.cn/open-apis/bot/v2/hook/secret-feishu/",
        ("card", "elements", 0, "text", "content"),
    ),
    "wecom": (
        "wecombot://secret-wecom",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=secret-wecom",
        ("markdown", "content"),
    ),
    "dingtalk": (
        "dingtalk://SECsecret@secrettalk",
        "https://oapi.dingtalk.com/robot/send?access_token=secrettalk&timestamp=",
        ("markdown", "text"),
    ),
    "slack": (
        "slack://T1SECRET1/B1SECRET1/secretSlackToken",
        "https://hooks.slack.com/services/T1SECRET1/B1SECRET1/secretSlackToken",
        ("attachments", 0, "text"),
    ),
    "teams": (
        "workflow://teams.example.com:443/secretflow/secretsign",
        "https://teams.example.com:443/workflows/secretflow/triggers/manual/paths/invoke?",
        ("attachments", 0, "content", "body", 1, "text"),
    ),
}


def letter(times: int = 1) -> Letter:
    """Give a letter whose names are hostile."""
    named = tuple(Line(name, LINK, "ends in 3 days · 1.2M") for name in HOSTILE * times)
    part = Part("到期", Line(TOLD, LINK, "<at>all</at>"), named)
    return Letter("Tend · @all", f"{TOLD} <!here>", (part,), "foot", LINK)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """Give a receiver of all that is posted."""
    with receivers.web(monkeypatch) as found:
        yield found


def at(body: Any, way: tuple[str | int, ...]) -> str:
    """Go down into what was posted."""
    for step in way:
        body = body[step]
    return str(body)


def of_others(said: str) -> list[str]:
    """Name what of a message would be a tag, a mention, a picture, or a link that is not ours."""
    slack = LINK.replace("&", "&amp;")
    rest = said.replace(f"]({LINK})", "]").replace(f"<{slack}|", "")
    signs = ("<", "](", "![", "@", "http:", "evil.example", "\x1b", "\u202e", "`", "~~")
    return [sign for sign in signs if sign in rest]


@pytest.mark.parametrize("service", SERVICES)
def test_each_service_is_spoken_to_in_its_own_format(web: Web, service: str) -> None:
    """The text stands where the service shows it, its links lead, and no name does anything."""
    address, asked, way = SERVICES[service]
    assert [one.error for one in sending.send(letter(), [address], "en")] == [None]
    [url], [verified], [body] = web.asked, web.checked, web.bodies
    assert url.startswith(asked)
    assert verified  # certificates are checked
    said = at(body, way)
    assert of_others(said) == []
    assert TOLD in said
    link = LINK.replace("&", "&amp;") if service == "slack" else LINK
    assert said.count(link) == len(HOSTILE) + 2
    assert "＠all" in str(body) if service != "wecom" else "**Tend · ＠all**" in said
    assert of_others(str(body).replace(said, "").replace("adaptivecards", "")) in ([], ["http:"])


def test_a_robot_that_wants_a_signature_gets_one(web: Web) -> None:
    """钉钉's is the one that its documentation describes, written into the address once."""
    import base64
    import hashlib
    import hmac
    from urllib.parse import parse_qs, urlsplit

    list(sending.send(letter(), [SERVICES["dingtalk"][0]], "en"))
    given = parse_qs(urlsplit(web.asked[0]).query)
    [moment], [sign] = given["timestamp"], given["sign"]
    signed = hmac.new(b"SECsecret", f"{moment}\nSECsecret".encode(), hashlib.sha256).digest()
    assert base64.b64decode(sign, validate=True) == signed
    assert web.bodies[0]["at"] == {"atMobiles": [], "isAtAll": False}
    web.asked.clear()
    list(sending.send(letter(), ["dingtalk://secrettalk"], "en"))
    assert web.asked == ["https://oapi.dingtalk.com/robot/send?access_token=secrettalk"]


class _Links(HTMLParser):
    """Tags of a mail, and where its links lead."""

    def __init__(self, said: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str | None] = []
        self.feed(said)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name == "href"]


def test_a_mail_has_a_subject_and_links() -> None:
    """As HTML with our links alone, and as text beside it."""
    with receivers.mail() as found:
        to = f"mailto://127.0.0.1:{found.port}?from=tend@a.example&to=lead@b.example"
        assert [one.error for one in sending.send(letter(), [to], "en")] == [None]
        assert [one.error for one in sending.send(letter(), [f"{to}&format=text"], "en")] == [None]
    assert found.recipients == ["lead@b.example"] * 2
    marked, plain = found.messages
    assert marked["Subject"] == plain["Subject"] == "Tend · ＠all"
    html = marked.get_body(("html",))
    assert html is not None
    page = _Links(html.get_content())
    assert page.tags == {"p", "strong", "a", "ul", "li"}
    assert page.links == [LINK] * (len(HOSTILE) + 2)
    text = plain.get_content()
    assert plain.get_content_type() == "text/plain"
    assert of_others(text.replace(LINK, "")) == []
    assert text.count(LINK) == 2  # of the list, and of the page: names lead nowhere


@pytest.mark.parametrize(
    ("service", "most"),
    [
        ("wecom", 4096),
        ("dingtalk", 20_000),
        ("feishu", 20_000),
        ("slack", 35_000),
        ("teams", 28_000),
    ],
)
def test_no_message_is_longer_than_its_service_takes(web: Web, service: str, most: int) -> None:
    """It is cut behind a line, and says so with a way to the whole."""
    address, _, way = SERVICES[service]
    list(sending.send(letter(times=100), [address], "zh"))
    said = at(web.bodies[0], way)
    assert most * 0.3 < len(said.encode()) <= most
    *kept, last = [line for line in said.split("\n") if line]
    assert "以下从略" in last
    assert "http://tend.example" in last
    assert all(line.endswith("1.2M") for line in kept[-5:])
    assert of_others(said) == []


def test_what_fails_is_one_sentence_each_and_stops_nobody(
    web: Web, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Refused with an error or a success, unknown, unsafe; the last one still gets it."""
    web.answers = {
        "v2/hook": (404, "{}"),
        "cgi-bin": (200, '{"errcode": 93000, "errmsg": "invalid webhook url"}'),
        "robot/send": (200, "no json"),
    }
    addresses = [
        SERVICES["feishu"][0],
        SERVICES["wecom"][0],
        SERVICES["dingtalk"][0],
        "secretthing://secret-host",
        "secret",
        "wecombot://secret-wecom?verify=no",
        SERVICES["slack"][0],
    ]
    with caplog.at_level(logging.DEBUG):
        found = list(sending.send(letter(), addresses, "en"))
    codes = [one.error and one.error.code for one in found]
    assert codes == [
        *("digest_refused", "digest_refused", "digest_unreached"),
        *("digest_unknown", "digest_unknown", "digest_unverified", None),
    ]
    said = [f"{one.name}: {one.error and one.error.message()}" for one in found]
    assert "(code 404)" in said[0]
    assert "(code 93000)" in said[1]
    assert said[3].startswith("Address 4 (secretthing://…): This is no address")
    assert "secret-" not in "".join(said)
    assert "Secret" not in "".join(said)
    assert capfd.readouterr() == ("", "")
    [arrived] = [body for body in web.bodies if "mrkdwn" in body]
    assert TOLD in at(arrived, SERVICES["slack"][2])


def test_nobody_there_is_a_sentence() -> None:
    """A mail server that is not there, and a robot's service: told, and soon."""
    there = receivers.free_port()
    to = (
        f"mailto://127.0.0.1:{there}?from=a@b.example&to=c@d.example",
        f"json://127.0.0.1:{there}",
    )
    found = list(sending.send(letter(), to, "en"))
    assert [one.error and one.error.code for one in found] == ["digest_unreached"] * 2


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("https://open.feishu.cn/open-apis/bot/v2/hook/abc-1", SERVICES["feishu"][1][:45]),
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=ab-1", SERVICES["wecom"][1][:51]),
        ("https://oapi.dingtalk.com/robot/send?access_token=a1", SERVICES["dingtalk"][1][:40]),
        (
            "https://hooks.slack.com/services/T1A/B1A/c1",
            "https://hooks.slack.com/services/T1A/B1A/c1",
        ),
    ],
)
def test_an_address_as_its_service_gives_it_out(web: Web, given: str, asked: str) -> None:
    """What is copied from a group's robot works as it is."""
    assert [one.error for one in sending.send(letter(), [f" {given}\n"], "en")] == [None]
    assert web.asked[0].startswith(asked)
