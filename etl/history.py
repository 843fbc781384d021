"""Earlier published values of the visitor figures: which count, and the date each became known."""

from collections.abc import Hashable, Mapping

import pandas as pd

COLUMNS = ["month", "origin", "destination", "visitors", "status", "published", "source", "dated"]
MONTHS_KEY = ["destination", "origin", "month"]
# Release days of JNTO that were seen, by the month of the release.
JNTO_RELEASES = {
    day[:7]: day
    for day in (
        "2024-09-18",
        "2024-10-16",
        "2024-12-18",
        "2025-06-18",
        "2026-02-18",
        "2026-03-18",
        "2026-04-15",
        "2026-08-19",
        "2026-09-16",
    )
}
FILE_DAYS = {
    "jnto202603": "2026-03-18",
    "jnto202609v": "2026-09-16",
    "ktstat_xls": "2025-07-08",
    "kto_xlsx": "2020-06-30",
    "edrcnt_api": "2026-10-06",
}
DEFINITIVE_MONTH = "07"
KTO_FIRST_RELEASES = (
    ("2020-05", "TOTAL", 30861, "kto_xlsx"),
    ("2020-05", "RUS", 1693, "kto_xlsx"),
    ("2020-05", "IDN", 1755, "kto_xlsx"),
    ("2022-05", "TOTAL", 173902, "kto_press_2022_05"),
    ("2024-03", "TOTAL", 1491596, "kto_press_2024_03"),
    ("2024-12", "JPN", 250545, "kto_press_2024_12"),
)


def month_after(month: str) -> str:
    """Return the month that follows, as YYYY-MM."""
    return str(pd.Period(month, "M") + 1)


def jnto_earlier(seen: pd.DataFrame) -> pd.DataFrame:
    """Return JNTO's earlier values with their dates: period, origin, as_of, visitors, status, source come in.

    An estimate comes out in the month after its own, so it is dated with that release's day where the day was
    seen, else with its month; other values are dated with the day of the file they stand in.
    """
    return pd.DataFrame([_jnto_row(row) for row in seen.to_dict("records")], columns=COLUMNS)


def _jnto_row(row: Mapping[Hashable, str]) -> list[str]:
    published, dated = row["as_of"], "seen"
    if row["status"] == "estimate":
        release = month_after(row["period"])
        day = JNTO_RELEASES.get(release)
        same_month = row["as_of"].startswith(release)
        published = day or (row["as_of"] if same_month else release)
        dated = "release" if day else "seen" if same_month else "rule"
    return [
        row["period"],
        row["origin"],
        "JPN",
        row["visitors"],
        row["status"],
        published,
        row["source"],
        dated,
    ]


def kto_earlier() -> pd.DataFrame:
    """Return the first releases of KTO that differ from today's figures."""
    rows = [
        [month, origin, "KOR", str(visitors), "provisional", month_after(month), source, "rule"]
        for month, origin, visitors, source in KTO_FIRST_RELEASES
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def first_known(current: pd.DataFrame) -> pd.DataFrame:
    """Return current visitor rows dated with the day their value was known at the latest.

    JNTO's definitive figures come in July of the following year (its own rule); others are dated by
    their file.
    """
    by_rule = (current["status"] == "definitive") & (current["destination"] == "JPN")
    following_july = (current["month"].str[:4].astype(int) + 1).astype(str) + "-" + DEFINITIVE_MONTH
    days = current["source"].map(FILE_DAYS).fillna(following_july)
    return current.assign(
        published=days.mask(by_rule, following_july), dated=by_rule.map({True: "rule", False: "seen"})
    )[COLUMNS]


def succession(earlier: pd.DataFrame, current: pd.DataFrame) -> pd.DataFrame:
    """Return, for each month that was revised, its values in the order of publication, today's value last.

    Equal neighbours are joined at their first date; months with one value only are left out.
    """
    months = earlier[MONTHS_KEY].drop_duplicates()
    today = first_known(current.merge(months, on=MONTHS_KEY)).assign(last=1)
    rows = pd.concat([earlier.assign(last=0), today], ignore_index=True)
    rows = rows.sort_values([*MONTHS_KEY, "last", "published"], kind="stable")
    same = (
        rows[[*MONTHS_KEY, "visitors", "status"]]
        .astype(str)
        .eq(rows[[*MONTHS_KEY, "visitors", "status"]].astype(str).shift())
        .all(axis=1)
    )
    rows = _dates_in_order(rows[~same])
    return rows[rows.groupby(MONTHS_KEY)["month"].transform("size") > 1][COLUMNS].reset_index(drop=True)


def _dates_in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Where a rule would date today's value before an earlier one, date it by its file."""
    before = rows.groupby(MONTHS_KEY)["published"].shift()
    early = rows["published"] <= before.fillna("")
    by_file = rows["source"].map(FILE_DAYS).fillna(rows["published"])
    return rows.assign(
        published=rows["published"].mask(early, by_file), dated=rows["dated"].mask(early, "seen")
    )
