// The course of the path: direction and confidence at each strength, apart, and the chosen one.

import { h, svg } from "./dom.js";
import { roundTicks, short, tickTexts } from "./numbers.js";
import { typeSize } from "./type.js";

const EDGE = { left: 50, right: 10, top: 8, bottom: 8 }; // for letters of 16 pixels
const HEIGHT = 118;
const PAD = 0.08; // of what is drawn, above and below
const LEAST = { direction: 10, confidence: 0.01 }; // of an axis: less would show nothing as much
const PARTS = [["direction", "Direction, degrees"], ["confidence", "Confidence, length of the coefficients"]];

export class Course {
  constructor(board) {
    this.board = board;
    this.edge = EDGE;
    this.parts = PARTS.map(([name, title]) => {
      const chart = svg("svg", { height: HEIGHT, role: "img", "data-part": name });
      chart.onclick = (event) => this.tapped(event, chart);
      return { name, title, chart };
    });
    this.ends = h("p", { class: "ends" }, h("span", {}, "strong"), h("span", {}, "weak"));
    this.node = h("div", { class: "course" }, ...this.parts.map(({ title, chart }) => h("figure", {}, h("figcaption", {}, title), chart)), this.ends);
  }

  tapped(event, chart) {
    const box = chart.getBoundingClientRect();
    const share = (event.clientX - box.left - this.edge.left) / (box.width - this.edge.left - this.edge.right);
    const last = this.board.data.lambdas.length - 1;
    this.board.go(Math.max(0, Math.min(last, Math.round(share * last))), true);
  }

  draw() {
    const width = this.node.clientWidth;
    if (!width) return;
    this.edge = { ...EDGE, left: EDGE.left * typeSize({ large: false }) };
    this.ends.style.marginLeft = `${this.edge.left}px`;
    for (const part of this.parts) this.chart(part, width);
  }

  chart({ name, title, chart }, width) {
    const values = this.board.data[name] ?? [];
    const [last, i] = [this.board.data.lambdas.length - 1, this.board.index];
    chart.setAttribute("width", width);
    const known = values.filter(Number.isFinite);
    const [right, floor] = [width - this.edge.right, HEIGHT - this.edge.bottom];
    const parts = [svg("rect", { x: this.edge.left, y: this.edge.top, width: Math.max(0, right - this.edge.left), height: floor - this.edge.top, class: "frame" })];
    const px = (k) => this.edge.left + (k / last) * (right - this.edge.left);
    if (known.length) {
      let [low, high] = [Math.min(...known), Math.max(...known)];
      const lacks = Math.max(0, LEAST[name] - (high - low)) / 2;
      const pad = PAD * Math.max(high - low, LEAST[name]);
      [low, high] = [low - lacks - pad, high + lacks + pad];
      const py = (v) => floor - ((v - low) / (high - low)) * (floor - this.edge.top);
      const ticks = roundTicks(low, high, 3);
      const texts = tickTexts(ticks);
      ticks.forEach((v, n) => {
        const words = svg("text", { x: this.edge.left - 6, y: py(v) + 4, "text-anchor": "end" });
        words.textContent = texts[n];
        parts.push(svg("line", { x1: this.edge.left, x2: right, y1: py(v), y2: py(v), class: "grid" }), words);
      });
      const points = values.flatMap((v, k) => (Number.isFinite(v) ? [`${px(k)},${py(v)}`] : [])).join(" ");
      parts.push(svg("polyline", { points, class: "curve" }));
      if (Number.isFinite(values[i])) parts.push(svg("circle", { cx: px(i), cy: py(values[i]), r: 5, class: "now" }));
    }
    parts.push(svg("line", { x1: px(i), x2: px(i), y1: this.edge.top, y2: floor, class: "cursor" }));
    chart.replaceChildren(...parts);
    const ends = known.length ? `from ${short(known[0], 3)} at the strong end to ${short(known[known.length - 1], 3)} at the weak one` : "none";
    chart.setAttribute("aria-label", `${title}: ${ends}`);
  }
}
