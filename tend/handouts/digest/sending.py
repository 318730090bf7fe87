"""A letter to group robots and mail, each in its own format and length; a failure is one sentence.

Addresses hold secrets: they are named by their place and service, never written out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import apprise
from apprise import NotifyFormat
from apprise.plugins.email import NotifyEmail

from tend.handouts import letter as letters
from tend.handouts.digest import robots
from tend.handouts.letter import MESSAGE, Letter
from tend.language import format, text
from tend.language.errors import TendError

# Bytes of a text, where the library has signs or other limits: services count what they are sent,
# with what stands around the text, links as Slack writes them, each Chinese sign of Teams as six.
_MOST = {"feishu": 18_000, "lark": 18_000, "dingtalk": 18_000, "workflow": 12_000, "slack": 24_000}
_AROUND = 16  # marks and lines between title and text
# Addresses as the services give them out, where the library does not know these.
_GIVEN_OUT = (
    (re.compile(r"^open\.feishu\.cn/open-apis/bot/v2/hook/([\w-]+)/?$"), r"feishu://\1"),
    (re.compile(r"^oapi\.dingtalk\.com/robot/send\?access_token=(\w+)$"), r"dingtalk://\1"),
)
_SCHEME = re.compile(r"^[a-zA-Z0-9]{1,20}(?=://)")
_CODE = re.compile(r"\b(?:error|code)=(\d+)")
_SECONDS = 30


@dataclass(frozen=True)
class Sent:
    """What came of one address: its name without secrets, and why nothing arrived, if so."""

    name: str
    error: TendError | None = None


def send(letter: Letter, addresses: Sequence[str], language: str) -> Iterator[Sent]:
    """Send the letter to each address; one that fails stops no other."""
    robots.take_part()
    for place, address in enumerate(addresses, 1):
        service = _service(address.strip())
        name = _kind(service, address.strip())
        named = text.say("digest.address", language, place=place, service=name)
        yield Sent(named, _refusal(service) or _sent(service, letter, language))


def public(address: str) -> str:
    """Tell where an address leads, without its secrets: a service with its masked key, or mail."""
    robots.take_part()
    service = _service(address.strip())
    kind = _kind(service, address.strip())
    if isinstance(service, NotifyEmail):
        return f"{kind} {', '.join(mail for _, mail in service.targets)}"
    host = urlsplit(service.url(privacy=True)).netloc.rpartition("@")[2] if service else ""
    return f"{kind} {host}".rstrip()


def _service(address: str) -> Any:
    """Give the service behind an address, None where there is none."""
    for pattern, known in _GIVEN_OUT:
        if found := pattern.match(address.removeprefix("https://")):
            address = found.expand(known)
    # no pictures of others, no second host that a robot leads to, one after the other
    asset = apprise.AppriseAsset(
        app_id="Tend",
        app_desc="Tend",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        async_mode=False,
        http_redirects=False,
        service_timeout=_SECONDS,
    )
    return apprise.Apprise.instantiate(address, asset=asset)


def _kind(service: Any, address: str) -> str:
    """Name the service; of what is none, say no more than how it begins."""
    if service is not None:
        return str(service.service_name)
    scheme = _SCHEME.match(address)
    return f"{scheme[0]}://…" if scheme else "…"


def _refusal(service: Any) -> TendError | None:
    if service is None:
        return TendError("digest_unknown")
    return None if service.verify_certificate else TendError("digest_unverified")


def _sent(service: Any, letter: Letter, language: str) -> TendError | None:
    """Send it; give why it did not arrive."""
    robot = apprise.Apprise(asset=service.asset)
    robot.add(service)
    title, body, written_in = written(service, letter, language)
    done = robot.notify(body=body, title=title, body_format=written_in)
    if done:
        return None
    codes = [found[1] for one in done.logs() if (found := _CODE.search(one.message))]
    return TendError("digest_refused", answer=codes[-1]) if codes else TendError("digest_unreached")


def written(service: Any, letter: Letter, language: str) -> tuple[str, str, NotifyFormat]:
    """Write the letter as the service shows it, no longer than it takes."""
    title, rest = format.inert(letter.title), text.say("digest.cut", language)
    most = next((_MOST[one] for one in service.schemas() if one in _MOST), service.body_maxlen)
    room = most - len(title.encode()) - _AROUND
    if service.resolve_format(NotifyFormat.MARKDOWN) == NotifyFormat.TEXT:
        body = letters.plain_body(letter, format.inert)
        last = "\n".join(one for one in (rest, letter.link) if one)
        return title, letters.cut(body, room, last), NotifyFormat.TEXT
    body, last = letters.marked_body(letter, MESSAGE), letters.linked(rest, letter.link)
    return title, letters.cut(body, room, last), NotifyFormat.MARKDOWN
