"""European Central Bank: euro foreign exchange reference rates, a zip with one CSV of daily rates."""

import csv
import io
import zipfile
from collections import defaultdict
from statistics import fmean

import pandas as pd

from crossings import zipped
from crossings.errors import N_
from etl.errors import LayoutChanged, RatesShrunk, WorkbookUnreadable
from etl.merge import Change, cited
from etl.net import Answer, Client, Refused, Service, bases
from etl.sources.record import Outcome, Round, Source, watched, without_figures

SERVICE = Service("ecb", "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip", "CROSSINGS_ECB_URL")
KEY = "ecb_reference_rates"
MAX_UNPACKED_BYTES = 40_000_000
MIN_RATIO, MAX_RATIO = 2.0, 50.0


def parse(content: bytes, *, name: str) -> pd.DataFrame:
    """Return won per yen by month: month, krw_per_jpy (mean of the daily ratios), days, complete, source.

    content: the zip as published. A day counts when both rates are quoted. A month is complete when its last
    working day is in, or a later day is. Raises WorkbookUnreadable or LayoutChanged.
    """
    return monthly(_unpack(content, name), name=name)


def monthly(text: str, *, name: str) -> pd.DataFrame:
    """Return won per yen by month from a CSV of daily rates with the columns Date, KRW and JPY.

    Raises LayoutChanged.
    """
    daily: dict[str, list[float]] = defaultdict(list)
    latest = ""
    for row in _rows_read(text, name):
        day = row["Date"].strip()
        ratio = _ratio(row, day, name)
        latest = max(latest, day)
        if ratio is not None:
            daily[day[:7]].append(ratio)
    if not daily:
        raise LayoutChanged(
            N_("{file}: no day has both a won and a yen rate. The rates held are kept."), file=name
        )
    return _months(daily, latest)


def _months(daily: dict[str, list[float]], latest: str) -> pd.DataFrame:
    rows = []
    for month in sorted(daily):
        last_working_day = pd.bdate_range(end=pd.Period(month, "M").end_time.date(), periods=1)[0]
        rows.append(
            {
                "month": month,
                "krw_per_jpy": f"{fmean(daily[month]):.4f}",
                "days": len(daily[month]),
                "complete": "yes" if latest >= str(last_working_day.date()) else "no",
                "source": KEY,
            }
        )
    return pd.DataFrame(rows)


def _unpack(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = [part for part in package.infolist() if part.filename.endswith(".csv")]
            if len(parts) != 1 or parts[0].file_size > MAX_UNPACKED_BYTES:
                raise WorkbookUnreadable(
                    N_(
                        "{file} does not contain the expected table of exchange rates. The rates held are kept."
                    ),
                    file=name,
                )
            return package.read(parts[0]).decode("utf-8-sig")
    except zipped.FAULTS as fault:
        raise WorkbookUnreadable(
            N_("{file} is damaged or incomplete. Download it again."), file=name
        ) from fault


def _rows_read(text: str, name: str) -> list[dict[str, str]]:
    try:
        return list(_rows(text, name))
    except csv.Error as fault:
        raise WorkbookUnreadable(
            N_("{file} is damaged or incomplete. Download it again."), file=name
        ) from fault


def _rows(text: str, name: str) -> "csv.DictReader[str]":
    rows = csv.DictReader(io.StringIO(text))
    if not {"Date", "KRW", "JPY"} <= set(rows.fieldnames or ()):
        raise LayoutChanged(
            N_(
                "{file}: the table of exchange rates has no column Date, KRW or JPY. The rates held are kept."
            ),
            file=name,
        )
    return rows


def _ratio(row: dict[str, str], day: str, name: str) -> float | None:
    won, yen = (row[code] or "" for code in ("KRW", "JPY"))
    if "N/A" in (won, yen) or not won or not yen:
        return None
    try:
        ratio = float(won) / float(yen)
        pd.Timestamp(day)
    except (ValueError, ZeroDivisionError):
        ratio = 0.0
    if not MIN_RATIO <= ratio <= MAX_RATIO or len(day) != 10:
        raise LayoutChanged(
            N_(
                "{file}: the rates of {day} ({won} won, {yen} yen per euro) appear to be wrong. The rates"
                " held are kept."
            ),
            file=name,
            day=day,
            won=won[:20],
            yen=yen[:20],
        )
    return ratio


def bring(turn: Round, asked: list[str]) -> Outcome:
    """Bring the monthly rates into the tables, unless the file is the one that was read last."""
    answer = _first_answer(watched(SERVICE, asked))
    if turn.same_as_last(answer.content):
        return Outcome(turn.frames, [], asked)
    rates = parse(answer.content, name=answer.address.rsplit("/", 1)[-1]).astype(str)
    old = turn.frames["exchange_rates"]
    _stand(old, rates)
    both = rates.merge(old, on="month", how="left", suffixes=("", "_now"))
    different = both[
        (both["krw_per_jpy"] != both["krw_per_jpy_now"]) | (both["complete"] != both["complete_now"])
    ]
    if different.empty:
        return Outcome(turn.frames, [], asked)
    changes = [
        Change("new" if pd.isna(row["days_now"]) else "revised", row["month"], "rate", "KRW/JPY", None, None)
        for row in different.to_dict("records")
    ]
    description = "Euro foreign exchange reference rates, daily, won and yen"
    release = without_figures(KEY, description, answer.address, answer.day.isoformat(), SOURCE)
    frames = {**turn.frames, "exchange_rates": rates, "sources": cited(turn.frames["sources"], release)}
    return Outcome(frames, changes, asked)


def _first_answer(connection: Client) -> Answer:
    """Return the first answer of the address and its fallbacks. Raises what the first one gave where none answers."""
    refusals: list[Refused] = []
    for address in bases(SERVICE):
        try:
            return connection.get(address)
        except Refused as fault:
            refusals.append(fault)
    raise refusals[0]


def _stand(old: pd.DataFrame, new: pd.DataFrame) -> None:
    """Raise RatesShrunk where months are gone or a finished month moved by more than a hundredth."""
    both = old.merge(new, on="month", how="left", suffixes=("", "_new"))
    before, after = both["krw_per_jpy"].astype(float), pd.to_numeric(both["krw_per_jpy_new"])
    moved = (both["complete"] == "yes") & ~((after / before - 1).abs() <= 0.01)
    for month in both.loc[moved, "month"].head(1):
        raise RatesShrunk(
            N_("The exchange rates of {month} are missing or far from those held. The rates held are kept."),
            month=month,
        )


SOURCE = Source(
    name="ecb",
    service=SERVICE,
    title=N_("European Central Bank"),
    publisher="European Central Bank",
    terms=N_("Free use with the source named as European Central Bank"),
    covers=N_("won per 100 yen by month, from the euro reference rates"),
    released=N_("every working day"),
    bring=bring,
)
