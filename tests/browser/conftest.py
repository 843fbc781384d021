"""A fresh server of the app and a real browser that watches what leaves it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.server import chromium, served
from tests.browser.tab import Tab


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a Chromium; without one the tests skip, but not where CI says that there must be one."""
    found = chromium()
    if found is None:
        reason = "no Chromium on this machine (Debian: apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server that the browser tests share."""
    with served(tmp_path_factory.mktemp("server") / "log.txt") as started:
        yield started.address


@pytest.fixture
def fresh_address(browser: Browser, tmp_path: Path) -> Iterator[str]:
    """Return the address of a server that nobody has asked yet."""
    with served(tmp_path / "log.txt") as started:
        yield started.address


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    """Return a tab that notes its requests and errors; they are checked when the test is over."""
    opened = Tab(browser)
    yield opened
    opened.close()
    assert opened.abroad == []
    assert opened.errors == []
