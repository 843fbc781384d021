"""A briefing of six figures in every format: CPU and wall seconds, memory growth. Run: python -m benchmarks.briefing"""

import resource
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from crossings.briefing.compose import compose
from crossings.export import documents
from crossings.export.briefing import Briefing
from crossings.formats import DOCUMENTS
from crossings.language import Language
from tests.briefing import collected

LIMIT_SECONDS = {"pptx": 2.0, "docx": 2.0, "xlsx": 2.0, "pdf": 2.0, "zip": 3.0}
LIMIT_MB = 150
RUNS = 5


def main() -> None:
    """Print each format's best and middle time once its library is loaded, beside its limit."""
    models = collected.models()
    briefing = compose(collected.six(), models, Language("ko"))
    small = replace(briefing, parts=briefing.parts[:1])
    for form in DOCUMENTS:
        documents.make(form, small)
    for form in DOCUMENTS:
        before = _peak_mb()
        cpu, wall = zip(*(_timed(partial(documents.make, form, briefing)) for _ in range(RUNS)), strict=True)
        size = len(documents.make(form, briefing)) / 1024
        limit = LIMIT_SECONDS.get(form)
        said = f"limit {limit:g} s" if limit else "no limit"
        print(
            f"{form:5} CPU {min(cpu):.2f} to {max(cpu):.2f} s, wall {min(wall):.2f} to {max(wall):.2f} s ({said}), "
            f"{size:,.0f} KB, memory growth {_peak_mb() - before:.0f} MB (limit {LIMIT_MB} MB)"
        )
    _compose_again(briefing)


def _compose_again(briefing: Briefing) -> None:
    cpu, wall = _timed(lambda: compose(collected.six(), collected.models(), briefing.language))
    print(f"the six figures and their words made anew: CPU {cpu:.2f} s, wall {wall:.2f} s")


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
