// A strip below the paths: a mark for each event, in the colour of its feature.

import { svg } from "./dom.js";
import { ALL } from "./model.js";

const HALF = 3; // pixels from the middle of a cross or a diamond to its tips
const SHAPES = [
  (x, top, bottom) => `M${x} ${top}V${bottom}`, // enters: a line
  (x, top, bottom) => cross(x, (top + bottom) / 2),
  (x, top, bottom) => diamond(x, (top + bottom) / 2),
];

// One path for each colour and kind, however many events there are.
export function drawRug(over, panel, { axis, model, look, px }) {
  const colours = new Map(panel.named.flatMap(({ item, color }) => item.members.map((j) => [j, color])));
  const parts = new Map();
  const [first, last] = axis.zoom;
  for (const { i, j, k, kind } of [...model.eventsAt.values()].flat()) {
    if ((panel.k !== ALL && k !== panel.k) || i < first || i > last) continue;
    const key = `${colours.get(j) ?? look.rest} ${kind}`;
    const shape = SHAPES[kind](round(px(axis.x[i])), panel.y1 + 2, panel.y1 + panel.rug - 1);
    parts.set(key, (parts.get(key) ?? "") + shape);
  }
  // What has a colour lies above the grey.
  const keys = [...parts.keys()].sort((a, b) => b.startsWith(look.rest) - a.startsWith(look.rest));
  for (const key of keys) {
    const [colour, kind] = key.split(" ");
    const fill = kind === "2" ? colour : "none";
    over.append(svg("path", { d: parts.get(key), stroke: colour, fill, "stroke-width": kind === "2" ? 0.5 : 1.5, class: "rp-rug" }));
  }
}

function cross(x, y) {
  return `M${x - HALF} ${y - HALF}L${x + HALF} ${y + HALF}M${x - HALF} ${y + HALF}L${x + HALF} ${y - HALF}`;
}

function diamond(x, y) {
  return `M${x} ${y - HALF}L${x + HALF} ${y}L${x} ${y + HALF}L${x - HALF} ${y}Z`;
}

function round(v) {
  return Math.round(10 * v) / 10;
}
