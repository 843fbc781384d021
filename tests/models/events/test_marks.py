"""Every row of the published tables becomes a mark with a title, a kind, a source and its certainty."""

from pathlib import Path

import pandas as pd
import pytest

from crossings.models.events.interventions import interventions
from crossings.models.events.marks import CATEGORIES, SUMMIT, Mark, Printed, filtered, marks, messages
from crossings.tables.flows import DataDamaged, data_folder

HEADS = {
    "events": "date,end_date,date_confidence,event,direction_affected,effect,effect_month,visitors,"
    "visitors_change_percent,source,confidence\n",
    "measures": "date,end_date,country,category,status,description,source,confidence\n",
    "summits": "date,series,number_in_series,korea_leader,japan_leader,city,country,occasion,shuttle,notes,source,"
    "confidence\n",
}
ROWS = {
    "events": "2019-07-01,,unconfirmed,Boycott,KOR to JPN,,2019,5584600,-25.9,a,single-source\n"
    "2019-07-01,,unconfirmed,Boycott,KOR to JPN,,2019-08,308700,-48.0,b;a,verified\n"
    "2030-01-05,,verified,Something new,JPN to KOR,,2030,,,c,verified\n",
    "measures": "2006-03-01,,JPN+KOR,visa,implemented,Waiver made open-ended.,d,verified\n"
    "2030-02-01,2030-02-28,JPN,route,piloted,A new route.,e,verified\n",
    "summits": "2024-09-06,Y-K,12,Yoon Suk Yeol,Kishida Fumio,Seoul,KOR,farewell visit,yes,,seed,verified\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, head in HEADS.items():
        (tmp_path / f"{name}.csv").write_text(head + ROWS[name])
    return tmp_path


def by_key(found: tuple[Mark, ...]) -> dict[str, Mark]:
    return {mark.key: mark for mark in found}


def test_rows_of_one_event_become_one_mark(folder: Path) -> None:
    found = by_key(marks(folder))
    boycott = found["events 2019-07-01"]
    assert (boycott.source, boycott.flows, boycott.category) == ("a;b", "KOR-JPN", "politics")
    assert boycott.certainty == "unconfirmed"
    assert boycott.printed == (Printed("KOR-JPN", "2019-08", -0.48),)
    assert len(found) == 5


def test_a_printed_change_is_of_one_direction_and_of_visitors(folder: Path) -> None:
    (folder / "events.csv").write_text(
        HEADS["events"]
        + "2012-08-10,,single-source,Visit,JPN to KOR,,2012-10,269732,-20.7,a,single-source\n"
        + "2012-08-10,,single-source,Visit,JPN to KOR,sold by agencies,2012-12,,-41.3,b,single-source\n"
        + "2025-11-14,,unconfirmed,Advice,third party,,2026-01,385300,-60.7,c,verified\n"
    )
    found = by_key(marks(folder))
    assert found["events 2012-08-10"].printed == (Printed("JPN-KOR", "2012-10", -0.207),)
    assert found["events 2025-11-14"].printed == ()


def test_a_new_row_is_shown_in_its_own_words(folder: Path) -> None:
    found = by_key(marks(folder))
    assert found["events 2030-01-05"].title == "Something new"
    assert found["measures 2030-02-01 JPN route"].category == "transport"


def test_a_summit_names_its_people(folder: Path) -> None:
    summit = by_key(marks(folder))["summits 2024-09-06"]
    assert (summit.title, summit.people) == (SUMMIT, ("Yoon Suk Yeol", "Kishida Fumio", "Seoul"))


def test_filters(folder: Path) -> None:
    every = marks(folder)
    kept = filtered(
        every, categories={"politics"}, first=pd.Period("2019-01", "M"), last=pd.Period("2024-12", "M")
    )
    assert [mark.key for mark in kept] == ["events 2019-07-01", "summits 2024-09-06"]
    assert (
        filtered(every, categories=set(), first=pd.Period("1990-01", "M"), last=pd.Period("2030-01", "M"))
        == ()
    )


def test_a_damaged_table_is_named(folder: Path) -> None:
    (folder / "events.csv").write_text(HEADS["events"] + "soon,,verified,X,both,,2030,,,c,verified\n")
    with pytest.raises(DataDamaged):
        marks(folder)
    (folder / "events.csv").write_text("date,event\n2019-07-01,X\n")
    with pytest.raises(DataDamaged):
        marks(folder)


@pytest.mark.skipif(
    not (data_folder() / "summits.csv").exists(), reason="the table of summits is not published"
)
def test_every_published_row_has_a_title_of_ours() -> None:
    found = marks()
    ours = {*messages(), SUMMIT}
    assert not [mark.key for mark in found if mark.title not in ours]
    assert len({mark.key for mark in found}) == len(found)
    assert {mark.category for mark in found} <= set(CATEGORIES)


@pytest.mark.skipif(
    not (data_folder() / "summits.csv").exists(), reason="the table of summits is not published"
)
def test_every_intervention_stands_for_a_mark() -> None:
    days = {str(mark.day) for mark in marks()}
    assert not [one.key for one in interventions() if not set(one.marks) <= days]
