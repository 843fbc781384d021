// Draws one chart with Vega as it stands in static/vega.js, the same that draws the pictures in files.
// Streamlit's own chart hangs a toolbar over it whose picture has neither title nor source.

const vega = () =>
  (window.crossingsVega ??= import(new URL("app/static/vega.js", document.baseURI).href).then(
    () => window.vegaEmbed,
  ));

const FONT = "'Pretendard GOV', sans-serif";

const PARTS = ["layer", "hconcat", "vconcat", "concat"];
const LABELS = /^(\[.*\])\[indexof\((\[.*\]), datum\.value\)\]$/; // as crossings/drawing/axes.py writes them

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

// The width a picture is laid out in: one whose labels need more room than there is keeps its own; the browser shows it smaller.
function room(host) {
  return host.drawn.fills ? Math.max(host.clientWidth, host.drawn.least) : host.drawn.width;
}

function fit(host) {
  const { view, fills } = host.drawn ?? {};
  if (view && fills && host.clientWidth && view.width() !== room(host)) view.width(room(host)).runAsync();
}

// What a move of a control changes in most pictures is taken out of their specification: rows, and as values of their own
// the ends of scales, ticks and labels. What remains is the frame; a drawing in the same frame takes new rows and values.
function apart(spec) {
  const [rows, values, names] = [{}, {}, new Map()];
  const named = (value) => {
    const text = JSON.stringify(value);
    if (!names.has(text)) names.set(text, `value_${names.size}`);
    values[names.get(text)] = value;
    return names.get(text);
  };
  const walk = (part) => {
    if (Array.isArray(part.data?.values)) {
      const name = `rows_${Object.keys(rows).length}`;
      rows[name] = part.data.values;
      part.data = { name };
    }
    for (const channel of Object.values(part.encoding ?? {})) {
      const { scale, axis } = channel ?? {};
      if (scale?.domain?.length === 2 && scale.domain.every(Number.isFinite)) {
        const ends = named(scale.domain);
        scale.domain = [{ expr: `${ends}[0]` }, { expr: `${ends}[1]` }];
      }
      const [, labels, places] = axis?.labelExpr?.match(LABELS) ?? [];
      if (labels && Array.isArray(axis.values)) {
        axis.values = { expr: named(axis.values) };
        axis.labelExpr = `${named(JSON.parse(labels))}[indexof(${named(JSON.parse(places))}, datum.value)]`;
      }
    }
    for (const inner of PARTS.flatMap((name) => part[name] ?? [])) walk(inner);
  };
  walk(spec);
  return { frame: JSON.stringify(spec), rows, values };
}

function together(spec, { rows, values }) {
  const params = Object.entries(values).map(([name, value]) => ({ name, value }));
  return { ...spec, datasets: rows, params: [...(spec.params ?? []), ...params] };
}

// Gives the drawing that stands the rows and values that differ from its own, and lays it out as one drawn anew.
function renew(host, { rows, values }) {
  const { drawn } = host;
  const differs = ([name, value], known) => JSON.stringify(value) !== JSON.stringify(known[name]);
  for (const [name, value] of Object.entries(values))
    if (differs([name, value], drawn.values)) drawn.view.signal(name, value);
  for (const [name, value] of Object.entries(rows))
    if (differs([name, value], drawn.rows)) drawn.view.data(name, value);
  Object.assign(drawn, { rows, values });
  if (room(host)) drawn.view.width(room(host));
  return drawn.view.resize().runAsync();
}

// The drawing before stays until the next one is ready, and steps aside only if nothing newer is on its way.
async function draw(host, spec, select, chosen) {
  const turn = (host.turn = (host.turn ?? 0) + 1);
  const parts = select ? {} : apart(spec);
  if (!select && host.drawn?.frame === parts.frame) return renew(host, parts);
  const embed = await vega();
  const next = document.createElement("div");
  if (!select) next.setAttribute("aria-hidden", "true"); // Vega names marks in English; the figure has its own description
  next.style.cssText = "position:absolute;top:0;left:0;width:100%;visibility:hidden";
  host.append(next);
  const { view, finalize } = await embed(next, select ? spec : together(spec, parts), {
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
  const { width, usermeta } = spec;
  host.drawn = { view, finalize, ...parts, width, fills: width === "container", least: usermeta?.least ?? 0 };
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
