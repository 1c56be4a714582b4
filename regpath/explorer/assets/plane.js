// The plane: points as they are drawn, the boundary between their classes, the margin around it and
// the probability as shading. Whatever is dragged can be tapped into place, or moved by keys.

import { h, svg } from "./dom.js";
import { roundTicks, tickTexts } from "./numbers.js";
import { isLecture, typeSize } from "./type.js";

const EDGE = { left: 50, right: 10, top: 10, bottom: 42 }; // for letters of 16 pixels
const [SMALLEST, LARGEST] = [220, 470]; // pixels of a side
const LECTURE = 0.5; // of the window's height: tools and strength are on the same screen
const FINGER = 22; // pixels from a point in which it is touched
const FAINT = 0.55; // opacity where the model is sure
const SURE = 4.6; // log odds of 99 %
const NUDGES = [41, 205]; // steps of the plane of an arrow key: 1 % of a side, and 5 % with Shift
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
let count = 0;

export { ARROWS, NUDGES };

function mark(second) {
  return second ? svg("rect", { x: -6, y: -6, width: 12, height: 12, class: "second" }) : svg("circle", { r: 6.5, class: "first" });
}

// How the points of a class look, to stand beside its name.
export function sign(second) {
  const node = svg("svg", { class: "sign", viewBox: "-8 -8 16 16", width: 16, height: 16, "aria-hidden": "true" });
  node.append(mark(second));
  return node;
}

export class Plane {
  constructor(board) {
    this.board = board;
    this.id = `plane-${(count += 1)}`; // what fills and clips is found by a name
    this.svg = svg("svg", { role: "group", "data-part": "plane" });
    this.layers = Object.fromEntries(["defs", "axes", "shade", "lines", "points"].map((name) => [name, svg(name === "defs" ? "defs" : "g")]));
    this.svg.append(...Object.values(this.layers));
    this.dots = [];
    this.node = h("div", { class: "plane" }, this.svg);
    this.svg.onpointerdown = (event) => this.down(event);
    this.svg.onpointermove = (event) => this.moved(event);
    this.svg.onpointerup = this.svg.onpointercancel = (event) => this.up(event);
    this.layers.points.onkeydown = (event) => this.key(event);
    this.layers.points.addEventListener("focusin", ({ target }) => {
      const k = this.dots.indexOf(target);
      if (k >= 0 && k !== board.chosen) board.choose(k);
    });
  }

  draw() {
    const { board } = this;
    this.size = typeSize({ large: false });
    this.edge = { ...EDGE, left: EDGE.left * this.size, bottom: EDGE.bottom * this.size };
    const room = this.node.clientWidth || LARGEST;
    const most = isLecture() ? LECTURE * window.innerHeight : LARGEST;
    this.side = Math.max(SMALLEST, Math.min(most, LARGEST, room - this.edge.left - this.edge.right));
    const [width, height] = [this.side + this.edge.left + this.edge.right, this.side + this.edge.top + this.edge.bottom];
    for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) this.svg.setAttribute(name, value);
    this.svg.setAttribute("aria-label", `${board.points.length} points; across ${board.data.names[0]}, upwards ${board.data.names[1]}`);
    this.axes();
    this.model();
    this.marks();
  }

  px([x, y]) {
    const scale = this.side / this.board.data.steps;
    return [this.edge.left + x * scale, this.edge.top + this.side - y * scale];
  }

  back(event) {
    const box = this.svg.getBoundingClientRect();
    const scale = this.board.data.steps / this.side;
    const within = (v) => Math.max(0, Math.min(this.board.data.steps, Math.round(v)));
    return [within((event.clientX - box.left - this.edge.left) * scale), within((this.edge.top + this.side - (event.clientY - box.top)) * scale)];
  }

  axes() {
    const { low, high, names } = this.board.data;
    const frame = { x: this.edge.left, y: this.edge.top, width: this.side, height: this.side };
    const parts = [];
    const wanted = Math.max(2, Math.round(this.side / 90));
    const [bottom, right] = [this.edge.top + this.side, this.edge.left + this.side];
    for (const i of [0, 1]) {
      const ticks = roundTicks(low[i], high[i], wanted);
      const texts = tickTexts(ticks);
      ticks.forEach((value, n) => {
        const at = this.px(this.board.place(i ? [low[0], value] : [value, low[1]]))[i];
        parts.push(svg("line", i ? { x1: this.edge.left, x2: right, y1: at, y2: at, class: "grid" } : { x1: at, x2: at, y1: this.edge.top, y2: bottom, class: "grid" }));
        parts.push(text(texts[n], i ? { x: this.edge.left - 6, y: at + 4, "text-anchor": "end" } : { x: at, y: bottom + 16 * this.size, "text-anchor": "middle" }));
      });
    }
    parts.push(text(names[0], { x: right, y: bottom + 34 * this.size, "text-anchor": "end", class: "name" }));
    parts.push(text(names[1], { x: 0, y: 0, "text-anchor": "end", class: "name", transform: `translate(${12 * this.size} ${this.edge.top}) rotate(-90)` }));
    parts.push(svg("rect", { ...frame, class: "frame" }));
    this.layers.axes.replaceChildren(...parts);
    const clip = svg("clipPath", { id: `${this.id}-clip` });
    clip.append(svg("rect", frame));
    this.gradient = svg("linearGradient", { id: `${this.id}-shade`, gradientUnits: "userSpaceOnUse" });
    this.layers.defs.replaceChildren(clip, this.gradient);
    for (const name of ["shade", "lines"]) this.layers[name].setAttribute("clip-path", `url(#${this.id}-clip)`);
  }

  // Log odds are the same along lines, so that a gradient across them is the probability itself.
  model() {
    const { model, data } = this.board;
    const [shade, lines] = [[], []];
    this.isOutside = false;
    if (model) {
      const scale = data.steps / this.side;
      const [gx, gy] = [model.b1 * scale, -model.b2 * scale]; // per pixel, across and down
      const slope = Math.hypot(gx, gy);
      const middle = [this.edge.left + this.side / 2, this.edge.top + this.side / 2];
      const there = model.b0 + ((model.b1 + model.b2) * data.steps) / 2;
      const frame = { x: this.edge.left, y: this.edge.top, width: this.side, height: this.side };
      if (slope * this.side > 1e-3) {
        const [ux, uy] = [gx / slope, gy / slope];
        const at = (odds) => middle.map((m, i) => m + ([ux, uy][i] * (odds - there)) / slope);
        this.shading(at);
        shade.push(svg("rect", { ...frame, fill: `url(#${this.id}-shade)` }));
        for (const [odds, name] of [[-1, "margin"], [1, "margin"], [0, "boundary"]]) {
          if (Math.abs(odds - there) / slope > this.side) continue;
          const [x, y] = at(odds);
          lines.push(svg("line", { x1: x - uy * 2 * this.side, y1: y + ux * 2 * this.side, x2: x + uy * 2 * this.side, y2: y - ux * 2 * this.side, class: name }));
        }
        this.isOutside = Math.abs(there) / slope > (Math.abs(ux) + Math.abs(uy)) * this.side / 2;
      } else {
        shade.push(svg("rect", { ...frame, class: there < 0 ? "first" : "second", "fill-opacity": opacity(there) }));
      }
    }
    this.layers.shade.replaceChildren(...shade);
    this.layers.lines.replaceChildren(...lines);
  }

  shading(at) {
    const [x1, y1] = at(-SURE);
    const [x2, y2] = at(SURE);
    for (const [name, value] of Object.entries({ x1, y1, x2, y2 })) this.gradient.setAttribute(name, value);
    const stops = [];
    for (let n = -8; n <= 8; n++) {
      const odds = (n / 8) * SURE;
      stops.push(svg("stop", { offset: (n + 8) / 16, class: n < 0 ? "first" : "second", "stop-opacity": opacity(odds) }));
    }
    this.gradient.replaceChildren(...stops);
  }

  marks() {
    const { board } = this;
    while (this.dots.length > board.points.length) this.dots.pop().remove();
    while (this.dots.length < board.points.length) {
      const dot = svg("g", { role: "button" });
      this.layers.points.append(dot);
      this.dots.push(dot);
    }
    const stop = board.chosen < 0 ? 0 : board.chosen;
    this.dots.forEach((dot, k) => {
      const [x, y, second] = board.points[k];
      const [left, top] = this.px([x, y]);
      dot.setAttribute("transform", `translate(${left} ${top})`);
      dot.setAttribute("tabindex", k === stop ? 0 : -1);
      dot.setAttribute("aria-label", board.named(k));
      dot.dataset.chosen = k === board.chosen;
      if (dot.dataset.second === String(second)) return;
      dot.dataset.second = second;
      dot.replaceChildren(svg("circle", { r: 12, class: "ring" }), mark(second));
    });
  }

  nearest(event) {
    const box = this.svg.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    let [best, found] = [FINGER, -1];
    this.board.points.forEach((point, k) => {
      const [left, top] = this.px(point);
      const far = Math.hypot(left - x, top - y);
      if (far <= best) [best, found] = [far, k];
    });
    return found;
  }

  down(event) {
    if (event.button || this.held) return; // a second finger
    event.preventDefault();
    const { board } = this;
    const near = this.nearest(event);
    board.begin();
    if (board.tool === "first" || board.tool === "second") {
      if (board.add(this.back(event), board.tool === "second", { live: true })) this.hold(event, board.chosen);
    } else if (board.tool === "switch") {
      if (near >= 0) board.turn(near);
    } else if (board.tool === "delete") {
      if (near >= 0) board.remove(near);
    } else if (near >= 0) {
      board.choose(near);
      this.hold(event, near);
    } else if (board.chosen >= 0) {
      board.move(board.chosen, this.back(event), { live: true });
      this.hold(event, board.chosen);
    }
  }

  hold(event, k) {
    this.held = { k, x: event.clientX, y: event.clientY, is_moved: false };
    this.svg.setPointerCapture(event.pointerId);
    this.dots[k]?.focus({ preventScroll: true });
  }

  moved(event) {
    if (!this.held) return;
    const { held } = this;
    held.is_moved ||= Math.hypot(event.clientX - held.x, event.clientY - held.y) > 3; // a tap trembles
    if (held.is_moved) this.board.move(held.k, this.back(event), { live: true });
  }

  up() {
    if (!this.held) return;
    const { held, board } = this;
    this.held = null;
    if (board.later || held.is_moved) board.change(board.points);
  }

  key(event) {
    const { board } = this;
    const k = this.dots.indexOf(event.target);
    if (k < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = board.points.length - 1;
    const others = { PageUp: k - 1, PageDown: k + 1, Home: 0, End: last };
    if (event.key in ARROWS) {
      const by = ARROWS[event.key].map((d) => d * NUDGES[event.shiftKey ? 1 : 0]);
      if (!event.repeat) board.begin();
      board.move(k, [board.points[k][0] + by[0], board.points[k][1] + by[1]], { live: true });
    } else if (event.key in others) {
      this.dots[Math.max(0, Math.min(last, others[event.key]))].focus();
    } else if (event.key === "Enter" || event.key === " ") {
      board.begin();
      board.turn(k);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      board.begin();
      board.remove(k);
      this.dots[Math.min(k, board.points.length - 1)]?.focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

function opacity(odds) {
  return FAINT * Math.abs(Math.tanh(odds / 2)); // of the distance from one half
}

function text(words, attributes) {
  const node = svg("text", attributes);
  node.textContent = words;
  return node;
}
