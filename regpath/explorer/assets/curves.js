// The panels and what each of them holds: curves, ranges, labels at their ends. No drawing here.

import { ALL, MANY, isRatio } from "./model.js";
import { short } from "./numbers.js";
import { endsOf, lastTall, linear, logarithmic, ratioText, ratios, symlog } from "./scale.js";
import { styleOf } from "./items.js";

const LINE = 2; // pixels of a curve's width: what is nearer cannot be told apart
const MOSTLY = 0.5; // of the stretch on which curves are in sight
const OVER = 7; // pixels of a dash over another curve

export function choosePanels(model, view) {
  const shown = model.shown(view);
  const classes = shown.length > MANY ? [ALL] : shown;
  const paths = classes.map((k) => ({ kind: "paths", id: `paths${k ?? ""}`, k, alone: classes.length === 1 }));
  const scores = model.scores
    .map((score, s) => ({ kind: "score", id: `score-${score.name}`, s, score }))
    .filter(({ score }) => view.scores.includes(score.name));
  const enlarged = [...paths, ...scores].filter(({ id }) => id === view.enlarged);
  if (enlarged.length) return enlarged;
  return [...paths, ...(view.large ? oneOf(scores) : scores)];
}

// Large type has room for one score, which names the others.
function oneOf([first, ...others]) {
  return first ? [{ ...first, others: others.map(({ score }) => score.label) }] : [];
}

// `stretch`: `zoom`, the first and last strength in sight, `scaled`, the last that the choice is
// scaled to, and `chosen`, where that is.
export function fillPanel(panel, { model, items, view, look, stretch }) {
  const fill = { paths: fillPaths, score: fillScore }[panel.kind];
  const filled = fill(panel, { model, items, view, look, stretch });
  return { ...filled, range: filled.scale.range };
}

// Whether what is drawn has other ends on another stretch.
export function isRescaled(drawn, items, stretch) {
  const ends = (panel) => fillPanel(panel, { ...drawn, items, stretch }).range.join();
  return drawn.panels.some((panel) => ends(panel) !== panel.range.join());
}

function fillPaths(panel, { model, items, view, look, stretch }) {
  const { k, alone } = panel;
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
  const scale = scaleOfPaths(alone ? curves : everyCurve(model, view), model, view, stretch);
  const drawn = withoutHidden(named, panel, scale, stretch.zoom);
  const labels = drawn.map(({ item, color, dash, curves, lead }) => ({
    text: item.short, whole: item.label, count: item.folded ? item.members.length : 0, item, color, dash,
    at: curves[lead][stretch.zoom[1]],
  }));
  const title = k === ALL ? `${model.unitTitle(view.units)}: size over all ${model.K} classes` : alone ? model.unitTitle(view.units) : model.classes[k];
  const brief = k === ALL ? `size over all ${model.K} classes` : title;
  return { named: drawn, rest, pinned: items.pinned, scale, labels, title, brief };
}

// Panels of classes have one scale.
function everyCurve(model, view) {
  return model.shown(view).flatMap((k) => model.names.map((_, j) => model.curve(view.units, k, j)));
}

// Curves that lie upon each other, or all but: the later ones are dashed, so that all are seen.
function withoutHidden(named, { y0, y1 }, scale, zoom) {
  const near = (LINE / (y1 - y0)) * (scale.range[1] - scale.range[0]);
  const under = [];
  return named.map((line) => {
    const curve = line.curves[line.lead];
    const count = under.filter((other) => coincide(curve, other, scale, zoom, near)).length;
    under.push(curve);
    return count ? { ...line, dash: `${OVER}px,${OVER * count}px` } : line;
  });
}

// Where both are in sight and one is off zero: mostly no further apart than a line is wide.
function coincide(a, b, { at, range }, [from, to], near) {
  const [low, high] = range;
  let [seen, upon] = [0, 0];
  for (let i = from; i <= to; i++) {
    const [one, other] = [at(a[i]), at(b[i])];
    if (Math.min(one, other) < low || Math.max(one, other) > high) continue;
    if (Math.max(Math.abs(one - at(0)), Math.abs(other - at(0))) <= near) continue;
    seen += 1;
    if (Math.abs(one - other) <= near) upon += 1;
  }
  return seen > 0 && upon >= MOSTLY * seen;
}

function scaleOfPaths(curves, model, { span, units }, { zoom, scaled, chosen }) {
  const last = () => lastTall(curves, model, scaled, chosen);
  const ends = endsOf(curves, span === "choice" ? untilScaled(zoom, last()) : zoom, [0, 0]);
  if (isRatio(units)) return ratios(ends);
  if (span !== "symlog") return linear(ends);
  const at = model.marks[0].index;
  return symlog(ends, Math.max(0, ...curves.map((curve) => Math.abs(curve[at]))));
}

// Where nothing of what is in sight is scaled to, all of it is.
function untilScaled([from, to], scaled) {
  return scaled > from ? [from, Math.min(to, scaled)] : [from, to];
}

function fillScore({ s, score }, { model, view, look, stretch }) {
  const parts = model.parts.map((part) => ({
    part,
    curve: model.scoreCurve(s, part),
    color: part === "test" ? look.test : look.train,
    dash: part === "test" ? "solid" : "dash",
  }));
  const band = model.band(score.name);
  const base = model.base(score);
  const curves = [...parts.map(({ curve }) => curve), ...(band ?? []), ...(base === null ? [] : [stretchOf(base, model.L)])];
  const scale = scaleOfScore(curves, score, view, stretch);
  const labels = parts.map(({ part, curve, color, dash }) => ({ text: part, color, dash, at: lastFinite(curve, stretch.zoom) }));
  if (band) labels.push({ text: "validation", color: look.lines[2], dash: "dot", at: lastFinite(band[1], stretch.zoom) });
  if (base !== null) labels.push({ text: baseName(score, model), color: look.muted, dash: "dot", at: base });
  const isBeaten = base === null || model.scoreCurve(s, model.part).some((value) => model.beats(score, value, base));
  const note = isBeaten ? "" : `no strength beats ${baseName(score, model).replace(/^no features$/, "a model without features")}`;
  return { parts, band, base, scale, labels, title: score.label, note };
}

function stretchOf(value, count) {
  return new Float64Array(count).fill(value);
}

function baseName({ name }, model) {
  return name === "accuracy" || name === "rmse" ? model.always : "no features";
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
