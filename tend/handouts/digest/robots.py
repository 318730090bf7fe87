"""Group robots that refuse with the status of success: what they answer is read.

The library takes each such answer for a message that arrived: a wrong key, a keyword that the
robot asks for, a signature that does not match. It signs 钉钉's twice, and knows no 企微 Markdown.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

import requests
from apprise import NotifyFormat, NotifyType
from apprise.manager_plugins import NotificationManager
from apprise.plugins.base import NotifyBase
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.wecombot import NotifyWeComBot

Params = Mapping[str, str]
_INFO = NotifyType.INFO


def put(robot: NotifyBase, url: str, payload: Mapping[str, object], params: Params) -> bool:
    """Post a message and tell whether it was taken; why not is told to the library's log."""
    robot.throttle()
    try:
        answer = requests.post(
            url,
            params=params,
            # as it is: written out, a Chinese sign takes twice the bytes that are counted
            data=json.dumps(payload, ensure_ascii=False).encode(),
            headers={"Content-Type": "application/json; charset=utf-8"},
            verify=robot.verify_certificate,
            timeout=robot.request_timeout,
            allow_redirects=robot.redirects,
        )
        refused = answer.json().get("errcode") if answer.ok else answer.status_code
    except (requests.RequestException, ValueError, AttributeError):
        robot.logger.warning("no answer that can be read")
        return False
    if refused:
        robot.logger.warning("refused: error=%s", refused)
    return not refused


class WeCom(NotifyWeComBot):
    """A robot of 企微, spoken to in Markdown."""

    notify_format = NotifyFormat.MARKDOWN
    body_maxlen, title_maxlen = 4096, 250

    def send(self, body: str, title: str = "", notify_type: NotifyType = _INFO, **_: Any) -> bool:
        """Post the message; none is an alarm."""
        del notify_type
        whole = {"content": f"**{title}**\n\n{body}"}
        return put(self, self.api_url, {"msgtype": "markdown", "markdown": whole}, {})


class DingTalk(NotifyDingTalk):
    """A robot of 钉钉."""

    def send(
        self,
        body: str,
        title: str = "",
        notify_type: NotifyType = _INFO,
        body_format: NotifyFormat | None = None,
        **_: Any,
    ) -> bool:
        """Post the message, signed where the robot asks for it; none is an alarm."""
        del notify_type
        payload: dict[str, object] = {"at": {"atMobiles": self.targets, "isAtAll": False}}
        if body_format == NotifyFormat.MARKDOWN:
            payload |= {"msgtype": "markdown"}
            payload["markdown"] = {"title": title, "text": f"**{title}**\n\n{body}"}
        else:
            payload |= {"msgtype": "text", "text": {"content": f"{title}\n\n{body}"}}
        return put(self, self.notify_url.format(token=self.token), payload, self._signed())

    def _signed(self) -> Params:
        if not self.secret:
            return {}
        moment, sign = NotifyDingTalk.get_signature(self)
        return {"timestamp": moment, "sign": unquote(sign)}  # an address is written once


def take_part() -> None:
    """Put these in the place of the library's own."""
    known = NotificationManager()
    for robot in (WeCom, DingTalk):
        known.add(robot, force=True)
