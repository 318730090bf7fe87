"""The document: one file that fetches nothing and runs nothing but what it was written with."""

import base64
import hashlib
import json
from functools import cache
from pathlib import Path

from markupsafe import escape

_HERE = Path(__file__).parent
# What a browser would take for the end of the data, or for their beginning.
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_WHOLE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<noscript>{noscript}</noscript>
<script type="application/json" id="told">{told}</script>
{scripts}
</body>
</html>
"""


def document(told: object, *, language: str, title: str, noscript: str) -> str:
    """Write the document for what it tells; names in it are data, whatever they look like."""
    style, scripts = _read("review.css"), [_read("vega.js"), _read("review.js")]
    return _WHOLE.format(
        language=language,
        policy=escape(policy(style, scripts)),
        title=escape(title),
        style=style,
        noscript=escape(noscript),
        told=as_data(told),
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
    )


def policy(style: str, scripts: list[str]) -> str:
    """Give what the browser lets the file do: run these very scripts, in this very style."""
    run = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {run}; style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'"
    )


def as_data(told: object) -> str:
    """Write JSON that stands in a document: no name in it ends the script it stands in."""
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return written.translate(_ESCAPED)


def _hash(code: str) -> str:
    digest = hashlib.sha256(code.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
