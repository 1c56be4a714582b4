// What goes beyond a panel: it fades out at the edge, and an arrow says where it left.

import { svg } from "./dom.js";

const FADE = 16; // pixels
const ARROW = 4.5;
const NEAR = 7; // pixels between arrows that can be told apart
let made = 0; // gradients are found by name in the whole page

export function sideOf({ scale }, value) {
  const at = scale.at(value);
  if (at > scale.range[1]) return "above";
  return at < scale.range[0] ? "below" : null;
}

export function drawClipped(over, panel, { box, axis, px }) {
  const left = leaves(panel, axis).map((leave) => ({ ...leave, x: px(leave.x) }));
  for (const side of ["above", "below"]) {
    const here = left.filter((leave) => leave.side === side).sort((a, b) => a.x - b.x);
    if (!here.length) continue;
    over.append(...fade(panel, side, box, here[0].x));
    let last = -Infinity;
    for (const { x, color } of here) {
      if (x - last < NEAR) continue;
      last = x;
      over.append(arrow(x, panel, side, color));
    }
  }
}

// Where each curve that is in colour leaves for the first time.
function leaves(panel, axis) {
  return coloured(panel).flatMap(({ curve, color }) => {
    const [first, last] = axis.zoom;
    for (let i = first; i <= last; i++) {
      const side = sideOf(panel, curve[i]);
      if (!side) continue;
      if (i === first || sideOf(panel, curve[i - 1])) return [{ x: axis.x[i], side, color }];
      return [{ x: crossing(panel.scale, axis.x, curve, i, side), side, color }];
    }
    return [];
  });
}

function coloured(panel) {
  if (panel.kind === "paths") return panel.named.flatMap(({ curves, color }) => curves.map((curve) => ({ curve, color })));
  if (panel.kind === "score") return panel.parts;
  return [];
}

function crossing({ at, range }, x, curve, i, side) {
  const [before, after] = [at(curve[i - 1]), at(curve[i])];
  const edge = range[side === "above" ? 1 : 0];
  const share = (edge - before) / (after - before);
  return Number.isFinite(share) ? x[i - 1] + share * (x[i] - x[i - 1]) : x[i];
}

// From where the first of them leaves.
function fade({ y0, y1 }, side, box, from) {
  const id = `rp-fade-${made++}`;
  const up = side === "above";
  const gradient = svg("linearGradient", { id, x1: 0, x2: 0, y1: up ? 0 : 1, y2: up ? 1 : 0 });
  gradient.append(svg("stop", { offset: 0, class: "rp-fade" }), svg("stop", { offset: 1, class: "rp-fade", "stop-opacity": 0 }));
  const x = Math.max(box.left, from - FADE);
  const rect = svg("rect", { x, width: box.left + box.plotWidth - x, y: up ? y0 : y1 - FADE, height: FADE, fill: `url(#${id})` });
  return [gradient, rect];
}

function arrow(x, { y0, y1 }, side, color) {
  const [tip, base] = side === "above" ? [y0, y0 + 1.6 * ARROW] : [y1, y1 - 1.6 * ARROW];
  const d = `M${x.toFixed(1)} ${tip}L${(x - ARROW).toFixed(1)} ${base}L${(x + ARROW).toFixed(1)} ${base}Z`;
  return svg("path", { d, fill: color, class: "rp-leaves" });
}
