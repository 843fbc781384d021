"""What the Worth page is asked."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from crossings.models.models import Models
from crossings.models.scenario.levers import PriorSet
from crossings.models.scenario.settings import from_preset, settings_from_json
from crossings.models.worth.drivers import Row
from crossings.models.worth.parameters import Country
from crossings.questions.lever_question import LeverQuestion

Discount = Literal["home", "2", "1"]
Aim = Literal["everywhere", "KOR", "JPN"]
BASE_YEAR, FIRST_YEAR, FIRST_HALL = 2025, 2027, "haneda-t3"

EXAMPLES: tuple[Mapping[str, object], ...] = (
    {"visa": {"value": 1, "directions": ["KOR-JPN"]}, "lanes": 1, "paperless": 1, "departure-tax": 1000},
    {"e-gates": {"value": 1, "parts": {"coverage": 1}}, "departure-tax": 1000},
    {"paperless": 1},
)


@dataclass(frozen=True, kw_only=True)
class WorthQuestion(LeverQuestion):
    """What a scenario is worth and what it costs.

    base_year: whose trips are the base. first_year: of the five years. won: won per yen, the
    scenario's median where empty. discount: each country's own rate, or one in per cent for both. row: whose
    drivers are shown.
    quantities: typed for both countries as JSON, the levers' defaults where empty. aim: the country whose airports
    of arrival `airports` (codes joined by commas) the measures are aimed at. shares: typed shares of airports as
    JSON by country. hall, desks_added, lane_desks, hall_hours: a change of one arrival hall and its hours a day.
    """

    page: ClassVar[str] = "worth"
    priors: PriorSet = "evidence"
    base_year: int = BASE_YEAR
    first_year: int = FIRST_YEAR
    won: str = ""
    discount: Discount = "home"
    row: Row = "surplus"
    quantities: str = ""
    aim: Aim = "everywhere"
    airports: str = ""
    shares: str = ""
    hall: str = FIRST_HALL
    desks_added: int = 2
    lane_desks: int = 0
    hall_hours: int = 24

    @property
    def aimed_at(self) -> tuple[Country, tuple[str, ...]] | None:
        """The country and the airports that the measures are aimed at; None where they act everywhere."""
        codes = tuple(code for code in self.airports.split(",") if code)
        return None if self.aim == "everywhere" or not codes else (self.aim, codes)


def examples(_models: Models) -> Iterator[WorthQuestion]:
    """Yield questions that together show what the page can say."""
    for preset in ("full-package", "jesta-departure-tax"):
        yield WorthQuestion(settings=from_preset(preset), aim="JPN", airports="HND,NRT")
    yield WorthQuestion(settings=from_preset("full-package"))
    yield WorthQuestion(settings=from_preset("travel-authorisation"), base_year=2021)
    for levers in EXAMPLES:
        yield WorthQuestion(settings=settings_from_json(json.dumps({"levers": levers})), desks_added=-2)
