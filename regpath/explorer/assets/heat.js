// Coefficients of many classes at the cursor, all on one scale: features by classes, or, where
// features are places on a grid, a picture for each class.

import { valueText } from "./curves.js";
import { h, say } from "./dom.js";
import { gridOf } from "./grid.js";
import { makeMatrix } from "./matrix.js";
import { MANY } from "./model.js";
import { whole } from "./numbers.js";
import { makePictures } from "./pictures.js";
import { diverging } from "./shades.js";

export function wantsHeat(model, view) {
  return view.class === "all" && model.K > MANY;
}

export class Heat {
  constructor({ rows, sides, title, scale }, { model, pick }) {
    Object.assign(this, { node: rows, sidesNode: sides, titleNode: title, scaleNode: scale, model, pick });
    this.grid = gridOf(model.names);
    this.now = 0;
  }

  set({ items, view, look, size }) {
    Object.assign(this, { items, view, look, size });
    const { model } = this;
    this.colour = diverging(look);
    this.largest = largestOf(model, view);
    const { fontFamily, fontSize } = getComputedStyle(this.node);
    this.letter = parseFloat(fontSize);
    this.font = `${fontSize} ${fontFamily}`;
    this.#legend();
    const own = view.scale === "own";
    say(this.scaleNode, own ? "Scale: this strength" : "Scale: whole path");
    this.scaleNode.setAttribute("aria-pressed", String(!own));
    this.node.setAttribute("aria-label", `${model.unitTitle(view.units)} by class at the cursor`);
    // `top`, `left`, `wide`, `tall` of the canvas, `height` of all, `nodes` beside it, `paint`, `find`.
    this.plan = (this.grid ? makePictures : makeMatrix)(this, this.node.clientWidth);
    this.#canvas();
    this.node.replaceChildren(this.canvas, ...this.plan.nodes);
    this.node.style.height = `${this.plan.height}px`;
  }

  paint(i) {
    const { model, view, plan } = this;
    this.now = i;
    const alive = this.#alive(i);
    const full = view.scale === "own" ? Math.max(...alive.map(({ size }) => size), 0) || 1 : this.largest;
    const ink = this.canvas.getContext("2d");
    const dpr = window.devicePixelRatio || 1;
    ink.setTransform(dpr, 0, 0, dpr, 0, 0);
    ink.clearRect(0, 0, plan.wide, plan.tall);
    plan.paint(ink, alive, full);
    const count = alive.filter(({ size }) => size > 0).length;
    const more = plan.rows < count ? `, largest ${plan.rows} of ${whole(count)}` : "";
    say(this.titleNode, count ? `${model.unitTitle(view.units)} by class${more}` : "every coefficient is zero here");
    say(this.low, valueText(view.units, -full));
    say(this.high, valueText(view.units, full));
  }

  // What is said of the picture as a whole waits for a release.
  settle() {
    const { model, view } = this;
    const first = this.#alive(this.now).reduce((a, b) => (b.size > (a?.size ?? 0) ? b : a), null);
    const text = first ? `The largest is ${first.item.label}, for class ${model.classes[first.k]}: ${valueText(view.units, first.value)}.` : "Every coefficient is zero.";
    this.canvas.setAttribute("aria-label", `${model.unitTitle(view.units)} of ${model.K} classes as colours. ${text} The numbers are in the tables below.`);
  }

  // The coefficient of an item for a class at the cursor: of a folded column its largest level's.
  value(item, k) {
    let value = 0;
    for (const j of item.members) {
      const one = this.model.value(this.view.units, k, j, this.now);
      if (Math.abs(one) > Math.abs(value)) value = one;
    }
    return value;
  }

  // Items by their largest coefficient at a strength, those that are pinned first.
  #alive(i) {
    const { model, items } = this;
    this.now = i;
    const found = items.all.map((item) => {
      let [value, at] = [0, 0];
      for (let k = 0; k < model.K; k++) {
        const one = this.value(item, k);
        if (Math.abs(one) > Math.abs(value)) [value, at] = [one, k];
      }
      return { item, size: Math.abs(value), value, k: at, held: items.isPinned(item) };
    });
    return found.filter(({ size, held }) => size || held).sort((a, b) => b.held - a.held || b.size - a.size || a.item.rank - b.item.rank);
  }

  #legend() {
    const [low, ramp, high, at] = ["rp-low", "rp-ramp", "rp-high", "rp-heat-at"].map((name) => h("bdi", { class: name }));
    const colours = [-1, -1e-9, 0, 1e-9, 1].map(this.colour);
    ramp.style.background = `linear-gradient(to right, ${colours[0]}, ${colours[1]} 48%, ${colours[2]} 48% 52%, ${colours[3]} 52%, ${colours[4]})`;
    Object.assign(this, { low, high, at });
    this.sidesNode.replaceChildren(h("div", { class: "rp-legend" }, low, h("small", {}, "against"), ramp, h("small", {}, "for"), high, at));
  }

  #canvas() {
    const { left, top, wide, tall } = this.plan;
    const dpr = window.devicePixelRatio || 1;
    this.canvas = h("canvas", { class: "rp-heat", role: "img", width: Math.round(dpr * wide), height: Math.round(dpr * tall) });
    Object.assign(this.canvas.style, { left: `${left}px`, top: `${top}px`, width: `${wide}px`, height: `${tall}px` });
    this.canvas.onpointermove = (event) => this.#read(event);
    this.canvas.onpointerdown = (event) => this.#read(event);
    this.canvas.onpointerleave = () => this.#leave();
    this.canvas.onclick = (event) => {
      const { item } = this.#found(event);
      if (item) this.pick.pin(item);
    };
  }

  #found({ clientX, clientY }) {
    const frame = this.canvas.getBoundingClientRect();
    return this.plan.find(clientX - frame.left, clientY - frame.top);
  }

  #read(event) {
    const { item, k } = this.#found(event);
    if (!item) return this.#leave();
    this.pick.hover(item);
    say(this.at, `${item.short}, class ${this.model.classes[k]}: ${valueText(this.view.units, this.value(item, k))}`);
  }

  #leave() {
    this.pick.hover(null);
    say(this.at, "");
  }
}

function largestOf(model, view) {
  let largest = 0;
  for (let k = 0; k < model.K; k++) {
    for (let j = 0; j < model.P; j++) {
      for (let i = 0; i < model.L; i++) largest = Math.max(largest, Math.abs(model.value(view.units, k, j, i)));
    }
  }
  return largest || 1;
}
