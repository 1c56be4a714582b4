// What is seen at a strength, in one plain sentence that moves with the cursor.

import { fixed, plural, score, whole } from "./numbers.js";

const PERCENT = 1; // decimals
const ALL = { 1: "the one feature is", 2: "both features are" };
const NAMED = 2; // features that come or go at one strength and are named
const LETTERS = 16; // of a class, in brief

// The lead says who comes or goes or how strong the penalty is; the rests what it uses and how right it is,
// at length and ever more briefly, for lines that are too short.
export function sentence(model, i) {
  const [told, at] = [happens(model, i), chosenBy(model, i)];
  const lead = told && at ? `${at}, ${told}` : told || strength(model, i);
  const rests = LENGTHS.map((how) => [`: ${how.used(model, i)}.`, quality(model, i, how), apart(model, i, how)].filter(Boolean).join(" "));
  return { lead, rests };
}

export function inFull({ lead, rests }) {
  return lead + rests[0];
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

function usedInBrief(model, i) {
  return `${whole(model.arrays.n_nonzero[i])} of ${plural(model.n_features, "feature")}`;
}

function quality(model, i, how) {
  const s = ["accuracy", "rmse"].map((name) => model.scores.findIndex((each) => each.name === name)).find((at) => at >= 0) ?? 0;
  const each = model.scores[s];
  if (!each) return "";
  const value = model.score(s, model.part, i);
  if (!Number.isFinite(value)) return "";
  const base = model.base(each);
  const than = base === null || model.beats(each, value, base) ? "" : "no better than ";
  const on = how.rows(model);
  return `${(WORDS[each.name] ?? otherwise)(model, value, { base, than, on, each, how })}.`;
}

// Each says how right the model is on some rows, and beside it how right one is without features.
const WORDS = {
  accuracy(model, value, { base, than, on, how }) {
    const beside = base === null ? "" : `; ${than}${how.always} ${how.name(model.classes[model.common])}: ${percent(base)}`;
    return `Right on ${percent(value)} of ${on}${beside}`;
  },
  rmse(model, value, { base, than, on, how }) {
    const beside = base === null ? "" : `; ${than}${how.always} the mean: ${score(base)}`;
    return `Off by ${score(value)} (RMSE) on ${on}${beside}`;
  },
};

function otherwise(model, value, { base, on, each }) {
  return `${each.label} ${score(value)} on ${on}${base === null ? "" : `; without features: ${score(base)}`}`;
}

const AT_LENGTH = {
  used,
  always: "always saying",
  apart: "Classes come apart here.",
  name: (text) => text,
  rows(model) {
    if (model.part === "test") return `${plural(model.n_test, "row")} it has not seen`;
    return `the ${plural(model.n_train, "row")} it was fit to`;
  },
};

const SHORTER = {
  ...AT_LENGTH,
  used: usedInBrief,
  rows(model) {
    const [count, which] = model.part === "test" ? [model.n_test, "unseen"] : [model.n_train, "training"];
    return `${whole(count)} ${which} ${count === 1 ? "row" : "rows"}`;
  },
};

const BRIEFLY = {
  ...SHORTER,
  always: "always",
  apart: "Classes come apart.",
  name: (text) => ([...text].length > LETTERS ? `${[...text].slice(0, LETTERS - 1).join("")}…` : text),
};

const LENGTHS = [AT_LENGTH, SHORTER, BRIEFLY];

function percent(share) {
  return `${fixed(100 * share, PERCENT)} %`;
}

function apart(model, i, how) {
  return model.separated_from !== null && i >= model.separated_from ? how.apart : "";
}
