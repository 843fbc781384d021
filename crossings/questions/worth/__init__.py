"""What a measure is worth, and what it costs, in both countries' books."""

from crossings.errors import N_
from crossings.questions.base.page import Page

PAGE = Page(
    "worth",
    N_("Benefits and costs"),
    N_("What would simpler procedures be worth to each country, and what would they cost?"),
    "WorthQuestion",
    place=60,
)
