"""The one exception users may meet: a code, its details, and a sentence in both languages."""

from collections.abc import Mapping

from tend.language import text


class TendError(Exception):
    """Something a user can act on. `code` is a key of the texts `errors` or `problems`."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(code)

    def message(self, language: str = "en") -> str:
        """Give the sentence that says what is wrong, where, and what to do."""
        return text.say(_key(self.code), language, **self.params)

    def __str__(self) -> str:
        return self.message()


def retold(code: str, params: Mapping[str, str], language: str) -> str:
    """Give the sentence of an error that was written down, maybe by another Tend."""
    if not text.has(_key(code)):
        return text.say("problems.no_longer_known", language, code=code)
    return text.retell(_key(code), language, params)


def _key(code: str) -> str:
    room = "errors" if text.has(f"errors.{code}") else "problems"
    return f"{room}.{code}"
