// The curve under a mouse pointer is thickened and named.

import { bdi } from "./dom.js";
import { valueText } from "./curves.js";
import { nearest, scaleY } from "./geometry.js";
import { short } from "./numbers.js";

const NEAR = 12; // pixels

export class Hover {
  constructor(hit, tip, { explorer, pick, signal }) {
    Object.assign(this, { hit, tip, explorer, pick });
    this.frame = 0;
    hit.addEventListener("pointermove", (event) => this.#move(event), { signal });
    hit.addEventListener("pointerleave", () => this.#show(null), { signal });
    hit.addEventListener("pointerdown", () => this.#show(null), { signal });
  }

  #move(event) {
    if (event.pointerType !== "mouse" || event.buttons) return;
    const frame = this.hit.parentElement.getBoundingClientRect();
    const at = [event.clientX - frame.left, event.clientY - frame.top];
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.#show(this.#find(...at), at);
    });
  }

  #find(x, y) {
    const { drawn, pixels, items, model, view, cursor } = this.explorer;
    const panel = drawn.panels.find((each) => each.kind === "paths" && y >= each.y0 && y <= each.y1);
    if (!panel) return null;
    const i = nearest(pixels, x, cursor.index);
    const py = scaleY(panel);
    let best = null;
    for (const item of [...items.named, ...items.rest]) {
      for (const j of item.members) {
        const value = model.value(view.units, panel.k, j, i);
        const away = Math.abs(py(value) - y);
        if (value !== 0 && away < (best?.away ?? NEAR)) best = { item, j, value, away, i };
      }
    }
    return best;
  }

  #show(found, at) {
    const { model, view } = this.explorer;
    if (found?.item !== this.item) this.pick.hover(found?.item ?? null);
    this.item = found?.item;
    this.tip.hidden = !found;
    if (!found) return;
    const lam = short(model.arrays.lambdas[found.i], 3);
    this.tip.replaceChildren(bdi(model.names[found.j]), ` ${valueText(view.units, found.value)} at λ ${lam}`);
    const right = at[0] > this.explorer.drawn.box.width / 2;
    this.tip.style.transform = `translate(${at[0]}px,${at[1]}px) translate(${right ? "calc(-100% - 14px)" : "14px"},-130%)`;
  }
}
