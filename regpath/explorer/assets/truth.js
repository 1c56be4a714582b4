// Effects that were built into data which were made: marks at the right edge of the paths.

import { svg } from "./dom.js";
import { sideOf } from "./clipped.js";
import { scaleY } from "./geometry.js";

const [LONG, HIGH] = [9, 4.5]; // pixels of a mark

export function drawTruth(over, panel, { box, model, view, look }) {
  if (panel.k === null || model.K > 1) return;
  const py = scaleY(panel);
  const edge = box.width - box.right;
  const colours = new Map(panel.named.flatMap(({ item, color }) => item.members.map((j) => [j, color])));
  for (const [j, effect] of model.truth ?? []) {
    const value = view.units === "original" ? effect : effect * model.arrays.x_scale[j];
    const beyond = sideOf(panel, value);
    const y = Math.min(panel.y1 - HIGH, Math.max(panel.y0 + HIGH, py(value)));
    const colour = colours.get(j) ?? look.muted;
    // Hollow: further out than the panel goes.
    over.append(svg("path", {
      d: `M${edge} ${y - HIGH}L${edge} ${y + HIGH}L${edge - LONG} ${y}Z`, class: "rp-truth",
      stroke: colour, "stroke-width": 1.5, fill: beyond ? "none" : colour, "data-feature": j,
    }));
  }
}
