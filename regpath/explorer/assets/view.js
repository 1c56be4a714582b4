// Choices of how to look at a path, as plain data that can be kept and restored.

import { axesOf } from "./axis.js";
import { MANY } from "./model.js";
import { SPEEDS } from "./player.js";
import { SPANS } from "./scale.js";

export function startView(model, saved = {}) {
  const pick = (value, allowed, otherwise) => (allowed.includes(value) ? value : otherwise);
  const classes = ["all", ...Array.from({ length: model.K }, (_, k) => String(k))];
  const known = model.scores.map(({ name }) => name);
  const scores = (saved.scores ?? []).filter((name) => known.includes(name));
  return {
    axis: pick(saved.axis, axesOf(model).map(([id]) => id), "log_lambda"),
    units: pick(saved.units, model.units.map(([id]) => id), "standardized"),
    class: pick(saved.class, classes, model.K > MANY ? "all" : "0"),
    span: pick(saved.span, SPANS.map(([id]) => id), "choice"),
    enlarged: typeof saved.enlarged === "string" ? saved.enlarged : null,
    zoom: stretch(saved.zoom, model.L),
    scale: pick(saved.scale, ["own", "global"], "own"),
    scores: scores.length ? scores : model.scores.filter(({ at_first }) => at_first).map(({ name }) => name),
    threshold: Number.isInteger(saved.threshold) && saved.threshold > 0 && saved.threshold < 100 ? saved.threshold : 50,
    large: saved.large === true,
    speed: pick(saved.speed, SPEEDS, 1),
    pins: texts(saved.pins),
    open: (Array.isArray(saved.open) ? saved.open : []).filter((c) => Number.isInteger(c) && c in model.columns),
  };
}

// What differs from the start, so that an address stays short.
export function changed(model, view) {
  const first = startView(model);
  const same = (name) => JSON.stringify(first[name]) === JSON.stringify(view[name]);
  return Object.fromEntries(Object.keys(first).filter((name) => !same(name)).map((name) => [name, view[name]]));
}

// The first and the last strength in sight; null is the whole path.
function stretch(ends, count) {
  if (!Array.isArray(ends) || ends.length !== 2 || !ends.every(Number.isInteger)) return null;
  const [from, to] = ends;
  return from >= 0 && to < count && to > from && to - from < count - 1 ? [from, to] : null;
}

function texts(list) {
  return (Array.isArray(list) ? list : []).filter((each) => typeof each === "string").slice(0, 5);
}
