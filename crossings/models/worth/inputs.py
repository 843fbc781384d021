"""Worth from deterministic inputs: every formula can be checked from outside, without draws.

A file is a JSON object {"version": 1, "cases": [...]}. A case has an id of its own, a kind, and the
numbers that the kind needs; numbers with a default may be left out, others may not be added. Rates are in
per cent, hours and days in hours and days, money in the currency it is called by. docs/worth.md lists the kinds,
their inputs and results, and KINDS below holds them; docs/worth-inputs.json is a file with every kind.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from crossings.errors import N_, Listed
from crossings.models.arithmetic import is_number
from crossings.models.queue.flights import OTHER, Flights
from crossings.models.queue.hall import run_hall
from crossings.models.queue.settings import Settings
from crossings.models.worth import formulas
from crossings.models.worth.aim import shares
from crossings.models.worth.errors import InputsUnreadable, InputWrong
from crossings.models.worth.formulas import WORTH_VERSION
from crossings.models.worth.parameters import COUNTRIES, Country, Quantities
from crossings.plain_text import shown

VERSION = 1
LARGEST_FILE = 1_000_000
MOST_CASES = 1000
LONGEST_NAME = 40
LARGEST_QUANTITY = 1e9
MOST_OF = {"hours": 24.0, "jesta": 1.0}
SIGNED = ("uplift", "saving_won", "minutes", "added", "benefit_per_year")

Number = float | list[float]
Numbers = Mapping[str, float]
Lists = Mapping[str, list[float]]
Result = dict[str, float | list[float]]


@dataclass(frozen=True)
class Kind:
    """A kind of case: the numbers and lists it needs, defaults of those that may be left out, and what it gives.

    positive: numbers that must be above 0, for something is divided by them.
    """

    answer: Callable[[Numbers, Lists], Result]
    numbers: tuple[str, ...]
    lists: tuple[str, ...] = ()
    defaults: Mapping[str, float] = field(default_factory=dict)
    positive: tuple[str, ...] = ()


def kind(answer: Callable[[Numbers, Lists], Result], inputs: str) -> Kind:
    """Return a kind from its inputs in words: name=default may be left out, name> must be above 0, name[] is a list."""
    found = [re.fullmatch(r"(\w+)(\[\])?(?:=([\d.]+))?(>)?", word) for word in inputs.split()]
    rows = [match.groups() for match in found if match]
    return Kind(
        answer,
        numbers=tuple(name for name, listed, _, _ in rows if not listed),
        lists=tuple(name for name, listed, _, _ in rows if listed),
        defaults={name: float(default) for name, _, default, _ in rows if default},
        positive=tuple(name for name, _, _, positive in rows if positive),
    )


def answers(text: str | bytes) -> dict[str, object]:
    """Return the results of every case of a file, with the version of the model.

    Raises InputsUnreadable, InputWrong and, for a hall, the errors of its settings.
    """
    record = _object(text)
    if record.get("version", VERSION) != VERSION or isinstance(record.get("version"), bool):
        raise InputsUnreadable(
            N_("This file of inputs has version {value}; this program reads version {known}."),
            value=_shown(record.get("version")),
            known=VERSION,
        )
    cases = record.get("cases", [record] if "kind" in record else None)
    if not isinstance(cases, list) or not cases or len(cases) > MOST_CASES:
        raise _unreadable()
    return {"cases": [_answered(case) for case in cases], "model_version": WORTH_VERSION}


def quantities_from_json(text: str | bytes) -> dict[Country, Quantities]:
    """Read the quantities of both countries: {"KOR": {"desks": 6, "hours": 7}, "JPN": {...}}.

    A country left out needs nothing. Raises InputsUnreadable, InputWrong.
    """
    record = _object(text)
    _refuse_unknown(record, COUNTRIES)
    return {country: _quantities(record[country]) for country in COUNTRIES if country in record}


def shares_from_json(text: str | bytes) -> dict[Country, dict[str, float]]:
    """Read shares of airports of arrival, per cent: {"JPN": {"KIX": 25, ...}}. Raises InputsUnreadable, InputWrong."""
    record = _object(text)
    _refuse_unknown(record, COUNTRIES)
    found: dict[Country, dict[str, float]] = {}
    for country in COUNTRIES:
        rows = record.get(country)
        if rows is not None:
            if not isinstance(rows, dict):
                raise _unreadable()
            typed = {str(code): _number(str(code), share, least=0.0) for code, share in rows.items()}
            found[country] = shares(country, typed)
    return found


def _quantities(said: object) -> Quantities:
    if not isinstance(said, dict):
        raise _unreadable()
    known = tuple(Quantities.__dataclass_fields__)
    _refuse_unknown(said, known)
    read = {name: _number(name, value, least=0.0) for name, value in said.items()}
    for name, value in read.items():
        largest = MOST_OF.get(name, LARGEST_QUANTITY)
        if value > largest:
            raise InputWrong(
                N_("The input {name} must be at most {largest}, not {value}."),
                name=name,
                largest=f"{largest:,.0f}",
                value=_shown(said[name]),
            )
    return Quantities(**read)


def _object(text: str | bytes) -> dict[str, object]:
    if len(text) > LARGEST_FILE:
        raise _unreadable()
    try:
        plain = json.loads(text.decode("utf-8-sig") if isinstance(text, bytes) else text)
    except (ValueError, RecursionError):
        raise _unreadable() from None
    if not isinstance(plain, dict):
        raise _unreadable()
    return plain


def _unreadable() -> InputsUnreadable:
    return InputsUnreadable(
        N_("This is not a file of inputs for worth. Give a JSON object below 1 MB as docs/worth.md shows it.")
    )


def _answered(case: object) -> dict[str, object]:
    if not isinstance(case, dict):
        raise _unreadable()
    name = case.get("kind")
    if not isinstance(name, str) or name not in KINDS:
        raise InputWrong(
            N_("There is no kind of case {name}. Known: {known}."), name=_shown(name), known=Listed(KINDS)
        )
    asked = KINDS[name]
    _refuse_unknown(case, ("id", "kind", "version", *asked.numbers, *asked.lists))
    numbers = {key: _given(asked, key, case) for key in asked.numbers}
    lists = {key: _list(key, case.get(key)) for key in asked.lists}
    too_large = InputWrong(N_("The inputs of {name} are too large to be worked out."), name=_shown(name))
    try:
        results = {key: _tidy(value) for key, value in asked.answer(numbers, lists).items()}
    except (ArithmeticError, ValueError):
        raise too_large from None
    if not np.isfinite(np.concatenate([np.atleast_1d(value) for value in results.values()])).all():
        raise too_large
    return {
        "id": shown(str(case.get("id", "")))[:LONGEST_NAME],
        "kind": name,
        "results": results,
        "grade": "typed",
    }


def _given(asked: Kind, key: str, case: Mapping[str, object]) -> float:
    least = None if key in SIGNED else 0.0
    return _number(key, case.get(key, asked.defaults.get(key)), least=least, above=key in asked.positive)


def _refuse_unknown(record: Mapping[str, object], known: tuple[str, ...]) -> None:
    for key in record:
        if key not in known:
            raise InputWrong(
                N_("There is no input {name} here. Known: {known}."), name=_shown(key), known=Listed(known)
            )


def _number(name: str, said: object, *, least: float | None = None, above: bool = False) -> float:
    if not is_number(said):
        raise InputWrong(N_("The input {name} must be a number, not {value}."), name=name, value=_shown(said))
    if least is not None and (said < least or (above and said == least)):
        raise InputWrong(
            N_(
                "The input {name} must be a number above 0, or 0 where nothing is divided by it, not {value}."
            ),
            name=name,
            value=_shown(said),
        )
    return float(said)


def _list(name: str, said: object) -> list[float]:
    if not isinstance(said, list) or not 1 <= len(said) <= MOST_CASES:
        raise InputWrong(N_("The input {name} must be a list of numbers."), name=name)
    return [_number(name, value, least=0.0) for value in said]


def _shown(said: object) -> str:
    return f"“{shown(str(said))[:LONGEST_NAME]}”"


def _tidy(value: float | list[float]) -> float | list[float]:
    return [float(one) + 0.0 for one in value] if isinstance(value, list) else float(value) + 0.0


def _spending(given: Numbers, lists: Lists) -> Result:
    spent = given["trips"] * given["spend_per_trip"] * given["marginal"]
    return {"spending": spent, "spending_won": spent * given["won_per_unit"]}


def _surplus(given: Numbers, lists: Lists) -> Result:
    before, gained = given["trips"], given["trips"] * given["uplift"]
    result: Result = {
        "trips_gained": gained,
        "existing_won": before * given["saving_won"],
        "new_won": gained * given["saving_won"] / 2,
        "surplus_won": formulas.surplus(before, before + gained, given["saving_won"]),
    }
    if given["trip_cost_won"] > given["saving_won"]:
        result["exact_won"] = formulas.exact_surplus(
            before, cost=given["trip_cost_won"], saving=given["saving_won"], elasticity=given["elasticity"]
        )
    return result


def _time(given: Numbers, lists: Lists) -> Result:
    a_trip = formulas.minutes_value(
        given["minutes"], value_per_hour=given["value_per_hour_won"], weight=given["weight"]
    )
    return {"won_a_trip": a_trip, "won": a_trip * given["trips"]}


def _hall(given: Numbers, lists: Lists) -> Result:
    people = np.array(lists["passengers"])
    flights = Flights(
        minute=given["gap_minutes"] * np.arange(len(people), dtype=float),
        passengers=people,
        group=(OTHER,) * len(people),
        spread_minutes=np.full(len(people), given["spread_minutes"]),
    )
    settings = [Settings(desks=desks, desk_seconds=given["seconds"]) for desks in lists["desks"]]
    waits = [run_hall(flights, setting).groups["all"] for setting in settings]
    saved = [(waits[0].mean_minutes - wait.mean_minutes) * wait.passengers for wait in waits]
    value = [
        formulas.minutes_value(one, value_per_hour=given["value_per_hour_won"], weight=1.0) for one in saved
    ]
    hourly = given["officer_cost_won"] / given["officer_hours"]
    cost = [(desks - lists["desks"][0]) * given["shift_hours"] * hourly for desks in lists["desks"]]
    ratio = [given["banks_per_shift"] * a / b if b else 0.0 for a, b in zip(value, cost, strict=True)]
    return {
        "mean_minutes": [wait.mean_minutes for wait in waits],
        "longest_minutes": [wait.max_minutes for wait in waits],
        "minutes_saved": saved,
        "value_won": value,
        "cost_won": cost,
        "ratio": ratio,
    }


def _officers(given: Numbers, lists: Lists) -> Result:
    years = formulas.officers(
        desks=given["desks"], hours=given["hours"], days=given["days"], officer_hours=given["officer_hours"]
    )
    return {"officers": years, "cost_a_year": years * given["officer_cost"]}


def _gates(given: Numbers, lists: Lists) -> Result:
    price = given["gates"] * given["price"]
    costs = [
        formulas.equipment_cost(
            price, running_share=given["running_share"], years=given["life_years"], rate_percent=rate
        )
        for rate in lists["rates_percent"]
    ]
    return {"cost_a_year": costs}


def _charge(given: Numbers, lists: Lists) -> Result:
    change = given["trips"] * given["uplift"]
    charges = {"added": given["added"], "existing": given["existing"]}
    return {
        "trips_gained": change,
        "revenue": formulas.charge_revenue(given["trips"] + change, change, **charges),
        "deadweight": formulas.deadweight(abs(change), **charges),
        "spending": change * given["spend_per_trip"],
    }


def _authorisation(given: Numbers, lists: Lists) -> Result:
    after = given["trips"] * (1 + given["uplift"])
    return {"trips": after, "revenue": after * given["fee"] / given["trips_per_authorisation"]}


def _project(given: Numbers, lists: Lists) -> Result:
    gains = [
        formulas.present_value(given["benefit_per_year"], years=given["years"], rate_percent=rate)
        for rate in lists["rates_percent"]
    ]
    outlay = given["outlay_now"]
    return {
        "net_present_value": [gain - outlay for gain in gains],
        "benefit_cost": [gain / outlay for gain in gains],
    }


def _preclearance(given: Numbers, lists: Lists) -> Result:
    cost = formulas.posted_cost(
        given["officers"],
        days=given["days"],
        officer_cost=given["officer_cost_yen"],
        allowance=given["allowance_yen"],
    )
    saved = formulas.minutes_value(
        given["minutes"], value_per_hour=given["value_per_hour_won"], weight=given["weight"]
    )
    worth_yen, cost_yen = saved / given["won_per_yen"], cost / given["users"]
    return {
        "cost_yen": cost,
        "cost_a_user_yen": cost_yen,
        "worth_a_user_yen": worth_yen,
        "ratio": worth_yen / cost_yen,
    }


def _break_even(given: Numbers, lists: Lists) -> Result:
    minutes = formulas.break_even_minutes(
        given["annual_cost"],
        users=given["users"],
        value_per_hour=given["value_per_hour"],
        weight=given["weight"],
    )
    return {"minutes_a_user": minutes}


def _travel_account(given: Numbers, lists: Lists) -> Result:
    paid = round(given["spent_in_japan_yen"] * given["won_per_yen"])
    received = round(given["spent_in_korea_usd"] * given["won_per_usd"])
    return {
        "korea_won": received - paid,
        "japan_won": paid - received,
        "sum_won": 0.0 + (received - paid) + (paid - received),
    }


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "spending": kind(_spending, "trips spend_per_trip won_per_unit marginal=1"),
        "surplus": kind(_surplus, "trips uplift saving_won trip_cost_won=0 elasticity=1"),
        "time": kind(_time, "minutes value_per_hour_won weight=1 trips=1"),
        "hall": kind(
            _hall,
            "passengers[] desks[] gap_minutes spread_minutes> seconds> value_per_hour_won shift_hours "
            "officer_cost_won officer_hours> banks_per_shift=1",
        ),
        "officers": kind(_officers, "desks hours days officer_hours> officer_cost"),
        "gates": kind(_gates, "gates price life_years> running_share rates_percent[]"),
        "charge": kind(_charge, "trips uplift added existing=0 spend_per_trip=0"),
        "authorisation": kind(_authorisation, "trips uplift fee trips_per_authorisation=1>"),
        "project": kind(_project, "outlay_now> benefit_per_year years> rates_percent[]"),
        "pre-clearance": kind(
            _preclearance,
            "officers> days> users> officer_cost_yen allowance_yen minutes value_per_hour_won weight=1 won_per_yen>",
        ),
        "break-even": kind(_break_even, "annual_cost users> value_per_hour> weight=1>"),
        "travel-account": kind(
            _travel_account, "spent_in_japan_yen spent_in_korea_usd won_per_yen won_per_usd"
        ),
    }
)
