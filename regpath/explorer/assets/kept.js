// How many features are kept, on an axis of its own above the paths.

import { h } from "./dom.js";
import { TERMS } from "./glossary.js";
import { nearest } from "./geometry.js";
import { whole } from "./numbers.js";

const APART = 46; // pixels between two numbers

export function drawKept(labels, { box, axis, model, pixels, size, help }) {
  const counts = model.arrays.n_nonzero;
  const [first, last] = axis.zoom;
  const add = (text, left, name) => {
    const node = h("span", { class: `rp-kept ${name}` }, text);
    Object.assign(node.style, { left: `${left}px`, top: `${box.top - 15 * size}px` });
    labels.append(node);
    return node;
  };
  help.explain(add("kept", box.left - 6, "rp-kept-title"), TERMS.kept);
  const all = counts.subarray(first, last + 1);
  if (all.every((count) => count === all[0])) {
    add(`${all[0] === model.n_features ? "all " : ""}${whole(all[0])} all along`, box.left + box.plotWidth / 2, "");
    return;
  }
  const room = Math.max(2, Math.floor(box.plotWidth / (APART * size)));
  for (let n = 0; n < room; n++) {
    const at = box.left + 10 + (n / (room - 1)) * (box.plotWidth - 20);
    const i = Math.min(last, Math.max(first, nearest(pixels, at, first)));
    add(whole(counts[i]), pixels[i], "");
  }
}
