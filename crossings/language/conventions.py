"""Conventions of each language as data: units of large counts, marks, month forms, fonts of office documents."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

RECORDS = Path(__file__).with_name("conventions.toml")
MILLION = 1_000_000


@dataclass(frozen=True)
class Conventions:
    """One language's conventions; the fields are explained in conventions.toml."""

    name: str
    person: str
    year: str
    span: str
    listing: str
    clauses: str
    titles: str
    pair: str
    conjunction: bool
    sentence_gap: str
    brackets: str
    label: str
    large_unit: int
    large_word: str
    large_persons: str
    month: str
    month_short: str
    month_name: str
    month_compact: str
    day: str
    day_of_year: str
    months_of_year: str
    tag: str
    region: str
    country: str
    lcid: int
    office_font: str
    east_asian_font: str
    hangul_font: str
    report_day: str
    marks: tuple[str, ...]
    head_row: bool
    title_box: bool
    lead_box: bool
    purpose: bool
    levels: tuple[str, ...]
    section_boxes: bool
    line_spacing: float
    page_dashes: bool
    heading_fonts: tuple[str, ...]
    text_fonts: tuple[str, ...]

    @property
    def by_myriads(self) -> bool:
        """Whether large counts are written in ten thousands and not in millions."""
        return self.large_unit < MILLION


@lru_cache(maxsize=1)
def conventions() -> Mapping[str, Conventions]:
    """Return the conventions of every language by its code, in the order of the language switch."""
    records = tomllib.loads(RECORDS.read_text("utf-8"))
    return MappingProxyType(
        {
            code: Conventions(**{name: _held(value) for name, value in record.items()})
            for code, record in records.items()
        }
    )


def _held(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
