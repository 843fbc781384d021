"""A small set of published tables in the shape of the real ones, quick to refresh."""

import io
import zipfile
from functools import lru_cache
from pathlib import Path

import pandas as pd

from etl.build import files
from etl.sources import ecb, jnto
from etl.tables import TABLES, from_bytes
from tests.etl import workbooks

DATA = Path(__file__).resolve().parents[2] / "data"
FIRST = 2024
LAST = "2026-08"


def korea_count(month: str, origin: str) -> int:
    """Return made-up arrivals in Korea; the total is the sum of the nationalities with the overseas Koreans."""
    base = {"JPN": 200_000, "CHN": 300_000, "USA": 90_000, "교포": 10_000}
    if origin == "TOTAL":
        return sum(korea_count(month, one) for one in base)
    return base[origin] + int(month[:4]) * 3 + int(month[5:]) * 11


def before() -> bytes:
    """Return the workbook the small tables are made from: to August 2026, July and August estimates."""
    return workbooks.jnto(FIRST, 2026, months=8, estimates=2)


def after(*, edit: workbooks.Edit | None = None) -> bytes:
    """Return the next workbook: September is new, July no estimate any more."""
    return workbooks.jnto(FIRST, 2026, months=9, estimates=2, edit=edit)


@lru_cache
def korea_book(last: str = "2026-09") -> bytes:
    """Return KTO's workbook of every month to the last one."""
    names = {"전체": "TOTAL", "일본": "JPN", "중국": "CHN", "미국": "USA"}
    return workbooks.kto_wide(
        {
            f"{month.year}.{month.month}월": {
                name: korea_count(str(month), origin) for name, origin in names.items()
            }
            for month in pd.period_range(f"{FIRST}-01", last, freq="M")
        }
    )


@lru_cache
def rates(last: str = "2026-10-30", *, yen: float = 160) -> bytes:
    days = pd.bdate_range("2024-01-01", last)[::-1]
    text = "Date,JPY,KRW,\n" + "".join(f"{day:%Y-%m-%d},{yen},{1400 + day.month},\n" for day in days)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("eurofxref-hist.csv", text)
    return out.getvalue()


def tables() -> dict[str, pd.DataFrame]:
    frames = {name: from_bytes((DATA / f"{name}.csv").read_bytes()) for name in TABLES}
    japan = jnto.parse(before(), name="before.xlsx").rows.assign(source="jnto202609v")
    months = pd.period_range(f"{FIRST}-01", LAST, freq="M").astype(str)
    korea = pd.DataFrame(
        [
            (month, origin, "KOR", korea_count(month, origin), "provisional", "edrcnt_api")
            for month in months
            for origin in ("JPN", "CHN", "USA", "TOTAL")
        ],
        columns=TABLES["visitors"].columns,
    )
    year = japan[(japan["origin"] == "KOR") & japan["month"].str.startswith("2024")]["visitors"].sum()
    total = ["2024-01", "2024-12", "KOR", "JPN", str(year), "2026-09-16", "jnto_annual"]
    return {
        **frames,
        "visitors": pd.concat([japan, korea]).astype(str),
        "vintages": frames["vintages"].head(0),
        "ages": frames["ages"].tail(20),
        "published_totals": pd.DataFrame([total], columns=TABLES["published_totals"].columns),
        "exchange_rates": ecb.parse(rates("2026-09-30"), name="rates.zip").astype(str),
    }


def place(folder: Path) -> Path:
    """Write the small tables into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files(tables()).items():
        (folder / name).write_bytes(content)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def put_back(folder: Path, files: dict[str, bytes]) -> None:
    """Give a folder its files again and forget what the last refresh noted."""
    for path in (folder.parent / "own").glob("seen.*"):
        path.unlink()
    for name, content in files.items():
        if (folder / name).read_bytes() != content:
            (folder / name).write_bytes(content)
