// The panels and what each of them holds: curves, ranges, labels at their ends. No drawing here.

import { short } from "./numbers.js";
import { styleOf } from "./items.js";

export const UNIT_TITLES = {
  standardized: "coefficient per SD",
  original: "coefficient",
  odds_ratio: "odds ratio",
};

export function choosePanels(model, view) {
  const classes = model.shown(view);
  const paths = classes.map((k) => ({ kind: "paths", id: `paths${k}`, k, alone: classes.length === 1 }));
  const scores = model.scores
    .map((score, s) => ({ kind: "score", id: `score-${score.name}`, s, score }))
    .filter(({ score }) => view.scores.includes(score.name));
  return [...paths, { kind: "kept", id: "kept" }, ...scores];
}

export function fillPanel(panel, model, items, view, look) {
  if (panel.kind === "paths") return fillPaths(panel, model, items, view, look);
  if (panel.kind === "kept") return fillKept(model, look);
  return fillScore(panel, model, look);
}

function fillPaths({ k, alone }, model, items, view, look) {
  const lines = (item) => item.members.map((j) => model.curve(view.units, k, j));
  const named = items.named
    .map((item) => ({
      item,
      ...styleOf(item, model.looks, look),
      curves: lines(item),
      lead: item.members.indexOf(item.lead),
    }))
    .filter(({ curves }) => curves.some((curve) => curve.some((v) => v !== 0)));
  const rest = items.rest.flatMap(lines).filter((curve) => curve.some((v) => v !== 0));
  const range = spanOf([...named.flatMap(({ curves }) => curves), ...rest], true);
  const labels = named.map(({ item, color, dash, curves, lead }) => ({
    text: item.label, count: item.folded ? item.members.length : 0, item, color, dash,
    at: curves[lead][model.L - 1],
  }));
  const title = alone ? UNIT_TITLES[view.units] : model.classes[k];
  return { named, rest, range, labels, title, odds: view.units === "odds_ratio", marks: symbols(named, model, k) };
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

function fillKept(model) {
  const counts = Float64Array.from(model.arrays.n_nonzero);
  const most = Math.max(...counts, 1);
  return { counts, range: [-0.06 * most, 1.08 * most], labels: [], title: "kept" };
}

function fillScore({ s, score }, model, look) {
  const parts = model.parts.map((part) => ({
    part,
    curve: model.scoreCurve(s, part),
    color: part === "test" ? look.test : look.train,
    dash: part === "test" ? "solid" : "dash",
  }));
  const band = model.band(score.name);
  const all = [...parts.map(({ curve }) => curve), ...(band ?? [])];
  const range = spanOf(all, false);
  // A very bad R2 must not flatten the part of the curve that matters.
  if (score.name === "r2") range[0] = Math.max(range[0], -1);
  if (score.name === "accuracy" || score.name === "auc") range[1] = Math.min(range[1], 1.02);
  const labels = parts.map(({ part, curve, color, dash }) => ({ text: part, color, dash, at: last(curve) }));
  if (band) labels.push({ text: "validation", color: look.lines[2], dash: "dot", at: last(band[1]) });
  for (const label of labels) label.at = Math.min(Math.max(label.at, range[0]), range[1]);
  return { parts, band, range, labels, title: score.label };
}

function last(curve) {
  return curve.findLast((v) => Number.isFinite(v)) ?? 0;
}

function spanOf(curves, withZero) {
  let [low, high] = withZero ? [0, 0] : [Infinity, -Infinity];
  for (const curve of curves) {
    for (const v of curve) {
      if (!Number.isFinite(v)) continue;
      if (v < low) low = v;
      if (v > high) high = v;
    }
  }
  if (!(high > low)) {
    const middle = Number.isFinite(low) ? low : 0;
    const half = Math.abs(middle) * 0.1 || 1;
    [low, high] = [middle - half, middle + half];
  }
  const pad = 0.06 * (high - low);
  return [low - pad, high + pad];
}

export function valueText(units, value) {
  return units === "odds_ratio" ? `×${short(Math.exp(value), 3)}` : short(value, 3);
}
