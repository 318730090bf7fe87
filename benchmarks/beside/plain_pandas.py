"""The charts of Renewals as a good analyst writes them: pandas, Altair, and what is read is kept.

    PLAIN_FILES=FOLDER streamlit run benchmarks/beside/plain_pandas.py

It reads the two files that Tend imported. Files, renewals and answers asked before are cached. The
rules are Tend's where a page of this length has room for them: see docs/performance.md.
"""

import os
import sys
from pathlib import Path

import altair as alt
import pandas as pd
import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[2]))
from benchmarks.beside import plain_renewals as renewals

FILES = Path(os.environ["PLAIN_FILES"])
FILTERS = ("industry", "size", "region", "department", "tier", "csm", "contract_type", "product")
RATE = alt.Axis(format="%")


@st.cache_data
def loaded(folder: Path, as_of: pd.Timestamp) -> pd.DataFrame:
    """Read the files and follow each contract to its end."""
    return renewals.outcomes(*renewals.read(folder), as_of)


@st.cache_data(max_entries=200)
def answered(folder: Path, as_of: pd.Timestamp, **chosen: list[str]) -> renewals.Figures:
    """Compute what the charts show of what is chosen."""
    found = loaded(folder, as_of)
    for column, values in chosen.items():
        if values:
            found = found[found[column].isin(values)]
    return renewals.figures(found, as_of)


def lines(data: pd.DataFrame, x: str, y: str, color: str, height: int = 270) -> alt.Chart:
    """Draw one line for each series."""
    drawn: alt.Chart = (
        alt.Chart(data, height=height)
        .mark_line(point=True)
        .encode(
            x=alt.X(f"{x}:O", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y(f"{y}:Q", title=None, axis=RATE, scale=alt.Scale(zero=False)),
            color=alt.Color(f"{color}:N", title=None),
            tooltip=list(data.columns),
        )
    )
    return drawn


def dots(data: pd.DataFrame) -> alt.LayerChart:
    """Draw the rate of each segment with its interval."""
    base = alt.Chart(data, height=270).encode(y=alt.Y("segment:N", title=None, sort="-x"))
    interval = base.mark_rule().encode(x=alt.X("low:Q", title=None, axis=RATE), x2="high:Q")
    point = base.mark_point(filled=True, size=70)
    drawn: alt.LayerChart = interval + point.encode(x="rate:Q", tooltip=list(data.columns))
    return drawn


def bars(data: pd.DataFrame) -> alt.Chart:
    """Draw the ARR that falls due by month and outcome."""
    drawn: alt.Chart = (
        alt.Chart(data, height=270)
        .mark_bar()
        .encode(
            x=alt.X("month:O", title=None),
            y=alt.Y("arr:Q", title=None),
            color=alt.Color("outcome:N", title=None),
            tooltip=list(data.columns),
        )
    )
    return drawn


st.set_page_config("Renewals", layout="wide")
as_of = pd.Timestamp.today().normalize()
everything = loaded(FILES, as_of)
with st.popover("Filters", key="filters"):
    chosen = {
        one: st.multiselect(
            one.title(), sorted(everything[one].dropna().unique()), key=f"filter-{one}"
        )
        for one in FILTERS
    }
found = answered(FILES, as_of, **chosen)
st.title("Renewals")
for place, (name, rate) in zip(
    st.columns(len(found.headline)), found.headline.items(), strict=True
):
    place.metric(name, f"{rate:.1%}")
left, right = st.columns(2)
left.altair_chart(lines(found.by_period, "quarter", "rate", "measure"))
right.altair_chart(dots(found.by_segment))
st.dataframe(found.due, hide_index=True)
left, right = st.columns(2)
left.altair_chart(lines(found.cohorts, "months_after", "renewed_share", "quarter", 300))
right.altair_chart(lines(found.retention, "month", "rate", "measure", 300))
st.altair_chart(bars(found.due_by_month))
