// A board: points on a plane, the strength, the course of the path, and words for all of it.
// The points are the browser's while they are drawn; Python answers each change with a path, and
// an order of its own (back, noise, a start) replaces them once.

import { Course } from "./course.js";
import { h, say, svg } from "./dom.js";
import { fixed, short } from "./numbers.js";
import { Plane, sign } from "./plane.js";
import { PointPanel } from "./point_panel.js";
import { chooseLook } from "./theme.js";
import { isSlide } from "./type.js";

// Milliseconds between two reports of a drag, and how many times as long as an answer takes: a
// server that has much to do is asked less often.
const [LEAST_PAUSE, TIMES] = [250, 3];
const WIDE = 620; // pixels from which the course has room beside the plane
const CLOSE = 4; // decimals of a degree: rounding is no angle

export class PointBoard {
  constructor(host, data) {
    Object.assign(this, { host, data, points: data.points, index: data.index, order: data.order });
    Object.assign(this, { at: 0, stroke: 0, chosen: -1, tool: "move", took: 0, report: () => {} });
    this.root = h("div", { class: "board", "data-part": "board" });
    this.plane = new Plane(this);
    this.panel = new PointPanel(this);
    this.course = new Course(this);
    this.caption = h("p", { role: "status", "data-part": "said" });
    this.root.append(
      h("div", {}, // on one screen of a lecture
        this.tools(),
        h("div", { class: "sides" },
          h("div", { class: "side" }, this.key(), this.plane.node, this.strength()),
          h("div", { class: "side" }, this.caption, this.course.node))),
      this.panel.node,
    );
    host.append(this.root); // beside the style sheet, which is Streamlit's to place
    this.resize = new ResizeObserver(() => this.draw());
    this.resize.observe(this.root);
  }

  end() {
    clearTimeout(this.later);
    this.resize.disconnect();
    this.root.remove();
  }

  tools() {
    const [first, second] = this.data.classes;
    const named = [["move", "Move"], ["first", sign(0), `Draw ${first}`], ["second", sign(1), `Draw ${second}`], ["switch", "Switch class"], ["delete", "Delete"]];
    const set = h("fieldset", {}, h("legend", {}, "A tap on the picture does this"));
    for (const [value, ...label] of named) {
      const box = h("input", { type: "radio", name: "tool", value, checked: value === this.tool, onchange: () => (this.tool = value) });
      set.append(h("label", { "data-tool": value }, box, h("span", {}, ...label)));
    }
    return set;
  }

  // What stands for what in the picture.
  key() {
    const classes = this.data.classes.map((name, k) => h("li", {}, sign(k), name));
    const lines = [["boundary", "boundary: 50 %"], ["margin", "margin: 27 and 73 %"]].map(([name, words]) => {
      const stroke = svg("svg", { class: "sign", viewBox: "0 0 24 16", width: 24, height: 16, "aria-hidden": "true" });
      stroke.append(svg("line", { x1: 1, x2: 23, y1: 8, y2: 8, class: name }));
      return h("li", {}, stroke, words);
    });
    return h("ul", { class: "key", "data-part": "key", "aria-label": "Signs of the picture" }, ...classes, ...lines);
  }

  strength() {
    const last = this.data.lambdas.length - 1;
    this.slider = h("input", {
      type: "range", min: 0, max: last, step: 1, value: this.index, "aria-label": "Strength λ, from strong to weak",
      oninput: () => this.go(Number(this.slider.value)), onchange: () => this.report("strength", this.index),
    });
    this.lambda = h("output", {});
    return h("div", { class: "strength" }, h("span", {}, "Strength λ, from strong to weak"), this.lambda, this.slider);
  }

  go(index, told = false) {
    this.index = index;
    this.slider.value = index;
    this.draw();
    if (told) this.report("strength", index);
  }

  // What Python says: an answer about points, and perhaps an order that replaces ours.
  answer(data) {
    this.data = data;
    if (data.order !== this.order) {
      Object.assign(this, { order: data.order, points: data.points });
      this.chosen = Math.min(this.chosen, this.points.length - 1);
    }
    if (data.heard === this.at && this.asked) {
      this.took = performance.now() - this.asked;
      this.asked = 0;
    }
    this.draw();
  }

  get isFull() {
    return this.points.length >= this.data.most;
  }

  // A change begins; what follows until the next begins is one step back.
  begin() {
    this.stroke = Math.max(Date.now(), this.stroke + 1); // other than that of a board before
  }

  change(points, { live = false } = {}) {
    this.points = points;
    this.draw();
    clearTimeout(this.later);
    this.later = undefined;
    const pause = live ? Math.max(LEAST_PAUSE, TIMES * this.took) - (performance.now() - (this.said ?? 0)) : 0;
    if (live && (this.asked || pause > 0)) this.later = setTimeout(() => this.tell(), Math.max(pause, LEAST_PAUSE));
    else this.tell();
  }

  tell() {
    this.later = undefined;
    this.at = Math.max(Date.now(), this.at + 1);
    this.asked = this.said = performance.now();
    this.report("drawn", { at: this.at, order: this.order, stroke: this.stroke, points: this.points });
  }

  add(place, second, how) {
    if (this.isFull) return false;
    this.chosen = this.points.length;
    this.change([...this.points, [...place, second ? 1 : 0]], how);
    return true;
  }

  move(k, [x, y], how) {
    const { steps } = this.data;
    const within = (v) => Math.max(0, Math.min(steps, Math.round(v)));
    this.change(this.points.map((point, j) => (j === k ? [within(x), within(y), point[2]] : point)), how);
  }

  turn(k) {
    this.change(this.points.map(([x, y, c], j) => [x, y, j === k ? 1 - c : c]));
  }

  remove(k) {
    this.chosen = Math.min(this.chosen > k || this.chosen === this.points.length - 1 ? this.chosen - 1 : this.chosen, this.points.length - 2);
    this.change(this.points.filter((_, j) => j !== k));
  }

  choose(k) {
    this.chosen = k;
    this.draw();
  }

  value([x, y]) {
    const { low, high, steps } = this.data;
    return [x, y].map((v, i) => low[i] + (v / steps) * (high[i] - low[i]));
  }

  place(values) {
    const { low, high, steps } = this.data;
    return values.map((v, i) => ((v - low[i]) / (high[i] - low[i])) * steps);
  }

  named(k) {
    const [x, y, second] = this.points[k];
    const [a, b] = this.value([x, y]).map((v) => short(v, 3));
    return `${this.data.classes[second]} ${k + 1} of ${this.points.length} at ${a}, ${b}`;
  }

  // The model at the chosen strength, as log odds over steps of the plane; null without one.
  get model() {
    const { intercept, across, upwards } = this.data;
    const i = this.index;
    return intercept ? { b0: intercept[i], b1: across[i], b2: upwards[i] } : null;
  }

  draw() {
    this.look = chooseLook(this.root, this.data.looks);
    this.root.toggleAttribute("data-wide", this.root.clientWidth >= WIDE);
    this.root.toggleAttribute("data-slide", isSlide());
    for (const box of this.root.querySelectorAll("[data-tool=first] input, [data-tool=second] input")) box.disabled = this.isFull;
    this.plane.draw();
    this.panel.draw();
    this.course.draw();
    const lam = `λ = ${short(this.data.lambdas[this.index], 3)}`;
    say(this.lambda, lam);
    this.slider.setAttribute("aria-valuetext", lam);
    say(this.caption, this.words(lam));
  }

  words(lam) {
    const { confidence, direction, accuracy, log_loss: loss } = this.data;
    const i = this.index;
    const full = this.isFull ? ` There is room for ${this.data.most} points, and they are there.` : "";
    if (!this.model) return `No boundary: see below the picture.${full}`;
    const scores = accuracy ? ` ${fixed(100 * accuracy[i], 0)} % of the points are on their side; log-loss ${short(loss[i], 3)}.` : "";
    if (!(confidence[i] > 0)) return `At ${lam} both coefficients are 0: no direction, no boundary.${scores}${full}`;
    const outside = this.plane.isOutside ? " The boundary lies outside the picture." : "";
    return `At ${lam} the direction is ${short(Number(direction[i].toFixed(CLOSE)), 3)}°, the confidence ${short(confidence[i], 3)}: the margin is ${short(2 / confidence[i], 3)} wide.${scores}${outside}${full}`;
  }
}
