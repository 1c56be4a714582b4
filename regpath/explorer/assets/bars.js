// Coefficients at the cursor: the largest as bars that keep their place until others overtake.

import { bdi, h, say } from "./dom.js";
import { valueText } from "./curves.js";
import { styleOf } from "./items.js";
import { fit, widthOf } from "./names.js";
import { whole } from "./numbers.js";

const ROWS = 12;
const LARGE_ROWS = 8; // of large type
const HEAD_GAP = 8; // pixels between title and button, as in the style sheet
const MANY_ROWS = 99; // coefficients: a number as wide as most
const LECTURE = { rows: 6, room: 504, least: 3 }; // and the height of charts beside which they stand
const HEIGHT = { row: 24, more: 14.5 }; // pixels, as in the style sheet
const NAME = 0.6; // of what swatch, gaps and value leave, as in the style sheet
const [SWATCH, VALUE, PADDING] = [28, 4.4, 4]; // pixels, letters, pixels
const OPENER = [2.1, 6]; // less, where a button opens the levels: letters, pixels

export class Bars {
  constructor({ rows, sides, title, scale }, { model, pick, flip }) {
    Object.assign(this, { node: rows, sidesNode: sides, titleNode: title, scaleNode: scale, model, pick });
    this.pool = new Map();
    scale.onclick = flip; // one owner: the next explorer on this page takes over
    rows.onpointerleave = () => pick.hover(null);
  }

  // Which items, units and classes are shown; rows are made as they are needed.
  set({ items, view, look, size, room }) {
    const height = Math.round(HEIGHT.row + HEIGHT.more * (size - 1));
    Object.assign(this, { items, view, look, height });
    const { model } = this;
    this.rows = view.large ? rowsOf(height, room) : size > 1 ? LARGE_ROWS : ROWS;
    this.entries = model.shown(view).flatMap((k) => items.all.map((item) => ({ k, item, key: `${k}:${item.id}` })));
    this.largest = this.#largest();
    this.#sides(view.class === "all" ? null : Number(view.class));
    const { fontFamily, fontSize } = getComputedStyle(this.node);
    this.font = `${fontSize} ${fontFamily}`;
    this.room = nameWidths(this.node.clientWidth, parseFloat(fontSize));
    this.node.replaceChildren();
    this.pool.clear();
    this.node.style.height = `${Math.max(3, Math.min(this.rows, this.entries.length)) * height}px`;
    const own = view.scale === "own";
    this.#scale(own);
    this.scaleNode.setAttribute("aria-pressed", String(!own));
    this.node.setAttribute("aria-label", `${model.unitTitle(view.units)} at the cursor`);
  }

  // The button's words; in large type shorter where the title would not stand beside them.
  #scale(own) {
    const texts = own ? ["Scale: this strength", "Scale: here"] : ["Scale: whole path", "Scale: path"];
    const font = fontOf(this.titleNode);
    for (const words of this.view.large ? texts : texts.slice(0, 1)) {
      say(this.scaleNode, words);
      const room = this.titleNode.parentElement.clientWidth - this.scaleNode.offsetWidth - HEAD_GAP;
      this.fits = (text) => !this.view.large || widthOf(text, font) <= room;
      if (this.fits(this.#titles(MANY_ROWS, "").at(-1))) return;
    }
  }

  // What there is to say of so many coefficients, and in brief.
  #titles(count, columns) {
    const unit = this.model.unitTitle(this.view.units);
    const some = `${this.rows} of ${whole(count)}`;
    return count > this.rows ? [`${unit}, largest ${some}${columns}`, `${unit}, ${some}`] : [unit];
  }

  // Which side speaks for what; a lecture, where nothing is pointed at, has no cut names.
  #sides(k) {
    const whole = this.model.sides(k);
    const brief = this.view.large ? [this.model.sides(k, true)] : [];
    for (const [against, speaks] of [whole, ...brief]) {
      const nodes = [bdi(against), bdi(speaks)];
      this.sidesNode.replaceChildren(h("span", {}, "←", nodes[0]), h("span", {}, nodes[1], "→"));
      nodes.forEach((node, n) => (node.title = whole[n]));
      if (nodes.every(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)) return;
    }
  }

  paint(i) {
    const { model, view } = this;
    const alive = [];
    for (const entry of this.entries) {
      let low = 0;
      let high = 0;
      for (const j of entry.item.members) {
        const value = model.value(view.units, entry.k, j, i);
        if (value < low) low = value;
        else if (value > high) high = value;
      }
      const held = this.items.isPinned(entry.item);
      if (low || high || held) alive.push({ entry, low, high, held, size: Math.max(-low, high) });
    }
    alive.sort((a, b) => b.held - a.held || b.size - a.size || a.entry.item.rank - b.entry.item.rank);
    const shown = alive.slice(0, this.rows);
    const full = view.scale === "own" ? Math.max(...shown.map(({ size }) => size)) || 1 : this.largest;
    const kept = new Set();
    shown.forEach((one, slot) => {
      kept.add(one.entry.key);
      this.#row(one.entry).paint(slot, one.low / full, one.high / full, valueText(view.units, -one.low > one.high ? one.low : one.high), this.height);
    });
    for (const [key, row] of this.pool) if (!kept.has(key)) row.hide();
    const count = alive.filter(({ size }) => size > 0).length;
    const columns = this.items.all.some(({ folded }) => folded) ? " columns" : "";
    const titles = this.#titles(count, columns);
    say(this.titleNode, count ? titles.find(this.fits) ?? titles.at(-1) : "every coefficient is zero here");
    this.order = shown.map(({ entry }) => entry.key);
  }

  // After a release: the order of the rows in the page is the one on screen.
  settle() {
    if (this.node.contains(this.node.getRootNode().activeElement)) return;
    this.node.append(...this.order.map((key) => this.pool.get(key).node));
  }

  #largest() {
    let largest = 0;
    for (const { k, item } of this.entries) {
      for (const j of item.members) {
        for (const value of this.model.curve(this.view.units, k, j)) largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest || 1;
  }

  #row(entry) {
    let row = this.pool.get(entry.key);
    if (!row) {
      row = makeRow(entry, this);
      this.pool.set(entry.key, row);
      this.node.append(row.node);
    }
    return row;
  }
}

function fontOf(node) {
  const { fontFamily, fontSize, fontWeight } = getComputedStyle(node);
  return `${fontWeight} ${fontSize} ${fontFamily}`;
}

function rowsOf(height, room) {
  return Math.min(ROWS, Math.max(LECTURE.least, LECTURE.rows + Math.floor((room - LECTURE.room) / height)));
}

// Pixels for a name, and for one beside a button.
function nameWidths(width, letter) {
  const room = NAME * (width - SWATCH - VALUE * letter) - PADDING;
  return { alone: room, opened: room - OPENER[0] * letter - OPENER[1] };
}

function makeRow({ k, item }, { model, items, view, look, pick, font, room }) {
  const color = items.named.includes(item) ? styleOf(item, model.looks, look).color : look.rest;
  const levels = model.columnMembers[item.column].length;
  const of = view.class === "all" ? ` · ${model.classes[k]}` : "";
  const label = item.label + of;
  const text = fit(item.short + of, levels > 1 ? room.opened : room.alone, font);
  const bar = h("span", { class: "rp-bar-fill" });
  bar.style.background = color;
  const value = h("span", { class: "rp-row-value" });
  const name = h("button", { type: "button", class: "rp-row-name", title: label, "aria-label": label, "aria-pressed": String(items.isPinned(item)) }, bdi(text));
  const swatch = h("span", { class: "rp-swatch" });
  swatch.style.background = color;
  const node = h("div", { class: "rp-row" }, swatch, name);
  if (levels > 1) {
    const verb = item.folded ? `Open ${levels} levels of` : "Fold the levels of";
    const open = h("button", { type: "button", class: "rp-open", "aria-label": `${verb} ${model.columns[item.column]}`, "aria-expanded": String(!item.folded) }, item.folded ? `▸${levels}` : "▾");
    open.addEventListener("click", () => pick.open(item.column));
    node.append(open);
  }
  const track = h("span", { class: "rp-track", "aria-hidden": "true" }, bar);
  node.append(track, value);
  if (text !== label) name.addEventListener("pointerdown", () => pick.name(item, name));
  name.addEventListener("click", () => pick.pin(item));
  node.addEventListener("pointerenter", () => pick.hover(item));
  name.addEventListener("focus", () => pick.hover(item));
  name.addEventListener("blur", () => pick.hover(null));
  return {
    node,
    paint(slot, low, high, text, height) {
      if (node.hidden) node.hidden = false;
      node.style.transform = `translateY(${slot * height}px)`;
      bar.style.transform = `translateX(${50 + 50 * low}%) scaleX(${low || high ? Math.max(0.004, (high - low) / 2) : 0})`;
      say(value, text);
    },
    hide() {
      if (!node.hidden) node.hidden = true;
    },
  };
}
