"""The European Central Bank's rates: means by month, and files that cannot be right."""

import io
import zipfile

import pytest

from etl.errors import LayoutChanged, WorkbookUnreadable
from etl.sources import ecb


def zipped(text: str, name: str = "eurofxref-hist.csv") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(name, text)
    return out.getvalue()


RATES = (
    "Date,USD,JPY,KRW,\n2026-10-30,1.1,160,1440,\n2026-10-29,1.1,160,1600,\n2026-10-28,1.1,N/A,1600,\n"
    "2026-09-30,1.1,160,N/A,\n2026-09-29,1.1,150,1500,\n"
)


def test_mean_over_days_with_both_rates() -> None:
    months = ecb.parse(zipped(RATES), name="rates.zip").set_index("month")
    assert months.loc["2026-10", "krw_per_jpy"] == "9.5000"
    assert months.loc["2026-10", "days"] == 2
    assert months.loc["2026-09", "krw_per_jpy"] == "10.0000"


def test_a_month_is_complete_with_its_last_working_day() -> None:
    assert ecb.parse(zipped(RATES), name="r")["complete"].tolist() == ["yes", "yes"]
    running = RATES.replace("2026-10-30", "2026-10-27")
    assert ecb.parse(zipped(running), name="r").set_index("month").loc["2026-10", "complete"] == "no"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Date,USD,JPY\n2026-10-30,1,160\n", "has no column"),
        ("Date,JPY,KRW\n2026-10-30,160,1440000\n", "2026-10-30"),
        ("Date,JPY,KRW\n2026-10-30,160,abc\n", "abc"),
        ("Date,JPY,KRW\nyesterday,160,1440\n", "yesterday"),
        ("Date,JPY,KRW\n2026-10-30,N/A,1440\n", "no day"),
    ],
)
def test_tables_that_cannot_be_right(text: str, said: str) -> None:
    with pytest.raises(LayoutChanged, match=said):
        ecb.parse(zipped(text), name="rates.zip")


@pytest.mark.parametrize("content", [b"<html>", zipped(RATES)[:90], zipped(RATES, "readme.txt")])
def test_other_files(content: bytes) -> None:
    with pytest.raises(WorkbookUnreadable, match=r"rates\.zip"):
        ecb.parse(content, name="rates.zip")
