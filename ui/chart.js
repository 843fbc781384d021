// Draws one chart with Vega as it stands in static/vega.js, the same that draws the pictures in files.
// Streamlit's own chart hangs a toolbar over it whose picture has neither title nor source.

const vega = () =>
  (window.crossingsVega ??= import(new URL("app/static/vega.js", document.baseURI).href).then(
    () => window.vegaEmbed,
  ));

const FONT = "'Pretendard GOV', sans-serif";

function words(value, sanitize) {
  const cell = (style, text) => `<td style="padding:1px 6px;${style}">${sanitize(String(text))}</td>`;
  const row = ([name, said]) =>
    `<tr>${cell("text-align:right;color:#5B6675", name)}${cell("color:#1B2A41", said)}</tr>`;
  const rows = Object.entries(value).map(row).join("");
  return `<table style="font:13px ${FONT};border-collapse:collapse">${rows}</table>`;
}

function hostOf(parentElement) {
  const found = parentElement.querySelector("[data-testid=chart]");
  if (found) return found;
  const host = document.createElement("div");
  host.dataset.testid = "chart";
  host.style.position = "relative";
  host.setAttribute("role", "figure");
  parentElement.append(host);
  new ResizeObserver(() => fit(host)).observe(host);
  return host;
}

// A picture whose labels need more room than there is keeps its width; the browser shows it smaller.
function fit(host) {
  const { view, fills, least } = host.drawn ?? {};
  const width = Math.max(host.clientWidth, least);
  if (view && fills && host.clientWidth && view.width() !== width) view.width(width).runAsync();
}

// The drawing before stays until the next one is ready, and steps aside only if nothing newer is on its way.
async function draw(host, spec, select, chosen) {
  const turn = (host.turn = (host.turn ?? 0) + 1);
  const embed = await vega();
  const next = document.createElement("div");
  if (!select) next.setAttribute("aria-hidden", "true"); // Vega names marks in English; the figure has its own description
  next.style.cssText = "position:absolute;top:0;left:0;width:100%;visibility:hidden";
  host.append(next);
  const { view, finalize } = await embed(next, spec, {
    actions: false,
    renderer: "svg",
    tooltip: { formatTooltip: words },
  });
  if (host.turn !== turn) {
    finalize();
    next.remove();
    return;
  }
  host.drawn?.finalize();
  for (const child of [...host.children]) if (child !== next) child.remove();
  next.style.cssText = "width:100%";
  Object.assign(next.querySelector("svg").style, { maxWidth: "100%", height: "auto" }); // on paper, which may be narrower
  host.drawn = { view, finalize, fills: spec.width === "container", least: spec.usermeta?.least ?? 0 };
  host.style.minHeight = "";
  fit(host);
  if (select)
    view.addSignalListener(spec.params[0].name, (name, points) => chosen({ [name]: points.vlPoint?.or ?? [] }));
}

export default function ({ parentElement, data, setTriggerValue }) {
  const host = hostOf(parentElement);
  host.setAttribute("aria-label", data.alt);
  if (host.wanted === data.spec && !data.select) return;
  host.wanted = data.spec;
  const spec = JSON.parse(data.spec);
  if (!host.drawn) host.style.minHeight = `${spec.height}px`;
  draw(host, spec, data.select, (selection) => setTriggerValue("selection", selection)).catch((fault) => {
    host.wanted = null;
    throw fault;
  });
}
