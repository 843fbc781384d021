"""Bringing the figures up to date from the Sources page: refresh, an uploaded file, a figure typed in."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pandas as pd
import streamlit as st

from crossings import flows
from crossings.errors import CrossingsError
from crossings.flows import DIRECTIONS, Flow
from crossings.words import Language
from crossings.words.overview import subject
from etl import commands, own, report, upload
from etl.refresh import KEY_VARIABLES, bring_in, refresh
from etl.report import Report

MONTHS_OFFERED = 6
KEEP_ROWS = 12
POLL_SECONDS = 1.0


@dataclass
class Run:
    """One refresh beside the app: how far it is, and what came of it."""

    share: float = 0.0
    source: str = ""
    done: Report | None = None
    fault: CrossingsError | None = None
    thread: threading.Thread | None = field(default=None, repr=False)

    @property
    def busy(self) -> bool:
        """Whether the refresh is still under way."""
        return self.thread is not None and self.thread.is_alive()


@st.cache_resource(show_spinner=False)
def _runs() -> list[Run]:
    return []


def _keys() -> dict[str, str]:
    try:
        return {
            name: str(st.secrets[variable])
            for name, variable in KEY_VARIABLES.items()
            if variable in st.secrets
        }
    except FileNotFoundError:
        return {}


def _start() -> None:
    runs = _runs()
    if runs and runs[-1].busy:
        return
    run, keys = Run(), _keys()

    def work() -> None:
        try:
            run.done = refresh(keys=keys, progress=lambda source, share: _tell(run, source, share))
        except CrossingsError as fault:
            run.fault = fault

    run.thread = threading.Thread(target=work, name="refresh", daemon=True)
    runs[:] = [run]
    run.thread.start()


def _tell(run: Run, source: str, share: float) -> None:
    run.source, run.share = source, share


def section(language: Language) -> None:
    """Draw everything that brings figures in: the refresh, a file, a typed figure, and those added before."""
    t = language.text
    st.markdown("#### " + t("Bring the figures up to date"), anchors=False)
    st.button(t("Refresh now"), type="primary", on_click=_start)
    _progress(language)
    st.caption(
        t(
            "Figures to Japan and the exchange rate need no key. The Korean service takes a free key from data.go.kr or "
            "kosis.kr, and e-Stat one from e-stat.go.jp; they are read from the environment or from Streamlit's secrets "
            "and never shown."
        )
    )
    with st.expander(t("Add a figure or a file by hand"), key="by-hand"):
        _typed(language)
        _file(language)
    _added(language)
    with st.expander(t("Earlier refreshes"), key="refreshes"):
        _kept(language)


def _progress(language: Language) -> None:
    runs = _runs()
    busy = bool(runs and runs[-1].busy)
    st.fragment(_shown, run_every=POLL_SECONDS if busy else None)(language, busy)


def _shown(language: Language, was_busy: bool) -> None:
    t = language.text
    runs = _runs()
    if not runs:
        return
    run = runs[-1]
    if run.busy:
        st.progress(run.share, text=t("Asking {source}…", source=run.source.upper()))
    elif was_busy:
        st.rerun()
    elif run.fault is not None:
        st.error(language.error(run.fault))
    elif run.done is not None:
        _lines(run.done, language)


def _lines(done: Report, language: Language) -> None:
    for part in done.sources:
        for line in commands.said(part, language):
            st.caption(line)
    t = language.text
    if done.changed:
        st.success(t("New figures are in place."))
    else:
        st.info(t("The tables are as they were."))


def _typed(language: Language) -> None:
    t = language.text
    published = flows.load()
    with st.form("typed-figure", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            flow = st.selectbox(
                t("Flow"), list(DIRECTIONS), format_func=lambda one: subject(Flow(one), language)
            )
            first = min(published.series(one).index[-1] for one in DIRECTIONS) + 1
            months = [str(month) for month in pd.period_range(first, periods=MONTHS_OFFERED, freq="M")]
            month = st.selectbox(
                t("Month"), months, format_func=lambda one: language.month(pd.Period(one, "M"))
            )
            visitors = st.number_input(
                t("Visitors"), min_value=0, max_value=own.MOST_PERSONS, value=0, step=100
            )
            note = st.text_input(t("Where the figure is from"), max_chars=own.LONGEST_NOTE)
        sent = st.form_submit_button(t("Add this figure"))
    if sent:
        origin, destination = str(flow).split("-")
        _try(
            lambda: own.add(
                str(month),
                origin=origin,
                destination=destination,
                visitors=int(visitors),
                note=str(note or ""),
                day=date.today().isoformat(),
                official=flows.read_table("visitors"),
            ),
            language,
        )


def _file(language: Language) -> None:
    t = language.text
    st.caption(
        t(
            "Official workbook of JNTO or KTO, or a CSV or XLSX table of your own with the columns month, origin, "
            "destination, visitors and, if wanted, note."
        )
    )
    found = st.file_uploader(t("Load a file"), type=["xlsx", "xls", "csv"], key="figures_file")
    if found is not None and st.button(t("Bring this file in")):
        _try(lambda: _bring_in(found.getvalue(), found.name), language)


def _bring_in(content: bytes, name: str) -> None:
    read = upload.read(content, name=name)
    if read.release is not None:
        bring_in(read.release)
    else:
        upload.keep(read, official=flows.read_table("visitors"), day=date.today().isoformat())


def _try(action: Callable[[], object], language: Language) -> None:
    try:
        action()
    except CrossingsError as fault:
        st.error(language.error(fault))
    else:
        st.rerun()


def _remove(month: str, *, origin: str, destination: str) -> None:
    own.remove(month, origin=origin, destination=destination)


def _added(language: Language) -> None:
    t = language.text
    official = flows.read_table("visitors")
    rows = own.in_use(official).to_dict("records")
    if rows:
        st.markdown("#### " + t("Added by you, until the official figure is out"), anchors=False)
    for row in rows:
        flow = (
            Flow(f"{row['origin']}-{row['destination']}")
            if (row["origin"], row["destination"]) in _PAIRS
            else None
        )
        who = subject(flow, language) if flow else f"{row['origin']}–{row['destination']}"
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"{language.month(pd.Period(row['month'], 'M'))} · {who} · {language.people(int(row['visitors']))}"
            )
            st.button(
                t("Remove"),
                key=f"remove-{row['month']}-{row['origin']}-{row['destination']}",
                on_click=_remove,
                args=(row["month"],),
                kwargs={"origin": row["origin"], "destination": row["destination"]},
                type="tertiary",
            )
    for gone in own.given_way(official):
        st.caption(
            t(
                "The official figure for {month} is {official}; you had added {added}. The official one is used.",
                month=language.month(pd.Period(gone.month, "M")),
                official=language.people(gone.official),
                added=language.people(gone.added),
            )
        )


_PAIRS = tuple(tuple(flow.value.split("-")) for flow in DIRECTIONS)


def _kept(language: Language) -> None:
    t = language.text
    rows = report.kept()[::-1][:KEEP_ROWS]
    if not rows:
        st.caption(t("No refresh has been run on this machine."))
        return
    st.dataframe(
        pd.DataFrame(
            {
                t("Started"): [str(row.get("started", ""))[:16].replace("T", " ") for row in rows],
                t("Tables changed"): [", ".join(_texts(row.get("changed"))) or "–" for row in rows],
                t("Seconds"): [row.get("seconds") for row in rows],
            }
        ),
        hide_index=True,
        alt=t("Earlier refreshes"),
    )


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
