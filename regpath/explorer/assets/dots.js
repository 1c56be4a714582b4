// Points where the cursor meets the curves.

import { h } from "./dom.js";
import { scaleY } from "./geometry.js";

export class Dots {
  constructor(node) {
    this.node = node;
    this.dots = [];
  }

  set({ panels }, pixels) {
    this.pixels = pixels;
    this.dots = panels.flatMap((panel) => {
      const py = scaleY(panel);
      const within = (y) => Math.min(panel.y1, Math.max(panel.y0, y));
      return curvesOf(panel).map(({ curve, color }) => {
        const node = h("i");
        node.style.background = color;
        return { node, ys: Float64Array.from(curve, (v) => (Number.isFinite(v) ? within(py(v)) : NaN)) };
      });
    });
    this.node.replaceChildren(...this.dots.map(({ node }) => node));
  }

  paint(i) {
    const x = this.pixels[i];
    for (const { node, ys } of this.dots) {
      node.style.transform = Number.isNaN(ys[i]) ? "translate(-99px,-99px)" : `translate(${x}px,${ys[i]}px)`;
    }
  }
}

function curvesOf(panel) {
  if (panel.kind === "paths") return panel.named.map(({ curves, lead, color }) => ({ curve: curves[lead], color }));
  if (panel.kind === "score") return panel.parts;
  return [];
}
