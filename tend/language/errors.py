"""The one exception users may meet: a code, its details, and a sentence in both languages."""

from tend.language import text


class TendError(Exception):
    """Something a user can act on. `code` is a key of the texts `errors` or `problems`."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(code)

    def message(self, language: str = "en") -> str:
        """Give the sentence that says what is wrong, where, and what to do."""
        room = "errors" if text.has(f"errors.{self.code}") else "problems"
        return text.say(f"{room}.{self.code}", language, **self.params)

    def __str__(self) -> str:
        return self.message()
