"""How fast the pages are, as ratios to a page that draws one chart with no model.

usage: python -m benchmarks.pages
Both apps run on this machine, one after the other, in the same browser. Needs a Chromium.
"""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.server import PROJECT, chromium, served
from tests.browser.tab import Tab

PLAIN = """
import altair as alt
import pandas as pd
import streamlit as st

st.set_page_config(layout="wide")
st.title("Plain page")
top = st.select_slider("Top", range(1, 50), 20)
rows = pd.DataFrame({"month": range(1, 13), "visitors": [top * month for month in range(1, 13)]})
st.altair_chart(alt.Chart(rows).mark_line().encode(x="month:Q", y="visitors:Q"), theme=None)
"""
CHART = "[data-testid=chart] > :first-child svg, [data-testid=stVegaLiteChart] svg"
WATCH = """([selector, place, before]) => {
    window.redrawn = 0;
    document.addEventListener('keydown', () => {
        const start = performance.now();
        const look = () => {
            const now = document.querySelectorAll(selector)[place];
            if (now && now.outerHTML !== before) window.redrawn = performance.now() - start;
            else requestAnimationFrame(look);
        };
        look();
    }, {once: true, capture: true});
}"""
FRESH_SERVERS = 3
MOVES = 8
LIMITS = {
    "first picture on a fresh server (ratio)": 1.5,
    "slider to redrawn chart (ratio)": 2.0,
    "projection from cold (s)": 3.0,
    "projection from cache (s)": 0.05,
    "memory of the server (MB)": 600.0,
}


def first_picture(browser: Browser, folder: Path, log: Path) -> float:
    """Return seconds from the first request of a fresh server to its first chart."""
    with served(log, folder=folder) as server:
        page = browser.new_page()
        page.goto(server.address, wait_until="commit")
        page.wait_for_selector(CHART, timeout=60_000)
        seconds = float(page.evaluate("performance.now()")) / 1000
        page.close()
    return seconds


def slider(page: Page, *, chart: int) -> float:
    """Return the median seconds from a key on the first slider to the redrawn chart."""
    took = []
    handle, picture = page.get_by_role("slider").first, page.locator(CHART).nth(chart)
    for _ in range(MOVES):
        before = picture.evaluate("svg => svg.outerHTML")
        handle.focus()
        page.evaluate(WATCH, [CHART, chart, before])
        page.keyboard.press("ArrowRight")
        page.wait_for_function("window.redrawn > 0", timeout=20_000)
        took.append(float(page.evaluate("window.redrawn")) / 1000)
        page.wait_for_timeout(400)
    return statistics.median(took)


def memory(process: int) -> float:
    """Return the resident memory of a process in megabytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def sliders_and_memory(browser: Browser, plain: Path, log: Path) -> tuple[float, float, float]:
    """Return seconds for the plain slider and the Milestone's, and megabytes once every page was open."""
    with served(log, folder=plain) as server:
        page = browser.new_page()
        page.goto(server.address)
        page.wait_for_selector(CHART)
        plain_seconds = slider(page, chart=0)
        page.close()
    with served(log) as server:
        tab = Tab(browser)
        for name in sorted(path.stem for path in (PROJECT / "pages").glob("[a-z]*.py")):
            tab.open(server.address, name, lang="ko")
        tab.open(server.address, "milestone", lang="en", year="2027", mark="12")
        seconds = slider(tab.page, chart=1)
        megabytes = memory(server.process)
        tab.close()
    return plain_seconds, seconds, megabytes


def projection() -> tuple[float, float]:
    """Return seconds of a projection in a new process (with what it imports), and from the cache."""
    command = [sys.executable, "-m", "benchmarks.cold"]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    cold, cached = (float(value) for value in ran.stdout.split())
    return cold, cached


def main() -> int:
    """Print every figure beside its limit; return 1 where one is over."""
    found = chromium()
    if found is None:
        print("No Chromium on this machine (Debian: apt-get install chromium).", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        plain, log = Path(place), Path(place) / "log.txt"
        (plain / "app.py").write_text(PLAIN, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        first = [
            [first_picture(browser, folder, log) for folder in (plain, PROJECT)] for _ in range(FRESH_SERVERS)
        ]
        plain_slider, own_slider, megabytes = sliders_and_memory(browser, plain, log)
        browser.close()
    cold, cached = projection()
    plain_first, own_first = (statistics.median(column) for column in zip(*first, strict=True))
    print(f"first picture: plain {plain_first:.2f} s, Overview {own_first:.2f} s")
    print(f"slider: plain {plain_slider:.3f} s, Milestone {own_slider:.3f} s")
    measured = dict(
        zip(
            LIMITS, (own_first / plain_first, own_slider / plain_slider, cold, cached, megabytes), strict=True
        )
    )
    for name, value in measured.items():
        print(f"{name}: {value:.3g} (at most {LIMITS[name]:g}){'' if value <= LIMITS[name] else '  OVER'}")
    return int(any(value > LIMITS[name] for name, value in measured.items()))


if __name__ == "__main__":
    sys.exit(main())
