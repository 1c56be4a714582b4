// The chosen point in numbers; each says what it means.

import { byIndex, h, say } from "./dom.js";
import { TERMS, proofHelp, scoreHelp } from "./glossary.js";
import { fixed, plural, score, short, whole } from "./numbers.js";
import { rove } from "./roving.js";
import { columnsUsed } from "./sentence.js";

export function makeTiles(node, model, help) {
  const { lambdas, n_nonzero, dev_ratio, converged } = model.arrays;
  const tiles = [
    { name: "λ", vital: true, value: (i) => short(lambdas[i]), help: (i) => `${TERMS.lambda} log₁₀ λ = ${fixed(Math.log10(lambdas[i]), 2).replace("-", "\u2212")}.` },
    ...(model.other_strength ? [otherTile(model)] : []),
    { name: "kept", vital: true, value: (i) => whole(n_nonzero[i]), side: () => `of ${whole(model.n_features)}`, help: (i) => keptHelp(model, i) },
    ...(model.explained ? [{ name: "explained", value: (i) => `${fixed(100 * dev_ratio[i], 1)} %`, help: TERMS.explained }] : []),
    ...model.scores.map((each, s) => ({ each, s })).filter(({ each }) => each.at_first).map(({ each, s }, n) => ({ ...scoreTile(model, each, s), vital: n === 0 })),
    { name: "", value: (i) => (converged[i] ? "✓ proven" : "✗ not proven"), help: proofHelp(model), kind: (i) => (converged[i] ? "good" : "bad") },
  ];
  const drawn = tiles.map((tile) => drawTile(tile, model.L));
  drawn.forEach(({ box }, n) => help.explain(box, tiles[n].help));
  node.replaceChildren(...drawn.map(({ box }) => box));
  rove(node, drawn.map(({ box }) => box));
  return (i) => drawn.forEach(({ paint }) => paint(i));
}

// The strength as scikit-learn writes it.
function otherTile(model) {
  const { name, label, formula, larger_is } = model.other_strength;
  const n = formula.includes("n") ? `, n = ${whole(model.n_train)}` : "";
  return {
    name, value: (i) => short(model.otherStrength(i)),
    help: `The same strength as ${label} writes it: ${name} = ${formula}${n}. A larger ${name} is a ${larger_is} penalty.`,
  };
}

function keptHelp(model, i) {
  const columns = columnsUsed(model, i);
  return columns === null ? TERMS.kept : `${TERMS.kept} ${TERMS.columns} Here they are of ${columns} of ${plural(model.columns.length, "column")}.`;
}

// Each text has room for its longest, so that nothing moves while the cursor does.
function drawTile({ name, value, side, kind, vital }, count) {
  const nodes = { value: h("strong"), side: h("small"), box: h("button", { type: "button", class: `rp-tile${vital ? " rp-vital" : ""}` }) };
  nodes.box.append(h("span", {}, name), nodes.value, ...(side ? [nodes.side] : []));
  const words = { value: byIndex(value), side: side && byIndex(side) };
  const longest = (word) => Math.max(...Array.from({ length: count }, (_, i) => word(i).length));
  nodes.value.style.minWidth = `${(0.92 * longest(words.value)).toFixed(1)}ch`;
  return {
    box: nodes.box,
    paint(i) {
      say(nodes.value, words.value(i));
      if (side) say(nodes.side, words.side(i));
      if (kind && nodes.box.dataset.kind !== kind(i)) nodes.box.dataset.kind = kind(i);
    },
  };
}

function scoreTile(model, each, s) {
  const other = model.parts.length > 1 ? "train" : null;
  return {
    name: `${model.part} ${each.label}`,
    value: (i) => score(model.score(s, model.part, i)),
    side: (i) => (other ? `train ${score(model.score(s, other, i))}` : model.sealed ? "sealed" : ""),
    help: `${scoreHelp(each)}${other ? "" : model.sealed ? " The test rows are sealed." : " There are no test rows: these are the rows of the fit."}`,
  };
}
