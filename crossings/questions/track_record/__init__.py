"""One question of the app: its figures, charts and sentences."""

from crossings.errors import N_
from crossings.questions.base.page import Page

PAGE = Page(
    "track_record",
    N_("Forecast accuracy"),
    N_("How accurate would such forecasts have been in the past?"),
    "TrackRecordQuestion",
    place=40,
)
