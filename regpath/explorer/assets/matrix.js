// Coefficients at the cursor as a table of colours: the largest features by all classes.

import { valueText } from "./curves.js";
import { bdi, h } from "./dom.js";
import { fit, widthOf } from "./names.js";

const ROWS = 12;
const HEIGHT = { row: 24, more: 14.5 }; // pixels, as of bars
const NAMES = 0.36; // of the width
const TALLEST = 84; // pixels of a class that is written upwards
const WRITTEN = 34 / 13; // letters' heights of a cell that a number fits into
const SMALLER = 0.85; // letters of numbers in cells

export function makeMatrix(heat, width) {
  const { model, items, size, font } = heat;
  const tall = Math.round(HEIGHT.row + HEIGHT.more * (size - 1));
  const rows = Math.max(1, Math.min(ROWS, items.all.length));
  const left = Math.round(NAMES * width);
  const cell = (width - left) / model.K;
  const { heads, top } = makeHeads(model.classes, { left, cell, tall, font });
  const names = Array.from({ length: rows }, (_, n) => makeName(heat.pick, { top: top + n * tall, width: left - 4, height: tall }));
  return {
    rows, left, top,
    nodes: [...heads, ...names.map(({ node }) => node)],
    wide: width - left, tall: rows * tall, height: top + rows * tall + 2,
    paint(ink, alive, full) {
      names.forEach((slot, n) => showName(slot, alive[n]?.item ?? null, { items, room: left - 10, font }));
      alive.slice(0, rows).forEach(({ item }, n) => paintRow(ink, heat, { item, full, cell, tall, y: n * tall }));
    },
    find: (x, y) => ({ item: names[Math.floor(y / tall)]?.item, k: Math.min(model.K - 1, Math.max(0, Math.floor(x / cell))) }),
  };
}

// Classes across, or upwards where they would not fit.
function makeHeads(classes, { left, cell, tall, font }) {
  const longest = Math.max(...classes.map((label) => widthOf(label, font)));
  const upright = longest > cell - 2;
  const top = upright ? Math.min(TALLEST, longest + 10) : tall;
  const heads = classes.map((label, k) => {
    const node = h("span", { class: upright ? "rp-heat-class rp-upright" : "rp-heat-class", title: label }, bdi(fit(label, upright ? top - 6 : cell, font)));
    Object.assign(node.style, { left: `${left + k * cell}px`, width: `${cell}px`, height: `${top}px` });
    return node;
  });
  return { heads, top };
}

function makeName(pick, { top, width, height }) {
  const node = h("button", { type: "button", class: "rp-row-name rp-heat-name" });
  Object.assign(node.style, { top: `${top}px`, width: `${width}px`, height: `${height}px` });
  const slot = { node, item: null };
  node.addEventListener("click", () => slot.item && pick.pin(slot.item));
  for (const kind of ["pointerenter", "focus"]) node.addEventListener(kind, () => pick.hover(slot.item));
  for (const kind of ["pointerleave", "blur"]) node.addEventListener(kind, () => pick.hover(null));
  return slot;
}

function showName(slot, item, { items, room, font }) {
  if (slot.item === item) return;
  slot.item = item;
  slot.node.hidden = !item;
  if (!item) return;
  slot.node.title = item.label;
  slot.node.setAttribute("aria-label", item.label);
  slot.node.setAttribute("aria-pressed", String(items.isPinned(item)));
  slot.node.replaceChildren(bdi(fit(item.short, room, font)));
}

function paintRow(ink, heat, { item, full, cell, tall, y }) {
  const { model, view, look, letter, colour } = heat;
  ink.font = `${SMALLER * letter}px ${getComputedStyle(ink.canvas).fontFamily}`;
  Object.assign(ink, { textAlign: "center", textBaseline: "middle" });
  for (let k = 0; k < model.K; k++) {
    const value = heat.value(item, k);
    ink.fillStyle = colour(value / full);
    ink.fillRect(k * cell + 0.5, y + 0.5, cell - 1, tall - 1);
    ink.fillStyle = value ? look.ink : look.rest;
    if (!value) ink.fillRect((k + 0.5) * cell - 1, y + tall / 2 - 1, 2, 2);
    else if (cell >= WRITTEN * letter) ink.fillText(valueText(view.units, value), (k + 0.5) * cell, y + tall / 2, cell - 3);
  }
}
