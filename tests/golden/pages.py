"""Every page as it opens and in a few other states."""

from pathlib import Path
from typing import Any

from tests.golden import screen
from tests.golden.opening import State, opened

LIST = Path(__file__).resolve().parent / "saved" / "list.json"
OWN_LEVERS = "lanes~1~s2027-03~e2028-06~r9~dKOR-JPN~c0.6_departure-tax~1500_seats-fixed~1"
OPENS = State()
COLLECTED = State("a list of collected figures")
STATES: dict[str, tuple[State, ...]] = {
    "abroad": (OPENS, State("a region", {"country": "ISR", "counted": "2", "shown": "region"})),
    "border": (
        OPENS,
        State(
            "a lane in Incheon",
            {"hall": "incheon-t1"},
            {"hall-incheon-t1-lane": 4, "hall-incheon-t1-gates": 12},
        ),
        State("pre-cleared at Fukuoka", {"hall": "fukuoka"}, {"hall-fukuoka-precleared": 30}),
    ),
    "briefing": (OPENS, COLLECTED, State("one way, another mark", {"flow": "JPN-KOR", "mark": "4"})),
    "history": (
        OPENS,
        State(
            "an earthquake and marks",
            {"event": "earthquake-2011", "flow": "KOR-JPN", "kinds": "disaster-health", "since": "2005"}
            | {"history_month": "2025-10", "year_from": "2012", "year_to": "2024"},
        ),
        State(
            "months of one's own",
            {"event": "own-months", "own_first": "2012-09", "own_last": "2013-03", "own_shape": "step"}
            | {"flow": "JPN-KOR"},
        ),
    ),
    "milestone": (
        OPENS,
        State(
            "July 2024, 10 million",
            {"as_of": "2024-07", "mark": "10", "year": "2024"},
            {"work-out-changes": True},
        ),
        State(
            "one way, 2027", {"flow": "KOR-JPN", "mark": "9.5", "year": "2027", "shocks": "on", "fx": "fixed"}
        ),
        State(
            "before the pandemic", {"flow": "JPN-KOR", "as_of": "2019-06", "mark": "3", "fx": "random-walk"}
        ),
    ),
    "overview": (
        OPENS,
        State(
            "rolling, one way", {"flow": "JPN-KOR", "mark": "3.5", "measure": "rolling", "years": "2010-2024"}
        ),
        State("by month", {"flow": "KOR-JPN", "measure": "monthly"}),
    ),
    "scenario": (
        OPENS,
        State("no lever", {"preset": "none"}),
        State(
            "other priors, compared",
            {"preset": "jesta-departure-tax", "priors": "note", "flow": "JPN-KOR", "mark": "4.5"}
            | {"scenario_year": "2028"},
            press_after="compare-name-",
        ),
        State("levers of one's own", {"levers": OWN_LEVERS, "name": "Ours"}),
        State(
            "made with other figures",
            {"levers": "visa~1_paperless~1~s2026-01", "data": "2025-06", "model": "1.0/1.0"}
            | {"saw": "both_2027_17000000_evidence_2028_151000_60000_390000_40000_15000_100000_0.41_0.43"},
        ),
    ),
    "worth": (
        OPENS,
        State("no lever", {"preset": "none"}),
        State(
            "charges, one rate, rate of 2025",
            {"preset": "jesta-departure-tax", "discount": "2", "won": "9.505", "row": "charge_revenue"},
        ),
        State(
            "lanes at two halls, typed",
            {"levers": "lanes~1", "aim": "JPN", "airports": "HND,FUK", "desks_added": "-2"}
            | {"quantities": '{"JPN": {"desks": 6, "hours": 7}}'},
        ),
    ),
    "sources": (OPENS, State("another table", {}, {"table": "visitors"})),
    "track_record": (
        OPENS,
        State("next year, one way", {"flow": "KOR-JPN", "asked": "next", "era": "since 2023"}),
    ),
}


PLACEBOS = State("placebo tests", {"event": "earthquake-2011", "flow": "JPN-KOR"}, press="run-placebos")


def placebos(_own: Path) -> dict[str, Any]:
    """Return what the History page shows once the placebo tests of an event were run."""
    return screen.page(opened("history", "en", PLACEBOS))


def of_page(page: str, language: str, own: Path) -> dict[str, Any]:
    """Return what a page shows in each of its states; own: the folder of the user's own files."""
    found = {}
    for state in STATES.get(page, (OPENS,)):
        listed = own / "briefing.json"
        if state is COLLECTED:
            listed.write_bytes(LIST.read_bytes())
        found[state.name] = screen.page(opened(page, language, state))
        listed.unlink(missing_ok=True)
    return found
