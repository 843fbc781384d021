"""What the Border page is asked."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from crossings.models.models import Models
from crossings.models.queue.presets import calibrated, halls
from crossings.models.queue.report import question_json
from crossings.questions.base import Question, asked

PER_CENT = {
    "precleared": "precleared_share",
    "gate-partner": "gate_share_partner",
    "gate-other": "gate_share_other",
    "use": "dedicated_use",
    "kiosk": "kiosk_share",
}
COUNTS = {
    "desks": "desks",
    "lane": "dedicated_desks",
    "gates": "gates",
    "desk-seconds": "desk_seconds",
    "gate-seconds": "gate_seconds",
}
MINUTES_AN_HOUR = 60


@dataclass(frozen=True)
class BorderQuestion(Question):
    """Which arrival hall, and how it is set; settings: the hall's file (JSON). changed: whether that differs."""

    page: ClassVar[str] = "border"
    hall: str
    settings: str = asked(linked=False)
    changed: bool = False

    def linked_state(self) -> dict[str, str]:
        """Return the hall and every control that differs from the hall as it is; flights of one's own are left out."""
        return {"hall": self.hall, **(self._controls() if self.changed else {})}

    def _controls(self) -> dict[str, str]:
        file: dict[str, Any] = json.loads(self.settings)
        usual = control_values(calibrated(self.hall).settings.as_json())
        now = control_values(file["settings"]) | {"growth": f"{file.get('growth_percent', 0):g}"}
        at_gates = set() if now["gates"] == "0" else {"gate-partner", "gate-other"}
        return {name: text for name, text in now.items() if name in at_gates or text != usual.get(name, "0")}

    @property
    def own_flights(self) -> bool:
        """Whether the flights are the reader's own, which no link holds."""
        return "flights" in json.loads(self.settings)


def control_values(settings: dict[str, Any]) -> dict[str, str]:
    """Return the value of each control, as its address writes it, from a hall's settings as plain values."""
    whole = {name: round(float(settings[field])) for name, field in COUNTS.items()}
    shares = {name: round(100 * float(settings[field])) for name, field in PER_CENT.items()}
    opens, closes = (
        round(float(settings[field]) / MINUTES_AN_HOUR) for field in ("dedicated_from", "dedicated_to")
    )
    return {name: str(value) for name, value in (whole | shares).items()} | {"hours": f"{opens}-{closes}"}


def examples(_models: Models) -> Iterator[BorderQuestion]:
    """Yield questions that together show what the page can say."""
    for hall in halls():
        settings = hall.lane_settings or calibrated(hall.key).settings
        yield BorderQuestion(
            hall.key, question_json(hall.key, settings, None), hall.lane_settings is not None
        )
