"""What a sheet lacks of its data set: columns that rows need and no header gives."""

from collections.abc import Collection

from tend.language import format, text
from tend.schema import DATASETS


def columns(dataset: str, used: Collection[str]) -> list[tuple[str, ...]]:
    """Name what is needed and not there; of several columns one is enough."""
    wanted = DATASETS[dataset]
    there = {*used}
    if any(name.startswith("measure:") for name in there) or there & {*wanted.measures}:
        there |= {"measure", "value"}
    needed = [(name,) for name in wanted.needed]
    groups = [wanted.named_by, *needed, *([wanted.one_of] if wanted.one_of else [])]
    return [group for group in groups if not there & set(group)]


def labels(dataset: str, used: Collection[str], language: str) -> tuple[str, ...]:
    """Say in words what is needed and not there."""
    own = DATASETS[dataset].columns
    said = []
    for group in columns(dataset, used):
        names = format.listed([own[name].label[language] for name in group], language)
        said.append(
            names if len(group) == 1 else text.say("intake.one_of", language, columns=names)
        )
    return tuple(said)
