// Predicted against observed values at the cursor, on a canvas.

import { h, say } from "./dom.js";
import { roundTicks, short, whole } from "./numbers.js";

const PAD = { left: 52, right: 8, top: 8, bottom: 34 }; // at the usual size of type
const LEAST = 120; // pixels, however little room is left
const TYPE = { usual: 11, most: 14, large: 18 }; // pixels

export function makeScatter(node, model, where) {
  const { low, high, levels } = model.outcome;
  const { observed, predicted } = model.arrays;
  const canvas = h("canvas", { class: "rp-scatter", role: "img" });
  const note = h("p", { class: "rp-rates" });
  const drawn = observed.length;
  const some = drawn < (model.n_test || model.n_train) ? `, ${whole(drawn)} of them drawn` : "";
  node.replaceChildren(h("div", { class: "rp-head" }, h("h2", {}, `predicted against observed, ${where}${some}`)), canvas, note);
  const finest = (high - low) / levels; // what is nearer has the same level
  const value = (level) => low + (level / levels) * (high - low);
  const at = (i) => Array.from(observed, (y, n) => [value(predicted[n * model.L + i]), value(y)]);
  let look = null;
  let now = 0;
  let room = null;
  const paint = (i) => {
    now = i;
    if (!look) return;
    const width = canvas.clientWidth || 300;
    const height = canvas.clientHeight || 220;
    const dpr = window.devicePixelRatio || 1;
    const size = [width, height].map((side) => Math.round(side * dpr));
    if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
    const ink = canvas.getContext("2d");
    ink.setTransform(dpr, 0, 0, dpr, 0, 0);
    ink.clearRect(0, 0, width, height);
    const type = typeOf(canvas);
    const pad = padded(type.size);
    const px = (v) => pad.left + ((v - low) / (high - low || 1)) * (width - pad.left - pad.right);
    const py = (v) => height - pad.bottom - ((v - low) / (high - low || 1)) * (height - pad.top - pad.bottom);
    grid(ink, { px, py, low, high, width, height, look, pad, type });
    ink.fillStyle = look.test;
    ink.globalAlpha = 0.65;
    ink.beginPath();
    for (let n = 0; n < drawn; n++) {
      const [x, y] = [px(value(predicted[n * model.L + i])), py(value(observed[n]))];
      ink.moveTo(x + 3, y);
      ink.arc(x, y, 3, 0, 7);
    }
    ink.fill();
    ink.globalAlpha = 1;
  };
  // As high as it is by itself, or what the charts beside it leave with what is said below it.
  const size = () => {
    canvas.style.height = "";
    if (room === null) return;
    const left = Math.max(LEAST, room - note.offsetHeight);
    canvas.style.height = `${Math.min(canvas.clientHeight, left)}px`;
  };
  const describe = () => {
    const off = at(now).map(([p, o]) => Math.abs(o - p)).sort((a, b) => a - b);
    const [half, worst] = [off[Math.floor(off.length / 2)], off[off.length - 1]];
    const text = worst < finest
      ? `All drawn rows are predicted within ${short(finest, 2)}.`
      : `Half of the drawn rows are predicted within ${short(Math.max(half, finest), 3)}, the worst is off by ${short(worst, 3)}.`;
    if (note.textContent === text) return;
    say(note, text);
    canvas.setAttribute("aria-label", `Predicted against observed values. ${text}`);
    size();
    paint(now);
  };
  const fit = (bottom, i) => {
    now = i;
    room = bottom === null ? null : bottom - canvas.getBoundingClientRect().top;
    describe();
    size();
    paint(i);
  };
  return {
    paint,
    fit,
    settle: describe,
    look: (next) => {
      look = next;
      canvas.width = 0;
      paint(now);
      if (!canvas.hasAttribute("aria-label")) canvas.setAttribute("aria-label", "Predicted against observed values.");
    },
    pairs: () => at(now),
  };
}

function typeOf(canvas) {
  const { fontFamily, fontSize } = getComputedStyle(canvas);
  const whole = parseFloat(fontSize);
  const size = whole > TYPE.large ? TYPE.large : Math.min(TYPE.most, 0.85 * whole);
  return { size, font: `${size}px ${fontFamily}` };
}

// The margins hold texts.
function padded(size) {
  const times = Math.max(1, size / TYPE.usual);
  return { ...PAD, left: PAD.left * times, bottom: PAD.bottom * times };
}

function grid(ink, { px, py, low, high, width, height, look, pad, type }) {
  ink.font = type.font;
  ink.fillStyle = look.muted;
  ink.lineWidth = 1;
  for (const tick of roundTicks(low, high, 4)) {
    ink.strokeStyle = look.grid;
    ink.beginPath();
    ink.moveTo(px(tick), pad.top);
    ink.lineTo(px(tick), height - pad.bottom);
    ink.moveTo(pad.left, py(tick));
    ink.lineTo(width - pad.right, py(tick));
    ink.stroke();
    ink.textAlign = "center";
    ink.fillText(short(tick, 3), px(tick), height - pad.bottom + 4 + type.size);
    ink.textAlign = "right";
    ink.fillText(short(tick, 3), pad.left - 5, py(tick) + 4);
  }
  ink.textAlign = "center";
  ink.fillText("predicted", (pad.left + width) / 2, height - 4);
  ink.save();
  ink.translate(type.size, (height - pad.bottom) / 2);
  ink.rotate(-Math.PI / 2);
  ink.fillText("observed", 0, 0);
  ink.restore();
  ink.strokeStyle = look.muted;
  ink.setLineDash([2, 3]);
  ink.beginPath();
  ink.moveTo(px(low), py(low));
  ink.lineTo(px(high), py(high));
  ink.stroke();
  ink.setLineDash([]);
}
