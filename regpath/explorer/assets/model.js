// What is known of a path: facts and arrays of the payload, and the questions panels ask of them.

import { VERSION, unpack } from "./payload.js";

export const UNITS = [
  ["standardized", "per SD"],
  ["original", "original"],
  ["odds_ratio", "odds ratio"],
];

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
    this.K = Math.max(1, arrays.coefs.length / Math.max(1, this.P * this.L));
    this.many = facts.family === "multinomial";
    this.part = facts.parts[facts.parts.length - 1];
    this.columnMembers = facts.columns.map(() => []);
    facts.column_of.forEach((c, j) => this.columnMembers[c].push(j));
    this.eventsAt = this.#eventsAt();
  }

  // Positions of the classes that a view shows.
  shown(view) {
    return view.class === "all" ? [...Array(this.K).keys()] : [Number(view.class)];
  }

  units() {
    return this.family === "gaussian" ? UNITS.slice(0, 2) : UNITS;
  }

  standardized(k, j, i) {
    return this.largest * this.arrays.coefs[(k * this.P + j) * this.L + i];
  }

  // An odds ratio is the exponential of this; where it is drawn, the axis says so.
  value(units, k, j, i) {
    const value = this.standardized(k, j, i);
    return units === "standardized" ? value : value / this.arrays.x_scale[j];
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

  // How prominent each feature is among those of some classes: its size per SD beside the largest
  // of the same strength, summed over the strengths. The largest size alone would belong to those
  // that run away at the weak end.
  prominence(classes) {
    const sizes = new Float64Array(this.P);
    const tops = new Float64Array(this.L);
    const each = (act) => {
      for (const k of classes) for (let j = 0; j < this.P; j++) act(k, j);
    };
    each((k, j) => {
      for (let i = 0; i < this.L; i++) tops[i] = Math.max(tops[i], Math.abs(this.standardized(k, j, i)));
    });
    each((k, j) => {
      let sum = 0;
      for (let i = 0; i < this.L; i++) if (tops[i]) sum += Math.abs(this.standardized(k, j, i)) / tops[i];
      sizes[j] = Math.max(sizes[j], sum);
    });
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
