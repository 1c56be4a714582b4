// The chosen point in numbers.

import { byIndex, h, say } from "./dom.js";
import { score, short, tiny, whole } from "./numbers.js";

export function makeTiles(node, model) {
  const { lambdas, C, n_nonzero, dev_ratio, dual_gap, kkt_violation, converged } = model.arrays;
  const proven = converged.reduce((sum, ok) => sum + ok, 0);
  const tiles = [
    { name: "λ", value: (i) => short(lambdas[i]), side: (i) => `log₁₀ λ = ${Math.log10(lambdas[i]).toFixed(2).replace("-", "\u2212")}` },
    { name: "C = 1/(n λ)", value: (i) => short(C[i]), side: () => `n = ${whole(model.n_train)}` },
    { name: "features kept", value: (i) => whole(n_nonzero[i]), side: () => `of ${whole(model.n_features)}` },
    ...model.scores.map((each, s) => ({ each, s })).filter(({ each }) => each.at_first).map(({ each, s }) => scoreTile(model, each, s)),
    {
      name: `certified: ${whole(proven)} of ${whole(model.L)}`,
      value: (i) => (converged[i] ? "✓ proven" : "✗ not proven"),
      side: (i) => `gap ${tiny(dual_gap[i])} · KKT ${tiny(kkt_violation[i])}`,
      kind: (i) => (converged[i] ? "good" : "bad"),
    },
  ];
  if (model.explained) {
    tiles.splice(3, 0, { name: "deviance explained", value: (i) => `${(100 * dev_ratio[i]).toFixed(1)} %`, side: () => "training rows" });
  }
  const drawn = tiles.map((tile) => {
    const nodes = { value: h("strong"), side: h("small"), box: h("div", { class: "rp-tile" }) };
    nodes.box.append(h("span", {}, tile.name), nodes.value, nodes.side);
    return { kind: tile.kind, value: byIndex(tile.value), side: byIndex(tile.side), nodes };
  });
  node.replaceChildren(...drawn.map(({ nodes }) => nodes.box));
  return (i) => {
    for (const { value, side, kind, nodes } of drawn) {
      say(nodes.value, value(i));
      say(nodes.side, side(i));
      if (kind && nodes.box.dataset.kind !== kind(i)) nodes.box.dataset.kind = kind(i);
    }
  };
}

function scoreTile(model, each, s) {
  const other = model.parts.length > 1 ? "train" : null;
  return {
    name: `${model.part} ${each.label}`,
    value: (i) => score(model.score(s, model.part, i)),
    side: (i) => (other ? `train ${score(model.score(s, other, i))}` : model.sealed ? "test rows sealed" : "no test rows"),
  };
}
