"""The tables of who is abroad: residents, quotas, nationals in third countries, joint evacuations, the memorandum."""

import pandas as pd

from etl.supplement import published_keys

NAMES = {
    "host_iso3": "host",
    "nationality_iso3": "nationality",
    "country_iso3": "country",
    "origin_iso3": "origin",
    "carrier_iso3": "carrier",
    "region_name": "region",
    "item_no": "item",
    "official_release": "in_release",
    "quota_each_way": "visas_each_way",
}
INPUTS = {
    "residents": "immigration/residents_students_working_holiday.csv",
    "working_holiday_quota": "immigration/working_holiday_quota.csv",
    "nationals_abroad": "immigration/nationals_abroad.csv",
    "joint_evacuations": "immigration/joint_evacuations.csv",
    "memorandum": "immigration/memorandum_2024.csv",
}


def table(listed: pd.DataFrame) -> pd.DataFrame:
    """Return one of the inputs under the names of its published table, each row with its published sources."""
    rows = listed.rename(columns=NAMES)
    return rows.assign(source=rows["source"].map(published_keys))
