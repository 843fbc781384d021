// Runs once a tab: the language of the page, one step of Back for each page, and a word when the server is gone.

const SECONDS_BETWEEN = 5;
const MISSES_TOLD = 2;

// Streamlit adds a step to the history whenever a value in the address changes; Back would only undo the address.
function oneStepAPage() {
  const push = history.pushState.bind(history);
  history.pushState = (state, title, url) => {
    const next = new URL(url ?? location.href, location.href);
    if (next.pathname === location.pathname) history.replaceState(state, title, url);
    else push(state, title, url);
  };
}

function banner() {
  const made = document.createElement("div");
  made.setAttribute("role", "alert");
  made.dataset.testid = "serverGone";
  made.hidden = true;
  made.style.cssText =
    "position:fixed;inset:auto 0 0 0;z-index:1000000;padding:12px 24px;background:#fff4e0;color:#1b2a41;font-size:15px";
  document.body.append(made);
  return made;
}

function watchServer(frame) {
  const told = banner();
  let missed = 0;
  setInterval(async () => {
    const answered = await fetch(new URL("_stcore/health", document.baseURI)).then(
      (answer) => answer.ok,
      () => false,
    );
    missed = answered ? 0 : missed + 1;
    told.textContent = frame.gone;
    told.hidden = missed < MISSES_TOLD;
  }, SECONDS_BETWEEN * 1000);
}

export default function ({ data }) {
  document.documentElement.lang = data.language;
  if (!window.crossingsFrame) {
    window.crossingsFrame = {};
    oneStepAPage();
    watchServer(window.crossingsFrame);
  }
  window.crossingsFrame.gone = data.gone;
}
