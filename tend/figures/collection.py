"""All figures of the pages, by their names.

Their texts are found by room and name: `figures.NAME.title`, `.unit`, `.click`,
`.definition`, `.empty`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from tend.figures.customers import figures as customers
from tend.figures.figure import Figure
from tend.figures.forecast import figures as forecast
from tend.figures.health import figures as health
from tend.figures.renewals import figures as renewals
from tend.figures.service import figures as service
from tend.figures.value import figures as value
from tend.figures.week import figures as week

_ALL = (
    *(*renewals.ALL, *forecast.ALL, *health.ALL, *service.ALL, *value.ALL),
    *(*week.ALL, *customers.ALL),
)
FIGURES: Mapping[str, Figure] = MappingProxyType({figure.name: figure for figure in _ALL})
