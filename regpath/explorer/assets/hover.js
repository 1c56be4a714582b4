// The curve under a mouse pointer is thickened and named.

import { bdi } from "./dom.js";
import { valueText } from "./curves.js";
import { nearest, scaleY } from "./geometry.js";
import { ALL } from "./model.js";
import { short } from "./numbers.js";

const NEAR = 12; // pixels
const READ = 4000; // ms that a name stays
const QUIET = 36; // pixels around a press in which nothing is named: what was pressed is to be seen

export class Hover {
  constructor(hit, tip, { explorer, pick, signal }) {
    Object.assign(this, { hit, tip, explorer, pick });
    this.frame = 0;
    hit.addEventListener("pointermove", (event) => this.#move(event), { signal });
    hit.addEventListener("pointerleave", () => this.#show(null), { signal });
    // Of the handle, too.
    hit.parentElement.addEventListener("pointerdown", ({ clientX, clientY, pointerType }) => {
      if (pointerType !== "mouse") return;
      this.pressed = [clientX, clientY];
      this.#show(null);
    }, { signal });
  }

  #move(event) {
    if (event.pointerType !== "mouse" || event.buttons || this.#isQuiet(event)) return;
    const frame = this.hit.parentElement.getBoundingClientRect();
    const at = [event.clientX - frame.left, event.clientY - frame.top];
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.#show(this.#find(...at), at);
    });
  }

  #isQuiet({ clientX, clientY }) {
    if (!this.pressed) return false;
    const [x, y] = this.pressed;
    if (Math.hypot(clientX - x, clientY - y) > QUIET) this.pressed = null;
    return this.pressed !== null;
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
        if (value !== 0 && away < (best?.away ?? NEAR)) best = { item, j, k: panel.k, value, away, i };
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
    const said = found.k === ALL ? " over all classes" : "";
    const side = said ? "" : [" → ", bdi(model.sides(found.k)[found.value > 0 ? 1 : 0])];
    this.#tell([bdi(model.names[found.j]), ` ${valueText(view.units, found.value)}${said}`, ...side, ` at λ ${lam}`], at);
  }

  // The whole of a name that is cut, beside where it stands.
  name(item, node) {
    this.#tell([bdi(item.label)], [node.offsetLeft, node.offsetTop + 4]);
    clearTimeout(this.until);
    this.until = setTimeout(() => (this.tip.hidden = true), READ);
  }

  #tell(words, [x, y]) {
    this.tip.hidden = false;
    this.tip.replaceChildren(...words);
    const right = x > this.explorer.drawn.box.width / 2;
    this.tip.style.transform = `translate(${x}px,${y}px) translate(${right ? "calc(-100% - 14px)" : "14px"},-130%)`;
  }
}
