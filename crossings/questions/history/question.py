"""What the History page is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from crossings.models.events.interventions import Intervention, Shape, interventions
from crossings.models.events.marks import CATEGORIES, Mark
from crossings.models.models import Models
from crossings.questions.base import Question, asked, unreadable
from crossings.questions.base.question import FIRST_YEAR, LAST_YEAR
from crossings.questions.history.sentences import OWN_MONTHS
from crossings.tables.flows import DIRECTIONS, Flow

RAMP_MONTHS = 6


@dataclass(frozen=True)
class HistoryQuestion(Question):
    """What an event did to a flow, and which marks the timeline shows.

    event: key of an event on record, or OWN_MONTHS with own_first, own_last (months) and own_shape. kinds:
    categories of marks joined by "-". since: first year shown. chosen: key of the chosen mark. year_from,
    year_to: the two years that are compared. month: whose calendar is asked for, the last one where left out.
    """

    page: ClassVar[str] = "history"
    flow: Flow
    event: str
    kinds: str = "-".join(CATEGORIES)
    since: int = 2005
    own_first: pd.Period | None = None
    own_last: pd.Period | None = None
    own_shape: Shape | None = None
    chosen: str | None = None
    year_from: int | None = None
    year_to: int | None = None
    month: pd.Period | None = asked(key="history_month", default=None)

    @property
    def categories(self) -> list[str]:
        """The categories of marks shown; all where none is named."""
        named = self.kinds.split("-")
        return [name for name in CATEGORIES if name in named] or list(CATEGORIES)

    @property
    def first_month(self) -> pd.Period:
        """The first month of the timeline. Raises QuestionUnreadable where its year is none of ours."""
        if not FIRST_YEAR <= self.since <= LAST_YEAR:
            raise unreadable("since")
        return pd.Period(f"{self.since}-01", "M")

    def intervention(self) -> Intervention:
        """Return the event asked about. Raises QuestionUnreadable."""
        if self.event == OWN_MONTHS:
            return self._own_months()
        for event in interventions():
            if event.key == self.event:
                return event
        raise unreadable("event")

    def _own_months(self) -> Intervention:
        if self.own_first is None or self.own_last is None or self.own_shape is None:
            raise unreadable("own_first")
        first, last = sorted((self.own_first, self.own_last))
        return own_months(first, last, self.own_shape)


def event_of(mark: Mark) -> Intervention | None:
    """Return the event on record that a mark of the timeline stands for, None where there is none."""
    return next((event for event in interventions() if str(mark.day) in event.marks), None)


def own_months(first: pd.Period, last: pd.Period, shape: Shape) -> Intervention:
    """Return an event of the reader's own from its months and its shape."""
    return Intervention(
        key=OWN_MONTHS,
        title="",
        category="policy",
        first=first,
        last=last,
        shape=shape,
        flows=tuple(Flow),
        ramp_months=RAMP_MONTHS,
    )


def examples(_models: Models) -> Iterator[HistoryQuestion]:
    """Yield questions that together show what the page can say."""
    koreans, japanese = DIRECTIONS
    month = pd.Period("2025-02", "M")
    for flow, event in (
        (koreans, "boycott-2019"),
        (japanese, "mers-2015"),
        (koreans, "lanes-2025"),
        (koreans, "earthquake-2011"),
    ):
        yield HistoryQuestion(flow, event, year_from=2018, year_to=2025, month=month)
