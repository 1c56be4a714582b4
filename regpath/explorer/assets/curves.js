// The panels and what each of them holds: curves, ranges, labels at their ends. No drawing here.

import { isRatio } from "./model.js";
import { short } from "./numbers.js";
import { endsOf, linear, logarithmic, ratioText, ratios, symlog } from "./scale.js";
import { styleOf } from "./items.js";

export function choosePanels(model, view) {
  const classes = model.shown(view);
  const paths = classes.map((k) => ({ kind: "paths", id: `paths${k}`, k, alone: classes.length === 1 }));
  const scores = model.scores
    .map((score, s) => ({ kind: "score", id: `score-${score.name}`, s, score }))
    .filter(({ score }) => view.scores.includes(score.name));
  return [...paths, { kind: "kept", id: "kept" }, ...scores];
}

// `stretch`: `zoom`, the first and last strength in sight, and `scaled`, the last that the choice
// is scaled to.
export function fillPanel(panel, { model, items, view, look, stretch }) {
  const fill = { paths: fillPaths, kept: fillKept, score: fillScore }[panel.kind];
  const filled = fill(panel, { model, items, view, look, stretch });
  return { ...filled, range: filled.scale.range };
}

function fillPaths({ k, alone }, { model, items, view, look, stretch }) {
  const lines = (item) => item.members.map((j) => model.curve(view.units, k, j));
  const alive = (curve) => curve.some((v) => v !== 0);
  const named = items.named
    .map((item) => ({
      item,
      ...styleOf(item, model.looks, look),
      curves: lines(item),
      lead: item.members.indexOf(item.lead),
    }))
    .filter(({ curves }) => curves.some(alive));
  const rest = items.rest
    .flatMap(({ members }) => members.map((j) => ({ j, curve: model.curve(view.units, k, j) })))
    .filter(({ curve }) => alive(curve));
  const curves = [...named.flatMap((line) => line.curves), ...rest.map(({ curve }) => curve)];
  const scale = scaleOfPaths(curves, model, view, stretch);
  const labels = named.map(({ item, color, dash, curves, lead }) => ({
    text: item.label, count: item.folded ? item.members.length : 0, item, color, dash,
    at: curves[lead][stretch.zoom[1]],
  }));
  const title = alone ? model.unitTitle(view.units) : model.classes[k];
  return { named, rest, scale, labels, title, marks: symbols(named, model, k) };
}

function scaleOfPaths(curves, model, { span, units }, { zoom, scaled }) {
  const ends = endsOf(curves, span === "choice" ? untilScaled(zoom, scaled) : zoom, [0, 0]);
  if (isRatio(units)) return ratios(ends);
  if (span !== "symlog") return linear(ends);
  const at = model.marks[0].index;
  return symlog(ends, Math.max(0, ...curves.map((curve) => Math.abs(curve[at]))));
}

// Where nothing of what is in sight is scaled to, all of it is.
function untilScaled([from, to], scaled) {
  return scaled > from ? [from, Math.min(to, scaled)] : [from, to];
}

// Entries as dots, exits as crosses, changes of sign as diamonds, on the named curves.
function symbols(named, model, k) {
  const place = new Map(named.flatMap((line) => line.item.members.map((j, m) => [j, [line, m]])));
  const found = [];
  for (const events of model.eventsAt.values()) {
    for (const { i, j, k: label, kind } of events) {
      if (label !== k || !place.has(j)) continue;
      const [line, m] = place.get(j);
      // A coefficient that enters is drawn from the last strength without it.
      const at = kind === 0 ? i - 1 : i;
      found.push({ i: at, y: line.curves[m][at], kind, color: line.color });
    }
  }
  return found;
}

function fillKept(panel, { model }) {
  const counts = Float64Array.from(model.arrays.n_nonzero);
  const most = Math.max(...counts, 1);
  return { counts, scale: linear([0, most]), labels: [], title: "kept" };
}

function fillScore({ s, score }, { model, view, look, stretch }) {
  const parts = model.parts.map((part) => ({
    part,
    curve: model.scoreCurve(s, part),
    color: part === "test" ? look.test : look.train,
    dash: part === "test" ? "solid" : "dash",
  }));
  const band = model.band(score.name);
  const scale = scaleOfScore([...parts.map(({ curve }) => curve), ...(band ?? [])], score, view, stretch);
  const labels = parts.map(({ part, curve, color, dash }) => ({ text: part, color, dash, at: lastFinite(curve, stretch.zoom) }));
  if (band) labels.push({ text: "validation", color: look.lines[2], dash: "dot", at: lastFinite(band[1], stretch.zoom) });
  return { parts, band, scale, labels, title: score.label };
}

function scaleOfScore(curves, score, { span }, { zoom, scaled }) {
  const ends = endsOf(curves, span === "choice" ? untilScaled(zoom, scaled) : zoom);
  if (span === "symlog" && !score.larger_is_better && ends[0] > 0) return logarithmic(ends);
  // A very bad R2 must not flatten the part of the curve that matters.
  if (score.name === "r2") ends[0] = Math.max(ends[0], -1);
  return linear(ends);
}

function lastFinite(curve, [from, to]) {
  for (let i = to; i >= from; i--) if (Number.isFinite(curve[i])) return curve[i];
  return 0;
}

export function valueText(units, value) {
  return isRatio(units) ? ratioText(value) : short(value, 3);
}
