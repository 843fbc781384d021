// Runs once a tab: the language of the page, one step of Back for each page, the cursor, a part asked for, a word when the server is gone.

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

// Streamlit lays an English dialog over what stays readable.
function closeFrameworkDialog() {
  for (const dialog of document.querySelectorAll("[role=dialog]"))
    if (dialog.textContent.includes("Streamlit server")) dialog.querySelector("button[aria-label=Close]")?.click();
}

// Streamlit's browser side gives up after a message it cannot read, and says so in English.
function cutOff() {
  return !!document.querySelector("[data-test-connection-state=DISCONNECTED_FOREVER]");
}

function watchServer(frame) {
  const told = banner();
  let missed = 0;
  setInterval(async () => {
    const answer = await fetch(new URL("_stcore/health", document.baseURI)).catch(() => null);
    const answered = !!answer?.ok;
    if (answered && (cutOff() || (missed && answer.headers.get("x-crossings-server") !== frame.server)))
      location.reload(); // a server started anew knows nothing of this tab; after a break of the line it still does
    missed = answered ? 0 : missed + 1;
    if (missed) closeFrameworkDialog();
    told.textContent = frame.gone;
    told.hidden = missed < MISSES_TOLD;
  }, SECONDS_BETWEEN * 1000);
}

// Streamlit writes some words itself, in English; each is exchanged where it appears outside the app's own texts.
function wordTable(words) {
  const entries = Object.entries(words).map(([english, translated]) => [...english.split("{}"), translated]);
  return {
    whole: new Map(entries.filter((entry) => entry.length === 2)),
    parts: entries.filter((entry) => entry.length === 3),
  };
}

function inWords(text, { whole, parts }) {
  const bare = text.trim();
  if (whole.has(bare)) return whole.get(bare);
  for (const [before, after, translated] of parts) {
    if (bare.length > before.length + after.length && bare.startsWith(before) && bare.endsWith(after))
      return translated.replace("{}", () => bare.slice(before.length, bare.length - after.length));
  }
  return null;
}

function ours(holder) {
  if (holder?.closest("[data-testid=stFileUploaderDropzone]")) return false;
  return holder?.closest("[data-testid=stMarkdownContainer], canvas, script, style") && !holder.closest("[data-testid=stTopNavSection]");
}

function translate(root, words) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const translated = inWords(text.nodeValue, words);
    if (translated !== null && translated !== text.nodeValue && !ours(text.parentElement)) text.nodeValue = translated;
  }
  for (const named of [root, ...root.querySelectorAll("[aria-label], [placeholder]")]) {
    for (const name of ["aria-label", "placeholder"]) {
      const said = named.getAttribute?.(name);
      const translated = said && inWords(said, words);
      if (translated && translated !== said) named.setAttribute(name, translated);
    }
  }
}

function translateWhatAppears(frame) {
  new MutationObserver((changes) => {
    if (document.documentElement.lang === "en") return;
    const roots = new Set(changes.map((change) => change.target.nodeType === Node.ELEMENT_NODE ? change.target : change.target.parentElement));
    for (const root of roots)
      if (root?.isConnected && !root.closest("[data-testid=chart]")) translate(root, frame.words);
  }).observe(document.body, { childList: true, characterData: true, subtree: true });
}

// The cursor waits in the field that a page names for it, so that its figure can be typed at once; not where the reader is
// elsewhere on the page, nor on a phone, whose keyboard would cover it.
function placeCursor(frame) {
  new MutationObserver(() => {
    const field = document.querySelector(".st-key-cursor input");
    const placed = field === frame.field;
    frame.field = field;
    if (!field || placed || document.activeElement.closest("[data-testid=stMain]")) return;
    if (matchMedia("(pointer: fine)").matches) field.focus({ preventScroll: true });
  }).observe(document.body, { childList: true, subtree: true });
}

// A link to a part of a page (`part` in its address) shows that part once it is there, and keeps it in sight while what
// stands above it is still being drawn; not against a reader who scrolls.
function showPart(frame) {
  for (const by of ["wheel", "touchmove", "keydown", "pointerdown"])
    addEventListener(by, () => (frame.partShown = true), { passive: true, capture: true });
  new MutationObserver(() => {
    const part = new URL(location.href).searchParams.get("part");
    const asked = part && `${location.pathname} ${part}`;
    if (asked !== frame.part) [frame.part, frame.partShown] = [asked, false];
    if (part && !frame.partShown) document.getElementById(part)?.scrollIntoView();
  }).observe(document.body, { childList: true, subtree: true });
}

// On paper stand words, charts and tables: no controls, no closed folds, and no chart cut in two or away from its title.
// Columns follow one another: side by side they cannot grow where a page ends, and what is moved on would lie over what
// comes below. Nothing is added to the page for it: what is there is told so while it is printed.
function forPaper() {
  const controls = ["Button", "ButtonGroup", "DateInput", "DownloadButton", "NumberInput", "PageLink", "Popover", "Selectbox", "Slider"];
  const [block, chart] = ["[data-testid=stVerticalBlock]", "[data-testid=chart]"];
  const told = [
    ["display", "none", `:is(${controls.map((kind) => `[data-testid=st${kind}]`)}), [data-testid=stExpander]:has(> details:not([open]))`],
    ["display", "block", "[data-testid=stHorizontalBlock]:has(> [data-testid=stColumn])"],
    ["breakInside", "avoid", `${block}:has(${chart}):not(:has(${block} ${chart})), [data-testid=stMetric], tr`],
  ];
  matchMedia("print").addEventListener("change", ({ matches }) => {
    for (const [property, value, parts] of told)
      for (const part of document.querySelectorAll(parts)) part.style[property] = matches ? value : "";
  });
}

export default function ({ data }) {
  document.documentElement.lang = data.language;
  if (!window.crossingsFrame) {
    window.crossingsFrame = {};
    oneStepAPage();
    watchServer(window.crossingsFrame);
    translateWhatAppears(window.crossingsFrame);
    placeCursor(window.crossingsFrame);
    showPart(window.crossingsFrame);
    forPaper();
  }
  if ((window.crossingsFrame.server ??= data.server) !== data.server) location.reload();
  window.crossingsFrame.words = wordTable(data.words);
  if (data.language !== "en") translate(document.body, window.crossingsFrame.words);
  window.crossingsFrame.gone = data.gone;
}
