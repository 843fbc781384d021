"""What the app says, as JSON on standard output: run by test_same_everywhere in other settings of the computer.

A milestone with and without the exchange rate, a scenario with its months, a hall, and the trace of a briefing that
collects every figure of every page; with it the kernels that the linear algebra took.
"""

import io
import json
from contextlib import redirect_stdout
from datetime import date
from functools import partial
from typing import Any

import scipy.linalg  # noqa: F401 - so that its linear algebra is there to be asked about
from threadpoolctl import threadpool_info

from crossings.__main__ import main
from crossings.briefing.compose import Asked, compose, month_in_brief
from crossings.briefing.draft import Draft, Item
from crossings.language import Language
from crossings.models import models
from crossings.questions.registry import SavedQuestion
from crossings.tables.flows import Flow
from tests.briefing import collected

DAY = date(2026, 11, 26)
COMMANDS = {
    "milestone": ("milestone", "--year", "2027", "--mark", "15000000"),
    "milestone with the exchange rate": ("milestone", "--year", "2027", "--fx", "random-walk"),
    "milestone of the past": ("milestone", "--year", "2019", "--as-of", "2018-07"),
    "scenario": ("scenario", "--preset", "full-package"),
    "scenario before seats": ("scenario", "--preset", "full-package", "--unconstrained"),
    "hall": ("hall", "--preset", "haneda-t3"),
    "worth": ("worth", "--preset", "full-package"),
}
PLACEBOS = SavedQuestion(
    "history", {**collected.history().state, "flow": Flow.BOTH.value}
)  # no origins: over months alone


def commanded(*arguments: str) -> Any:
    """Return what a command says as JSON."""
    said = io.StringIO()
    with redirect_stdout(said):
        code = main([*arguments, "--format", "json"])
    assert code == 0, arguments
    return json.loads(said.getvalue())


def briefings() -> dict[str, Any]:
    """Return the traces of a briefing with every figure and of the month in brief, with all their words."""
    items = (*collected.every_item(), Item(PLACEBOS, "history-placebos"))
    every = compose(Draft(items=items), collected.models(), Language("ko"), today=DAY)
    assert not every.absent, every.absent
    month = month_in_brief(Asked(flow=Flow.BOTH), collected.models(), Language("en"), today=DAY)
    return {
        name: {"trace": json.loads(one.trace), "answer": one.answer, "bullets": list(one.bullets)}
        for name, one in (("every figure", every), ("month in brief", month))
    }


def kernels() -> list[str]:
    """Return the kernels that this process's linear algebra runs on."""
    return sorted({str(one["architecture"]) for one in threadpool_info() if "architecture" in one})


if __name__ == "__main__":
    models.Models = partial(models.Models, memory=collected.models().memory)  # type: ignore[assignment,misc]
    answers = {name: commanded(*arguments) for name, arguments in COMMANDS.items()}
    print(json.dumps({"kernels": kernels(), "said": {**answers, **briefings()}}))
