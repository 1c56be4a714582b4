// Zooming along the strengths: by buttons, keys, a wheel with Ctrl, or two fingers.

import { h } from "./dom.js";

const STEP = 1.6;
const LEAST = 4; // strengths between the ends

export class Zoom {
  // `now()` gives the stretch in sight and what it is around; `change` takes another, null for all.
  constructor({ surfaces, buttons, now, change, signal }) {
    Object.assign(this, { now, change });
    this.fingers = new Map();
    this.pinching = false; // from the second finger until all have left; the cursor follows none
    const on = { signal };
    for (const node of surfaces) {
      node.addEventListener("wheel", (event) => this.#wheel(event), { ...on, passive: false });
      node.addEventListener("pointerdown", (event) => this.#touch(event), on);
      node.addEventListener("pointermove", (event) => this.#pinch(event), on);
      for (const kind of ["pointerup", "pointercancel"]) node.addEventListener(kind, (event) => this.fingers.delete(event.pointerId), on);
    }
    this.whole = button("↔", "Show the whole path (0)", () => this.change(null));
    this.out = button("\u2212", "Zoom out along the strengths (\u2212)", () => this.by(1 / STEP));
    this.into = button("+", "Zoom in along the strengths (+)", () => this.by(STEP));
    buttons.prepend(this.whole, this.out, this.into);
    signal.addEventListener("abort", () => [this.whole, this.out, this.into].forEach((node) => node.remove()));
  }

  show(zoom) {
    this.whole.hidden = !zoom;
    this.out.disabled = !zoom;
    const { count } = this.now();
    this.into.disabled = (zoom ? zoom[1] - zoom[0] : count - 1) <= LEAST;
  }

  by(factor, around) {
    const { count, index, stretch: [from, to] } = this.now();
    const centre = around ?? index;
    const [left, right] = [centre - (centre - from) / factor, centre + (to - centre) / factor];
    const short = LEAST - (right - left);
    const ends = [Math.round(left - Math.max(0, short / 2)), Math.round(right + Math.max(0, short / 2))];
    this.change(within(ends, count));
  }

  key(key) {
    const act = { "+": () => this.by(STEP), "=": () => this.by(STEP), "-": () => this.by(1 / STEP), 0: () => this.change(null) }[key];
    act?.();
    return Boolean(act);
  }

  #wheel(event) {
    if (!event.ctrlKey) return; // the page scrolls
    event.preventDefault();
    this.by(event.deltaY < 0 ? STEP : 1 / STEP, this.now().nearest(event.clientX));
  }

  #touch(event) {
    if (event.pointerType !== "touch") return;
    this.fingers.set(event.pointerId, event.clientX);
    this.pinching = this.fingers.size > 1;
    if (this.pinching) this.apart = this.#apart();
  }

  #pinch(event) {
    if (!this.fingers.has(event.pointerId)) return;
    this.fingers.set(event.pointerId, event.clientX);
    if (this.fingers.size < 2) return;
    const factor = this.#apart() / this.apart;
    if (factor < STEP && factor > 1 / STEP) return;
    const [a, b] = [...this.fingers.values()];
    this.apart = this.#apart();
    this.by(factor > 1 ? STEP : 1 / STEP, this.now().nearest((a + b) / 2));
  }

  #apart() {
    const [a, b] = [...this.fingers.values()];
    return Math.max(20, Math.abs(a - b));
  }
}

// A stretch of the path; null where it is all of it.
export function within([from, to], count) {
  const wide = Math.min(count - 1, to - from);
  const start = Math.min(Math.max(0, from), count - 1 - wide);
  return wide >= count - 1 ? null : [start, start + wide];
}

// The stretch moved, as little as needed, so that a strength is in it.
export function around(zoom, index, count) {
  if (!zoom || (index >= zoom[0] && index <= zoom[1])) return zoom;
  const wide = zoom[1] - zoom[0];
  const from = index < zoom[0] ? index : index - wide;
  return within([from, from + wide], count);
}

function button(text, title, act) {
  const node = h("button", { type: "button", title, "aria-label": title }, text);
  node.addEventListener("click", act);
  return node;
}
