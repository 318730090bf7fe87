"""Settings by what they are about: the parts of the menu, their sections, the groups in each."""

from collections.abc import Iterator, Mapping

from tend.settings.words import STATUS_LISTS

Groups = Mapping[str, tuple[str, ...]]
# Health is edited by a draft of its own, SOPs by their cells; log and erasure are no settings.
SECTIONS: Mapping[str, Groups] = {
    "health": {},
    "renewal": {
        "grace": ("early_days", "grace_days"),
        "stages": ("start_days", "start_limit", "stage_limits", "stage_chances"),
        "status_words": (*STATUS_LISTS, "one_off_types", "add_on_types"),
        "meanings": ("stage_words", "loss_reason_words"),
    },
    "targets": {"targets": ("targets",)},
    "tiers": {
        "tiers": ("strategic_share", "core_share"),
        "scale": (
            *("scale_by", "size_small_below", "size_large_from"),
            *("arr_mid_from", "arr_large_from", "size_words"),
        ),
    },
    "tasks": {
        "rules": ("task_rules", "tasks_a_day", "task_look_back_days"),
        "usage": ("low_active_share", "high_active_share"),
        "late": ("forgotten_days", "solve_days"),
    },
    "sop": {
        "satisfaction": (
            *("nps_satisfied_from", "nps_neutral_from"),
            *("csat_satisfied_from", "csat_neutral_from"),
        )
    },
    "money": {
        "currency": ("currency", "currency_rates"),
        "worth": ("gross_margin", "hourly_cost", "discount_rate"),
    },
    "people": {
        "language": ("language", "time_zone"),
        "team": ("usual_load", "referral_words"),
    },
    "log": {},
    "erasure": {},
    "versions": {},
    "copies": {"keep": ("copies_days", "copies_weeks", "copies_months")},
    "door": {"limits": ("door_seconds", "door_rows", "door_memory_mb")},
}
# What is about who works here, and what keeps the workspace, stands in one part of the menu each.
_TOGETHER: Groups = {
    "people": ("people", "log", "erasure"),
    "versions": ("versions", "copies", "door"),
}
_SECOND = frozenset(one for some in _TOGETHER.values() for one in some[1:])
PARTS: Groups = {one: _TOGETHER.get(one, (one,)) for one in SECTIONS if one not in _SECOND}
# Fractions, written and typed as per cents.
SHARES = frozenset(
    {"csat_satisfied_from", "csat_neutral_from", "strategic_share", "core_share", "stage_chances"}
    | {"low_active_share", "high_active_share", "gross_margin", "discount_rate"}
)
# The order of words says nothing, of a span it does.
SPANS = frozenset({"usual_load"})


def keys(section: str) -> tuple[str, ...]:
    """Name the settings of a section."""
    return tuple(key for group in SECTIONS[section].values() for key in group)


def places() -> Iterator[tuple[str, str]]:
    """Name all settings of the menu, each behind its section."""
    for section in SECTIONS:
        for key in keys(section):
            yield section, key
