"""Totals that the offices published, to hold the monthly figures against."""

import pandas as pd

COLUMNS = ["first_month", "last_month", "origin", "destination", "visitors", "published", "source"]
JNTO_DAY, KTO_DAY = "2026-09-16", "2026-10-06"
KTO_JAPANESE = {
    2005: 2440138,
    2006: 2338921,
    2007: 2235963,
    2008: 2378102,
    2009: 3053311,
    2010: 3023009,
    2011: 3289051,
    2012: 3518792,
    2013: 2747750,
    2014: 2280434,
    2015: 1837782,
    2016: 2297893,
    2017: 2311447,
    2018: 2948527,
    2019: 3271706,
    2020: 430742,
    2021: 15265,
    2022: 296867,
    2023: 2316429,
    2024: 3224079,
    2025: 3653137,
}
KTO_ALL = {2019: 17502756, 2024: 16369629, 2025: 18936562}
JNTO_KOREANS = {
    2018: 7538952,
    2019: 5584597,
    2020: 487939,
    2021: 18947,
    2022: 1012751,
    2023: 6958494,
    2024: 8817765,
    2025: 9459711,
}
YEAR_TO_DATE = (
    ("2026-01", "2026-08", "KOR", "JPN", 7420340, JNTO_DAY, "jnto_annual"),
    ("2026-01", "2026-08", "TOTAL", "JPN", 27626262, JNTO_DAY, "jnto_annual"),
    ("2026-01", "2026-08", "JPN", "KOR", 2698857, KTO_DAY, "kto_annual"),
)


def published(by_purpose: pd.DataFrame) -> pd.DataFrame:
    """Return the published totals; by_purpose holds JNTO's annual rows: year, origin, visitors."""
    counts = by_purpose.assign(visitors=by_purpose["visitors"].astype(int))
    annual = counts.pivot_table(index=["year", "origin"], values="visitors", aggfunc="sum").reset_index()
    rows = [
        _year(int(row["year"]), row["origin"], "JPN", int(row["visitors"]), source="jnto202609p")
        for row in annual.to_dict("records")
    ]
    known = {(row[0][:4], row[2]) for row in rows}
    rows += [
        _year(year, "KOR", "JPN", visitors, source="jnto_annual")
        for year, visitors in JNTO_KOREANS.items()
        if (str(year), "KOR") not in known
    ]
    rows += [
        _year(year, "JPN", "KOR", visitors, source="kto_annual") for year, visitors in KTO_JAPANESE.items()
    ]
    rows += [_year(year, "TOTAL", "KOR", visitors, source="kto_annual") for year, visitors in KTO_ALL.items()]
    return pd.DataFrame([*rows, *YEAR_TO_DATE], columns=COLUMNS)


def _year(
    year: int, origin: str, destination: str, visitors: int, *, source: str
) -> tuple[str, str, str, str, int, str, str]:
    day = JNTO_DAY if destination == "JPN" else KTO_DAY
    return f"{year}-01", f"{year}-12", origin, destination, visitors, day, source
