"""The company's definitions: every number that a team may set, with its default (E4)."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, ValidationError, model_validator

from tend.language.errors import TendError
from tend.settings import definition, process, task_rules, words
from tend.settings.customer_lists import Looks
from tend.settings.definition import Indicator, Score
from tend.settings.operation import Keeping, Zone
from tend.settings.process import Stage
from tend.settings.sop import Cell, Sop
from tend.settings.targets import Targets
from tend.settings.task_rules import Rule, RuleName

Days = Annotated[int, Field(ge=0, le=3660)]
Share = Annotated[float, Field(ge=0, le=1)]
# What is multiplied or added up stays far from where numbers end and become infinite.
Rate = Annotated[float, Field(gt=0, le=1e9)]
Money = Annotated[float, Field(ge=0, le=1e15)]
Megabytes = Annotated[float, Field(gt=0, le=1e7)]
Few = Annotated[int, Field(ge=1, le=1_000_000)]
Words = tuple[str, ...]
Severity = Literal["critical", "high", "normal", "low"]
# What is decided is decided; how far a stage leads is the company's to say.
_STAGE_CHANCES: dict[Stage, float] = {"renewed": 1, "lost": 0}
_SOLVE_DAYS: dict[Severity, int] = {"critical": 1, "high": 3, "normal": 7, "low": 14}


class Settings(Looks, Keeping):
    """All settings; frozen, so that an edit is a new value."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    language: Literal["auto", "en", "zh"] = Field(
        "auto", description="Language of pages; auto follows the browser."
    )
    currency: str = Field(
        "CNY", pattern="^[A-Z]{3}$", description="The workspace's currency (ISO code)."
    )
    time_zone: Zone = Field(
        "",
        description="Where times of files are brought to days, such as Asia/Shanghai; empty: where"
        " all times of a column are midnight in one zone, in that one, else as written (M11).",
    )
    currency_rates: dict[str, Rate] = Field(
        default_factory=dict,
        description="Workspace currency per unit of another; others are shown apart (K18).",
    )
    early_days: Days = Field(
        90, description="A successor may start so many days before the day after the end (A3)."
    )
    grace_days: Days = Field(
        60, description="Days after the end in which a renewal still counts (A3)."
    )
    gross_margin: Share = Field(0.8, description="Gross margin, a fraction of 1.")
    hourly_cost: Money = Field(300.0, description="Cost of a service hour, workspace currency.")
    discount_rate: Share = Field(0.1, description="Yearly discount rate, a fraction of 1.")
    size_small_below: float = Field(
        100, gt=0, le=1e15, description="A size under this number is small (G1)."
    )
    size_large_from: float = Field(
        1000, gt=0, le=1e15, description="A size of this number or more is large (G1)."
    )
    size_words: dict[str, Literal["large", "mid", "small"]] = Field(
        default_factory=lambda: dict(words.meanings("size_words")),
        description="Words that name a size band (G1).",
    )
    one_off_types: Words = Field(
        words.listed("one_off_types"),
        description="Contract types that carry no ARR and are no renewal (B12).",
    )
    add_on_types: Words = Field(
        words.listed("add_on_types"),
        description="Contract types that add to another contract and renew none by dates (M8).",
    )
    in_force_words: Words = Field(
        words.listed("in_force_words"),
        description="Status words of signed contracts: dates decide; stages of won deals (M12).",
    )
    renewed_words: Words = Field(
        words.listed("renewed_words"),
        description="Status words that say renewed; alone they renew nothing (B9).",
    )
    lost_words: Words = Field(
        words.listed("lost_words"),
        description="Status words that mark a contract as lost (B9).",
    )
    ended_words: Words = Field(
        words.listed("ended_words"),
        description="Status words of contracts that have ended: lost where nothing follows (M12).",
    )
    over_words: Words = Field(
        words.listed("over_words"),
        description="Status words of a term that is over: dates decide; lost without a date (M12).",
    )
    superseded_words: Words = Field(
        words.listed("superseded_words"),
        description="Status words of what ends with its follower (M12).",
    )
    void_words: Words = Field(
        words.listed("void_words"), description="Status words of what nobody signed (B9)."
    )
    trial_words: Words = Field(
        words.listed("trial_words"),
        description="Status words of trials, which carry no ARR and are no renewal (M12).",
    )
    loss_reason_words: dict[
        str, Literal["natural", "product", "price", "service", "not_a_target_customer"]
    ] = Field(
        default_factory=lambda: dict(words.meanings("loss_reason_words")),
        description="A loss reason with one of these words in it belongs to the group.",
    )
    strategic_share: Share = Field(
        0.2, description="Where no file gives tiers: share of customers that are strategic (D8)."
    )
    core_share: Share = Field(0.3, description="The next share of customers, tier core (D8).")
    referral_words: Words = Field(
        words.listed("referral_words"),
        description="Source channels that are a referral (S1).",
    )
    stage_words: dict[str, Stage] = Field(
        default_factory=lambda: dict(words.meanings("stage_words")),
        description="Words that name a stage of the renewal process, in lower case (K24).",
    )
    stage_limits: dict[str, dict[Stage, Days]] = Field(
        default_factory=process.standard_limits,
        description="Days a renewal may stay in a stage, by tier; other for tiers not named (S5).",
    )
    stage_chances: dict[Stage, Share] = Field(
        default_factory=lambda: dict(_STAGE_CHANCES),
        description="Chance to renew of a stage, where the file gives no probability of its own.",
    )
    start_days: Days = Field(
        90, description="A renewal is to be started so many days before the contract ends (S5)."
    )
    start_limit: Days = Field(
        14, description="Days after that within which its first stage is to be entered."
    )
    targets: Targets = Field(
        default_factory=dict,
        description="What we aim at: rates as fractions of 1, NPS from -100 to 100; all optional,"
        " null takes one away.",
    )
    health_indicators: dict[str, Indicator] = Field(
        default_factory=definition.standard,
        description="Indicators of health: score, on or off, weight, limits set by hand (J1).",
    )
    health_average_from: dict[Score, float] = Field(
        default_factory=dict,
        description="A score is average from here, if set by hand; else learned (J6).",
    )
    health_healthy_from: dict[Score, float] = Field(
        default_factory=dict,
        description="A score is healthy from here, if set by hand; else learned (J6).",
    )
    health_margin: Annotated[float, Field(ge=0, le=100)] = Field(
        3, description="A state changes when its score passes the limit by so many points (J7)."
    )
    health_fewest_renewed: Few = Field(
        20, description="Fewer renewed contracts do not teach limits (J4)."
    )
    health_fewest_peers: Few = Field(
        30, description="An industry with fewer renewed values is held against all (J5)."
    )
    low_active_share: Share = Field(
        0.3, description="Active users under this share of the licences are a cause to look (S5)."
    )
    high_active_share: Share = Field(
        0.9, description="Active users over this share of the licences are an upsell sign (S5)."
    )
    north_star: str = Field(
        "key_actions", description="The usage measure that counts as key actions (J1)."
    )
    solve_days: dict[Severity, Days] = Field(
        default_factory=lambda: dict(_SOLVE_DAYS),
        description="Days in which a ticket is to be solved, by severity (J1).",
    )
    nps_satisfied_from: Annotated[float, Field(ge=0, le=10)] = Field(
        8.5, description="A customer whose mean NPS is this or more is satisfied (G6)."
    )
    nps_neutral_from: Annotated[float, Field(ge=0, le=10)] = Field(
        6.5, description="From this mean NPS a customer is neutral, under it critical (G6)."
    )
    csat_satisfied_from: Share = Field(
        0.8, description="Without an NPS: satisfied from this share of satisfied answers (G4)."
    )
    csat_neutral_from: Share = Field(
        0.6, description="Without an NPS: neutral from this share, under it critical (G4)."
    )
    scale_by: Literal["size", "arr"] = Field(
        "size", description="What the scale of the SOP matrix goes by: size band or ARR."
    )
    arr_mid_from: Money = Field(
        50_000, description="With scale by ARR: a customer of this ARR or more is mid."
    )
    arr_large_from: Money = Field(
        300_000, description="With scale by ARR: a customer of this ARR or more is large."
    )
    forgotten_days: Days = Field(
        14, description="A task overdue for longer than so many days counts as forgotten."
    )
    usual_load: tuple[int, int] = Field(
        (40, 60), description="How many customers a CSM usually looks after (S5)."
    )
    task_rules: dict[RuleName, Rule] = Field(
        default_factory=task_rules.standard_rules,
        description="Rules that make tasks: on or off, days, days to do it (S5).",
    )
    tasks_a_day: Annotated[int, Field(ge=1, le=1000)] = Field(
        5,
        description="How many of the tasks that rules make in one go are due for one owner a day.",
    )
    task_look_back_days: Days = Field(
        90, description="What happened longer ago makes no task any more."
    )
    sop: dict[Literal["en", "zh"], dict[Cell, Sop]] = Field(
        default_factory=dict,
        description="SOPs of cells as edited, by language; others are as shipped (S2).",
    )
    read_seconds: Annotated[float, Field(gt=0, le=86_400)] = Field(
        25, description="Time limit for reading one file, seconds."
    )
    read_memory_mb: Annotated[int, Field(ge=512, le=10_000_000)] = Field(
        1024,
        description="Memory limit of the process that reads a file, MB; by default it stays under"
        " 1.5 GB together with the server. A lower limit of the machine counts.",
    )
    database_memory_mb: Annotated[int, Field(ge=128, le=10_000_000)] = Field(
        2048,
        description="Memory the database may use, MB, from the next start on; TEND_MEMORY_MB wins.",
    )
    door_seconds: Annotated[float, Field(ge=1, le=3600)] = Field(
        30, description="Time limit of a question in SQL of one's own, seconds."
    )
    door_rows: Annotated[int, Field(ge=1, le=10_000_000)] = Field(
        100_000, description="Most rows of its answer; more are left out, and that is said."
    )
    door_memory_mb: Annotated[int, Field(ge=64, le=10_000_000)] = Field(
        512, description="Memory that the question may take, MB."
    )
    file_mb: Megabytes = Field(100, description="Largest file that is read, MB (K11).")
    unpacked_mb: Megabytes = Field(1024, description="Largest unpacked size of a file, MB (K11).")
    csv_rows: Annotated[int, Field(gt=0, le=1_000_000_000)] = Field(
        2_000_000, description="Most rows of a CSV (K11)."
    )
    sheet_columns: Few = Field(1000, description="Most columns of a sheet (K11).")
    sheets: Few = Field(200, description="Most sheets of a file (K11).")

    @model_validator(mode="after")
    def _limits_in_order(self) -> Self:
        pairs = (
            ("nps_neutral_from", "nps_satisfied_from"),
            ("csat_neutral_from", "csat_satisfied_from"),
            ("arr_mid_from", "arr_large_from"),
        )
        for low, high in pairs:
            if getattr(self, low) > getattr(self, high):
                raise ValueError(f"{low} has to be at most {high}")
        if self.usual_load[0] > self.usual_load[1]:
            raise ValueError("usual_load has to begin with the smaller number")
        return self

    def changed(self, key: str, value: object) -> "Settings":
        """Give the settings with one value changed; `a.b` is the part b of the setting a.

        Raises TendError for a bad key or value.
        """
        name, *inside = key.split(".")
        if name not in type(self).model_fields:
            raise TendError("unknown_setting", key=key, known=", ".join(type(self).model_fields))
        values = self.model_dump()
        place: dict[str, object] = values
        for part in (name, *inside)[:-1]:
            found = place.get(part)
            if not isinstance(found, dict):
                raise TendError("bad_setting", key=key, value=value, why=f"{part} has no parts")
            place = found
        place[(name, *inside)[-1]] = value
        return self._checked(values, key, value)

    def with_all(self, changes: Mapping[str, object]) -> "Settings":
        """Give the settings with several values changed at once. Raises TendError for a bad one."""
        known = type(self).model_fields
        if strange := next((key for key in changes if key not in known), None):
            raise TendError("unknown_setting", key=strange, known=", ".join(known))
        return self._checked({**self.model_dump(), **changes}, ", ".join(changes), None)

    def _checked(self, values: Mapping[str, object], key: str, value: object) -> "Settings":
        try:
            return type(self).model_validate(values)
        except ValidationError as error:
            first = error.errors()[0]
            name = str(first["loc"][0]) if first["loc"] else key
            said = first["input"] if value is None and first["loc"] else value
            raise TendError("bad_setting", key=name, value=said, why=first["msg"]) from error
