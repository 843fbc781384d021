"""Named faults of a question about the past, each with what to do about it."""

from crossings.errors import CrossingsError


class HistoryQuestionError(CrossingsError):
    """A question about the past that the figures cannot answer."""


class NoSuchEvent(HistoryQuestionError):
    """No event of that name is on record."""


class EventOutside(HistoryQuestionError):
    """The event's months lie outside the figures, or so near their start that nothing precedes them."""


class MonthsMasked(HistoryQuestionError):
    """The event's months lie in the closed borders of the pandemic."""


class TooFewMonths(HistoryQuestionError):
    """The series is too short for an estimate."""


class FitFailed(HistoryQuestionError):
    """The model could not be fitted, so there is no figure."""


class YearOutside(HistoryQuestionError):
    """A year for which the change cannot be split into its parts."""


class MonthOutside(HistoryQuestionError):
    """A month that cannot be compared with the same month a year earlier."""


class NoPlacebos(HistoryQuestionError):
    """No other month and no other origin can stand in for an event."""
