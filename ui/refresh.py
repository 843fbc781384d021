"""Bringing the figures up to date from the Sources page: refresh, an uploaded file, a figure typed in."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import pandas as pd

from crossings.errors import N_, CrossingsError, unforeseen
from crossings.language import Language, markup
from crossings.language.labels import status_word, subject
from crossings.models.forecast.projection import FIRST_AS_OF
from crossings.questions.sources import figures
from crossings.questions.sources.view import SourcesView
from crossings.tables import flows, releases
from crossings.tables.flows import DIRECTIONS, Flow, Published, Status
from crossings.tables.releases import Freshness
from etl import commands, own, report, upload
from etl.publishers import SOURCES, asked_at, title
from etl.refresh import bring_in, key_of, refresh
from etl.release_day import EXPECTED, HERE
from etl.report import FAILED, FINE, NOTHING_NEW, SKIPPED, Report
from etl.tables import STATUSES
from etl.written import persons
from ui import figure, frame, readers, state, work
from ui import screen as st
from ui.models import models, undecided_mark

MONTHS_OFFERED = 6
KEEP_ROWS = 12
POLL_SECONDS = 1.0
WATCH_SECONDS = 600.0
DOUBTFUL = "figures-far-from-expected"
EXAMPLE = 723_400
CURSOR = "cursor"  # ui/frame.js puts it there
TAKEN = "figures-taken"


@dataclass
class Run:
    """One refresh, or one file or figure brought in by hand: how far it is, what came of it, the figures before it."""

    share: float = 0.0
    source: str = ""
    done: Report | None = None
    fault: CrossingsError | None = None
    before: Published | None = None
    thread: threading.Thread | None = field(default=None, repr=False)
    started: float = field(default_factory=time.monotonic)

    @property
    def busy(self) -> bool:
        """Whether the refresh is still under way."""
        return self.thread is not None and self.thread.is_alive()

    def compared(self, now: Published) -> Published:
        """Return the figures that today's are compared with.

        What the user entered or took away by hand is compared with the published figures, whatever was there a
        moment ago; a release with the figures before it.
        """
        if self.thread is None and self.done is None:
            return now.official
        return self.before or now


class KeepersOnly(CrossingsError):
    """A reader of a shared app tried to change the official figures."""


@st.cache_resource(show_spinner=False)
def _runs() -> list[Run]:
    return []


@st.cache_resource(show_spinner=False)
def _starting() -> threading.Lock:
    """Return the lock under which a run is started, so that two presses start one."""
    return threading.Lock()


def _last_run() -> Run | None:
    runs = _runs()
    return runs[-1] if runs else None


def _keys() -> dict[str, str]:
    try:
        return {
            name: str(st.secrets[source.key.variable])
            for name, source in SOURCES.items()
            if source.key and source.key.variable in st.secrets
        }
    except FileNotFoundError:
        return {}


def _before() -> Published | None:
    try:
        return flows.load()
    except CrossingsError:
        return None


def _start() -> None:
    if not readers.keeper():
        raise KeepersOnly(N_("Only the administrator of this server can add official figures."))
    with _starting():
        _begin()


def _begin() -> None:
    last = _last_run()
    if last and last.busy:
        return
    run, keys = Run(before=_before()), _keys()

    def work() -> None:
        try:
            run.done = refresh(keys=keys, progress=lambda source, share: _tell(run, source, share))
        except Exception as fault:  # a thread has nobody else to tell
            run.fault = unforeseen(fault)

    run.thread = threading.Thread(target=work, name="refresh", daemon=True)
    _runs()[:] = [run]
    run.thread.start()


def _tell(run: Run, source: str, share: float) -> None:
    run.source, run.share = source, share


def section(answer: SourcesView, language: Language) -> None:
    """Draw everything that brings figures in: the refresh and what it changed, a typed figure, a file, those added."""
    st.markdown("#### " + language("Update the data"), anchors=False)
    if readers.keeper():
        _refreshing(language)
    else:
        st.markdown(language("The administrator of this server updates the official figures."))
    of_refresh = st.container()
    st.markdown("#### " + language("Add figures or files by hand"), anchors=False)
    if where := readers.kept_where(language):
        st.caption(where)
    _typed(language)
    _added(language)
    by_hand = st.container()
    with st.expander(language("Load a file"), key="by-hand"):
        _file(language)
        _save(language)
    with st.expander(language("Earlier refreshes and keys"), key="refreshes"):
        _kept(language)
        _keys_missing(language)
    last = _last_run()
    with of_refresh if last is not None and last.thread is not None else by_hand:
        _changed(answer, language)


def _refreshing(language: Language) -> None:
    """Draw the refresh: its button, the watch for the next release, how far it is and which keys are missing."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            language("Refresh now"),
            type="primary",
            on_click=state.safe(_start),
            help=language(
                "Checks the publishers for new and revised figures; this takes up to a minute, and other pages "
                "stay usable. Data that fail the checks are rejected: the figures then stay as they are and "
                "the reason is shown here."
            ),
        )
        watching = _watch(language)
    if watching:
        st.fragment(frame.netted(_ask_when_due), run_every=WATCH_SECONDS)(language)
    _progress(language)


def _save(language: Language) -> None:
    """Draw the button that saves the added figures as a file, which can be loaded again."""
    place = own.path()
    st.download_button(
        language("Save the added figures"),
        data=place.read_bytes if place.is_file() else b"",
        file_name="added.csv",
        mime="text/csv",
        on_click="ignore",
        disabled=not place.is_file(),
        type="tertiary",
    )


def _watch(language: Language) -> bool:
    """Offer to ask again and again while the page is open, until the release that is due is here."""
    return st.toggle(
        language("Watch for the next release"),
        key=state.control("watch-releases"),
        persist_state=None,
        help=language("While this page is open, checks every ten minutes from the expected time."),
        width="content",
    )


def _ask_when_due(language: Language) -> None:
    now = datetime.now(HERE)
    due = releases.freshness(today=now.date()).overdue
    if not due:
        coming = min(releases.freshness(today=now.date()).due, key=lambda release: release.day, default=None)
        if coming is not None:
            st.caption(
                language(
                    N_("Waiting. Next release: {office}, around {day}."),
                    office=coming.office,
                    day=language.day(coming.day),
                )
            )
        return
    last = _last_run()
    waited = last is None or time.monotonic() - last.started >= WATCH_SECONDS
    if waited and any(EXPECTED[one.office] <= now.time() or one.day < now.date() for one in due):
        _start()
        st.rerun()
    st.caption(
        language(
            N_("Checking: release of {office} due today."),
            office=language.in_a_list(sorted({one.office for one in due})),
        )
    )


def last_asked(fresh: Freshness) -> date | None:
    """Return the day of the last refresh where it reached every office whose release is overdue, on that day or later."""
    kept = report.kept()
    if not kept or not fresh.overdue:
        return None
    day = str(kept[-1].get("started", ""))[:10]
    reached = {
        str(part.get("source")) for part in _parts_kept(kept[-1]) if part.get("state") in (FINE, NOTHING_NEW)
    }
    in_vain = all(reached & asked_at(one.office) and one.day.isoformat() <= day for one in fresh.overdue)
    return date.fromisoformat(day) if in_vain else None


def _keys_missing(language: Language) -> None:
    given = _keys()
    said = [language("No key is needed for the figures of both directions and the exchange rate.")]
    if not key_of("kto", given):
        said.append(
            language(
                "With a free key of the Korean service (`CROSSINGS_KTO_KEY`, from data.go.kr, data set "
                "15158830) Japanese visitors by sex and age are added."
            )
        )
    if not key_of("estat", given):
        said.append(
            language("Immigration entries need e-Stat's free key (`CROSSINGS_ESTAT_KEY`, from e-stat.go.jp).")
        )
    said.append(language("Keys are read from the environment or from Streamlit's secrets and never shown."))
    st.caption(language.gap.join(said))


def _progress(language: Language) -> None:
    last = _last_run()
    busy = bool(last and last.busy)
    st.fragment(frame.netted(_shown), run_every=POLL_SECONDS if busy else None)(language, busy)


def _shown(language: Language, was_busy: bool) -> None:
    run = _last_run()
    if run is None:
        return
    if run.busy:
        name = language(title(run.source))
        said = (
            language("Checking {source}…", source=name) if run.source else language("Validating and saving…")
        )
        st.progress(run.share, text=said)
    elif was_busy:
        st.rerun()
    elif run.fault is not None:
        st.error(language.error(run.fault))
    elif run.done is not None:
        _outcome(run.done, language)


def _outcome(done: Report, language: Language) -> None:
    """Draw what came of a run: one line for the whole, one for each source, the figures of the two flows that changed."""
    failed = [part for part in done.sources if part.state == FAILED]
    if done.changed and failed:
        st.warning(language("New figures were added, but not every source could be used: see below."))
    elif done.changed:
        st.success(language("New figures were added."))
    elif failed:
        st.warning(language("Nothing was changed, and not every source could be used: see below."))
    else:
        st.info(language("No new figures."))
    lines = [
        line
        for part in done.sources
        if part.state != SKIPPED
        for line in commands.said(part, language, name=f"**{language(title(part.source))}**")
    ]
    skipped = [language(title(part.source)) for part in done.sources if part.state == SKIPPED]
    if skipped:
        lines.append(
            language("Skipped because no key is set: {sources}.", sources=language.in_a_list(skipped))
        )
    st.markdown("\n".join(f"- {line}" for line in lines))
    rows = figures.change_rows((change for part in done.sources for change in part.changes), language)
    if len(rows):
        with st.expander(language("Changes by month and direction"), key="changed-months"):
            figure.rows(rows, alt=language("Changes by month and direction"))


def _changed(answer: SourcesView, language: Language) -> None:
    """Draw how the last run moved this year's answer; without one, how it moved since the month before, if asked."""
    run, now = _last_run(), flows.load()
    if run is not None and run.busy:
        return
    before = now if run is None or not readers.keeper() else run.compared(now)
    if before.digest != now.digest:
        st.markdown("#### " + _effect_of(before, now, language), anchors=False)
        if waiting := answer.waiting(before):
            st.markdown(waiting)
        _effect(answer, before, language)
        return
    earlier = now.last_month - 1
    title = language("Changes since {month}", month=language.month(earlier))
    with st.expander(title, key="changed-since"):
        if earlier >= FIRST_AS_OF and st.toggle(
            language("Calculate"), key=state.control("work-out-since"), persist_state=None
        ):
            _effect(answer, None, language)


def _effect_of(before: Published, now: Published, language: Language) -> str:
    """Return the heading over what the figures moved: those entered by hand alone, or whatever is new."""
    if before is now.official:
        return language(
            "Effect of the figures entered by hand on the forecast, compared with the published ones"
        )
    return language("Effect of the new figures on the forecast")


def _effect(answer: SourcesView, before: Published | None, language: Language) -> None:
    """Draw revision, new data and model as shares of what moved. before: the figures then; without, a month ago."""
    try:
        with st.spinner(language("Calculating the changes…"), show_time=False):
            effect = answer.effect(before, mark=undecided_mark(Flow.BOTH, year=models().last_month.year))
    except CrossingsError as fault:
        st.caption(language.error(fault))
        return
    st.markdown(effect.sentence)
    if effect.changes is not None:
        figure.rows(effect.changes, alt=language("Changes"))


def _typed(language: Language) -> None:
    """Draw the form for a month's figures: both directions can be taken with one press."""
    published, overdue = flows.load(), releases.freshness(today=date.today()).overdue
    taken = state.get(TAKEN)
    if taken is not None:
        state.show({_typed_key(flow): "" for flow in DIRECTIONS})
        state.forget(TAKEN)
    with st.form("typed-figure", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            first = figures.last_official_month(published) + 1
            months = [str(month) for month in pd.period_range(first, periods=MONTHS_OFFERED, freq="M")]
            month = st.selectbox(
                language("Month"), months, format_func=state.named(months, language.month_of), width=160
            )
            visitors = _both_ways(language, first=CURSOR if overdue else None)
            status = st.selectbox(
                language("Status"),
                STATUSES,
                format_func=state.named(STATUSES, lambda name: status_word(Status(name), language)),
                width=140,
            )
            source = st.text_input(
                language("Source of the figure"),
                max_chars=own.LONGEST_NOTE,
                placeholder=language("blank: JNTO or KTO"),
            )
            seen = st.date_input(
                language("Date checked"), value=date.today(), max_value=date.today(), width=150
            )
        sent = st.form_submit_button(language("Add the figures"))
    if sent and not visitors:
        state.forget(DOUBTFUL)
        st.warning(language("Enter the number of visitors first."))
    elif sent:
        _try_rows(
            lambda: [
                own.OwnRow(
                    str(month),
                    flow.value[:3],
                    flow.value[-3:],
                    persons(typed),
                    source=source.strip() or figures.OFFICES[flow],
                    status=status,
                    seen=str(seen),
                )
                for flow, typed in visitors.items()
            ],
            language,
        )
    elif taken is not None:
        st.success(
            language(
                "Added: {figures}.", figures=language.in_a_list([_row_line(row, language) for row in taken])
            )
        )
    _doubtful(language)


def _typed_key(flow: Flow) -> str:
    return f"typed-{flow.value}"


def _both_ways(language: Language, *, first: str | None) -> dict[Flow, str]:
    """Draw a field for each direction and return what was typed. first: the key of what holds the first field."""
    example = " / ".join([language.number(EXAMPLE), language.people_short(EXAMPLE)])
    typed = {}
    for flow, key in zip(DIRECTIONS, (first, None), strict=True):
        with st.container(width=190, key=key):
            typed[flow] = st.text_input(
                subject(flow, language), key=state.control(_typed_key(flow)), placeholder=example
            )
    return {flow: text for flow, text in typed.items() if text and text.strip()}


def _row_line(row: own.OwnRow, language: Language) -> str:
    """Return an added figure in a few words: month, whose, how many."""
    who = _whose(row.origin, row.destination, language)
    return " · ".join([language.month_of(row.month), who, language.people(row.visitors)])


def _whose(origin: str, destination: str, language: Language) -> str:
    """Return whose arrivals an added figure counts: a direction in words, else two codes."""
    pair = f"{origin}-{destination}"
    return subject(Flow(pair), language) if pair in list(DIRECTIONS) else f"{origin}–{destination}"


def _try_rows(rows: Callable[[], Sequence[own.OwnRow]], language: Language) -> None:
    """Keep figures typed or loaded; those far from what is expected wait until the reader says they are meant."""
    state.forget(DOUBTFUL)
    try:
        typed = list(rows())
        with st.spinner(language("Validating and saving…"), show_time=False):
            own.weigh(typed, day=date.today().isoformat(), official=flows.read_table("visitors"))
    except own.Unlikely as doubt:
        state.keep(DOUBTFUL, (typed, language.error(doubt)))
    except CrossingsError as fault:
        st.error(language.error(fault))
    else:
        _try(lambda: _keep(typed), language)


def _keep(rows: Sequence[own.OwnRow]) -> None:
    own.add_all(rows, day=date.today().isoformat(), official=flows.read_table("visitors"), confirmed=True)
    state.keep(TAKEN, tuple(rows))


def _doubtful(language: Language) -> None:
    """Ask once about figures far from what is expected."""
    doubtful = state.get(DOUBTFUL)
    if doubtful is None:
        return
    rows, sentence = doubtful
    st.warning(sentence)
    if st.button(language("Add it anyway")):
        state.forget(DOUBTFUL)
        _try(lambda: _keep(rows), language)


def _file(language: Language) -> None:
    st.caption(
        language(
            "Official workbook of JNTO or KTO, or your own CSV or XLSX table with the columns month, "
            "origin, destination, visitors and optionally status, source, seen, note. The file is "
            "recognised by its content, not its name."
        )
    )
    found = st.file_uploader(language("Load a file"), key="figures_file")
    if found is None:
        return
    key = ("file", found.file_id)
    if st.button(language("Add this file")) or work.under_way(key):
        content, name = found.getvalue(), found.name
        try:
            read = work.done(
                key, lambda job: upload.read(content, name=name), language, text=language("Reading the file…")
            )
        except CrossingsError as fault:
            st.error(language.error(fault))
            return
        if read is None:
            return
        release = read.release
        if release is not None and not readers.keeper():
            st.error(language("Only the administrator of this server can add official figures."))
        elif release is not None:
            _try(lambda: bring_in(release), language)
        else:
            _try_rows(lambda: read.rows, language)
            _doubtful(language)


def _try(action: Callable[[], Report | None], language: Language) -> None:
    """Do what changes the figures, and note the figures before it; a fault is said in place."""
    before = _before()
    try:
        done = action()
    except CrossingsError as fault:
        st.error(language.error(fault))
    else:
        _note(before, done)
        st.rerun()


def _note(before: Published | None, done: Report | None = None) -> None:
    """Note the figures before what was brought in or taken away by hand, unless a refresh is under way."""
    with _starting():
        last = _last_run()
        own_alone = done is None and readers.shared()
        if not own_alone and not (last and last.busy):
            _runs()[:] = [Run(done=done, before=before)]


def _remove(month: str, origin: str, destination: str) -> None:
    before = _before()
    own.remove(month, origin=origin, destination=destination)
    _note(before)


def _added(language: Language) -> None:
    for damaged in own.put_aside():
        st.warning(
            language(
                "The file of figures you entered was damaged and has been moved to {file}. Correct it and"
                " load it here, or delete it; everything else works without it.",
                file=str(damaged),
            )
        )
    if own.read().empty:
        return
    official = flows.read_table("visitors")
    rows = own.in_use(official).to_dict("records")
    if rows:
        st.markdown("#### " + language("Added by you until the official figure is published"), anchors=False)
    for row in rows:
        _added_row(row, official, language)
    for gone in own.given_way(official):
        st.caption(
            language(
                "The official figure for {month} is {official}; you had added {added}. The official one is used.",
                month=language.month_of(gone.month),
                official=language.people(gone.official),
                added=language.people(gone.added),
            )
        )
        _remove_button(gone.month, gone.origin, gone.destination, language("Delete the added figure"))


def _added_row(row: Mapping[Hashable, object], official: pd.DataFrame, language: Language) -> None:
    month, origin, destination = key = (str(row["month"]), str(row["origin"]), str(row["destination"]))
    who = _whose(origin, destination, language)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{language.month_of(month)} · {who} · **{language.people(int(str(row['visitors'])))}**")
        st.text(str(row["source"]))
        if not own.connected(key, official, own.read()):
            st.markdown(markup.coloured(_unused(key, official, language)))
        _remove_button(month, origin, destination, language("Remove"))


def _unused(row: tuple[str, str, str], official: pd.DataFrame, language: Language) -> str:
    """Say why an added figure does not count. row: month, origin, destination."""
    if own.reached(row, official):
        return language("Not used: the official figures have reached later months.")
    return language("Not used: an earlier month is missing.")


def _remove_button(month: str, origin: str, destination: str, label: str) -> None:
    st.button(
        label,
        key=f"remove-{month}-{origin}-{destination}",
        type="tertiary",
        on_click=state.safe(_remove),
        args=(month, origin, destination),
    )


def _kept(language: Language) -> None:
    rows = report.kept()[::-1][:KEEP_ROWS]
    if not rows:
        st.caption(language("No refresh has been run on this computer."))
        return
    counts = [_counts(row) for row in rows]
    st.table(
        pd.DataFrame(
            {
                language("Started"): [str(row.get("started", ""))[:16].replace("T", " ") for row in rows],
                language("New figures"): [count["new"] for count in counts],
                language("Revised figures"): [count["revised"] for count in counts],
                language("Withdrawn figures"): [count["withdrawn"] for count in counts],
                language("Sources not used"): [_refused(row, language) or "–" for row in rows],
                language("Seconds"): [row.get("seconds") for row in rows],
            }
        ),
        hide_index=True,
        alt=language("Earlier refreshes"),
    )


def _parts_kept(row: Mapping[str, object]) -> list[dict[str, object]]:
    parts = row.get("sources")
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []


def _counts(row: Mapping[str, object]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for part in _parts_kept(row):
        found = part.get("counts")
        counted.update(found if isinstance(found, dict) else {})
    return counted


def _refused(row: Mapping[str, object], language: Language) -> str:
    names = [str(part.get("source")) for part in _parts_kept(row) if part.get("state") == FAILED]
    return language.in_a_list([language(title(name)) for name in names])
