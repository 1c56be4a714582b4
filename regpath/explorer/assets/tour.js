// A first visit in three steps: drag, watch, choose. It can be left, and called back.

import { say } from "./dom.js";

const KEPT = "regpath-first-steps"; // in the browser: whoever has left it is not asked again
const LEFT = "left";

export class Tour {
  // `nodes`: the line with its text and buttons, and the button that calls it back.
  constructor({ line, text, next, leave, again }, model, signal) {
    Object.assign(this, { line, text, next });
    const [first] = model.marks;
    this.steps = [
      "Drag the upright line, or press ← →. To the left a stronger penalty λ pulls all coefficients (the curves) towards 0.",
      `Watch: the bars are the coefficients at the line; the curves below say how right the model is${model.part === "test" ? " on rows it has not seen" : ""}.`,
      `Choose: press ${first.label} for a strength that a rule recommends. The Choose page has the other rules, and their reasons.`,
    ];
    this.places = new Set(model.marks.map(({ index }) => index));
    next.addEventListener("click", () => this.#go(this.step + 1), { signal });
    leave.addEventListener("click", () => this.#go(this.steps.length), { signal });
    again.addEventListener("click", () => this.#go(0), { signal });
    this.#go(remembered() === LEFT ? this.steps.length : 0);
  }

  // A strength was chosen: what the first step asks for, or the last.
  chose(index) {
    const last = this.steps.length - 1;
    if (this.step === 0 || (this.step === last && this.places.has(index))) this.#go(this.step + 1);
  }

  #go(step) {
    this.step = step;
    this.line.hidden = step >= this.steps.length;
    if (this.line.hidden) {
      remember(LEFT);
      return;
    }
    say(this.text, `${step + 1} of ${this.steps.length}: ${this.steps[step]}`);
    say(this.next, step < this.steps.length - 1 ? "Next" : "Done");
  }
}

// Some pages may keep nothing: files, and browsers that are told so.
function remembered() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function remember(word) {
  try {
    localStorage.setItem(KEPT, word);
  } catch {
    // it is shown again next time
  }
}
