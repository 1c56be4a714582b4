// A chart on which a prediction is entered: a marker that is dragged, or a curve that is drawn.
// Whatever is dragged can also be tapped into place, or moved by keys (WCAG 2.5.7).
import { inSigns, roundTicks, tickTexts } from "./numbers.js";

const SVG = "http://www.w3.org/2000/svg";
const BOX = { left: 58, right: 14, top: 34, bottom: 40, height: 320 };
const BESIDE = 0.28; // of the width: longer names stand over the curves' ends
const TICKS = 5; // at most so many steps along the height
const APART = 18; // pixels between the lines of two names

function make(name, attributes, parent, text) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  parent.append(node);
  return node;
}

const short = (value) => inSigns(String(Number(value.toPrecision(3))));

export class Drawing {
  constructor(host, data, report) {
    Object.assign(this, { host, data, report });
    const [first, last] = [data.x[0], data.x[data.x.length - 1]];
    this.at = data.kind === "marker"
      ? [data.answer ?? (first + last) / 2]
      : (data.answer ?? data.places.map(() => (data.y[0] + data.y[1]) / 2)).slice();
    host.replaceChildren();
    this.svg = make("svg", { role: "group", "aria-label": data.label, height: BOX.height }, host);
    this.svg.style.cssText = "display:block;width:100%;touch-action:none;user-select:none";
    this.resize = new ResizeObserver(() => this.draw());
    this.resize.observe(host);
    if (!data.locked) this.listen();
  }

  get active() {
    return this.svg.getRootNode().activeElement;
  }

  px(value) {
    const { x } = this.data;
    const share = (value - x[0]) / (x[x.length - 1] - x[0]);
    return BOX.left + share * (this.width - BOX.left - this.right);
  }

  py(value) {
    const [low, high] = this.data.y;
    return BOX.height - BOX.bottom
      - ((value - low) / (high - low)) * (BOX.height - BOX.top - BOX.bottom);
  }

  back(event) {
    const box = this.svg.getBoundingClientRect();
    const { x, y } = this.data;
    const across = (event.clientX - box.left - BOX.left) / (this.width - BOX.left - this.right);
    const up = (BOX.height - BOX.bottom - (event.clientY - box.top))
      / (BOX.height - BOX.top - BOX.bottom);
    const within = (share) => Math.max(0, Math.min(1, share));
    return [x[0] + within(across) * (x[x.length - 1] - x[0]), y[0] + within(up) * (y[1] - y[0])];
  }

  draw() {
    this.width = this.host.clientWidth || 600;
    this.focused = this.svg.contains(this.active)
      ? [...this.svg.querySelectorAll("[role=slider]")].indexOf(this.active)
      : -1;
    this.drawn = false;
    this.svg.replaceChildren();
    this.named = [];
    this.right = this.gutter();
    this.axes();
    for (const curve of this.data.curves) this.curve(this.data.x, curve.y, curve.name, curve.style);
    if (this.data.kind === "marker") this.marker(); else this.sketch();
    this.names();
    if (this.focused >= 0) this.svg.querySelectorAll("[role=slider]")[this.focused]?.focus();
    this.drawn = true;
  }

  // What is free right of the curves for their names, where these are short.
  gutter() {
    const names = this.data.curves.map((curve) => curve.name);
    if (this.data.kind === "sketch" && this.data.truth !== null) names.push(this.data.words.truth);
    const probe = make("text", { "font-size": "0.8rem" }, this.svg, "");
    const wide = names.map((name) => {
      probe.textContent = name;
      return name ? probe.getComputedTextLength() : 0;
    });
    probe.remove();
    const needed = Math.max(0, ...wide) + 14;
    this.beside = needed > BOX.right && needed <= BESIDE * this.width;
    return this.beside ? needed : BOX.right;
  }

  // Names stand beside the curves' ends, or over them, never on one another, and no line crosses them.
  names() {
    const inside = [BOX.top + 4, BOX.height - BOX.bottom - 4];
    const order = this.named.sort((one, other) => one.y - other.y);
    order.forEach((each, i) => {
      const above = i ? order[i - 1].y + APART : inside[0];
      each.y = Math.max(each.y, above);
    });
    for (let i = order.length - 1, below = inside[1]; i >= 0; i--, below = order[i + 1].y - APART) {
      order[i].y = Math.min(order[i].y, below);
    }
    for (const { name, y } of order) {
      const place = this.beside
        ? { x: this.width - this.right + 6, y: y + 4 }
        : { x: this.width - this.right - 4, y: y - 4, "text-anchor": "end" };
      const halo = { "paint-order": "stroke", stroke: "var(--st-background-color, Canvas)", "stroke-width": 5, "stroke-linejoin": "round" };
      make("text", { ...place, ...halo, fill: "currentColor", "font-size": "0.8rem", "data-name": "" }, this.svg, name);
    }
  }

  axes() {
    const { x, y } = this.data;
    const floor = BOX.height - BOX.bottom;
    const quiet = { stroke: "currentColor", "stroke-opacity": 0.25 };
    const words = { fill: "currentColor", "font-size": "0.8rem" };
    const ticks = roundTicks(...y, TICKS);
    const texts = tickTexts(ticks);
    for (const [k, value] of ticks.entries()) {
      make("line", { x1: BOX.left, x2: this.width - this.right, y1: this.py(value), y2: this.py(value), ...quiet }, this.svg);
      make("text", { x: BOX.left - 6, y: this.py(value) + 4, "text-anchor": "end", "data-tick": "", ...words }, this.svg, texts[k]);
    }
    for (let power = Math.floor(x[0]); power >= x[x.length - 1]; power--) {
      make("line", { x1: this.px(power), x2: this.px(power), y1: BOX.top, y2: floor, ...quiet }, this.svg);
      make("text", { x: this.px(power), y: floor + 15, "text-anchor": "middle", ...words }, this.svg, short(10 ** power));
    }
    make("text", { x: 4, y: 14, ...words }, this.svg, this.data.upwards);
    const middle = (BOX.left + this.width - this.right) / 2;
    make("text", { x: BOX.left, y: floor + 33, ...words }, this.svg, this.data.ends[0]);
    make("text", { x: middle, y: floor + 33, "text-anchor": "middle", ...words }, this.svg, "λ");
    make("text", { x: this.width - this.right, y: floor + 33, "text-anchor": "end", ...words }, this.svg, this.data.ends[1]);
  }

  curve(xs, ys, name, style = {}) {
    const points = xs.map((value, i) => `${this.px(value)},${this.py(ys[i])}`).join(" ");
    make("polyline", { points, fill: "none", stroke: "currentColor", "stroke-width": 2, ...style }, this.svg);
    if (name) this.named.push({ name, y: this.py(ys[ys.length - 1]) });
  }

  handle(index, x, y, told) {
    const least = this.data.kind === "marker" ? this.data.x[this.data.x.length - 1] : this.data.y[0];
    const most = this.data.kind === "marker" ? this.data.x[0] : this.data.y[1];
    const handle = make("g", { transform: `translate(${x} ${y})` }, this.svg);
    make("circle", { r: 22, fill: "transparent" }, handle); // a finger's width
    make("circle", { r: 9, fill: "var(--st-primary-color)", stroke: "var(--st-background-color)", "stroke-width": 2 }, handle);
    if (this.data.locked) return;
    const said = { role: "slider", tabindex: 0, "aria-label": told, "aria-valuemin": least, "aria-valuemax": most };
    said["aria-valuenow"] = this.at[index];
    said["aria-valuetext"] = this.data.kind === "marker" ? `lambda ${short(10 ** this.at[0])}` : short(this.at[index]);
    for (const [key, value] of Object.entries(said)) handle.setAttribute(key, value);
    handle.onkeydown = (event) => this.key(event, index);
  }

  marker() {
    const x = this.px(this.at[0]);
    const line = { y1: BOX.top, y2: BOX.height - BOX.bottom, "stroke-width": 3 };
    make("line", { x1: x, x2: x, stroke: "var(--st-primary-color)", ...line }, this.svg);
    if (this.data.truth !== null) {
      const truth = this.px(this.data.truth);
      make("line", { x1: truth, x2: truth, stroke: "currentColor", "stroke-dasharray": "6 4", ...line }, this.svg);
      make("line", { x1: x, x2: truth, y1: 40, y2: 40, stroke: "currentColor", "stroke-width": 2 }, this.svg);
      make("text", { x: truth, y: BOX.top - 2, "text-anchor": "middle", fill: "currentColor", "font-size": "0.8rem" }, this.svg, this.data.words.truth);
    }
    this.handle(0, x, (BOX.top + BOX.height - BOX.bottom) / 2, this.data.words.marker);
  }

  sketch() {
    if (this.data.truth !== null) {
      this.curve(this.data.x, this.data.truth, this.data.words.truth, { "stroke-dasharray": "6 4" });
    }
    this.curve(this.data.places, this.at, "", { stroke: "var(--st-primary-color)", "stroke-width": 3 });
    this.data.places.forEach((place, i) =>
      this.handle(i, this.px(place), this.py(this.at[i]), `${this.data.words.point} ${i + 1}`));
  }

  put(event) {
    const [x, y] = this.back(event);
    if (this.data.kind === "marker") {
      this.at[0] = x;
    } else {
      const away = this.data.places.map((place) => Math.abs(place - x));
      this.at[away.indexOf(Math.min(...away))] = y;
    }
    this.draw();
  }

  listen() {
    let drawing = false;
    this.svg.style.cursor = this.data.kind === "marker" ? "ew-resize" : "crosshair";
    this.svg.onpointerdown = (event) => {
      drawing = true;
      this.svg.setPointerCapture(event.pointerId);
      this.put(event);
    };
    this.svg.onpointermove = (event) => drawing && this.put(event);
    this.svg.onpointerup = () => { drawing = false; this.tell(); };
    this.svg.onpointercancel = () => { drawing = false; };
    // Who leaves by Tab and locks in at once is not to be faster than what was entered.
    this.svg.addEventListener("focusout", () => { if (this.later && this.drawn) this.tell(); });
  }

  key(event, index) {
    const { kind, x, y } = this.data;
    const along = kind === "marker" ? (x[x.length - 1] - x[0]) / 50 : (y[1] - y[0]) / 20;
    const step = { ArrowRight: 1, ArrowUp: kind === "marker" ? -1 : 1, ArrowLeft: -1, ArrowDown: kind === "marker" ? 1 : -1, PageUp: 5, PageDown: -5 }[event.key];
    if (!step) return;
    event.preventDefault();
    const [one, other] = kind === "marker" ? [x[x.length - 1], x[0]] : y;
    this.at[index] = Math.max(Math.min(one, other), Math.min(Math.max(one, other), this.at[index] + step * along));
    this.draw();
    clearTimeout(this.later);
    this.later = setTimeout(() => this.tell(), 250);
  }

  tell() {
    clearTimeout(this.later);
    this.later = 0;
    this.report(this.data.kind === "marker" ? this.at[0] : this.at.slice());
  }
}
