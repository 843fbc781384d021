"""The public Python interface: every example in its docstrings runs, and nothing heavy loads before it is used."""

import doctest
import subprocess
import sys

import crossings
from crossings import api


def test_the_examples_run() -> None:
    results = doctest.testmod(api)
    assert results.attempted >= 7
    assert not results.failed


def test_every_function_is_reached_from_the_package() -> None:
    assert [name for name in crossings.__all__ if getattr(crossings, name) is not getattr(api, name)] == []
    assert sorted(crossings.__all__) == sorted(api.__all__)


def test_importing_the_package_loads_no_model() -> None:
    code = "import sys, crossings; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
