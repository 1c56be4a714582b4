// The strength axis that all panels share: where each strength stands, from strong to weak.

import { TERMS } from "./glossary.js";
import { decadeTexts, roundTicks, tickTexts, whole } from "./numbers.js";

const AXES = [
  ["log_lambda", "log λ"],
  ["log_C", "log C"],
  ["norm", "L1 norm"],
  ["deviance", "deviance explained"],
  ["features", "features kept"],
];
// The axes that mean something here: only for classes does scikit-learn have a C.
export function axesOf(model) {
  return AXES.filter(([id]) => id !== "log_C" || model.classes.length > 0);
}

const BUILD = {
  log_lambda: (model, zoom) => logarithmic(model.arrays.lambdas, "penalty λ", -1, zoom),
  log_C: (model, zoom) => logarithmic(model.arrays.lambdas.map((lam) => 1 / (model.n_obs * lam)), "C = 1/(n λ)", 1, zoom),
  norm: (model, zoom) => linear(model.arrays.norm, "L1 norm of the coefficients", zoom),
  deviance: (model, zoom) => linear(model.arrays.dev_ratio, "deviance explained, training rows", zoom),
  features: (model, zoom) => stairs(model.arrays.n_nonzero, zoom),
};

const HELP = {
  log_lambda: TERMS.lambda,
  log_C: TERMS.C,
  norm: "Sizes of all coefficients, added up as the penalty sees them.",
  deviance: TERMS.explained,
  features: TERMS.kept,
};

// `zoom` are the first and the last strength in sight.
export function makeAxis(model, id, zoom = [0, model.arrays.lambdas.length - 1]) {
  const axis = BUILD[id](model, zoom);
  const [low, high] = zoom.map((i) => axis.x[i]);
  const pad = 0.012 * (high - low || 1);
  return { id, ...axis, help: HELP[id], zoom, range: [low - pad, high + pad] };
}

function logarithmic(values, title, direction, zoom) {
  const x = Float64Array.from(values, (v) => direction * Math.log10(v));
  const [from, to] = zoom.map((i) => direction * x[i]).sort((a, b) => a - b);
  const factors = to - from > 1.5 ? [1] : [1, 2, 5];
  const every = Math.max(1, Math.ceil((to - from) / 7)); // decades between ticks
  const found = [];
  for (let power = Math.floor(from); power <= Math.ceil(to); power++) {
    if (power % every) continue;
    for (const factor of factors) {
      const at = power + Math.log10(factor);
      if (at >= from - 1e-9 && at <= to + 1e-9) found.push([direction * at, Number((factor * 10 ** power).toPrecision(3))]);
    }
  }
  // Between two round numbers: whatever tells the ends apart.
  const decades = found.length > 1;
  const round = decades ? found : roundTicks(10 ** from, 10 ** to, 5).filter((v) => v > 0).map((v) => [direction * Math.log10(v), v]);
  const texts = (decades ? decadeTexts : tickTexts)(round.map(([, v]) => v));
  return { x, title, ticks: round.map(([at], n) => [at, texts[n]]) };
}

function linear(values, title, [first, last]) {
  const x = Float64Array.from(values, (v) => (Number.isFinite(v) ? v : 0));
  const places = roundTicks(x[first], x[last], 6);
  const texts = tickTexts(places);
  return { x, title, ticks: places.map((at, n) => [at, texts[n]]) };
}

// Strengths with the same number of features share its step; a number that falls again keeps the
// step of the largest so far, so that the axis never turns back.
function stairs(counts, [first, last]) {
  const L = counts.length;
  const most = new Float64Array(L);
  counts.forEach((count, i) => (most[i] = Math.max(count, i ? most[i - 1] : 0)));
  const x = new Float64Array(L);
  for (let from = 0; from < L; ) {
    let to = from;
    while (to < L && most[to] === most[from]) to++;
    const next = to < L ? most[to] : most[from] + 1;
    for (let i = from; i < to; i++) x[i] = most[from] + ((next - most[from]) * (i - from)) / (to - from);
    from = to;
  }
  const wanted = roundTicks(x[first], x[last], 7).filter(Number.isInteger);
  const ticks = wanted.map((at) => [at, whole(at)]);
  return { x, title: "features kept (largest number so far)", ticks };
}
