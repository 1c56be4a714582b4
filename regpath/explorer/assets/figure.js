// The static curves, drawn once by Plotly. The cursor is not here.

import { lettersOf } from "./type.js";

const GREY = 300; // curves without a name; more only slow the page
const FADED = 0.35; // of what is beside pinned curves
const PINNED = 4;
const WIDER = 1.6; // lines beside large letters
const CONFIG = { staticPlot: true, displayModeBar: false, responsive: false, showSendToCloud: false };

export function drawFigure(plotly, node, { box, axis, panels, model, look, size, view, font }) {
  const letters = (pixels) => lettersOf(view, pixels * size);
  const traces = [];
  const layout = {
    width: box.width, height: box.height, autosize: false, showlegend: false,
    margin: { l: box.left, r: box.right, t: box.top, b: box.bottom, pad: 0, autoexpand: false },
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: font, size: letters(12), color: look.ink },
    xaxis: xAxis(axis, look, letters),
  };
  panels.forEach((panel, p) => {
    const suffix = p ? String(p + 1) : "";
    layout[`yaxis${suffix}`] = yAxis(panel, box, look, letters);
    const add = (x, y, line, more = {}) =>
      traces.push({
        type: "scatter", mode: "lines", x, y, yaxis: `y${suffix}`, hoverinfo: "skip",
        line: { ...line, width: line.width * (size > 1 ? WIDER : 1) }, ...more,
      });
    const drawn = (curves) => curves.map((curve) => curve.map(panel.scale.at));
    const context = { add, axis, drawn, model, look, mark: (points) => traces.push({ ...points, y: points.y.map(panel.scale.at), type: "scatter", mode: "markers", yaxis: `y${suffix}`, hoverinfo: "skip" }) };
    DRAW[panel.kind](panel, context);
  });
  return plotly.react(node, traces, layout, CONFIG);
}

const DRAW = {
  paths({ named, rest, pinned }, { add, axis, drawn, model, look, mark }) {
    const fade = pinned.length ? FADED : 1;
    if (rest.length) add(...joined(axis.x, drawn(rest.slice(0, GREY).map(({ curve }) => curve))), { color: look.rest, width: 1 }, { opacity: 0.55 * fade });
    for (const { item, curves, color, dash } of named) {
      const held = pinned.includes(item);
      add(...joined(axis.x, drawn(curves)), { color, dash, width: held ? PINNED : 2 }, { opacity: held ? 1 : fade });
    }
    hollow(named.flatMap(({ curves }) => curves), axis, model, look, mark);
  },
  score({ parts, band, base }, { add, axis, drawn, look }) {
    if (base !== null) add(axis.range, drawn([[base, base]])[0], { color: look.muted, width: 1.3, dash: "dot" });
    if (band) {
      const color = look.lines[2];
      const [low, mean, high] = drawn(band);
      add(axis.x, low, { color, width: 0 });
      add(axis.x, high, { color, width: 0 }, { fill: "tonexty", fillcolor: `${color}38` });
      add(axis.x, mean, { color, width: 2, dash: "dot" });
    }
    for (const { curve, color, dash, part } of parts) {
      add(axis.x, drawn([curve])[0], { color, dash, width: part === "test" ? 2.5 : 2 });
    }
  },
};

// Points that missed their certificate.
function hollow(curves, axis, model, look, mark) {
  const bad = [...model.arrays.converged.keys()].filter((i) => !model.arrays.converged[i]);
  if (!bad.length) return;
  mark({
    x: curves.flatMap(() => bad.map((i) => axis.x[i])),
    y: curves.flatMap((curve) => bad.map((i) => curve[i])),
    marker: { symbol: "circle-open", size: 9, color: look.warn, line: { width: 2 } },
  });
}

// Several curves as one trace with gaps: one node in the page, however many.
function joined(x, curves) {
  const xs = [];
  const ys = [];
  for (const curve of curves) {
    for (let i = 0; i < x.length; i++) {
      xs.push(x[i]);
      ys.push(curve[i]);
    }
    xs.push(null);
    ys.push(null);
  }
  return [xs, ys];
}

// At the bottom of all, which is below the marks of the last panel where it has some.
function xAxis(axis, look, letters) {
  return {
    range: axis.range, autorange: false, fixedrange: true, zeroline: false, anchor: "free", position: 0,
    tickmode: "array", tickvals: axis.ticks.map(([at]) => at), ticktext: axis.ticks.map(([, text]) => text),
    gridcolor: look.grid, linecolor: look.muted, tickfont: { color: look.muted, size: letters(11.5) },
    title: { text: "" }, automargin: false,
  };
}

function yAxis(panel, box, look, letters) {
  const inner = box.height - box.top - box.bottom;
  const bottom = box.height - box.bottom;
  const tall = panel.y1 - panel.y0;
  const ticks = panel.scale.ticks(Math.max(3, Math.round(tall / 45)));
  return {
    domain: [(bottom - panel.y1) / inner, (bottom - panel.y0) / inner].map((v) => Math.min(1, Math.max(0, v))),
    range: panel.range, autorange: false, fixedrange: true, anchor: "x",
    tickmode: "array", tickvals: ticks.map(([at]) => at), ticktext: ticks.map(([, text]) => text),
    gridcolor: look.grid, zeroline: panel.kind === "paths", zerolinecolor: look.muted, zerolinewidth: 1,
    tickfont: { color: look.muted, size: letters(11) },
    title: { text: "", standoff: 0 }, automargin: false,
  };
}
