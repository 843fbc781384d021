"""What a scenario is worth and what it costs, a year, in Korea's and Japan's books."""

from crossings.models.worth.formulas import WORTH_VERSION
from crossings.models.worth.model import Worth, worth

__all__ = ["WORTH_VERSION", "Worth", "worth"]
