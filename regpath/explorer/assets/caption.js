// The sentence above the charts: at such length as fits in its line.

import { say } from "./dom.js";
import { widthOf } from "./names.js";

const SPARE = 4; // pixels: letters on the page are a little wider than those that are measured

export class Caption {
  constructor({ line, lead, rest }) {
    Object.assign(this, { line, lead, rest, told: null });
    this.measure();
  }

  // After each change of size: how much goes into the line, where it is one line.
  measure() {
    const isOneLine = getComputedStyle(this.line).whiteSpace === "nowrap";
    this.width = isOneLine ? this.line.clientWidth - SPARE : Infinity;
    this.fonts = [this.lead, this.rest].map(fontOf);
    if (this.told) this.paint(this.told);
  }

  paint(told) {
    this.told = told;
    say(this.lead, told.lead);
    say(this.rest, this.#longest(told));
  }

  #longest({ lead, rests }) {
    if (this.width === Infinity) return rests[0];
    const [ofLead, ofRest] = this.fonts;
    const left = this.width - widthOf(lead, ofLead);
    return rests.find((rest) => widthOf(rest, ofRest) <= left) ?? rests.at(-1);
  }
}

function fontOf(node) {
  const { fontWeight, fontSize, fontFamily } = getComputedStyle(node);
  return `${fontWeight} ${fontSize} ${fontFamily}`;
}
