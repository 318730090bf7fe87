"""Lines of the log: as JSON for machines or plain for people, with the time in UTC."""

import json
import logging
import os
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from tend.logs import said

# Who asks, in a few letters each: a session, a request. Never a person.
About = Callable[[], Mapping[str, str]]
FORM, LEVEL = "TEND_LOG", "TEND_LOG_LEVEL"
_JSON = "json"
_LETTERS = 8


class Lines(logging.Formatter):
    """Write a record as one line, or plain with its trace beneath."""

    def __init__(self, about: About, *, is_json: bool) -> None:
        super().__init__()
        self._about = about
        self._is_json = is_json

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        told = self._told(record)
        if self._is_json:
            return json.dumps(told, ensure_ascii=False)
        trace = told.pop("trace", ())
        assert isinstance(trace, Sequence)
        head = [str(told.pop(name)) for name in ("at", "level", "logger", "said")]
        more = [f"{name}={value}" for name, value in told.items()]
        return "\n    ".join((" ".join((*head, *more)), *trace))

    def _told(self, record: logging.LogRecord) -> dict[str, object]:
        at = datetime.fromtimestamp(record.created, UTC)
        where = said.place(record.pathname, record.lineno, record.funcName)
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        told: dict[str, object] = {
            "at": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "said": said.sentence(record) or where,
        }
        told |= {name: value[:_LETTERS] for name, value in self._about().items() if value}
        if error is not None:
            told |= {"error": said.kind(error), "trace": said.trace(error)}
        return told


class ToErrors(logging.StreamHandler):  # type: ignore[type-arg]  # it has none at run time
    """Write to what is the process's output of errors at that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        self.stream = sys.stderr
        super().emit(record)


def begin(about: About = dict, *, quietest: int = logging.INFO) -> None:
    """Bring all that this process logs to one form; what dies unseen is logged, too.

    From which level on, TEND_LOG_LEVEL says, else who begins.
    """
    handler = ToErrors()
    handler.setFormatter(Lines(about, is_json=os.environ.get(FORM, "") == _JSON))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(_level(quietest))
    logging.captureWarnings(True)
    sys.excepthook = _died
    threading.excepthook = lambda given: _died(given.exc_type, given.exc_value, None)


def _level(otherwise: int) -> int:
    names = logging.getLevelNamesMapping()
    return names.get(os.environ.get(LEVEL, "").upper(), otherwise)


def _died(kind: type[BaseException], error: BaseException | None, _: object) -> None:
    if error is None or issubclass(kind, KeyboardInterrupt | SystemExit):
        return
    logging.getLogger("tend").critical("something ended by an error", exc_info=error)
