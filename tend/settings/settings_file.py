"""Settings as a file holds them."""

import json

from tend.language.errors import TendError


def from_file(raw: bytes) -> dict[str, object]:
    """Read the settings that a file holds, as `settings --format json` writes them, unchecked.

    Raises TendError where it is no such file.
    """
    try:
        told = json.loads(raw.decode("utf-8-sig"))
    except ValueError as error:
        raise TendError("bad_settings_file") from error
    if not isinstance(told, dict):
        raise TendError("bad_settings_file")
    return told
