"""The committed tables with one month more, in the publishers' own forms: what a real refresh meets."""

import io
import shutil
import zipfile
from functools import lru_cache
from pathlib import Path

import pandas as pd

from etl.nations import KTO
from tests.etl import server, workbooks
from tests.etl.server import Reply, Request, gives, gives_json

DATA = Path(__file__).resolve().parents[2] / "data"
LAST = "2026-08"
NEXT = "2026-09"
REST = "교포"


def place(folder: Path) -> Path:
    """Copy the committed tables."""
    return Path(shutil.copytree(DATA, folder))


@lru_cache(maxsize=1)
def _known() -> dict[tuple[str, str, str], int]:
    rows = pd.read_csv(DATA / "visitors.csv")
    keys = zip(rows["month"], rows["origin"], rows["destination"], strict=True)
    return dict(zip(keys, rows["visitors"].astype(int), strict=True))


def count(month: str, origin: str, destination: str) -> int | None:
    """Return the committed figure; the new month repeats the one before it."""
    return _known().get((LAST if month == NEXT else month, origin, destination))


@lru_cache(maxsize=1)
def jnto_book() -> bytes:
    """Return JNTO's workbook with every sheet since 2003 and the new month."""

    def counts(year: int, month: int, origin: str) -> int | None:
        return count(f"{year}-{month:02d}", origin, "JPN")

    return workbooks.jnto(2003, 2026, months=9, estimates=2, counts=counts)


@lru_cache(maxsize=1)
def _nations() -> dict[str, str]:
    """Return one Korean name of each nationality that was here two years ago."""
    ends = pd.read_csv(DATA / "visitors.csv").query("destination == 'KOR'").groupby("origin")["month"].max()
    running = set(ends[ends >= "2024-08"].index)
    return {origin: name for name, origin in KTO.items() if origin in running - {"TOTAL"}}


def korea(month: str) -> dict[str, int]:
    """Return a month's arrivals in Korea by Korean name; nationalities without a figure repeat their last."""
    counts = {}
    for origin, name in _nations().items():
        here = count(month, origin, "KOR")
        counts[name] = here if here is not None else (count("2025-05", origin, "KOR") or 0) // 2
    return {**counts, REST: (count(month, "TOTAL", "KOR") or 0) - sum(counts.values())}


def kto_book(month: str = NEXT) -> bytes:
    """Return KTO's workbook of the new month with every nationality."""

    def edit(book: workbooks.Book) -> None:
        sheet = book.worksheets[0]
        sheet.delete_rows(3, 40)
        for name, visitors in [*korea(month).items(), ("계", sum(korea(month).values()))]:
            sheet.append([name, visitors, 0, 0, 0, 0, visitors, 1, 1, 1])

    return workbooks.kto_monthly(int(month[:4]), int(month[5:]), edit=edit)


def kto_service(request: Request) -> None:
    """Answer as the gateway does, in pages of at most the rows asked for."""
    month = f"{request.query['YM'][:4]}-{request.query['YM'][4:]}"
    japan = request.query.get("NAT_CD") == "130"
    counts = korea(month) if month <= NEXT else {}
    rows = [
        {
            "ed": "방한외래관광객",
            "edCd": "E",
            "natCd": "130" if name == "일본" else "999",
            "natKorNm": " ".join(name),
            "num": visitors,
            "ym": int(month.replace("-", "")),
        }
        for name, visitors in counts.items()
        if not japan or name == "일본"
    ]
    size, page = int(request.query["numOfRows"]), int(request.query["pageNo"])
    items = rows[size * (page - 1) : size * page]
    found = {"item": items[0] if len(items) == 1 else items} if items else ""
    header = {"resultCode": "0000", "resultMsg": "OK"}
    body = {"items": found, "numOfRows": size, "pageNo": page, "totalCount": len(rows)}
    gives_json({"response": {"header": header, "body": body}})(request)


@lru_cache(maxsize=1)
def datalab_book() -> bytes:
    """Return KTO's workbook of every month since 2024 with the new one; the month after it is still 0."""
    months = [str(month) for month in pd.period_range("2024-01", NEXT, freq="M")]
    counts: dict[str, dict[str, int | None]] = {
        f"{month[:4]}.{int(month[5:])}월": {"전체": sum(korea(month).values()), **korea(month)}
        for month in months
    }
    later = str(pd.Period(NEXT, "M") + 1)
    counts[f"{later[:4]}.{int(later[5:])}월"] = {"전체": 0, **dict.fromkeys(korea(NEXT), 0)}
    return workbooks.kto_wide(counts)


def rates() -> bytes:
    """Return the European Central Bank's rates that give the committed months again, and the month after them."""
    table = pd.read_csv(DATA / "exchange_rates.csv")
    months = [*table["month"].astype(str), str(pd.Period(table["month"].iloc[-1], "M") + 1)]
    means = [*table["krw_per_jpy"].astype(float), float(table["krw_per_jpy"].iloc[-1])]
    lines = []
    for month, mean in zip(months, means, strict=True):
        days = pd.bdate_range(f"{month}-01", pd.Period(month, "M").end_time.date())
        lines += [f"{day:%Y-%m-%d},100,{mean * 100:.4f}," for day in days]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("eurofxref-hist.csv", "\n".join(["Date,JPY,KRW,", *reversed(lines)]) + "\n")
    return out.getvalue()


def routes() -> dict[str, Reply]:
    """Return what the publishers answer once the new month is out."""
    return {
        server.PAGE: gives(server.page()),
        server.BOOK: gives(jnto_book()),
        server.FRONT_PAGE: gives(server.front_page(("2026년 9월", "book.xlsx"))),
        server.DOWNLOAD: gives(datalab_book()),
        server.GATEWAY: kto_service,
    }
