// What lies over the curves: panel titles, names at the lines' ends, rules, highlighted curves.

import { drawClipped, sideOf } from "./clipped.js";
import { bdi, h, svg } from "./dom.js";
import { TERMS, coefficientHelp, markHelp, scoreHelp } from "./glossary.js";
import { scaleX, scaleY, spread } from "./geometry.js";
import { DASHES } from "./items.js";
import { drawKept } from "./kept.js";
import { fit, widthOf } from "./names.js";
import { drawRug } from "./rug.js";
import { drawTruth } from "./truth.js";

const APART = ["classes come apart: some coefficients grow without end", "some coefficients grow without end", "classes come apart", "apart"];
const ARROWS = 10; // pixels at the edge of a panel, where arrows say what left
const SIMPLER = ["← simpler", "←"];
const CLOSER = ["closer to the training data →", "closer to the data →", "closer fit →", "→"];
const CLOSER_BY = 0.83; // of the height of a line: letters do not touch yet
const BESIDE = 10; // pixels between the words below the axis
const BEATEN = ": none beats the dotted line";
const TITLE_SIDES = 10; // pixels of a title's edges, and of what is left free before it
const SPAN_WIDTH = 98; // pixels of the choice of scale, which stands at the left of the same line
const BETWEEN = 8; // pixels between the names of two rules

// What the rules' names need in the line of the choice of scale and of the zoom's buttons.
export function roomOfMarks(model, { size, font, buttons }) {
  const widths = model.marks.map(({ label }) => widthOf(label, font) + BETWEEN);
  const need = widths.reduce((sum, width) => sum + width, 0);
  return { need, from: SPAN_WIDTH * size, until: buttons, half: Math.max(0, ...widths) / 2 };
}

export function fontOf(node, size) {
  return `${12 * size}px ${getComputedStyle(node).fontFamily}`;
}

export function drawOverlay({ over, labels }, { box, axis, panels, model, look, view, size, pick, help }) {
  const px = scaleX(box, axis.range);
  over.setAttribute("width", box.width);
  over.setAttribute("height", box.height);
  over.replaceChildren();
  labels.replaceChildren();
  over.append(...panels.map(clipOf));
  for (const panel of panels) drawClipped(over, panel, { box, axis, px });
  const font = fontOf(labels, size);
  shade({ over, labels }, { box, axis, panels, model, px, size, font, help });
  for (const panel of panels) {
    labels.append(titleOf(panel, { box, size, view, font, help }));
    labelEnds({ over, labels }, panel, { box, size, font, pick });
  }
  for (const panel of panels.filter(({ kind }) => kind === "paths")) drawRug(over, panel, { axis, model, look, px });
  for (const panel of panels.filter(({ kind }) => kind === "paths")) drawTruth(over, panel, { box, model, view, look });
  drawMarks({ over, labels }, { box, axis, model, px, font, help });
  drawKept(labels, { box, axis, model, pixels: Float64Array.from(axis.x, px), size, help });
  labelAxis(labels, { box, axis, size, font, help });
  const highlight = svg("g", { class: "rp-highlight" });
  over.append(highlight);
  return highlight;
}

// What is drawn in a panel ends at its edges.
function clipOf(panel) {
  const clip = svg("clipPath", { id: clipName(panel) });
  clip.append(svg("rect", { x: panel.x0, width: panel.x1 - panel.x0, y: panel.y0, height: panel.y1 - panel.y0 }));
  return clip;
}

export function clipName({ id }) {
  return `rp-clip-${id}`;
}

// Over the curves and no further: beside them stand their names.
function titleOf(panel, { box, size, view, font, help }) {
  const notes = panel.note ? [`: ${panel.note}`, BEATEN] : [""];
  const names = panel.others?.join(", ");
  const others = names ? [` · press E for ${names}`, ` · ⤢ ${names}`, " ⤢"] : [""];
  const room = box.plotWidth - TITLE_SIDES;
  const titles = [panel.title, panel.brief ?? panel.title];
  const all = titles.flatMap((title) => notes.flatMap((note) => others.map((other) => [title, note, other])));
  const [title, note, other] = all.find((texts) => widthOf(texts.join(""), `600 ${font}`) <= room) ?? all.at(-1);
  const node = h("span", { class: `rp-title rp-title-${panel.kind}` }, bdi(title), note && h("em", {}, note), other && h("small", {}, other));
  node.style.left = `${box.left + 4}px`;
  node.style.maxWidth = `${room}px`;
  // Inside paths; above a score, whose curve needs the room.
  node.style.top = `${panel.kind === "paths" ? panel.y0 + 2 : panel.y0 - 15 * size}px`;
  return help.explain(node, panel.kind === "score" ? scoreHelp(panel.score) : coefficientHelp(view.units));
}

function labelEnds({ over, labels }, panel, { box, size, font, pick }) {
  const py = scaleY(panel);
  const line = 14.5 * size;
  // Names of scores may stand closer, and a little beyond their low panel.
  const [low, high, step] = panel.kind === "score" ? [panel.y0, panel.y1 + 3, CLOSER_BY * line] : [panel.y0 + 4, panel.y1 - 4, line];
  const room = Math.floor((high - low) / step) + 1;
  const left = panel.labels.length - room;
  if (left > 0) labels.append(unnamed(left + 1, { box, panel, size }));
  // What ends beyond the panel is named at its edge, the furthest first.
  const kept = panel.labels.slice(0, left > 0 ? room - 1 : room).sort((a, b) => b.at - a.at);
  const wanted = kept.map(({ at }) => Math.min(panel.y1, Math.max(panel.y0, py(at))));
  const places = spread(wanted, line, low, high - (left > 0 ? line : 0));
  const edge = box.width - box.right;
  kept.forEach((label, n) => {
    const beyond = { above: "↑ ", below: "↓ " }[sideOf(panel, label.at)] ?? "";
    const [from, to] = [wanted[n].toFixed(1), places[n].toFixed(1)];
    const d = beyond ? `M${edge + 6} ${to}L${edge + 18} ${to}` : `M${edge} ${from}L${edge + 12} ${to}L${edge + 18} ${to}`;
    over.append(svg("path", { d, stroke: label.color, fill: "none", "stroke-width": 2, "stroke-dasharray": DASHES[label.dash] ?? label.dash }));
    const more = label.count ? ` (${label.count})` : "";
    const whole = label.whole ?? label.text;
    const text = fit(label.text, box.right - 24 - widthOf(beyond + more, font), font);
    const node = h("span", { class: "rp-label", title: whole + more }, beyond, bdi(text), more);
    node.style.top = `${places[n]}px`;
    node.style.left = `${edge + 21}px`;
    node.style.maxWidth = `${box.right - 22}px`;
    if (label.item) {
      if (text !== whole) node.addEventListener("pointerdown", () => pick.name(label.item, node));
      node.classList.add("rp-pick");
      node.addEventListener("click", () => pick.pin(label.item));
      node.addEventListener("pointerenter", () => pick.hover(label.item));
      node.addEventListener("pointerleave", () => pick.hover(null));
    }
    labels.append(node);
  });
}

// How many names have no room.
function unnamed(count, { box, panel, size }) {
  const node = h("span", { class: "rp-label rp-unnamed" }, `+ ${count} more`);
  Object.assign(node.style, { left: `${box.width - box.right + 21}px`, top: `${panel.y1 + 2 * size}px` });
  return node;
}

// The first of some texts that has room, or the last.
function fitting(texts, room, font) {
  return texts.find((text) => widthOf(text, font) <= room) ?? texts.at(-1);
}

// What the axis is, between which end is which, in one line.
function labelAxis(labels, { box, axis, size, font, help }) {
  const middle = widthOf(axis.title, font) / 2;
  const room = box.plotWidth / 2 - middle - BESIDE;
  const places = [["left", `${box.left}px`, fitting(SIMPLER, room, font)], ["right", `${box.right}px`, fitting(CLOSER, room, font)], ["left", `${box.left + box.plotWidth / 2}px`, axis.title]];
  const terms = [TERMS.simpler, TERMS.closer, axis.help];
  places.forEach(([side, at, text], n) => {
    const node = h("span", { class: n === 2 ? "rp-end rp-axis" : "rp-end" }, text);
    node.style[side] = at;
    node.style.top = `${box.plotBottom + 17 * size}px`;
    labels.append(help.explain(node, terms[n]));
  });
}

function drawMarks({ over, labels }, { box, axis, model, px, font, help }) {
  const [first, last] = axis.zoom;
  const drawn = model.marks
    .filter(({ index }) => index >= first && index <= last)
    .map((mark) => ({ mark, at: px(axis.x[mark.index]) }));
  for (const { mark, at } of drawn) {
    over.append(svg("line", { x1: at, x2: at, y1: box.top, y2: box.plotBottom, class: `rp-mark rp-mark-${mark.rule}` }));
  }
  // Centres of the texts, moved apart as far as their widths ask, and clear of what is beside them.
  const width = Math.max(0, ...drawn.map(({ mark }) => widthOf(mark.label, font))) + BETWEEN;
  const { from, until, top } = box.marks;
  const places = spread(drawn.map(({ at }) => at), width, from + width / 2, until - width / 2);
  drawn.forEach(({ mark }, n) => {
    const node = help.explain(h("span", { class: "rp-mark-label" }, mark.label), markHelp(mark));
    node.style.left = `${places[n]}px`;
    node.style.top = `${top}px`;
    labels.append(node);
  });
}

// Below the curves, at the end of the first panel.
function shade({ over, labels }, { box, axis, panels, model, px, size, font, help }) {
  if (model.separated_from == null || model.separated_from > axis.zoom[1]) return;
  const from = Math.max(box.left, px(axis.x[model.separated_from]));
  const width = Math.max(0, box.width - box.right - from);
  const rect = svg("rect", {
    x: from, y: box.top, width, height: box.plotBottom - box.top,
    class: "rp-separated",
  });
  over.append(rect);
  const [text, end] = wordsOf(width, from - box.left, font);
  const node = help.explain(h("span", { class: "rp-zone" }, text), TERMS.apart);
  Object.assign(node.style, { right: `${box.right + end}px`, top: `${panels[0].y1 - 16 * size - ARROWS}px` });
  labels.append(node);
}

// What is said of a region so wide, and how far from its end: where no word has room in it, beside it.
function wordsOf(width, before, font) {
  const inside = APART.find((text) => widthOf(text, font) <= width - BESIDE);
  if (inside) return [inside, 3];
  return [fitting(APART.map((text) => `${text} →`), before - BESIDE, font), width + 3];
}
