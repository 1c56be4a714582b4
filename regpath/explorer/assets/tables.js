// Each chart's numbers as a table, made when it is opened.

import { bdi, h } from "./dom.js";
import { TERMS, scoreHelp } from "./glossary.js";
import { isRatio } from "./model.js";
import { score, short, whole } from "./numbers.js";

export function makeTables(node, { model, state, index, help }) {
  const kinds = [
    ["Coefficients along the path", () => pathTable(model, state())],
    ["Features kept and scores along the path", () => scoreTable(model)],
    ["Coefficients at the cursor", () => pointTable(model, state(), index()), true],
    ["Predictions at the cursor", () => outcomeTable(model, state()), true],
  ];
  const meaning = meanings(model);
  const drawn = ({ head, rows, ours }) => {
    const named = (text, n) => {
      const cell = h("th", { scope: "col" }, bdi(text));
      const told = n < ours ? meaning[text.split(" · ")[0]] : null;
      return told ? help.explain(cell, told) : cell;
    };
    return h("table", {},
      h("thead", {}, h("tr", {}, ...head.map(named))),
      h("tbody", {}, ...rows.map(([first, ...rest]) => h("tr", {}, h("th", { scope: "row" }, bdi(first)), ...rest.map((text) => h("td", {}, text))))),
    );
  };
  const parts = kinds.map(([title, make, follows]) => {
    const body = h("div", { class: "rp-scroll", tabindex: "0", role: "region", "aria-label": title });
    const details = h("details", { class: "rp-table" }, h("summary", {}, title), body);
    const update = () => details.open && body.replaceChildren(drawn(make()));
    details.addEventListener("toggle", update);
    return { details, update, follows };
  });
  node.replaceChildren(...parts.map(({ details }) => details));
  return {
    settle: () => parts.filter(({ follows }) => follows).forEach(({ update }) => update()),
    refresh: () => parts.forEach(({ update }) => update()),
  };
}

// What heads mean.
function meanings({ scores, parts, other_strength: other }) {
  const judged = scores.flatMap((each) => parts.map((part) => [`${part} ${each.label}`, scoreHelp(each)]));
  return {
    "λ": TERMS.lambda, "features kept": TERMS.kept, "deviance explained": TERMS.explained, "per SD": TERMS.sd,
    "validation": TERMS.validation, "one SE less": TERMS.validation, "one SE more": TERMS.validation, "certified": TERMS.certified,
    ...(other?.name === "C" ? { C: TERMS.C } : {}), ...Object.fromEntries(judged),
  };
}

function written(view, value) {
  return short(isRatio(view.units) ? Math.exp(value) : value, 5);
}

// The first `ours` heads are words of ours, the others names of the data.
const made = (head, rows, ours = head.length) => ({ head, rows, ours });

function pathTable(model, { items, view }) {
  const lines = model.shown(view).flatMap((k) => items.named.flatMap((item) => item.members.map((j) => ({
    name: model.many ? `${model.names[j]} · ${model.classes[k]}` : model.names[j],
    curve: model.curve(view.units, k, j),
  }))));
  const rows = strengths(model).map((lam, i) => [lam, ...lines.map(({ curve }) => written(view, curve[i]))]);
  return made(["λ", ...lines.map(({ name }) => name)], rows, 1);
}

function scoreTable(model) {
  const lines = model.scores.flatMap((each, s) => model.parts.map((part) => ({ name: `${part} ${each.label}`, s, part })));
  const band = model.validation ? model.band(model.validation.score) : null;
  const other = model.other_strength;
  const head = ["λ", ...(other ? [other.name] : []), "features kept", "deviance explained", ...lines.map(({ name }) => name), ...(band ? ["validation", "one SE less", "one SE more"] : []), "certified"];
  const { n_nonzero, dev_ratio, converged } = model.arrays;
  const rows = strengths(model).map((lam, i) => [
    lam, ...(other ? [short(model.otherStrength(i))] : []), whole(n_nonzero[i]), short(dev_ratio[i]),
    ...lines.map(({ s, part }) => score(model.score(s, part, i))),
    ...(band ? [band[1][i], band[0][i], band[2][i]].map(score) : []),
    converged[i] ? "yes" : "no",
  ]);
  return made(head, rows);
}

function pointTable(model, { view }, i) {
  const classes = [...Array(model.K).keys()];
  const order = [...Array(model.P).keys()].sort((a, b) => peak(model, b, i) - peak(model, a, i));
  const head = ["feature", ...classes.flatMap((k) => {
    const label = model.many ? ` · ${model.classes[k]}` : "";
    return [`per SD${label}`, `${isRatio(view.units) ? model.unitTitle(view.units) : "per unit"}${label}`];
  })];
  const units = isRatio(view.units) ? view.units : "original";
  const rows = order.map((j) => [model.names[j], ...classes.flatMap((k) => [
    short(model.standardized(k, j, i), 5),
    written({ units }, model.value(units, k, j, i)),
  ])]);
  return made(head, rows);
}

function outcomeTable(model, { outcome }) {
  if (outcome.pairs) return made(["predicted", "observed"], outcome.pairs().map((pair) => pair.map((v) => short(v))), 0);
  const counts = outcome.counts();
  return made(["observed \\ predicted", ...model.classes], counts.map((row, a) => [model.classes[a], ...row.map(whole)]), 0);
}

function peak(model, j, i) {
  let size = 0;
  for (let k = 0; k < model.K; k++) size = Math.max(size, Math.abs(model.standardized(k, j, i)));
  return size;
}

function strengths(model) {
  return Array.from(model.arrays.lambdas, (lam) => short(lam, 5));
}
