// From one drawing to the next: curves glide to their new places, so that a change of scale is seen
// as one. Plotly has drawn the new ones already; they are hidden meanwhile.

import { svg } from "./dom.js";
import { scaleX, scaleY } from "./geometry.js";
import { DASHES } from "./items.js";
import { clipName } from "./overlay.js";
import { isCalm } from "./theme.js";

const LASTS = 420; // ms
const GREY = 120; // curves without a colour that glide; more would cost frames

// Pixels of every curve by a name that it keeps.
export function curvesOf({ box, axis, panels }, look) {
  const px = scaleX(box, axis.range);
  const xs = Array.from(axis.x, px);
  return new Map(panels.flatMap((panel) => {
    const py = scaleY(panel);
    return keyed(panel, look).map(([key, curve, style]) => [key, { panel, xs, ys: Array.from(curve, py), ...style }]);
  }));
}

function keyed(panel, look) {
  const { id } = panel;
  if (panel.kind === "paths") {
    const named = panel.named.flatMap(({ item, curves, color, dash }) => curves.map((curve, m) => [`${id}:${item.members[m]}`, curve, { color, dash, width: 2 }]));
    const rest = panel.rest.slice(0, GREY).map(({ j, curve }) => [`${id}:${j}`, curve, { color: look.rest, width: 1, faint: true }]);
    return [...rest, ...named];
  }
  if (panel.kind === "score") return panel.parts.map(({ part, curve, color, dash }) => [`${id}:${part}`, curve, { color, dash, width: 2 }]);
  return [];
}

export class Tween {
  constructor(root, over) {
    Object.assign(this, { root, over, frame: 0 });
  }

  // `before` may be null: the first drawing comes from nowhere.
  start(before, after) {
    this.stop();
    if (!before || isCalm()) return;
    const moves = [...after].filter(([key]) => before.has(key)).map(([key, to]) => this.#move(before.get(key), to));
    if (!moves.length) return;
    this.layer = svg("g", { class: "rp-tween" });
    this.layer.append(...moves.map(({ node }) => node));
    this.over.prepend(this.layer);
    this.root.classList.add("rp-tweening");
    const begun = performance.now();
    const step = (now) => {
      const share = Math.min(1, Math.max(0, (now - begun) / LASTS));
      const eased = share * share * (3 - 2 * share);
      for (const move of moves) move.at(eased);
      if (share < 1) this.frame = requestAnimationFrame(step);
      else this.stop();
    };
    step(begun);
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.layer?.remove();
    this.root.classList.remove("rp-tweening");
  }

  #move(from, to) {
    const node = svg("path", {
      fill: "none", stroke: to.color, "stroke-width": to.width, opacity: to.faint ? 0.55 : 1, "stroke-dasharray": DASHES[to.dash] ?? to.dash ?? "none",
      "clip-path": `url(#${clipName(to.panel)})`,
    });
    const at = (share) => {
      let d = "";
      for (let i = 0; i < to.xs.length; i++) {
        const [x, y] = [from.xs[i] + share * (to.xs[i] - from.xs[i]), from.ys[i] + share * (to.ys[i] - from.ys[i])];
        if (Number.isFinite(y)) d += `${d ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
      }
      node.setAttribute("d", d);
    };
    return { node, at };
  }
}
