"""The public Python interface, for notebooks and scripts; every function is also `crossings.<name>`.

Every function works offline on the published tables and gives the same numbers as the app and its files.
"""

from functools import lru_cache
from pathlib import Path
from typing import cast

import pandas as pd

from crossings import formats
from crossings.language import LANGUAGES, Language
from crossings.models.forecast import simulate
from crossings.models.forecast.exchange import Path as ExchangePath
from crossings.models.forecast.milestone import Milestone
from crossings.models.models import Models
from crossings.models.queue.hall import HallDay, run_hall
from crossings.models.queue.presets import calibrated
from crossings.models.queue.settings import Settings as HallSettings
from crossings.models.scenario.levers import PriorSet
from crossings.models.scenario.results import ScenarioResult
from crossings.models.scenario.settings import Settings, from_preset
from crossings.models.worth.model import Options as WorthOptions
from crossings.models.worth.model import Worth
from crossings.tables import flows, provenance
from crossings.tables.flows import Flow

__all__ = ["brief", "hall", "milestone", "scenario", "series", "simulate", "table", "table_names", "worth"]


@lru_cache(maxsize=2)
def _models(digest: str) -> Models:
    return Models(flows.load())


def models() -> Models:
    """Return the models about the published figures; their answers are remembered within this process.

    Raises DataMissing or DataDamaged where the published tables cannot be read.
    """
    return _models(flows.load().digest)


def table_names() -> tuple[str, ...]:
    """Return the names of the published tables.

    >>> "visitors" in table_names()
    True
    """
    return tuple(described.name for described in provenance.tables())


def table(name: str) -> pd.DataFrame:
    """Return one published table as text cells, as the file holds it. Raises DataMissing or DataDamaged.

    >>> table("visitors").columns[:3].tolist()
    ['month', 'origin', 'destination']
    """
    return flows.read_table(name)


def series(flow: str = "both", *, as_of: str | None = None) -> pd.Series:
    """Return the monthly visitors of a flow as floats over every month, gaps NaN.

    flow: both, KOR-JPN or JPN-KOR. as_of: YYYY-MM, for what was published by the end of the following month.

    >>> int(series("KOR-JPN")["2018"].sum())
    7538952
    """
    return flows.load().series(Flow(flow), as_of=_month(as_of))


def milestone(
    *,
    year: int,
    mark: int,
    flow: str = "both",
    as_of: str | None = None,
    shocks: float = 0.0,
    exchange: ExchangePath | None = None,
) -> Milestone:
    """Return what the projection says about a year and a mark (visitors).

    flow: both, KOR-JPN or JPN-KOR. as_of: YYYY-MM, the last month whose figures were known (the newest where
    left out). shocks: yearly probability of a rare slump. exchange: "fixed" or "random walk". The probability
    is a share of 0 to 1. Raises named errors for a year, mark or month out of reach. Method: docs/method.md.

    >>> milestone(year=2024, mark=10_000_000, as_of="2024-07").probability > 0.99
    True
    """
    known = models()
    return known.milestone(
        flow=Flow(flow), year=year, mark=mark, as_of=_month(as_of), shocks=shocks, exchange=exchange
    )


def scenario(
    settings: str | Settings,
    *,
    year: int | None = None,
    mark: int = 15_000_000,
    flow: str = "both",
    priors: str = "evidence",
    as_of: str | None = None,
) -> ScenarioResult:
    """Return what other procedures would change: a named scenario ("full-package") or settings of one's own.

    year: the year of the question, that after the newest month where left out. priors: evidence or note.
    Effects are visitors and per cent with 80 % intervals. Raises LeverUnknown and the errors of settings.

    >>> scenario("full-package").year > 2026
    True
    """
    chosen = from_preset(settings) if isinstance(settings, str) else settings
    known = models()
    month = _month(as_of) or known.last_month
    return known.scenario(
        chosen,
        flow=Flow(flow),
        year=year or month.year + 1,
        mark=mark,
        priors=cast(PriorSet, priors),
        as_of=month,
    )


def worth(settings: str | Settings, options: WorthOptions | None = None) -> Worth:
    """Return what a scenario is worth and costs in both countries' books, one year in steady state.

    settings: a named scenario ("full-package") or settings of one's own. options: base year, first of the five
    years, exchange rate, quantities, priors. Books hold won or the country's own currency by draw (M,);
    crossings.models.worth.results sums them up. Raises PriorsUnknown, InputWrong, BaseYearMissing and the errors of
    settings. Method: docs/worth.md.

    >>> books = worth("permanent-lanes").books
    >>> float(abs(books["KOR"].travel_account + books["JPN"].travel_account).max())
    0.0
    """
    chosen = from_preset(settings) if isinstance(settings, str) else settings
    return models().worth(chosen, options or WorthOptions())


def hall(key: str, settings: HallSettings | None = None) -> HallDay:
    """Return a day in an arrival hall as published, or under settings of one's own; waits are minutes.

    Raises HallUnknown for a key without a hall.

    >>> hall("haneda-t3").groups["all"].mean_minutes > 0
    True
    """
    base = calibrated(key)
    return run_hall(base.flights, base.settings if settings is None else settings)


def brief(path: str | Path, *, language: str = "en", format: str | None = None) -> Path:
    """Write the monthly summary as a file and return its path.

    format: pptx, docx, hwpx, xlsx, pdf or zip; the path's ending where left out. language: ko, ja or en.
    Raises ValueError for another format or language, MissingPackage where a format's package is absent.

    >>> import tempfile
    >>> brief(Path(tempfile.mkdtemp()) / "month.zip", language="ko").stat().st_size > 10_000
    True
    """
    from crossings.briefing.compose import Asked, month_in_brief
    from crossings.export import documents

    out = Path(path)
    chosen = format or out.suffix.removeprefix(".")
    if chosen not in (*formats.DOCUMENTS, *formats.OPEN_DOCUMENTS) or language not in LANGUAGES:
        raise ValueError(f"format {chosen}, language {language}")
    made = month_in_brief(Asked(), models(), Language(language))
    out.write_bytes(documents.make(chosen, made))
    return out


def _month(text: str | None) -> pd.Period | None:
    return None if text is None else pd.Period(text, "M")
