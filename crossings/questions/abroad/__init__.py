"""One question of the app: its figures, charts and sentences."""

from crossings.errors import N_
from crossings.questions.base.page import Page

PAGE = Page(
    "abroad",
    N_("Nationals abroad"),
    N_("How many nationals stay in third countries and in the other country?"),
    "AbroadQuestion",
    place=80,
)
