// How values become heights on a panel: `at` gives the number that is drawn, `range` its ends.

import { decadeTexts, roundTicks, short, tickTexts, whole } from "./numbers.js";

export const SPANS = [
  ["choice", "to the choice"],
  ["path", "whole path"],
  ["symlog", "symmetric log"],
];
const PAST = 0.08; // of the strengths: how far past the choice the chart is scaled
// Of the height: what those at the choice take of it, at the least, and where all are kept (ridge).
const FILLED = { some: 0.42, all: 0.5 };
const LINEAR_PART = 0.1; // of the largest at the choice: below it a symmetric log is nearly linear
const PAD = 0.06;
const MOST_RATIO = 1000; // beyond it a ratio says no more than "very much"

// The weakest strength that "to the choice" scales to: a bit past the best mean of the folds, or
// where there is none past every mark, and as far as the strength that is chosen.
export function lastScaled(model, chosen) {
  const best = model.mark("min");
  const marked = best ? best.index : Math.max(...model.marks.map(({ index }) => index));
  return Math.min(model.L - 1, Math.max(marked + Math.ceil(PAST * model.L), chosen));
}

// The weakest strength that paths are scaled to: no further than that, and not so far that what is
// chosen lies flat. Ridge shrinks all the way, so that coefficients at its best are many times those
// of one standard error.
export function lastTall(curves, model, scaled, chosen) {
  const at = Math.max(model.marks[0].index, chosen);
  const least = Math.min(scaled, at + Math.ceil((PAST / 2) * model.L));
  const size = (i) => {
    const [low, high] = endsOf(curves, [i, i], [0, 0]);
    return high - low;
  };
  const most = curves.some((curve) => curve[at] !== 0) ? size(at) / (model.arrays.n_nonzero[at] < model.n_features ? FILLED.some : FILLED.all) : 0;
  let last = scaled;
  while (most > 0 && last > least && size(last) > most) last--;
  return last;
}

// The ends of what is finite from one position to another, with what `start` holds.
export function endsOf(curves, [from, to], start = [Infinity, -Infinity]) {
  let [low, high] = start;
  for (const curve of curves) {
    for (let i = from; i <= Math.min(to, curve.length - 1); i++) {
      const v = curve[i];
      if (!Number.isFinite(v)) continue;
      if (v < low) low = v;
      if (v > high) high = v;
    }
  }
  if (high > low) return [low, high];
  const middle = Number.isFinite(low) ? low : 0;
  const half = Math.abs(middle) * 0.1 || 1;
  return [middle - half, middle + half];
}

export function linear([low, high]) {
  const pad = PAD * (high - low);
  const range = [low - pad, high + pad];
  const ticks = (count) => written(atLeastTwo((n) => roundTicks(...range, n), count), tickTexts, (v) => v);
  return { range, at: (v) => v, ticks };
}

// Linear around zero, logarithmic beyond: the small stay visible beside the large.
export function symlog([low, high], largest) {
  const unit = LINEAR_PART * (largest || Math.max(-low, high));
  const at = (v) => Math.sign(v) * Math.log10(1 + Math.abs(v) / unit);
  return {
    range: padded(at(low), at(high)),
    at,
    ticks: (count) => {
      const sizes = decades(unit, Math.max(-low, high), count / (low < 0 && high > 0 ? 2 : 1));
      const values = [...sizes.map((v) => -v).reverse(), 0, ...sizes];
      return written(values.filter((v) => v >= low && v <= high), decadeTexts, at);
    },
  };
}

// For what is above zero only.
export function logarithmic([low, high]) {
  const at = (v) => Math.log10(v);
  return {
    range: padded(at(low), at(high)),
    at,
    ticks: (count) => {
      const round = decades(low, high, count);
      if (round.length > 1) return written(round, decadeTexts, at);
      return written(roundTicks(low, high, count).filter((v) => v > 0), tickTexts, at);
    },
  };
}

// Of logarithms, for ratios: what doubles goes as far up as what halves goes down.
export function ratios([low, high]) {
  const most = Math.log(MOST_RATIO);
  const [from, to] = padded(Math.max(low, -most), Math.min(high, most));
  return {
    range: [from, to],
    at: (v) => v,
    ticks: (count) => written(decades(Math.exp(from), Math.exp(to), count).map(Math.log), (logs) => decadeTexts(logs.map((v) => Number(Math.exp(v).toPrecision(6)))), (v) => v),
  };
}

// A ratio in words that end where numbers would say nothing more.
export function ratioText(log) {
  if (log > Math.log(MOST_RATIO)) return `> ${whole(MOST_RATIO)}`;
  if (log < -Math.log(MOST_RATIO)) return `< ${short(1 / MOST_RATIO)}`;
  return `×${short(Math.exp(log), 3)}`;
}

// One tick tells no distance.
function atLeastTwo(places, count) {
  const found = places(count);
  return found.length > 1 ? found : places(2 * count);
}

function padded(low, high) {
  const pad = PAD * (high - low) || 1;
  return [low - pad, high + pad];
}

function written(values, write, at) {
  const texts = write(values);
  return values.map((v, n) => [at(v), texts[n]]);
}

// Round sizes from one to another, as many as there is room for: between powers of ten, or only
// these, or only every other.
function decades(from, to, count) {
  for (const factors of [[1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1]]) {
    const found = everyPower(from, to, 1, factors);
    if (found.length <= Math.max(2, count)) return found;
  }
  const powers = Math.log10(to / from);
  return everyPower(from, to, Math.ceil(powers / Math.max(2, count)), [1]);
}

function everyPower(from, to, every, factors) {
  const found = [];
  for (let power = Math.floor(Math.log10(from)); power <= Math.ceil(Math.log10(to)); power++) {
    if (power % every === 0) found.push(...factors.map((factor) => Number((factor * 10 ** power).toPrecision(3))));
  }
  return found.filter((v) => v >= 0.999 * from && v <= 1.001 * to);
}
