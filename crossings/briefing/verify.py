"""Whether a saved briefing still says what was written, and whether today's figures give its numbers."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from crossings.briefing.compose import made, values
from crossings.briefing.draft import MOST_ITEMS, item_of
from crossings.errors import CrossingsError
from crossings.export import reading, trace
from crossings.export.reading import Edit, Piece
from crossings.language import LANGUAGES, Language
from crossings.models.forecast import MODEL_VERSION
from crossings.models.models import Models
from crossings.plain_text import shown
from crossings.questions.registry import page_name

TOLERANCE = 1e-6
Numbers = Sequence[Sequence[float | None]]


@dataclass(frozen=True)
class Checked:
    """One figure of a saved briefing. same: every number agrees. largest_change: as a share, None where not comparable.

    fault: why it could not be made today, in the reader's language.
    """

    page: str
    title: str
    same: bool
    numbers: int
    changed: int
    largest_change: float | None
    fault: str | None = None


@dataclass(frozen=True)
class Verified:
    """What a saved briefing rested on, what there is today, and how its figures compare.

    edits: what a reader reads otherwise than it was written; None where the file's version kept no such record.
    """

    made: str
    data_month: str
    data_version: str
    model_version: str
    data_month_now: str
    data_version_now: str
    model_version_now: str
    figures: tuple[Checked, ...]
    edits: tuple[Edit, ...] | None = None

    @property
    def context(self) -> dict[str, str]:
        """Data month, data version and model version as saved and as of today, for the verdict's sentence."""
        return {
            "month": self.data_month,
            "month_now": self.data_month_now,
            "data": self.data_version,
            "data_now": self.data_version_now,
            "model": self.model_version,
            "model_now": self.model_version_now,
        }

    @property
    def same(self) -> bool:
        """Whether every number of every figure is the same today."""
        return all(one.same for one in self.figures)

    @property
    def edited(self) -> bool:
        """Whether a reader reads something else than was written."""
        return bool(self.edits)


def verify(
    data: bytes, models: Models, reader: Language, *, tell: Callable[[float], None] = lambda share: None
) -> Verified:
    """Compare what a reader reads in a saved briefing with what was written, and its numbers with today's.

    Numbers agree to one part in a million. tell: is told how far the check is, from 0 to 1.
    Raises TraceAbsent, MissingPackage.
    """
    record = json.loads(trace.read(data))
    if not isinstance(record, dict) or not isinstance(record.get("items"), list):
        raise trace.absent()
    if len(record["items"]) > MOST_ITEMS:
        raise trace.absent()
    code = record.get("language")
    language = Language(code if code in list(LANGUAGES) else "en")
    published, rows = models.published, record["items"]
    figures = list[Checked]()
    for place, row in enumerate(rows):
        tell(place / len(rows))
        figures.append(_checked(row, models, language, reader))
    return Verified(
        made=str(record.get("made", "")),
        data_month=str(record.get("data_month", "")),
        data_version=str(record.get("data_version", "")),
        model_version=str(record.get("model_version", "")),
        data_month_now=str(published.last_month),
        data_version_now=published.digest,
        model_version_now=MODEL_VERSION,
        figures=tuple(figures),
        edits=_edits(record, data),
    )


def _edits(record: dict[str, Any], data: bytes) -> tuple[Edit, ...] | None:
    """Return how a file differs from the record of its words, numbers and pictures."""
    written, version = record.get("reading"), record.get("reading_version", 1)
    if not isinstance(written, list):
        return None
    try:
        before = [Piece(*map(str, row)) for row in written]
        return tuple(reading.edits(before, reading.pieces(data), version=int(version)))
    except CrossingsError:
        raise
    except Exception:  # whatever a damaged file makes its reader raise
        raise trace.absent() from None


def _checked(row: Any, models: Models, language: Language, reader: Language) -> Checked:
    if not isinstance(row, dict):
        raise trace.absent()
    before = row.get("values")
    before = before if isinstance(before, list) else []
    if not all(isinstance(column, list) for column in before):
        raise trace.absent()
    count = sum(map(len, before))
    title = shown(str(row.get("heading") or row.get("figure")))
    try:
        item = item_of(row)
        one = made(item, models, language)
    except CrossingsError as fault:
        return Checked(shown(str(row.get("page"))), title, False, count, count, None, reader.error(fault))
    page = page_name(item.asked.page, reader)
    if one.figure is None:
        said = reader.error(one.fault) if one.fault else None
        return Checked(page, title, False, count, count, None, said)
    changed, largest = compared(before, values(one.figure))
    return Checked(page, title, changed == 0, count, changed, largest)


def compared(before: Numbers, after: Numbers) -> tuple[int, float | None]:
    """Return how many numbers differ, and the largest change as a share; None where the tables' shapes differ."""
    if [len(column) for column in before] != [len(column) for column in after]:
        return max(sum(map(len, before)), sum(map(len, after))), None
    changed, largest = 0, 0.0
    for old, new in ((o, n) for a, b in zip(before, after, strict=True) for o, n in zip(a, b, strict=True)):
        share = _share(old, new)
        changed += share > TOLERANCE
        largest = max(largest, share)
    return changed, largest


def _share(old: float | None, new: float | None) -> float:
    if not isinstance(old, int | float) or new is None:
        return 0.0 if old is new else 1.0
    size = max(abs(old), abs(new))
    return abs(new - old) / size if size else 0.0
