"""One question of the app: its figures, charts and sentences."""

from crossings.errors import N_
from crossings.questions.base.page import Page

PAGE = Page(
    "history",
    N_("Drivers of change"),
    N_("How did events, holidays and the exchange rate change visitor numbers?"),
    "HistoryQuestion",
    place=20,
)
