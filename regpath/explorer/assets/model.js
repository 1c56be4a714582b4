// What is known of a path: facts and arrays of the payload, and the questions panels ask of them.

import { commonStart } from "./names.js";
import { VERSION, unpack } from "./payload.js";

// Classes whose curves stand below each other; of more, the sizes over all classes are one panel.
export const MANY = 4;
export const ALL = null; // in place of a class: the size (2-norm) over all of them

const UNIT_TITLES = { standardized: "coefficient per SD", original: "coefficient" };

// Whether these units are the exponential of a coefficient: an odds ratio, say.
export function isRatio(units) {
  return units !== "standardized" && units !== "original";
}

export async function readModel(payload) {
  if (payload.version !== VERSION) {
    throw new Error(`payload version ${payload.version}, page parts version ${VERSION}: reload the page`);
  }
  return new Model(payload, await unpack(payload));
}

export class Model {
  constructor(facts, arrays) {
    Object.assign(this, facts);
    this.arrays = arrays;
    this.L = arrays.lambdas.length;
    this.P = facts.names.length;
    this.start = commonStart(facts.names).length;
    this.K = Math.max(1, arrays.coefs.length / Math.max(1, this.P * this.L));
    this.many = facts.per_class;
    this.part = facts.parts[facts.parts.length - 1];
    this.columnMembers = facts.columns.map(() => []);
    facts.column_of.forEach((c, j) => this.columnMembers[c].push(j));
    this.eventsAt = this.#eventsAt();
  }

  // A strength as scikit-learn writes it.
  otherStrength(i) {
    const { times, power } = this.other_strength;
    return (times * this.arrays.lambdas[i]) ** power;
  }

  // Positions of the classes that a view shows.
  shown(view) {
    return view.class === "all" ? [...Array(this.K).keys()] : [Number(view.class)];
  }

  // What an axis in these units is called.
  unitTitle(units) {
    return UNIT_TITLES[units] ?? `${this.units.find(([id]) => id === units)[1]} per SD`;
  }

  // What a negative and what a positive coefficient speak for; `k` is null for all classes.
  sides(k, isBrief = false) {
    if (!this.classes.length) return isBrief ? ["lower", "higher"] : [`lower ${this.target}`, `higher ${this.target}`];
    if (!this.many) return this.classes;
    return k === ALL ? ["against", "for"] : [`not ${this.classes[k]}`, this.classes[k]];
  }

  // What a model without features scores on the rows shown; null where that is undefined.
  base({ base }) {
    return base[this.parts.indexOf(this.part)];
  }

  // Whether a score is better than that of such a model, by more than what is sent is rounded to.
  beats({ larger_is_better }, value, base) {
    return (larger_is_better ? 1 : -1) * (value - base) > 1e-6 * Math.max(1e-9, Math.abs(base));
  }

  // What such a model says of every row.
  get always() {
    if (this.classes.length) return `always ${this.classes[this.common]}`;
    return this.exposure ? "always the mean rate" : "always the mean";
  }

  standardized(k, j, i) {
    return this.largest * this.arrays.coefs[(k * this.P + j) * this.L + i];
  }

  // A ratio is the exponential of this; where it is drawn, the axis says so. It is per SD: per unit
  // of a column in thousands it would be one and nothing else.
  value(units, k, j, i) {
    if (k === ALL) return Math.hypot(...Array.from({ length: this.K }, (_, each) => this.value(units, each, j, i)));
    const value = this.standardized(k, j, i);
    return units === "original" ? value / this.arrays.x_scale[j] : value;
  }

  curve(units, k, j) {
    return Float64Array.from({ length: this.L }, (_, i) => this.value(units, k, j, i));
  }

  score(s, part, i) {
    return this.arrays.scores[(s * this.parts.length + this.parts.indexOf(part)) * this.L + i];
  }

  scoreCurve(s, part) {
    return Float64Array.from({ length: this.L }, (_, i) => this.score(s, part, i));
  }

  // Low, mean and high of the validation score, if it is the one called `name`.
  band(name) {
    if (this.validation?.score !== name) return null;
    const { cv } = this.arrays;
    return [0, 1, 2].map((r) => Float64Array.from(cv.subarray(r * this.L, (r + 1) * this.L)));
  }

  mark(rule) {
    return this.marks.find((mark) => mark.rule === rule);
  }

  // How prominent each feature is among those of some classes, in the units shown: first those that
  // are kept at the choice, by their size there; then those that enter before `last`; then the rest.
  prominence(classes, units, last) {
    const choice = this.marks[0].index;
    const sizes = [[choice, choice], [0, last], [0, this.L - 1]].map((stretch) => this.#largest(classes, units, stretch));
    const most = sizes.map((each) => Math.max(...each, Number.MIN_VALUE));
    return Float64Array.from({ length: this.P }, (_, j) => {
      const place = sizes.findIndex((each) => each[j] > 0);
      return place < 0 ? 0 : 2 - place + sizes[place][j] / most[place];
    });
  }

  // The largest size of each feature from one strength to another.
  #largest(classes, units, [from, to]) {
    const sizes = new Float64Array(this.P);
    for (const k of classes) {
      for (let j = 0; j < this.P; j++) {
        for (let i = from; i <= to; i++) sizes[j] = Math.max(sizes[j], Math.abs(this.value(units, k, j, i)));
      }
    }
    return sizes;
  }

  #eventsAt() {
    const { events } = this.arrays;
    const count = events.length / 4;
    const at = new Map();
    for (let e = 0; e < count; e++) {
      const [i, j, k, kind] = [0, 1, 2, 3].map((r) => events[r * count + e]);
      const sign = Math.sign(this.standardized(k, j, i));
      if (!at.has(i)) at.set(i, []);
      at.get(i).push({ i, j, k, kind, sign });
    }
    return at;
  }
}
