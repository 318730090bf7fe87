"""What the reading process says of a file that it does not read."""


class RefusedError(Exception):
    """The file cannot be read; `code` is a text of `problems`."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params
