// The strength axis that all panels share: where each strength stands, from strong to weak.

import { roundTicks, short } from "./numbers.js";

export const AXES = [
  ["log_lambda", "log λ"],
  ["log_C", "log C"],
  ["norm", "L1 norm"],
  ["deviance", "deviance explained"],
  ["features", "features kept"],
];
const BUILD = {
  log_lambda: (model) => logarithmic(model.arrays.lambdas, "λ", -1),
  log_C: (model) => logarithmic(model.arrays.C, "C = 1/(n λ)", 1),
  norm: (model) => linear(model.arrays.norm, "L1 norm of the coefficients"),
  deviance: (model) => linear(model.arrays.dev_ratio, "deviance explained, training rows"),
  features: (model) => stairs(model.arrays.n_nonzero),
};

export function makeAxis(model, id) {
  const axis = BUILD[id](model);
  const low = Math.min(...axis.x);
  const high = Math.max(...axis.x);
  const pad = 0.012 * (high - low || 1);
  axis.range = [low - pad, high + pad];
  return { id, ...axis };
}

function logarithmic(values, title, direction) {
  const x = Float64Array.from(values, (v) => direction * Math.log10(v));
  const low = Math.min(...x) * direction;
  const high = Math.max(...x) * direction;
  const [from, to] = low < high ? [low, high] : [high, low];
  const steps = to - from > 1.5 ? [1] : [1, 2, 5];
  const every = Math.max(1, Math.ceil((to - from) / 7)); // decades between ticks
  const ticks = [];
  for (let power = Math.floor(from); power <= Math.ceil(to); power++) {
    if (power % every) continue;
    for (const step of steps) {
      const at = power + Math.log10(step);
      if (at >= from - 1e-9 && at <= to + 1e-9) {
        ticks.push([direction * at, short(step * 10 ** power)]);
      }
    }
  }
  return { x, title, ticks };
}

function linear(values, title) {
  const x = Float64Array.from(values, (v) => (Number.isFinite(v) ? v : 0));
  const ticks = roundTicks(Math.min(...x), Math.max(...x), 6).map((at) => [at, short(at)]);
  return { x, title, ticks };
}

// Strengths with the same number of features share its step; a number that falls again keeps the
// step of the largest so far, so that the axis never turns back.
function stairs(counts) {
  const L = counts.length;
  const most = new Float64Array(L);
  counts.forEach((count, i) => (most[i] = Math.max(count, i ? most[i - 1] : 0)));
  const x = new Float64Array(L);
  const starts = [];
  for (let from = 0; from < L; ) {
    let to = from;
    while (to < L && most[to] === most[from]) to++;
    const next = to < L ? most[to] : most[from] + 1;
    for (let i = from; i < to; i++) x[i] = most[from] + ((next - most[from]) * (i - from)) / (to - from);
    starts.push(most[from]);
    from = to;
  }
  const wanted = roundTicks(starts[0], starts[starts.length - 1], 7);
  const ticks = [...new Set(wanted.filter(Number.isInteger))].map((at) => [at, String(at)]);
  return { x, title: "features kept (largest number so far)", ticks };
}
