"""Values as golden files hold them: plain, rounded, and long ones as a digest with counts and a few examples."""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

DIGITS = 6
NOISE_DIGITS = 12
LINE_LENGTH = 150
MOST_CELLS = 120
MOST_OPTIONS = 14
EXAMPLES = 3


def number(value: float) -> float | int | None:
    """Return a number to six significant digits; whole numbers stay exact, missing ones are None."""
    if not math.isfinite(value):
        return None
    steady = float(f"{value:.{NOISE_DIGITS}g}")
    if steady.is_integer() and abs(steady) < 1e15:
        return int(steady)
    return float(f"{steady:.{DIGITS}g}")


def plain(item: Any) -> Any:
    """Return anything as values of JSON, numbers rounded."""
    if item is None or isinstance(item, bool | str):
        return item if not isinstance(item, str) else str(item)
    if isinstance(item, Mapping):
        return {str(key): plain(value) for key, value in item.items()}
    if isinstance(item, list | tuple):
        return [plain(value) for value in item]
    if isinstance(item, date):
        return item.isoformat()
    try:
        return number(float(item))
    except (TypeError, ValueError):
        return str(item)


def digest(item: Any) -> str:
    """Return sixteen hexadecimal digits that change when a plain value changes."""
    said = json.dumps(item, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def listed(items: Sequence[Any]) -> Any:
    """Return a list, a long one as its length, digest, first and last items."""
    if len(items) <= MOST_OPTIONS:
        return plain(items)
    whole = plain(items)
    return {"count": len(whole), "digest": digest(whole), "first": whole[:EXAMPLES], "last": whole[-1]}


def column(values: Sequence[Any]) -> dict[str, Any]:
    """Return what a long column holds: range and sum of numbers, count and examples of other values."""
    known = [value for value in values if value is not None]
    numbers = [value for value in known if isinstance(value, int | float) and not isinstance(value, bool)]
    if numbers and len(numbers) == len(known):
        sums = {"min": min(numbers), "max": max(numbers), "sum": number(math.fsum(numbers))}
        return sums | {"count": len(numbers)}
    distinct = sorted({json.dumps(value, ensure_ascii=False) for value in values})
    return {"distinct": len(distinct), "first": [json.loads(value) for value in distinct[:EXAMPLES]]}


def rows(names: Sequence[str], cells: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """Return rows of plain values; many rows as count, digest, first and last row, and what each column holds."""
    if len(names) * len(cells) <= MOST_CELLS:
        return {"columns": list(names), "rows": [list(row) for row in cells]}
    columns = [[row[place] for row in cells] for place in range(len(names))]
    return {
        "columns": list(names),
        "count": len(cells),
        "digest": digest([list(row) for row in cells]),
        "first": list(cells[0]),
        "last": list(cells[-1]),
        "held": [column(values) for values in columns],
    }


def written(item: Any, indent: int = 0) -> str:
    """Return plain values as JSON with sorted keys, whatever fits on a line on one line."""
    short = json.dumps(item, ensure_ascii=False, sort_keys=True)
    if len(short) + indent <= LINE_LENGTH or not isinstance(item, dict | list):
        return short
    pad = " " * (indent + 1)
    if isinstance(item, dict):
        parts = [
            f"{json.dumps(key, ensure_ascii=False)}: {written(item[key], indent + 1)}" for key in sorted(item)
        ]
        return "{\n" + ",\n".join(pad + part for part in parts) + "\n" + " " * indent + "}"
    parts = [written(value, indent + 1) for value in item]
    return "[\n" + ",\n".join(pad + part for part in parts) + "\n" + " " * indent + "]"
