// What lies over the curves: panel titles, names at the lines' ends, rules, highlighted curves.

import { drawClipped, sideOf } from "./clipped.js";
import { bdi, h, svg } from "./dom.js";
import { scaleX, scaleY, spread } from "./geometry.js";
import { DASHES } from "./items.js";

const SPAN_WIDTH = 98; // pixels of the choice of scale, which stands at the left of the same line

export function drawOverlay({ over, labels }, { box, axis, panels, model, look, view, pick }) {
  const px = scaleX(box, axis.range);
  over.setAttribute("width", box.width);
  over.setAttribute("height", box.height);
  over.replaceChildren();
  labels.replaceChildren();
  for (const panel of panels) drawClipped(over, panel, { box, axis, px });
  shade(over, { box, axis, model, px });
  const size = view.large ? 1.35 : 1;
  for (const panel of panels) {
    labels.append(titleOf(panel, box));
    labelEnds({ over, labels }, panel, box, size, pick);
  }
  drawMarks({ over, labels }, { box, axis, model, px, size });
  labelDirections(labels, box, size);
  const highlight = svg("g", { class: "rp-highlight" });
  over.append(highlight);
  return highlight;
}

// Thick copies of one item's curves, where it is drawn.
export function highlightItem(node, item, { box, axis, panels, model, view }, colour) {
  node.replaceChildren();
  if (!item) return;
  const px = scaleX(box, axis.range);
  for (const panel of panels.filter(({ kind }) => kind === "paths")) {
    const py = scaleY(panel);
    for (const j of item.members) {
      const curve = model.curve(view.units, panel.k, j);
      if (curve.every((v) => v === 0)) continue;
      const d = Array.from(curve, (v, i) => `${i ? "L" : "M"}${px(axis.x[i]).toFixed(1)} ${py(v).toFixed(1)}`);
      node.append(svg("path", { d: d.join(""), stroke: colour, fill: "none", "stroke-width": 4.5 }));
    }
  }
}

function titleOf(panel, box) {
  const node = h("span", { class: `rp-title rp-title-${panel.kind}` }, bdi(panel.title));
  node.style.left = `${box.left + 4}px`;
  // Inside a tall panel; above a low one, whose curve needs the room.
  node.style.top = `${panel.kind === "paths" && panel.alone ? panel.y0 + 2 : panel.y0 - 15}px`;
  return node;
}

function labelEnds({ over, labels }, panel, box, size, pick) {
  const py = scaleY(panel);
  const line = 14.5 * size;
  const room = Math.floor((panel.y1 - panel.y0) / line) + 1;
  // What ends beyond the panel is named at its edge, the furthest first.
  const kept = panel.labels.slice(0, room).sort((a, b) => b.at - a.at);
  const wanted = kept.map(({ at }) => Math.min(panel.y1, Math.max(panel.y0, py(at))));
  const places = spread(wanted, line, panel.y0 + 4, panel.y1 - 4);
  const edge = box.width - box.right;
  kept.forEach((label, n) => {
    const beyond = { above: "↑ ", below: "↓ " }[sideOf(panel, label.at)] ?? "";
    const [from, to] = [wanted[n].toFixed(1), places[n].toFixed(1)];
    const d = beyond ? `M${edge + 6} ${to}L${edge + 18} ${to}` : `M${edge} ${from}L${edge + 12} ${to}L${edge + 18} ${to}`;
    over.append(svg("path", { d, stroke: label.color, fill: "none", "stroke-width": 2, "stroke-dasharray": DASHES[label.dash] }));
    const more = label.count ? ` (${label.count})` : "";
    const node = h("span", { class: "rp-label", title: label.text + more }, beyond, bdi(label.text), more);
    node.style.top = `${places[n]}px`;
    node.style.left = `${edge + 21}px`;
    node.style.maxWidth = `${box.right - 22}px`;
    if (label.item) {
      node.classList.add("rp-pick");
      node.addEventListener("click", () => pick.pin(label.item));
      node.addEventListener("pointerenter", () => pick.hover(label.item));
      node.addEventListener("pointerleave", () => pick.hover(null));
    }
    labels.append(node);
  });
}

// Which end is which, in words.
function labelDirections(labels, box, size) {
  const edge = { left: `${box.left}px`, right: `${box.right}px` };
  for (const [side, text] of [["left", "← stronger"], ["right", "weaker →"]]) {
    const node = h("span", { class: "rp-end" }, text);
    node.style[side] = edge[side];
    node.style.top = `${box.plotBottom + 20 * size}px`;
    labels.append(node);
  }
}

function drawMarks({ over, labels }, { box, axis, model, px, size }) {
  const [first, last] = axis.zoom;
  const drawn = model.marks
    .filter(({ index }) => index >= first && index <= last)
    .map((mark) => ({ mark, at: px(axis.x[mark.index]) }));
  for (const { mark, at } of drawn) {
    over.append(svg("line", { x1: at, x2: at, y1: box.top, y2: box.plotBottom, class: `rp-mark rp-mark-${mark.rule}` }));
  }
  // Centres of the texts, moved apart as far as their widths ask.
  const width = 48 * size;
  const places = spread(drawn.map(({ at }) => at), width, SPAN_WIDTH * size + width / 2, box.width - box.right);
  drawn.forEach(({ mark }, n) => {
    const node = h("span", { class: "rp-mark-label", title: mark.reason }, mark.label);
    node.style.left = `${places[n]}px`;
    node.style.top = "4px";
    labels.append(node);
  });
}

function shade(over, { box, axis, model, px }) {
  if (model.separated_from == null) return;
  const from = Math.max(box.left, px(axis.x[model.separated_from]));
  const rect = svg("rect", {
    x: from, y: box.top, width: Math.max(0, box.width - box.right - from), height: box.plotBottom - box.top,
    class: "rp-separated",
  });
  const title = svg("title");
  title.textContent = "Classes are separated here: coefficients only grow.";
  rect.append(title);
  over.append(rect);
}
