"""What can go wrong between a publisher and the published tables; each fault says what to do."""

from crossings.errors import CrossingsError


class InputsMissing(CrossingsError):
    """The folder of inputs, or a file in it, is not there."""


class WorkbookUnreadable(CrossingsError):
    """A file is not the workbook it should be: another kind of file, cut short, or unsafe to open."""


class LayoutChanged(CrossingsError):
    """A workbook opens but does not hold what its publisher's layout promises."""


class PublishFailed(CrossingsError):
    """The new tables could not be put in place; the old ones stand."""


class CheckFailed(CrossingsError):
    """The new tables did not pass the checks; the old ones stand."""


class Busy(CrossingsError):
    """Another run is writing the same tables."""


class KeyRefused(CrossingsError):
    """The service does not take the key."""


class QuotaUsedUp(CrossingsError):
    """The service has answered as often as it does in a day."""


class AnswerChanged(CrossingsError):
    """The service answered, but not in a form that is known."""


class RatesShrunk(CrossingsError):
    """The new rates lack months or differ too far from those here."""
