"""Pages, command line, links and files give what the golden files hold; `python -m tests.golden write` takes them anew."""

import logging
from collections.abc import Iterator

import pytest

from tests.golden import compare, every, fixed

pytestmark = pytest.mark.usefixtures("one_memory")


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Keep Streamlit's remarks about a missing browser out of the report."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    yield
    logging.disable(before)


@pytest.mark.parametrize("name", every.makers())
def test_as_before(name: str) -> None:
    with fixed.fixed() as own:
        found = every.makers()[name](own)
    lines = compare.differences(name, found)
    assert not lines, compare.report(lines)


def test_no_golden_file_is_left_over() -> None:
    written = {path.relative_to(compare.FOLDER).with_suffix("") for path in compare.FOLDER.rglob("*.json")}
    assert {path.as_posix() for path in written} == set(every.makers())
