"""Vega, Vega-Lite and Vega-Embed as one file, which charts of the review file are drawn by.

The licences of its parts stand in the file beside it, and at the head of the script: review files
are handed on. They are put together by hand: where the versions are others than it names, look at
what has changed before you write them there.
"""

from pathlib import Path

import vl_convert

TO = Path(__file__).parents[1] / "tend" / "handouts" / "review"
# All that the page takes of it.
SNIPPET = "window.vegaEmbed = vegaEmbed;"


def versions() -> dict[str, str]:
    """Give the version of each library that the tool brings."""
    return {
        "vega": vl_convert.get_vega_version(),
        "vega-lite": vl_convert.get_vegalite_versions()[-1],
        "vega-embed": vl_convert.get_vega_embed_version(),
    }


def bundle(licences: str) -> str:
    """Give the file: its versions, the licences of its parts, then the code."""
    brought = versions()
    named = ", ".join(f"{name} {version}" for name, version in brought.items())
    code = vl_convert.javascript_bundle(SNIPPET, vl_version=brought["vega-lite"])
    return head(named, licences) + code.rstrip() + "\n"


def head(named: str, licences: str) -> str:
    """Write what stands before the code: its parts' licences, as a comment that is kept."""
    return f"/*! {named}\n\n{licences.rstrip()}\n*/\n"


if __name__ == "__main__":
    licences = (TO / "vega.LICENSES.txt").read_text(encoding="utf-8")
    if missing := [f"{n} {v}" for n, v in versions().items() if f"{n} {v} (" not in licences]:
        raise SystemExit(f"vega.LICENSES.txt speaks of other versions than {', '.join(missing)}")
    (TO / "vega.js").write_text(bundle(licences), encoding="utf-8")
