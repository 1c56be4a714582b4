// How predictions fare at the cursor: a confusion matrix, with a threshold for two classes.

import { bdi, h, say } from "./dom.js";
import { ratesHelp } from "./glossary.js";
import { MANY } from "./model.js";
import { fit, widthOf } from "./names.js";
import { fixed, whole } from "./numbers.js";
import { makeScatter } from "./scatter.js";
import { mix } from "./shades.js";

const FONT = "13px system-ui, sans-serif"; // near enough to tell what fits
const ACROSS = 240; // pixels for all classes beside each other
const UPRIGHT = 76; // pixels of a class that is written upwards

export function makeOutcome(node, model, { view, help, changed }) {
  const rows = model.n_test || model.n_train;
  const where = `${whole(rows)} ${model.n_test ? "test" : "training"} rows`;
  if (model.outcome.view === "scatter") return makeScatter(node, model, where);
  const table = makeTable(model);
  const head = h("div", { class: "rp-head" }, h("h2", {}, `confusion matrix, ${where}`));
  node.replaceChildren(head, table.node);
  let count = (i) => countClasses(model, i);
  let extra = null;
  if (model.outcome.view === "threshold") {
    extra = makeThreshold(model, { view, help, changed });
    node.append(extra.node);
    count = (i) => countAbove(model, i, view.threshold);
  }
  let now = 0;
  const paint = (i) => {
    now = i;
    const counts = count(i);
    table.paint(counts);
    extra?.paint(counts);
  };
  if (extra) extra.onmove = () => paint(now);
  return { paint, look: (look) => table.look(look), counts: () => count(now) };
}

function countClasses(model, i) {
  const n = model.classes.length;
  const { confusion } = model.arrays;
  return Array.from({ length: n }, (_, a) => Array.from({ length: n }, (_, b) => confusion[(a * n + b) * model.L + i]));
}

// Rows whose probability of the second class is above the threshold are called that class.
function countAbove(model, i, threshold) {
  const { histogram } = model.arrays;
  return [0, 1].map((k) => {
    const counts = [0, 0];
    for (let b = 0; b < 100; b++) counts[Number(b >= threshold)] += histogram[(k * 100 + b) * model.L + i];
    return counts;
  });
}

// Whether classes have no room beside each other: they are written upwards then.
function isWide(classes) {
  return classes.length > MANY && classes.some((label) => widthOf(label, FONT) > ACROSS / classes.length);
}

function makeTable(model) {
  const cells = model.classes.map(() => model.classes.map(() => h("td")));
  const upright = isWide(model.classes);
  const named = (label) => h("th", { scope: "col", title: label }, bdi(upright ? fit(label, UPRIGHT, FONT) : label));
  const node = h("table", { class: upright ? "rp-confusion rp-confusion-wide" : "rp-confusion" },
    h("caption", {}, "rows: observed, columns: predicted"),
    h("thead", {}, h("tr", {}, h("td"), ...model.classes.map(named))),
    h("tbody", {}, ...model.classes.map((label, a) => h("tr", {}, h("th", { scope: "row", title: label }, bdi(label)), ...cells[a]))),
  );
  let shades = null; // until the look is known
  const last = model.classes.map(() => model.classes.map(() => -1));
  const paint = (counts) => {
    counts.forEach((row, a) => {
      const total = row.reduce((x, y) => x + y, 0) || 1;
      row.forEach((value, b) => {
        if (last[a][b] === value) return;
        last[a][b] = value;
        say(cells[a][b], whole(value));
        // The share of its observed class: a rare class must not look wrong because it is rare.
        if (shades) cells[a][b].style.background = mix(shades, value / total);
      });
    });
  };
  const look = (next) => {
    shades = next.shades;
    for (const row of last) row.fill(-1);
  };
  return { node: h("div", { class: "rp-scroll" }, node), paint, look };
}

function makeThreshold(model, { view, help, changed }) {
  const positive = model.classes[1];
  const input = h("input", { type: "range", min: 1, max: 99, step: 1, value: view.threshold, "aria-label": `Threshold on the probability of ${positive}` });
  const shown = h("output");
  const rates = help.explain(h("p", { class: "rp-rates" }), ratesHelp(positive));
  const self = { onmove: () => {}, node: null, paint: null };
  self.node = h("div", {}, h("label", { class: "rp-threshold" }, "threshold", input, shown), rates);
  self.paint = ([[tn, fp], [fn, tp]]) => {
    const share = (some, all) => (all ? `${fixed((100 * some) / all, 1)} %` : "none");
    say(shown, `${view.threshold} %`);
    say(rates, `accuracy ${share(tn + tp, tn + fp + fn + tp)} · for ${positive}: recall ${share(tp, tp + fn)}, precision ${share(tp, tp + fp)}`);
  };
  input.addEventListener("input", () => {
    view.threshold = Number(input.value);
    input.setAttribute("aria-valuetext", `${view.threshold} percent`);
    self.onmove();
  });
  input.addEventListener("change", changed);
  return self;
}
