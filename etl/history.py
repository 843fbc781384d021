"""Earlier published values of the visitor figures: which count, and the date each became known."""

from collections.abc import Hashable, Mapping

import pandas as pd

COLUMNS = ["month", "origin", "destination", "visitors", "status", "published", "source", "dated"]
MONTHS_KEY = ["destination", "origin", "month"]
DEFINITIVE_MONTH = "07"


def month_after(month: str) -> str:
    """Return the month that follows, as YYYY-MM."""
    return str(pd.Period(month, "M") + 1)


def jnto_earlier(seen: pd.DataFrame, days_seen: pd.DataFrame) -> pd.DataFrame:
    """Return JNTO's earlier values with their dates: month, origin, as_of, visitors, status, source come in.

    days_seen: release days that were seen, office and date. An estimate comes out in the month after its own, so it
    is dated with that release's day where the day was seen, else with its month; other values are dated with the
    day of the file they stand in.
    """
    by_month = {str(day)[:7]: str(day) for day in days_seen.loc[days_seen["office"] == "JNTO", "date"]}
    return pd.DataFrame([_jnto_row(row, by_month) for row in seen.to_dict("records")], columns=COLUMNS)


def _jnto_row(row: Mapping[Hashable, str], days_seen: Mapping[str, str]) -> list[str]:
    published, dated = row["as_of"], "seen"
    if row["status"] == "estimate":
        release = month_after(row["month"])
        day = days_seen.get(release)
        same_month = row["as_of"].startswith(release)
        published = day or (row["as_of"] if same_month else release)
        dated = "release" if day else "seen" if same_month else "rule"
    value = [row["visitors"], row["status"], published, row["source"], dated]
    return [row["month"], row["origin"], "JPN", *value]


def kto_earlier(first: pd.DataFrame) -> pd.DataFrame:
    """Return KTO's first releases that differ from today's figures: month, origin, visitors, source come in."""
    published = first["month"].map(month_after)
    return first.assign(destination="KOR", status="provisional", published=published, dated="rule")[COLUMNS]


def file_days(keys: "pd.Series[str]", sources: pd.DataFrame) -> "pd.Series[str]":
    """Return the day of the file each source key stands for, the last day where only its month is known, else NaN."""
    published = sources.set_index("key")["published"]
    whole = published.where(published.str.len() != 7, published.map(_month_end))
    return keys.map(whole[whole.str.len() == 10])


def _month_end(month: str) -> str:
    return str(pd.Period(month, "M").end_time.date()) if len(month) == 7 else month


def first_known(current: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return current visitor rows dated with the day their value was known at the latest.

    JNTO's definitive figures come in July of the following year (its own rule); others are dated by
    their file.
    """
    by_rule = (current["status"] == "definitive") & (current["destination"] == "JPN")
    following_july = (current["month"].str[:4].astype(int) + 1).astype(str) + "-" + DEFINITIVE_MONTH
    days = file_days(current["source"], sources).fillna(following_july)
    return current.assign(
        published=days.mask(by_rule, following_july), dated=by_rule.map({True: "rule", False: "seen"})
    )[COLUMNS]


def succession(earlier: pd.DataFrame, current: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return, for each month that was revised, its values in the order of publication, today's value last.

    Equal neighbours are joined at their first date; months with one value only are left out.
    """
    months = earlier[MONTHS_KEY].drop_duplicates()
    today = first_known(current.merge(months, on=MONTHS_KEY), sources).assign(last=1)
    rows = pd.concat([earlier.assign(last=0), today], ignore_index=True)
    rows = rows.sort_values([*MONTHS_KEY, "last", "published"], kind="stable")
    same = (
        rows[[*MONTHS_KEY, "visitors", "status"]]
        .astype(str)
        .eq(rows[[*MONTHS_KEY, "visitors", "status"]].astype(str).shift())
        .all(axis=1)
    )
    rows = _dates_in_order(rows[~same], sources)
    return rows[rows.groupby(MONTHS_KEY)["month"].transform("size") > 1][COLUMNS].reset_index(drop=True)


def _dates_in_order(rows: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Where a rule would date today's value before an earlier one, date it by its file."""
    before = rows.groupby(MONTHS_KEY)["published"].shift()
    early = rows["published"] <= before.fillna("")
    by_file = file_days(rows["source"], sources).fillna(rows["published"])
    return rows.assign(
        published=rows["published"].mask(early, by_file), dated=rows["dated"].mask(early, "seen")
    )
