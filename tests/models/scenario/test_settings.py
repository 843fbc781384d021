"""Settings: there and back through files and links, and a named error for everything else."""

import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from crossings.errors import CrossingsError
from crossings.models.scenario.levers import levers, parts, presets
from crossings.models.scenario.settings import (
    LARGEST_FILE,
    Choice,
    LeverOutOfRange,
    LeverUnknown,
    LeverWrongType,
    ScenarioUnreadable,
    ScenarioVersion,
    Settings,
    context,
    from_preset,
    settings_from_json,
    settings_from_query,
    settings_of,
    to_json,
    to_query,
)
from crossings.plain_text import TextRefused
from crossings.tables.flows import Flow

MONTHS = st.integers(0, 300).map(lambda count: pd.Period("2010-01", freq="M") + count)


@st.composite
def choices(draw: st.DrawFn, key: str) -> Choice:
    lever = levers()[key]
    value = draw(st.sampled_from([0.0, 1.0]) if lever.is_switch else st.floats(lever.minimum, lever.maximum))
    typed = draw(st.sets(st.sampled_from(sorted(lever.parts)))) if lever.parts else set()
    start = draw(st.none() | MONTHS)
    length = draw(st.none() | st.integers(0, 36))
    narrow = draw(st.booleans()) and len(lever.directions) > 1
    return Choice(
        lever=key,
        value=value + 0.0,
        start=start,
        end=start + length if start is not None and length is not None else None,
        ramp_months=draw(st.none() | st.floats(0, 60)) if lever.ramp else None,
        directions=lever.directions[:1] if narrow else (),
        parts=tuple(
            (part, draw(st.floats(0, parts()[part].maximum))) for part in lever.parts if part in typed
        ),
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Settings:
    keys = draw(st.sets(st.sampled_from(list(levers()))))
    return Settings(
        choices=tuple(draw(choices(key)) for key in levers() if key in keys),
        name=draw(st.sampled_from(["", "Package A", "간소화", "簡素化 2027"])),
        data_month=draw(st.none() | MONTHS),
        model_version=draw(st.sampled_from([None, "1.0"])),
    )


@example_settings(deadline=None)
@given(scenarios())
def test_there_and_back_through_a_file(settings: Settings) -> None:
    assert settings_from_json(to_json(settings)) == settings
    assert settings_from_json(to_json(settings).encode()) == settings


@example_settings(deadline=None)
@given(scenarios())
def test_there_and_back_through_a_link(settings: Settings) -> None:
    query = to_query(settings)
    assert settings_from_query(query) == settings
    assert all(text.isascii() for key, text in query.items() if key != "name")
    assert not set(query.get("levers", "")) & set("&?#%+ /")


@pytest.mark.parametrize("key", presets())
def test_a_link_of_a_named_scenario_is_short(key: str) -> None:
    assert len(to_query(from_preset(key)).get("levers", "")) < 120


def test_numbers_stay_as_typed() -> None:
    typed = settings_from_json(
        '{"levers": {"departure-tax": {"value": 1234.5}, "lanes": {"parts": {"coverage": 0.123}}}}'
    )
    assert json.loads(to_json(typed))["levers"] == {
        "lanes": {"value": 1, "parts": {"coverage": 0.123}},
        "departure-tax": {"value": 1234.5},
    }
    assert to_query(typed)["levers"] == "lanes~1~c0.123_departure-tax~1234.5"


def test_short_forms_of_a_file() -> None:
    short = settings_from_json('{"levers": {"lanes": true, "departure-tax": 2000, "visa": {"value": false}}}')
    assert [(choice.lever, choice.value) for choice in short.active] == [
        ("lanes", 1),
        ("departure-tax", 2000),
    ]
    assert settings_from_json("{}") == Settings()
    assert settings_from_query({"lang": "ko"}) == Settings()


def test_levers_keep_their_order() -> None:
    assert settings_of({"visa": 1, "lanes": 1}) == settings_of({"lanes": 1, "visa": 1})


BAD_FILES = [
    ("", ScenarioUnreadable),
    ("levers", ScenarioUnreadable),
    (b"\xff\xfe\x00", ScenarioUnreadable),
    ("[" * 50_000, ScenarioUnreadable),
    ("x" * 10_000_000, ScenarioUnreadable),
    ('{"levers": {"lanes": 1, "lanes": 0}}', ScenarioUnreadable),
    (json.dumps({"name": "x" * 81}), TextRefused),
    (r'{"name": "\ud800"}', TextRefused),
    ("[]", LeverWrongType),
    ("null", LeverWrongType),
    ('{"levers": []}', LeverWrongType),
    ('{"version": 2, "levers": {}}', ScenarioVersion),
    ('{"version": "1", "levers": {}}', ScenarioVersion),
    ('{"version": true, "levers": {}}', ScenarioVersion),
    ('{"levers": {"free-beer": 1}}', LeverUnknown),
    ('{"levers": {}, "effect": 3}', LeverUnknown),
    ('{"levers": {"lanes": {"value": 1, "colour": 2}}}', LeverUnknown),
    ('{"levers": {"lanes": {"parts": {"fee": 2}}}}', LeverUnknown),
    ('{"levers": {"departure-tax": {"value": 1000, "ramp_months": 3}}}', LeverUnknown),
    ('{"levers": {"jesta": {"value": 1, "directions": ["JPN-KOR"]}}}', LeverUnknown),
    ('{"levers": {"lanes": {"directions": []}}}', LeverUnknown),
    ('{"levers": {"lanes": {"directions": "KOR-JPN"}}}', LeverWrongType),
    ('{"levers": {"lanes": "on"}}', LeverWrongType),
    ('{"levers": {"lanes": null}}', LeverWrongType),
    ('{"levers": {"departure-tax": true}}', LeverWrongType),
    ('{"levers": {"departure-tax": NaN}}', LeverWrongType),
    ('{"levers": {"departure-tax": Infinity}}', LeverWrongType),
    ('{"levers": {"departure-tax": 1e999}}', LeverWrongType),
    ('{"levers": {"departure-tax": 1' + "0" * 4000 + "}}", LeverWrongType),
    ('{"levers": {"departure-tax": -1}}', LeverOutOfRange),
    ('{"levers": {"departure-tax": 10001}}', LeverOutOfRange),
    ('{"levers": {"lanes": 0.5}}', LeverOutOfRange),
    ('{"levers": {"lanes": {"parts": {"coverage": -0.1}}}}', LeverOutOfRange),
    ('{"levers": {"lanes": {"parts": {"coverage": 1.1}}}}', LeverOutOfRange),
    ('{"levers": {"lanes": {"parts": {"coverage": "half"}}}}', LeverWrongType),
    ('{"levers": {"lanes": {"ramp_months": -1}}}', LeverOutOfRange),
    ('{"levers": {"lanes": {"start": "2027"}}}', LeverWrongType),
    ('{"levers": {"lanes": {"start": "2027-13"}}}', LeverWrongType),
    ('{"levers": {"lanes": {"start": 202701}}}', LeverWrongType),
    ('{"levers": {"lanes": {"start": "1890-01"}}}', LeverOutOfRange),
    ('{"levers": {"lanes": {"start": "2027-05", "end": "2027-04"}}}', LeverOutOfRange),
    ('{"name": 7}', LeverWrongType),
    ('{"data_month": "soon"}', LeverWrongType),
    (r'{"worth": {"quantities": "\ud800"}}', TextRefused),
]


@pytest.mark.parametrize(("text", "error"), BAD_FILES, ids=[str(row[0])[:60] for row in BAD_FILES])
def test_a_bad_file_gets_a_named_error(text: str | bytes, error: type[CrossingsError]) -> None:
    with pytest.raises(error) as caught:
        settings_from_json(text)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert len(sentence) < 700
    sentence.encode("utf-8")


BAD_LINKS = [
    ("free-beer~1", LeverUnknown),
    ("lanes~one", LeverWrongType),
    ("lanes~nan", LeverWrongType),
    ("departure-tax~inf", LeverWrongType),
    ("departure-tax~-5", LeverOutOfRange),
    ("lanes~1~x3", LeverUnknown),
    ("lanes~1~k3", LeverUnknown),
    ("lanes~1~c", LeverWrongType),
    ("lanes~1~s2027-1", LeverWrongType),
    ("lanes~1~dKOR-CHN", LeverUnknown),
    ("lanes~1_lanes~0", ScenarioUnreadable),
    ("~1", LeverUnknown),
    ("lanes~1" * 20_000, ScenarioUnreadable),
]


@pytest.mark.parametrize(("text", "error"), BAD_LINKS, ids=[row[0][:40] for row in BAD_LINKS])
def test_a_bad_link_gets_a_named_error(text: str, error: type[CrossingsError]) -> None:
    with pytest.raises(error):
        settings_from_query({"levers": text})


def test_an_unknown_named_scenario() -> None:
    with pytest.raises(LeverUnknown, match="full-package"):
        from_preset("fuller-package")


@example_settings(deadline=None)
@given(st.text(max_size=200) | st.binary(max_size=200))
def test_any_text_gives_settings_or_a_named_error(text: str | bytes) -> None:
    try:
        assert isinstance(settings_from_json(text), Settings)
    except CrossingsError as fault:
        str(fault).encode("utf-8")


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@example_settings(deadline=None)
@given(field=st.sampled_from(["version", "name", "levers", "data_month", "model_version"]), value=PLAIN)
def test_any_value_of_a_field_gives_settings_or_a_named_error(field: str, value: object) -> None:
    try:
        assert isinstance(settings_from_json(json.dumps({field: value})), Settings)
    except CrossingsError as fault:
        str(fault).encode("utf-8")


@example_settings(deadline=None)
@given(
    lever=st.sampled_from(list(levers())),
    field=st.sampled_from(["value", "start", "end", "ramp_months", "directions", "parts"]),
    value=PLAIN,
)
def test_any_value_of_a_lever_gives_settings_or_a_named_error(lever: str, field: str, value: object) -> None:
    try:
        settings_from_json(json.dumps({"levers": {lever: {field: value}}}))
    except CrossingsError as fault:
        str(fault).encode("utf-8")


def test_other_data_or_another_version_is_said() -> None:
    month = pd.Period("2026-08", freq="M")
    saved = Settings(data_month=month, model_version="1.0")
    assert context(saved, data_month=month, model_version="1.0") is None
    assert context(Settings(), data_month=month, model_version="1.0") is None
    later = context(saved, data_month=month + 1, model_version="1.0")
    assert later is not None
    assert (later.saved_data_month, later.data_month) == (month, month + 1)
    other = context(saved, data_month=month, model_version="1.1")
    assert other is not None
    assert (other.saved_model_version, other.model_version) == ("1.0", "1.1")


def test_a_choice_acts_on_its_directions() -> None:
    whole = settings_of({"lanes": 1}).choice("lanes")
    assert whole is not None
    assert whole.acts_on == (Flow.KOREANS_TO_JAPAN, Flow.JAPANESE_TO_KOREA)
    text = '{"levers": {"lanes": {"directions": ["JPN-KOR"]}}}'
    assert settings_from_json(text).choices[0].acts_on == (Flow.JAPANESE_TO_KOREA,)
    assert settings_of({}).choice("lanes") is None


def test_the_largest_file_is_refused_before_it_is_read() -> None:
    assert settings_from_json('{"name": "' + "a" * 80 + '"}' + " " * 1000).name == "a" * 80
    with pytest.raises(ScenarioUnreadable, match="too large"):
        settings_from_json(" " * LARGEST_FILE + "{}")
