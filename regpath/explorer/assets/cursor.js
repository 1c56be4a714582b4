// The one cursor: a slider that pointer, touch and keys move; at most two paintings per frame.

import { nearest } from "./geometry.js";

const KEY_STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
const KEY_PAUSE = 250; // ms after the last key until the strength counts as chosen

export class Cursor {
  // `paint(index)` runs once per frame; `release(index)` when the strength is chosen.
  // `held()` says whether the pointer means something else meanwhile.
  constructor({ node, hit, index, count, paint, release, describe, held }) {
    Object.assign(this, { node, hit, index, count, paint, release, describe, held });
    this.pixels = null;
    this.next = index;
    this.frame = 0;
    this.waiting = 0;
    this.dragging = false;
    node.setAttribute("aria-valuemin", "1");
    node.setAttribute("aria-valuemax", String(count));
    this.stop = new AbortController();
    const on = { signal: this.stop.signal };
    for (const target of [hit, node]) {
      target.addEventListener("pointerdown", (event) => this.#press(event, target), on);
      target.addEventListener("pointermove", (event) => this.dragging && this.#follow(event), on);
      target.addEventListener("pointerup", (event) => this.#let(event), on);
      target.addEventListener("pointercancel", () => this.#cancel(), on);
    }
    node.addEventListener("keydown", (event) => this.#key(event), on);
  }

  // Pixel of each strength; the first and last of them in sight; the height of the line.
  place(pixels, [first, last], top, bottom) {
    Object.assign(this, { pixels, first, last });
    this.node.style.top = `${top}px`;
    this.node.style.height = `${bottom - top}px`;
    this.#draw();
  }

  // Move now; `chosen` is "now", "soon" or "" (only passing by).
  move(index, chosen = "now") {
    this.next = Math.min(this.count - 1, Math.max(0, index));
    if (!this.frame) {
      this.#draw(); // at once, so that the next frame has it whenever that comes
      this.frame = requestAnimationFrame(() => this.#catchUp());
    }
    clearTimeout(this.waiting);
    const pause = chosen === "soon" ? KEY_PAUSE : 0;
    this.waiting = chosen ? setTimeout(() => this.#choose(), pause) : 0;
  }

  // Whether it was moved, and nobody was told yet.
  get isUntold() {
    return this.waiting !== 0 || this.dragging;
  }

  // Go on where another cursor of the same path was stopped: a drag, or what is still to be told.
  goOn(before) {
    this.dragging = before.dragging;
    if (before.waiting) this.move(this.next, "now");
  }

  destroy() {
    this.stop.abort();
    cancelAnimationFrame(this.frame);
    clearTimeout(this.waiting);
  }

  // Moves that came in before this frame count once.
  #catchUp() {
    this.frame = 0;
    if (this.next !== this.index) this.#draw();
  }

  #draw() {
    this.index = this.next;
    if (!this.pixels) return;
    const seen = Math.min(this.last, Math.max(this.first, this.index));
    this.node.style.transform = `translateX(${this.pixels[seen]}px)`;
    this.node.setAttribute("aria-valuenow", String(this.index + 1));
    this.node.setAttribute("aria-valuetext", this.describe(this.index));
    this.paint(this.index);
  }

  #choose() {
    this.waiting = 0;
    cancelAnimationFrame(this.frame);
    this.#catchUp();
    this.release(this.index);
  }

  #press(event, target) {
    if (event.button !== 0 || !this.pixels) return;
    this.dragging = true;
    target.setPointerCapture(event.pointerId);
    this.node.focus({ preventScroll: true });
    this.#follow(event);
    if (event.pointerType === "mouse") event.preventDefault();
  }

  #follow(event) {
    if (this.pixels && !this.held()) this.move(this.nearest(event.clientX), "");
  }

  // The strength in sight that is nearest to a place on the screen.
  nearest(clientX) {
    const at = clientX - this.hit.parentElement.getBoundingClientRect().left;
    const found = nearest(this.pixels, at, this.next);
    return Math.min(this.last, Math.max(this.first, found));
  }

  #let(event) {
    if (!this.dragging) return;
    this.#follow(event);
    this.dragging = false;
    this.move(this.next, "now");
  }

  // The browser took the gesture for scrolling: what was reached so far stays.
  #cancel() {
    if (!this.dragging) return;
    this.dragging = false;
    this.move(this.next, "now");
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const ends = { Home: 0, End: this.count - 1 };
    if (event.key in KEY_STEPS) this.move(this.next + KEY_STEPS[event.key], "soon");
    else if (event.key in ends) this.move(ends[event.key], "soon");
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
