"""Golden files written, read and compared, with differences in words a person can read."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.golden.reduced import written

FOLDER = Path(__file__).resolve().parent / "expected"
TOLERANCE = 1.01e-5
MOST = 60
LONGEST = 160
UNORDERED = ("headings", "text", "metrics", "controls", "other", "answer")
LEFT_OUT = ("order",)


def path_of(name: str) -> Path:
    """Return the golden file of a name such as "pages/milestone.ko"."""
    return FOLDER / f"{name}.json"


def write(name: str, found: Any) -> None:
    """Replace a golden file."""
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(found) + "\n", encoding="utf-8")


def differences(name: str, found: Any) -> list[str]:
    """Return how what was found differs from the golden file, a line a difference."""
    path = path_of(name)
    if not path.is_file():
        return [f"{name}: there is no golden file; `python -m tests.golden write` makes it"]
    before = json.loads(path.read_text(encoding="utf-8"))
    return list(changes(before, json.loads(json.dumps(found)), name.replace("/", " · ")))


def report(lines: list[str]) -> str:
    """Return differences as a text, the first of many."""
    rest = [f"… and {len(lines) - MOST} more"] if len(lines) > MOST else []
    return "\n".join([f"{len(lines)} differences (before → after):", *lines[:MOST], *rest])


def changes(before: Any, after: Any, place: str) -> Iterator[str]:
    """Return the differences between two plain values."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted(set(before) | set(after)):
            yield from _of_key(before, after, key, place)
    elif isinstance(before, list) and isinstance(after, list):
        if len(before) != len(after):
            yield f"{place}: {len(before)} → {len(after)} entries: {shortened(before)} → {shortened(after)}"
            return
        for number, (old, new) in enumerate(zip(before, after, strict=True), 1):
            yield from changes(old, new, f"{place} · {number}")
    elif not _alike(before, after):
        yield f"{place}: {shortened(before)} → {shortened(after)}"


def _of_key(before: dict[str, Any], after: dict[str, Any], key: str, place: str) -> Iterator[str]:
    here = f"{place} · {key}"
    if key in LEFT_OUT:
        return
    if key not in after:
        yield f"{here}: gone: {shortened(before[key])}"
    elif key not in before:
        yield f"{here}: new: {shortened(after[key])}"
    elif key in UNORDERED and isinstance(before[key], list) and isinstance(after[key], list):
        yield from _unordered(before[key], after[key], here)
    else:
        yield from changes(before[key], after[key], here)


def _unordered(before: list[Any], after: list[Any], place: str) -> Iterator[str]:
    """Return entries that are gone or new, in whatever order they stand."""
    left = list(after)
    for old in before:
        same = next((number for number, new in enumerate(left) if not list(changes(old, new, ""))), None)
        if same is None:
            yield f"{place}: gone: {shortened(old)}"
        else:
            del left[same]
    for new in left:
        yield f"{place}: new: {shortened(new)}"


def _alike(before: Any, after: Any) -> bool:
    numbers = all(isinstance(item, int | float) and not isinstance(item, bool) for item in (before, after))
    if not numbers:
        return type(before) is type(after) and bool(before == after)
    whole = isinstance(before, int) and isinstance(after, int)
    return bool(
        before == after or (not whole and abs(before - after) <= TOLERANCE * max(abs(before), abs(after)))
    )


def shortened(item: Any) -> str:
    """Return a plain value as a text of at most LONGEST letters."""
    text = json.dumps(item, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text)} letters)"
