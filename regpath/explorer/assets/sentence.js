// What is seen at a strength, in one plain sentence that moves with the cursor.

import { plural, score, whole } from "./numbers.js";

const PERCENT = 1; // decimals
const ALL = { 1: "the one feature is", 2: "both features are" };
const NAMED = 2; // features that come or go at one strength and are named

// The lead says who comes or goes or how strong the penalty is; the rest what it uses and how right it is.
export function sentence(model, i) {
  const [told, at] = [happens(model, i), chosenBy(model, i)];
  const lead = told && at ? `${at}, ${told}` : told || strength(model, i);
  return { lead, rest: [`: ${used(model, i)}.`, quality(model, i), apart(model, i)].filter(Boolean).join(" ") };
}

function happens(model, i) {
  const events = model.eventsAt.get(i) ?? [];
  if (!events.length) return "";
  const first = i === Math.min(...model.eventsAt.keys());
  const told = events.slice(0, NAMED).map((event) => eventWords(model, event, { first, from: model.start }));
  const more = events.length - told.length;
  return [...told, ...(more ? [`${plural(more, "more change")}`] : [])].join("; ");
}

const SIGNS = { 1: "positive", "-1": "negative" };

// `from`: letters that all names begin with, which are left out.
export function eventWords(model, { j, k, kind, sign }, { first = false, from = 0 } = {}) {
  const name = model.names[j].slice(from) + (model.many ? ` (${model.classes[k]})` : "");
  if (kind === 0) return `${name} enters${first ? " first" : ""}, ${SIGNS[sign]}`;
  if (kind === 1) return `${name} leaves`;
  return `${name} changes sign and is ${SIGNS[sign]} from here`;
}

// What chose this strength, where something did.
function chosenBy(model, i) {
  const at = model.marks.filter(({ index }) => index === i).map(({ label }) => label);
  return at.length ? `At ${at.join(" and ")}` : "";
}

// By what was chosen, where something was; else by how much of the fit is there.
function strength(model, i) {
  if (i === 0) return "The strongest penalty";
  if (i === model.L - 1) return "The weakest penalty";
  const at = chosenBy(model, i);
  if (at) return at;
  const places = model.marks.map(({ index }) => index);
  if (i < Math.min(...places)) return "Strong penalty";
  return i > Math.max(...places) ? "Weak penalty" : "Moderate penalty";
}

function used(model, i) {
  const kept = model.arrays.n_nonzero[i];
  const all = model.n_features;
  if (kept === 0) return `none of ${plural(all, "feature")} is used`;
  const columns = columnsUsed(model, i);
  const from = columns === null ? "" : `, from ${columns} of ${plural(model.columns.length, "column")},`;
  if (kept === all) return `${ALL[all] ?? `all ${whole(all)} features are`} used`;
  return `${whole(kept)} of ${plural(all, "feature")}${from} ${kept === 1 ? "is" : "are"} used`;
}

// A column of words has a feature for each level; null where each feature is a column.
export function columnsUsed(model, i) {
  if (model.columns.length === model.n_features || model.P < model.n_features) return null;
  const alive = (j) => Array.from({ length: model.K }, (_, k) => k).some((k) => model.standardized(k, j, i) !== 0);
  return model.columnMembers.filter((members) => members.some(alive)).length;
}

function quality(model, i) {
  const s = ["accuracy", "rmse"].map((name) => model.scores.findIndex((each) => each.name === name)).find((at) => at >= 0) ?? 0;
  const each = model.scores[s];
  if (!each) return "";
  const value = model.score(s, model.part, i);
  if (!Number.isFinite(value)) return "";
  const base = model.base(each);
  const than = base === null || model.beats(each, value, base) ? "" : "no better than ";
  return WORDS[each.name]?.(model, value, { base, than }) ?? otherwise(model, each, value);
}

const WORDS = {
  accuracy(model, value, { base, than }) {
    const beside = base === null ? "" : `; ${than}always saying ${model.classes[model.common]}: ${percent(base)}`;
    return `Right on ${percent(value)} of ${rows(model)}${beside}.`;
  },
  rmse(model, value, { base, than }) {
    const beside = base === null ? "" : `; ${than}always saying the mean: ${score(base)}`;
    return `Off by ${score(value)} (RMSE) on ${rows(model)}${beside}.`;
  },
};

function otherwise(model, each, value) {
  const base = model.base(each);
  return `${each.label} ${score(value)} on ${rows(model)}${base === null ? "" : `; without features: ${score(base)}`}.`;
}

function rows(model) {
  const unseen = model.part === "test";
  return unseen ? `${plural(model.n_test, "row")} it has not seen` : `the ${plural(model.n_train, "row")} it was fit to`;
}

function percent(share) {
  return `${(100 * share).toFixed(PERCENT)} %`;
}

function apart(model, i) {
  return model.separated_from !== null && i >= model.separated_from ? "Classes come apart here." : "";
}
