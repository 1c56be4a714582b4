// What a term means: on hover, on a tap or click, and by keyboard on focus. One box for all of them.

import { say } from "./dom.js";

const PAUSE = 350; // ms of a resting mouse
const GAP = 6; // pixels
const WIDE = 300; // as in the style sheet

export class Help {
  // `index()` is the strength at the cursor, for texts that depend on it.
  constructor(root, box, { index, signal }) {
    Object.assign(this, { root, box, index, texts: new WeakMap(), waiting: 0, stirred: false, target: null });
    const on = { signal };
    // A mouse that rests where something new comes up has asked for nothing.
    root.addEventListener("pointermove", () => (this.stirred = true), { ...on, once: true });
    root.addEventListener("pointerover", (event) => this.#over(event), on);
    root.addEventListener("pointerout", (event) => this.#out(event), on);
    root.addEventListener("click", (event) => this.#tap(event), on);
    root.addEventListener("focusin", ({ target }) => target.matches(":focus-visible") && this.#show(this.#of(target)), on);
    root.addEventListener("focusout", () => this.hide(), on);
    root.addEventListener("keydown", (event) => event.key === "Escape" && this.hide(), on);
  }

  // `text` is a string, or a function of the strength.
  explain(node, text) {
    this.texts.set(node, text);
    node.classList.add("rp-helped");
    return node;
  }

  hide() {
    clearTimeout(this.waiting);
    this.target?.removeAttribute("aria-describedby");
    this.target = null;
    this.box.hidden = true;
  }

  #of(node) {
    const target = node.closest?.(".rp-helped");
    return this.texts.has(target) ? target : null;
  }

  #over({ target, pointerType }) {
    const found = this.#of(target);
    if (!found || found === this.target || pointerType !== "mouse") return;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.stirred && this.#show(found), PAUSE);
  }

  #out({ relatedTarget, pointerType }) {
    if (pointerType === "mouse" && (relatedTarget === null || this.#of(relatedTarget) === null)) this.hide();
  }

  #tap({ target }) {
    const found = this.#of(target);
    if (found && found !== this.target) this.#show(found);
    else if (found || !this.box.hidden) this.hide();
  }

  #show(target) {
    if (!target) return;
    this.hide();
    const text = this.texts.get(target);
    say(this.box, typeof text === "function" ? text(this.index()) : text);
    this.target = target;
    target.setAttribute("aria-describedby", this.box.id);
    this.box.hidden = false;
    const [frame, place] = [this.root, target].map((node) => node.getBoundingClientRect());
    const left = Math.max(0, Math.min(place.left - frame.left, frame.width - Math.min(WIDE, frame.width)));
    Object.assign(this.box.style, { left: `${left}px`, top: `${place.bottom - frame.top + GAP}px` });
  }
}
