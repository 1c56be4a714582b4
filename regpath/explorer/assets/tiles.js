// The chosen point in numbers.

import { byIndex, h, say } from "./dom.js";
import { score, short, tiny, whole } from "./numbers.js";

export function makeTiles(node, model) {
  const { lambdas, C, n_nonzero, dev_ratio, dual_gap, kkt_violation, converged } = model.arrays;
  const proven = converged.reduce((sum, ok) => sum + ok, 0);
  const tiles = [
    { name: "λ", value: (i) => short(lambdas[i]), title: (i) => `log₁₀ λ = ${Math.log10(lambdas[i]).toFixed(2).replace("-", "\u2212")}` },
    model.classes.length
      ? { name: "C", value: (i) => short(C[i]), title: () => `C = 1/(n λ), scikit-learn's LogisticRegression; n = ${whole(model.n_train)}` }
      : alphaTile(model),
    { name: "kept", value: (i) => whole(n_nonzero[i]), side: () => `of ${whole(model.n_features)}`, title: () => "features with a coefficient other than zero" },
    ...(model.explained ? [{ name: "explained", value: (i) => `${(100 * dev_ratio[i]).toFixed(1)} %`, title: () => "deviance explained, training rows" }] : []),
    ...model.scores.map((each, s) => ({ each, s })).filter(({ each }) => each.at_first).map(({ each, s }) => scoreTile(model, each, s)),
    {
      name: "",
      value: (i) => (converged[i] ? "✓ proven" : "✗ not proven"),
      title: (i) => `relative duality gap ${tiny(dual_gap[i])}, KKT violation ${tiny(kkt_violation[i])}; ${whole(proven)} of ${whole(model.L)} strengths are certified`,
      kind: (i) => (converged[i] ? "good" : "bad"),
    },
  ];
  const drawn = tiles.map((tile) => drawTile(tile, model.L));
  node.replaceChildren(...drawn.map(({ box }) => box));
  return (i) => drawn.forEach(({ paint }) => paint(i));
}

// scikit-learn's Ridge sums the squares where all others average them.
function alphaTile({ arrays: { lambdas }, l1_ratio, n_train }) {
  const ridge = l1_ratio === 0;
  return {
    name: "alpha", value: (i) => short(ridge ? n_train * lambdas[i] : lambdas[i]),
    title: () => (ridge ? `n λ: alpha of scikit-learn's Ridge; n = ${whole(n_train)}` : "alpha of scikit-learn's Lasso and ElasticNet"),
  };
}

// Each text has room for its longest, so that nothing moves while the cursor does.
function drawTile({ name, value, side, title, kind }, count) {
  const nodes = { value: h("strong"), side: h("small"), box: h("div", { class: "rp-tile" }) };
  nodes.box.append(h("span", {}, name), nodes.value, ...(side ? [nodes.side] : []));
  const words = { value: byIndex(value), side: side && byIndex(side), title: title && byIndex(title) };
  const longest = (word) => Math.max(...Array.from({ length: count }, (_, i) => word(i).length));
  nodes.value.style.minWidth = `${(0.92 * longest(words.value)).toFixed(1)}ch`;
  return {
    box: nodes.box,
    paint(i) {
      say(nodes.value, words.value(i));
      if (side) say(nodes.side, words.side(i));
      if (title && nodes.box.title !== words.title(i)) nodes.box.title = words.title(i);
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
    title: () => (other ? "" : model.sealed ? "The test rows are sealed." : "There are no test rows."),
  };
}
