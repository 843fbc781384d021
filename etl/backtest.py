"""`python -m etl backtest`: the track record, month by month, on this machine or on a Dask cluster."""

import dataclasses
import hashlib
import importlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

import pandas as pd

from crossings.errors import N_, CrossingsError
from crossings.models.forecast import backtest
from crossings.models.forecast.backtest import TRACK_RECORD, TRACK_RECORD_MARKS, Answer, MarkAnswer
from crossings.models.forecast.pool import MODEL_VERSION
from crossings.models.forecast.projection import SEED
from crossings.tables.flows import Published, data_folder, load
from crossings.tables.package import PACKAGE
from crossings.whole import replace_file
from etl import describe
from etl.check import require
from etl.publish import publish, sole_writer

N_PATHS = 2000
BAR = 30
WAIT_FOR_CLUSTER = "10s"
DECIMALS = {"pit": 4, "probability": 4, "last_year_probability": 4, "year_to_date_probability": 4, "ratio": 2}


class PackageMissing(CrossingsError):
    """A package that the run was asked to use is not installed."""


class SchedulerUnreachable(CrossingsError):
    """No cluster answers at the address given."""


@dataclass(frozen=True)
class Plan:
    """What a run computes: origins with so many paths and one seed. key names the kept parts."""

    published: Published
    origins: tuple[pd.Period, ...]
    n_paths: int
    seed: int

    @property
    def key(self) -> str:
        """The model version, the figures, the paths, the seed and the engine's own source, in short."""
        parts = (
            MODEL_VERSION,
            self.published.digest,
            str(self.n_paths),
            str(self.seed),
            engine_fingerprint(),
        )
        return "-".join(parts)


def plan(published: Published | None = None, *, n_paths: int = N_PATHS, seed: int = SEED) -> Plan:
    """Return the run over every month that the record asks for."""
    figures = backtest.only_directions((published or load()).official)
    return Plan(figures, tuple(backtest.origins(figures)), n_paths, seed)


def engine_fingerprint() -> str:
    """Return a short hash of the engine's source, so that no part of an older engine is reused."""
    folder = Path(backtest.__file__).resolve().parent
    hashed = hashlib.sha256()
    for path in sorted(folder.glob("*.py")):
        hashed.update(path.read_bytes())
    return hashed.hexdigest()[:12]


def run(
    wanted: Plan,
    *,
    work: Path,
    jobs: int = 1,
    scheduler: str | None = None,
    progress: TextIO | None = None,
) -> dict[str, bytes]:
    """Compute what is not kept yet and return the two tables as files.

    work: folder of the finished parts; a run that was stopped goes on from there.
    jobs: processes on this machine. scheduler: address of a Dask cluster that does the work instead.
    Raises PackageMissing, SchedulerUnreachable and what the engine raises.
    """
    folder = work / wanted.key
    folder.mkdir(parents=True, exist_ok=True)
    missing = [month for month in wanted.origins if _kept(folder, month) is None]
    done = len(wanted.origins) - len(missing)
    _show(progress, done, len(wanted.origins))
    for month, part in _computed(wanted, missing, jobs=jobs, scheduler=scheduler):
        _keep(folder, month, part)
        done += 1
        _show(progress, done, len(wanted.origins))
    if progress:
        progress.write("\n")
    return tables([_kept(folder, month) or {} for month in wanted.origins])


def one_part(published: Published, month: str, n_paths: int, seed: int) -> tuple[str, dict[str, Any]]:
    """Return one month's answers as plain values; this is what a worker does."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        said, marks = backtest.answers(
            published, as_of=pd.Period(month, freq="M"), n_paths=n_paths, seed=seed
        )
    part = {TRACK_RECORD: [asdict(one) for one in said], TRACK_RECORD_MARKS: [asdict(one) for one in marks]}
    return month, part


def _computed(
    wanted: Plan, months: list[pd.Period], *, jobs: int, scheduler: str | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    names = [str(month) for month in months]
    if not names:
        return iter(())
    if scheduler:
        return _on_cluster(wanted, names, scheduler)
    if jobs == 1:
        return (one_part(wanted.published, name, wanted.n_paths, wanted.seed) for name in names)
    return _on_processes(wanted, names, jobs)


def _on_processes(wanted: Plan, names: list[str], jobs: int) -> Iterator[tuple[str, dict[str, Any]]]:
    joblib = _package("joblib")
    calls = (joblib.delayed(one_part)(wanted.published, name, wanted.n_paths, wanted.seed) for name in names)
    parts: Iterator[tuple[str, dict[str, Any]]] = joblib.Parallel(
        n_jobs=jobs, return_as="generator_unordered"
    )(calls)
    return parts


def _on_cluster(wanted: Plan, names: list[str], address: str) -> Iterator[tuple[str, dict[str, Any]]]:
    distributed = _package("distributed")
    try:
        client = distributed.Client(address, timeout=WAIT_FOR_CLUSTER, set_as_default=False)
    except (OSError, ValueError) as fault:
        raise SchedulerUnreachable(
            N_("No Dask scheduler answers at {address}. Start one, or leave --scheduler out."),
            address=address,
        ) from fault
    with client:
        figures = client.scatter(wanted.published, broadcast=True)
        futures = [
            client.submit(one_part, figures, name, wanted.n_paths, wanted.seed, pure=False) for name in names
        ]
        for future in distributed.as_completed(futures, loop=client.loop):
            yield future.result()


def _package(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise PackageMissing(
            N_("The package {package} is not installed. Run: pip install {package}"), package=name
        ) from None


def _kept(folder: Path, month: pd.Period) -> dict[str, Any] | None:
    try:
        part = json.loads((folder / f"{month}.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return part if isinstance(part, dict) and set(part) == {TRACK_RECORD, TRACK_RECORD_MARKS} else None


def _keep(folder: Path, month: str, part: dict[str, Any]) -> None:
    replace_file(folder / f"{month}.json", json.dumps(part))


def _show(progress: TextIO | None, done: int, total: int) -> None:
    if progress:
        filled = BAR * done // max(total, 1)
        progress.write(f"\r[{'#' * filled}{'.' * (BAR - filled)}] {done}/{total}")
        progress.flush()


def tables(parts: Iterable[dict[str, Any]]) -> dict[str, bytes]:
    """Return the two tables as CSV files by file name, whole visitors and four decimals of a share."""
    gathered = list(parts)
    kinds = ((TRACK_RECORD, Answer), (TRACK_RECORD_MARKS, MarkAnswer))
    return {
        f"{name}.csv": _csv([row for part in gathered for row in part[name]], kind) for name, kind in kinds
    }


def _csv(rows: list[dict[str, Any]], kind: type[Answer] | type[MarkAnswer]) -> bytes:
    frame = pd.DataFrame(rows, columns=[field.name for field in dataclasses.fields(kind)])
    for name in frame.columns:
        if pd.api.types.is_float_dtype(frame[name]):
            decimals = DECIMALS.get(name, 0)
            frame[name] = frame[name].round(decimals) if decimals else frame[name].round().astype("int64")
    order = [name for name in ("as_of", "flow", "year", "ratio") if name in frame.columns]
    return frame.sort_values(order, kind="stable").to_csv(index=False, lineterminator="\n").encode()


def publish_record(
    folder: Path | None = None,
    *,
    work: Path | None = None,
    jobs: int = 1,
    scheduler: str | None = None,
    n_paths: int = N_PATHS,
    progress: TextIO | None = sys.stderr,
) -> list[str]:
    """Compute the record and put its tables into the data folder as one set; return the files that changed.

    Raises what run raises, CheckFailed, Busy or PublishFailed; a failed run leaves the tables as they were.
    """
    place = folder or data_folder()
    parts = work or place.resolve().parent / ".backtest"
    describe.with_computed(place, {})  # a folder that cannot take the result is named before the work
    files = run(
        plan(load(place), n_paths=n_paths), work=parts, jobs=jobs, scheduler=scheduler, progress=progress
    )
    with sole_writer(place):
        description = describe.with_computed(
            place, {name.removesuffix(".csv"): content for name, content in files.items()}
        )
        return publish(place, {**files, PACKAGE: description}, accept=_accept)


def _accept(folder: Path) -> None:
    backtest.track_record(folder)
    require(folder)
