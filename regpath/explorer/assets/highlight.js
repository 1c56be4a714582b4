// Curves that are pointed at or looked for, over the others: a few stand out, the rest stay calm.

import { clipName } from "./overlay.js";
import { svg } from "./dom.js";
import { scaleX, scaleY } from "./geometry.js";
import { DASHES } from "./items.js";

const STRONG = 3; // curves; more thick ones are a rope in which none can be told
const APART = Object.values(DASHES); // of strong ones without a colour

export function highlightItems(node, items, { box, axis, panels, model, look, view }) {
  node.replaceChildren();
  if (!items.length) return;
  const px = scaleX(box, axis.range);
  for (const panel of panels.filter(({ kind }) => kind === "paths")) {
    const py = scaleY(panel);
    const alive = items.flatMap((item) => aliveOf(item, model, panel, view));
    const strong = strongest(alive);
    let plain = 0;
    for (const line of [...alive.filter((each) => !strong.includes(each)), ...strong]) {
      const { color, dash: own } = panel.named.find(({ item }) => item === line.item) ?? {};
      const d = Array.from(line.curve, (v, i) => `${i ? "L" : "M"}${px(axis.x[i]).toFixed(1)} ${py(v).toFixed(1)}`).join("");
      const shared = { d, "clip-path": `url(#${clipName(panel)})` };
      const stroke = color ?? look.ink;
      if (!strong.includes(line)) {
        node.append(svg("path", { ...shared, stroke, class: "rp-found", "stroke-dasharray": DASHES[own] ?? own ?? "none" }));
        continue;
      }
      const dash = color ? "none" : APART[plain++ % APART.length];
      node.append(svg("path", { ...shared, class: "rp-halo" }), svg("path", { ...shared, stroke, class: "rp-thick", "stroke-dasharray": dash }));
    }
  }
}

function aliveOf(item, model, { k }, { units }) {
  return item.members
    .map((j) => ({ item, j, curve: model.curve(units, k, j) }))
    .filter(({ curve }) => curve.some((v) => v !== 0));
}

// Of many the most prominent, of one column's levels those that grow largest.
function strongest(lines) {
  if (lines.length <= STRONG) return lines;
  const leads = lines.filter(({ item, j }) => item.lead === j);
  if (leads.length >= STRONG) return leads.slice(0, STRONG);
  const size = ({ curve }) => curve.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  const others = lines.filter((line) => !leads.includes(line)).sort((a, b) => size(b) - size(a));
  return [...leads, ...others].slice(0, STRONG);
}
