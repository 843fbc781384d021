"""Labels that go with every figure: source, status, as-of month."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

import pandas as pd

from crossings.errors import N_
from crossings.language.language import Language
from crossings.language.markup import literal
from crossings.tables import user_figures as added
from crossings.tables.citations import copied_keys
from crossings.tables.flows import DIRECTIONS, Flow, Published, Status

RUNS_SHOWN = 4
LONGEST_LABEL = 16
CLAIM_SPEAKERS = {
    "presidential-office-2024": "Presidential Office of Korea",
    "jnto-official-2024": "JNTO official in press",
    "one-korea-news-2025": "One Korea News",
}


@lru_cache(maxsize=32)
def status_word(status: str, language: Language) -> str:
    """Return how firm a figure is: estimate, provisional, definitive, or added by the user."""
    return {
        "added": language("added by you"),
        "estimate": language("estimate"),
        "provisional": language("provisional"),
        "definitive": language("definitive"),
    }[status]


def status_line(
    published: Published, flow: Flow, language: Language, *, as_of: pd.Period | None = None
) -> str:
    """Return which months of a flow are definitive, provisional and estimates, firmest first; office by office."""
    parts = [_statuses(published, one, language, as_of) for one in DIRECTIONS if flow in (one, Flow.BOTH)]
    if len(set(parts)) > 1:
        offices = [
            language.named(short_source(one, language), part)
            for one, part in zip(DIRECTIONS, parts, strict=True)
        ]
        return language("Status: {parts}.", parts=language.in_titles(offices))
    return language("Status: {parts}.", parts=parts[0])


@lru_cache(maxsize=256)
def _statuses(published: Published, flow: Flow, language: Language, as_of: pd.Period | None) -> str:
    statuses = published.status(flow, as_of=as_of)
    runs = (statuses != statuses.shift()).cumsum()
    spans = [(str(run.iloc[0]), run.index[0], run.index[-1]) for _, run in statuses.groupby(runs)][
        -RUNS_SHOWN:
    ]
    said = []
    for status, first, last in spans:
        if status == "definitive":
            said.append(language("definitive to {month}", month=language.month(last)))
        elif status == "provisional":
            said.append(language("provisional {span}", span=months(first, last, language)))
        elif status == "added":
            said.append(language("added by you {span}", span=months(first, last, language)))
        else:
            said.append(language("estimates {span}", span=months(first, last, language)))
    return language.in_a_list(said)


def months(first: pd.Period, last: pd.Period, language: Language) -> str:
    """Return a span of months, within one year or across years."""
    if first.year == last.year:
        return language.span(first, last)
    return f"{language.month(first)}{language.conventions.span}{language.month(last)}"


def estimated(
    published: Published, flow: Flow, *, as_of: pd.Period | None = None
) -> tuple[pd.Period, pd.Period] | None:
    """Return the first and last of a flow's newest months that are estimates, None where its newest figure is firmer."""
    status = published.status(flow, as_of=as_of)
    status = status[status != Status.ADDED.value]
    soft = status[status == Status.ESTIMATE.value]
    if soft.empty or soft.index[-1] != status.index[-1]:
        return None
    firm = status[status != Status.ESTIMATE.value]
    start = soft.index[0] if firm.empty else soft.index[soft.index > firm.index[-1]][0]
    return start, soft.index[-1]


def short_source(flow: Flow, language: Language) -> str:
    """Return the publishers of a flow by their short names, as a sentence to copy names them."""
    named = {
        Flow.BOTH: language("JNTO, Korea Tourism Organization"),
        Flow.KOREANS_TO_JAPAN: "JNTO",
        Flow.JAPANESE_TO_KOREA: language("Korea Tourism Organization"),
    }
    return named[flow]


def source_line(
    flow: Flow, language: Language, *, model_version: str = "", further: Sequence[str] = ()
) -> str:
    """Return the publishers of a flow; what a model made of their figures is credited to the model.

    further: publishers whose figures went in besides.
    """
    japan = language("Japan National Tourism Organization (Koreans visiting Japan)")
    korea = language("Korea Tourism Organization (Japanese visiting Korea)")
    named = {
        Flow.BOTH: [japan, korea],
        Flow.KOREANS_TO_JAPAN: [japan],
        Flow.JAPANESE_TO_KOREA: [korea],
    }
    publishers = language.in_a_list([*named[flow], *further])
    if model_version:
        model, _, version = model_version.rpartition(" ")
        said = {
            "worth": N_(
                "Calculated by the Crossings model of benefits and costs {version} from published figures of: {publishers}."
            )
        }
        usual = N_("Calculated by the Crossings model {version} from published figures of: {publishers}.")
        return language(said.get(model, usual), version=version, publishers=publishers)
    return language("Source: {publishers}.", publishers=publishers)


@lru_cache(maxsize=8)
def line_labels(language: Language) -> tuple[str, ...]:
    """Return the labels that source, month and status lines begin with in a language, with their mark."""
    frames = (
        language("Source: {publishers}."),
        language("Calculated by the Crossings model {version} from published figures of: {publishers}."),
        language(
            "Calculated by the Crossings model of benefits and costs {version} from published figures of: {publishers}."
        ),
        language("Calculated by the Crossings queue model on assumed flights, calibrated to: {titles}."),
        language(
            "Calculated by the Crossings queue model on assumed flights; no published wait to calibrate to."
        ),
        language("Figures to {month}."),
        language("Latest figure: {day}."),
        language("Status: {parts}."),
    )
    mark = language.conventions.label
    starts = (frame.partition(mark)[0] + mark for frame in frames if mark in frame)
    return tuple(dict.fromkeys(start for start in starts if len(start) <= LONGEST_LABEL and "{" not in start))


def model_line(model_version: str, language: Language) -> str:
    """Return which model, in which version, made a figure."""
    model, _, version = model_version.rpartition(" ")
    named = {
        "worth": language("Model of benefits and costs"),
        "hall": language("Queue model"),
        "history": language("Model of past effects"),
    }
    if model not in named:
        return language("model version {version}", version=model_version)
    return language("{model}, version {version}", model=named[model], version=version)


def by_hand_line(
    published: Published, flow: Flow, language: Language, *, as_of: pd.Period | None = None
) -> str:
    """Return which months of a flow were added by hand and where each is from; empty where none was."""
    rows = _rows(published, flow, as_of)
    own = rows[rows["status"] == Status.ADDED.value]
    if own.empty:
        return ""
    sources = added.read().set_index(["month", "origin", "destination"])["source"]
    keys = zip(own["month"].astype(str), own["origin"], own["destination"], strict=True)
    named = own.assign(named=[sources.get(key, "–") for key in keys])
    shown = []
    for (origin, destination, source), same in named.groupby(["origin", "destination", "named"], sort=False):
        whose = subject(Flow(f"{origin}-{destination}"), language) if flow is Flow.BOTH else ""
        for first, last in _runs(same["month"]):
            span = months(first, last, language)
            when = language("{month} ({source})", month=span, source=literal(str(source)))
            shown.append(f"{whose} {when}".strip())
    return language(
        "Entered by hand, not published by the two offices: {what}.", what=language.in_a_list(shown)
    )


def added_by_user(published: Published, language: Language) -> str:
    """Return which months of which flow the user added, empty where none, for a line of small facts."""
    shown = []
    for flow in DIRECTIONS:
        status = published.status(flow)
        added_months = status.index[status == Status.ADDED.value]
        shown += [
            f"{subject(flow, language)} {months(first, last, language)}"
            for first, last in _runs(added_months)
        ]
    return language("added by you: {what}", what=language.in_a_list(shown)) if shown else ""


def copied_line(
    published: Published, flow: Flow, language: Language, *, as_of: pd.Period | None = None
) -> str:
    """Return which months of a flow were read in copies of the offices' files; empty where none was."""
    spans = _copied_spans(published, flow, as_of, copied_keys())
    if not spans:
        return ""
    known = _rows(published, flow, as_of)["month"]
    if spans == ((known.min(), known.max()),):
        return language("Taken from copies of the published files.")
    shown = [months(first, last, language) for first, last in spans]
    return language("Taken from copies: {spans}.", spans=language.in_a_list(shown))


@lru_cache(maxsize=256)
def _copied_spans(
    published: Published, flow: Flow, as_of: pd.Period | None, keys: frozenset[str]
) -> tuple[tuple[pd.Period, pd.Period], ...]:
    rows = _rows(published, flow, as_of)
    return _runs(rows.loc[rows["source"].isin(keys), "month"])


def _runs(held: Iterable[pd.Period]) -> tuple[tuple[pd.Period, pd.Period], ...]:
    """Return the first and last month of each run of months, in order."""
    ordered = pd.Series(sorted(set(held)), dtype="period[M]")
    runs = (ordered.diff() != pd.offsets.MonthEnd(1)).cumsum()
    return tuple((run.iloc[0], run.iloc[-1]) for _, run in ordered.groupby(runs))


@lru_cache(maxsize=256)
def _rows(published: Published, flow: Flow, as_of: pd.Period | None) -> pd.DataFrame:
    """Return the figures of a flow's directions as far as known."""
    rows = published.visitors
    wanted = [direction.value for direction in (DIRECTIONS if flow is Flow.BOTH else (flow,))]
    here = rows[(rows["origin"] + "-" + rows["destination"]).isin(wanted)]
    return here if as_of is None else here[here["month"] <= as_of]


def as_of_line(month: pd.Period, language: Language) -> str:
    """Return up to which month the figures go."""
    return language("Figures to {month}.", month=language.month(month))


def model_name(name: str, language: Language) -> str:
    """Return the label of a model of the pool; a model without one keeps its code."""
    names = {
        "structural": language("Structural time series"),
        "seasonal_arima": language("Seasonal ARIMA"),
        "theta": language("Theta method"),
    }
    return names.get(name, name)


def subject(flow: Flow, language: Language) -> str:
    """Return what a flow counts, as it stands at the head of a sentence or a label."""
    names = {
        Flow.BOTH: language("Visitors in both directions"),
        Flow.KOREANS_TO_JAPAN: language("Koreans visiting Japan"),
        Flow.JAPANESE_TO_KOREA: language("Japanese visiting Korea"),
    }
    return names[flow]


def short_subject(flow: Flow, language: Language) -> str:
    """Return a flow's name as short as a control needs it."""
    names = {
        Flow.BOTH: language("Both directions"),
        Flow.KOREANS_TO_JAPAN: language("Koreans to Japan"),
        Flow.JAPANESE_TO_KOREA: language("Japanese to Korea"),
    }
    return names[flow]


def signed(share: float | None, language: Language) -> str:
    """Return a change with its sign, or a dash where it cannot be said."""
    return "–" if share is None else language.percent(share, signed=True)


def rise(share: float, language: Language) -> str:
    """Return a change in words, as prose has it: up 20.2%, 20.2% 증가, 20.2%増."""
    percent = language.percent(abs(share))
    if percent == language.percent(0):
        return language("unchanged")
    return (
        language("up {percent}", percent=percent)
        if share > 0
        else language("down {percent}", percent=percent)
    )


def office(code: str, language: Language) -> str:
    """Return an office of the release table as a line of dates names it."""
    return language("KTO") if code == "KTO" else code


def certainty(word: str, language: Language) -> str:
    """Return how sure a mark's date is."""
    return {
        "verified": language("confirmed"),
        "single-source": language("single source"),
        "unconfirmed": language("unconfirmed"),
    }.get(word, word)


def speaker(name: str, language: Language) -> str:
    """Return who said it."""
    return language(name)


def claim_speaker(key: str, language: Language) -> str:
    """Return who made a public statement that the projection is asked about, by its key."""
    return speaker(CLAIM_SPEAKERS[key], language)
