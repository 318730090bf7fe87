"""Vega, Vega-Lite and Vega-Embed as one file, which charts of the review file are drawn by.

The licences of its parts stand in the file beside it. They are put together by hand: where the
versions are others than it names, look at what has changed before you write them there.
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


def bundle() -> str:
    """Give the file: its versions, then the code."""
    brought = versions()
    named = ", ".join(f"{name} {version}" for name, version in brought.items())
    code = vl_convert.javascript_bundle(SNIPPET, vl_version=brought["vega-lite"])
    return f"/*! {named}: see vega.LICENSES.txt */\n{code.rstrip()}\n"


if __name__ == "__main__":
    licences = (TO / "vega.LICENSES.txt").read_text(encoding="utf-8")
    if missing := [f"{n} {v}" for n, v in versions().items() if f"{n} {v} (" not in licences]:
        raise SystemExit(f"vega.LICENSES.txt speaks of other versions than {', '.join(missing)}")
    (TO / "vega.js").write_text(bundle(), encoding="utf-8")
