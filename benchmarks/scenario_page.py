"""How fast the scenario page answers a lever, against a page that draws the same charts from constant frames.

usage: python -m benchmarks.scenario_page [--moves N] [--panel]
Both apps run on this machine at the same time, in the same browser, and take turns. Needs a Chromium.
"""

import argparse
import pickle
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.pages import memory
from crossings.language import Language
from crossings.models.models import Models
from crossings.models.scenario.settings import settings_of
from crossings.questions.base import Mark
from crossings.questions.scenario.question import ScenarioQuestion
from crossings.questions.scenario.view import view
from crossings.tables import flows
from crossings.tables.flows import Flow
from tests.browser.server import PROJECT, chromium, served
from tests.browser.tab import SETTLED, Tab

CONSTANT = """
import pickle
import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, {project!r})
from crossings.drawing.drawing import specification, unchecked


@st.cache_resource
def frames():
    return pickle.loads(Path("frames.pickle").read_bytes())


st.set_page_config(layout="wide")
st.title("Constant frames")
tax = st.slider("Tax", 0.0, 10000.0, 2000.0, step=500.0)
for place, draw in enumerate(frames()[tax]):
    with unchecked():
        chart = draw()
    st.vega_lite_chart(spec=specification(chart), theme=None, width="stretch", key=f"chart-{{place}}")
"""
LEVER, FIRST, STEP = "departure-tax", 2000.0, 500.0
STEPS = 16
BEGUN_MS = 150
WAIT_MS = 600
MEMORY_MOVES = 1000
WARM_UP = 60
LIMITS = {"lever to redrawn page (ratio)": 2.0, "memory growth over 1,000 moves (MB)": 20.0}
CHARTS = "[data-testid=chart] > :first-child svg, [data-testid=stVegaLiteChart] svg"
WATCH = """selector => {
    const drawn = () => [...document.querySelectorAll(selector)];
    const before = new Map(drawn().map(svg => [svg, svg.outerHTML]));
    window.redrawn = 0;
    document.addEventListener('keydown', () => {
        const start = performance.now();
        const look = () => {
            const now = drawn();
            if (now.length >= before.size
                && now.every(svg => before.get(svg) !== svg.outerHTML && svg.querySelector('.role-mark')))
                window.redrawn = performance.now() - start;
            else requestAnimationFrame(look);
        };
        look();
    }, {once: true, capture: true});
}"""


def constant_page(folder: Path, models: Models) -> None:
    """Write an app that draws the scenario page's four charts from frames worked out beforehand."""
    drawn = {}
    for step in range(-1, STEPS + 1):
        tax = FIRST + step * STEP
        question = ScenarioQuestion(
            flow=Flow.BOTH,
            year=models.last_month.year + 1,
            mark=Mark(10_000_000),
            priors="evidence",
            as_of=models.last_month,
            settings=settings_of({LEVER: tax}),
        )
        answer = view(question, models, Language("en"))
        drawn[tax] = [answer.figures[key].draw for key in answer.open_figures]
    (folder / "frames.pickle").write_bytes(pickle.dumps(drawn))
    (folder / "app.py").write_text(CONSTANT.format(project=str(PROJECT)), encoding="utf-8")


def move(page: Page, slider: str, key: str) -> float:
    """Return seconds from one key on a slider until every chart on the page is another one."""
    page.get_by_role("slider", name=slider).focus()
    page.evaluate(WATCH, CHARTS)
    page.keyboard.press(key)
    page.wait_for_function("window.redrawn > 0", timeout=30_000)
    took = float(page.evaluate("window.redrawn")) / 1000
    page.wait_for_selector(SETTLED)
    page.wait_for_timeout(WAIT_MS)
    return took


def growth(page: Page, process: int, moves: int) -> float:
    """Return the megabytes by which the server has grown after so many moves of three sliders.

    A move is over when the page is at rest again; the first ones only warm up.
    """
    page.locator("summary").filter(has_text="External conditions").click()
    page.get_by_role("slider", name="Seats").wait_for()
    sliders = [
        page.get_by_role("slider", name=name) for name in ("Departure tax", "Won per 100 yen", "Seats")
    ]
    before = 0.0
    for step in range(WARM_UP + moves):
        if step == WARM_UP:
            before = memory(process)
        sliders[step % 3].focus()
        page.keyboard.press("ArrowLeft" if (step // 30) % 2 else "ArrowRight")
        page.wait_for_timeout(BEGUN_MS)
        page.wait_for_selector(SETTLED)
    return memory(process) - before


def opened(tab: Tab, address: str, *, panel: bool) -> Page:
    """Open the scenario page with a tax and its sliders in sight, and the fold of benefits and costs if asked."""
    tab.open(address, "scenario", lang="en", levers=f"{LEVER}~{FIRST:g}")
    tab.page.locator("summary").filter(has_text="Stricter procedures").click()
    tab.page.get_by_role("slider", name="Departure tax").wait_for()
    if panel:
        tab.page.locator("summary").filter(has_text="Benefits and costs").click()
        tab.page.get_by_text("Korea's book").wait_for()
    tab.settle()
    return tab.page


def main() -> int:
    """Print both figures beside their limits; return 1 where one is over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--moves", type=int, default=MEMORY_MOVES, help="slider moves for the memory, 0 for none"
    )
    parser.add_argument("--panel", action="store_true", help="with the fold of benefits and costs open")
    asked = parser.parse_args()
    moves = asked.moves
    found = chromium()
    if found is None:
        print("No Chromium on this machine (Debian: apt-get install chromium).", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = Path(place)
        constant_page(folder, Models(flows.load()))
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        with served(folder / "plain.txt", folder=folder) as plain, served(folder / "own.txt") as own:
            constant = browser.new_page(viewport={"width": 1440, "height": 1000})
            constant.goto(plain.address)
            constant.wait_for_selector(CHARTS)
            tab = Tab(browser)
            scenario = opened(tab, own.address, panel=asked.panel)
            constant.wait_for_timeout(2000)
            took = [
                (move(constant, "Tax", "ArrowRight"), move(scenario, "Departure tax", "ArrowRight"))
                for _ in range(STEPS)
            ]
            grown = growth(scenario, own.process, moves) if moves else None
            tab.close()
        browser.close()
    frames, page = (statistics.median(column) for column in zip(*took[1:], strict=True))
    print(f"lever to every chart redrawn: constant frames {frames:.3f} s, scenario page {page:.3f} s")
    measured = dict(zip(LIMITS, (page / frames, grown), strict=True))
    for name, value in measured.items():
        if value is not None:
            over = "" if value <= LIMITS[name] else "  OVER"
            print(f"{name}: {value:.3g} (at most {LIMITS[name]:g}){over}")
    return int(any(value is not None and value > LIMITS[name] for name, value in measured.items()))


if __name__ == "__main__":
    sys.exit(main())
