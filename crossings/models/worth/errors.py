"""Faults of a question about worth that its user can put right."""

from crossings.errors import CrossingsError


class BaseYearMissing(CrossingsError):
    """The base year has no full set of published months."""


class InputsUnreadable(CrossingsError):
    """A file of inputs or quantities is no JSON object of the documented form."""


class InputWrong(CrossingsError):
    """An input is unknown, missing or outside its range."""


class AirportUnknown(CrossingsError):
    """No airport of the table has this code."""
