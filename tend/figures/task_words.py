"""What a task asks for, in words."""

from collections.abc import Mapping

from tend.language import format, text
from tend.settings import sops

Row = Mapping[str, object]
# So much of a comment is shown in a list.
_COMMENT = 120
_SCALED = {"csat": ("csat_scale",)}


def of(row: Row, language: str) -> str:
    """Say what a task asks for: rules and SOPs as shipped in the reader's language."""
    written, about = str(row.get("task") or ""), str(row["about"] or "")
    if row["cause"] == "sop":
        return sops.step_said(about, str(row["step"]), written, language)
    key = f"tasks.rules.{row['cause']}"
    if not text.has(key):
        return written
    return _answered(text.say(key, language, about=about), row, language)


def _answered(said: str, row: Row, language: str) -> str:
    """Add what an answer was: its score, whose it is, and what was said."""
    facts = [str(row["respondent"])] if row.get("respondent") else []
    for score in ("csat", "nps"):
        if row.get(score) is not None:
            values = {name: f"{row[name] or 0:g}" for name in (score, *_SCALED.get(score, ()))}
            facts.insert(0, text.say(f"tasks.answers.{score}", language, **values))
    if facts:
        named = format.listed(facts, language)
        said = text.say("tasks.answers.by", language, task=said, facts=named)
    if row.get("comment"):
        comment = str(row["comment"])
        comment = comment if len(comment) <= _COMMENT else f"{comment[:_COMMENT].rstrip()}…"
        said = text.say("tasks.answers.said", language, task=said, comment=comment)
    return said
