"""The Scenario page: levers, links made elsewhere, typed numbers, comparison, and what damage leaves standing."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from crossings.language import Language
from crossings.models.scenario.levers import presets
from crossings.models.scenario.settings import Seen, from_preset, settings_from_query, starting, to_query
from tests.apptest import unfolded
from tests.pages import opened
from ui.levers import next_month

THEN = {"data": "2025-06", "model": "1.0/1.0"}
SAW = "both_2027_17000000_evidence_2028_151000_60000_390000_40000_15000_100000_0.41_0.43"


def page(**query: str) -> AppTest:
    tried = opened.app("scenario", lang="en", **query).run()
    assert opened.faults(tried) == []
    return tried


def description(tried: AppTest) -> str:
    """Return the scenario in plain words."""
    unfolded(tried)
    return str(next(block.value for block in tried.code if block.value.startswith("Scenario:")))


def link(tried: AppTest) -> dict[str, str]:
    """Return the query of the link that the page offers."""
    unfolded(tried)
    assert opened.faults(tried) == []
    said = next(block.value for block in tried.code if "levers=" in block.value)
    return {key: values[0] for key, values in parse_qs(urlsplit(said).query).items()}


@pytest.mark.parametrize("key", presets())
def test_a_named_scenario_opens_from_the_address(key: str) -> None:
    tried = page(preset=key)
    name = presets()[key].name
    assert "identical to the baseline" in opened.answer(tried) or f"“{name}”" in opened.answer(tried)
    expected = starting(from_preset(key), first=next_month())
    assert settings_from_query(link(tried) if key != "none" else {}).choices == expected.choices


def test_a_lever_moved_makes_the_scenario_ones_own() -> None:
    tried = page()
    before = opened.answer(tried)
    opened.keyed(tried.toggle, "lever-lanes-value").set_value(False).run()
    assert opened.faults(tried) == []
    assert opened.answer(tried) != before
    assert "“E-gates for short-stay visitors (from " in opened.answer(tried)
    assert "lanes~" not in tried.query_params["levers"]
    assert f"paperless~1~s{next_month()}" in tried.query_params["levers"]


def test_a_measure_switched_on_starts_next_month() -> None:
    tried = page(preset="none")
    opened.keyed(tried.toggle, "lever-lanes-value").set_value(True).run()
    assert tried.query_params["levers"] == f"lanes~1~s{next_month()}"
    assert any(f"from {Language('en').month(next_month())}" in block.value for block in tried.markdown)
    box = opened.keyed(tried.selectbox, "scenario_year")
    assert "million in the same year" in opened.answer(tried)
    assert box.value == 2028


def test_all_measures_start_and_ramp_up_together() -> None:
    tried = page(preset="lanes-and-e-gates")
    month = next_month() + 3
    opened.keyed(tried.selectbox, "measures-start").set_value(str(month)).run()
    opened.keyed(tried.number_input, "measures-ramp").set_value(12.0).run()
    assert opened.faults(tried) == []
    assert tried.query_params["levers"] == f"lanes~1~s{month}~r12_e-gates~1~s{month}~r12"
    opened.keyed(tried.toggle, "lever-paperless-value").set_value(True).run()
    assert f"paperless~1~s{month}" in tried.query_params["levers"]
    assert opened.keyed(tried.number_input, "measures-ramp").value is None


def test_numbers_that_are_assumed_are_shown() -> None:
    tried = unfolded(page(preset="permanent-lanes"))
    shown = [box.proto.placeholder for box in tried.number_input if str(box.key).startswith("lever-lanes-")]
    assert shown
    assert all(re.fullmatch(r"as assumed: [\d.]+", text) for text in shown)


def test_scenarios_kept_stand_in_the_address_and_outlive_the_session() -> None:
    tried = opened.app("scenario", lang="en", preset="e-gates")
    tried.session_state["kept_scenarios"] = {"Gates": from_preset("e-gates")}
    tried.run()
    again = unfolded(page(compare=tried.query_params["compare"]))
    (table,) = (table.value for table in again.table if "Scenario" in table.value)
    assert list(table["Scenario"]) == ["Gates"]
    assert "compare=" in again.caption[-1].value


@pytest.mark.parametrize("bad", ["{", "[[1]]", "[1]", '[["a","no-such~1"]]', "7"])
def test_a_comparison_in_the_address_that_cannot_be_read_is_said(bad: str) -> None:
    tried = page(compare=bad)
    assert any("`compare`" in note.value for note in tried.info)


def test_the_address_follows_the_scenario() -> None:
    tried = page(**(to_query(from_preset("departure-tax")) | THEN))
    assert tried.query_params["levers"] == "departure-tax~2000"
    opened.keyed(tried.selectbox, "preset").set_value("e-gates").run()
    assert "levers" not in tried.query_params
    assert "data" not in tried.query_params
    assert tried.query_params["preset"] == "e-gates"


def test_a_link_made_with_other_figures_shows_both_results() -> None:
    tried = page(**(to_query(from_preset("full-package")) | THEN | {"saw": SAW}))
    said = [note.value for note in tried.info]
    assert len(said) == 1
    assert "June 2025" in said[0]
    assert "1.0/1.0" in said[0]
    table = tried.table[0].value
    assert list(table.columns) == ["Number", "When saved", "Now"]
    assert table.iloc[0]["When saved"] == "+151,000 (90% range +60,000 to +390,000)"
    assert table.iloc[0]["Now"].startswith("+")
    assert table.iloc[2]["When saved"] == "41%"
    assert table.iloc[3]["Now"] != "–"


def test_a_link_whose_year_is_gone_shows_what_it_can() -> None:
    gone = SAW.replace("both_2027", "both_2040").replace("_2028_", "_2041_")
    tried = page(**(to_query(from_preset("full-package")) | THEN | {"saw": gone}))
    assert set(tried.table[0].value["Now"]) == {"–"}


def test_a_link_of_ones_own_says_nothing() -> None:
    tried = page(preset="full-package", mark="17")
    again = page(**{key: text for key, text in link(tried).items() if key != "lang"})
    assert not again.info
    assert opened.answer(again) == opened.answer(tried)
    saw: Seen | None = settings_from_query(link(tried)).seen
    assert saw is not None
    assert saw.mark == 17_000_000


def test_typed_numbers_are_shown_as_typed() -> None:
    text = "lanes~1~s2025-11~r4.25~t0.1234567_departure-tax~1500"
    tried = page(levers=text)
    said = description(tried)
    assert "take-up 12.34567% (entered)" in said
    assert "Ramp-up: 4.25 months (entered)." in said
    assert "(1,500 yen)" in said
    assert "From November 2025." in said
    assert link(tried)["levers"] == text
    unfolded(tried)
    box = opened.keyed(tried.number_input, "lever-lanes-take_up")
    assert box.value == 0.1234567
    assert box.proto.format == "%g"
    box.set_value(0.3).run()
    assert "take-up 30% (entered)" in description(tried)


def test_a_start_in_the_past_is_checked_against_what_happened() -> None:
    tried = unfolded(page(levers="lanes~1~s2025-06"))
    assert any("cannot be detected" in block.value for block in tried.markdown)
    assert any("Outcome" in table.value.columns for table in tried.table)


def test_both_sets_of_assumptions_stand_side_by_side() -> None:
    tried = unfolded(page(preset="departure-tax"))
    tables = [table.value for table in tried.table if "Set of assumptions" in table.value]
    assert list(tables[0]["Set of assumptions"]) == ["Initial assumptions", "Evidence-based assumptions"]
    assert tables[0]["Median"].nunique() == 2


@pytest.mark.parametrize(
    "bad",
    [
        {"levers": "lanes~1", "saw": "junk"},
        {"levers": "no-such-lever~1"},
        {"levers": "lanes~-1"},
        {"levers": "departure-tax~1e9"},
        {"levers": "lanes~1_" * 20_000},
    ],
)
def test_a_bad_link_is_named_and_leaves_the_page_standing(bad: dict[str, str]) -> None:
    tried = opened.app("scenario", lang="en", **bad).run()
    assert not tried.exception
    assert len(tried.error) == 1
    assert "“Full package of simpler procedures”" in opened.answer(tried)


def test_scenarios_kept_are_compared() -> None:
    tried = opened.app("scenario", lang="en", preset="e-gates")
    tried.session_state["kept_scenarios"] = {key: from_preset(key) for key in ("e-gates", "departure-tax")}
    unfolded(tried.run())
    assert opened.faults(tried) == []
    (table,) = (table.value for table in tried.table if "Scenario" in table.value)
    assert list(table["Scenario"]) == [presets()[key].name for key in ("e-gates", "departure-tax")]
    assert "Clear" in [button.label for button in tried.button]
