// The chosen point in fields and buttons: what a drag does, without a drag.

import { h } from "./dom.js";
import { inSigns, readNumber } from "./numbers.js";
import { NUDGES, sign } from "./plane.js";

const ARROWS = [["←", "to the left", [-1, 0]], ["→", "to the right", [1, 0]], ["↑", "upwards", [0, 1]], ["↓", "downwards", [0, -1]]];
const KEYS = "Keys on a point of the picture: arrows move it (with Shift further), Page Up and Page Down go to another, Enter switches its class, Delete takes it away.";
const BESIDE = 205; // steps of the plane from the chosen point to a new one: 5 % of a side

export class PointPanel {
  constructor(board) {
    this.board = board;
    const [across, upwards] = board.data.names;
    this.list = h("select", { "aria-label": "Point", onchange: () => board.choose(Number(this.list.value)) });
    this.fields = [across, upwards].map((name, i) => h("input", { type: "text", "aria-label": `${name} of the point`, onchange: () => this.typed(i) }));
    const arrows = ARROWS.map(([sign, way, by]) => this.button(sign, () => this.nudge(by), `Move the point ${way}`));
    this.of_point = [
      ...arrows,
      this.button("Switch class", () => board.turn(board.chosen)),
      this.button("Delete", () => board.remove(board.chosen)),
    ];
    this.adding = board.data.classes.map((name, k) => this.button([sign(k), `Add ${name}`], () => this.add(k)));
    this.node = h("div", { class: "panel", role: "group", "aria-label": "Points by fields and buttons" },
      h("div", { class: "row" }, h("label", {}, "Point", this.list), ...this.fields.map((field, i) => h("label", {}, [across, upwards][i], field))),
      h("div", { class: "row" }, ...this.of_point, ...this.adding),
      h("p", { class: "quiet" }, KEYS));
  }

  button(label, act, name) {
    const does = () => { this.board.begin(); act(); };
    return h("button", { type: "button", "aria-label": name, onclick: does }, ...[label].flat());
  }

  nudge([dx, dy]) {
    const { board } = this;
    const [x, y] = board.points[board.chosen];
    board.move(board.chosen, [x + dx * NUDGES[0], y + dy * NUDGES[0]]);
  }

  add(second) {
    const { board } = this;
    const { steps } = board.data;
    const [x, y] = board.points[board.chosen] ?? [steps / 2 - BESIDE, steps / 2];
    board.add([Math.round(x + BESIDE > steps ? x - BESIDE : x + BESIDE), Math.round(y)], second === 1);
  }

  typed(i) {
    const { board } = this;
    const value = readNumber(this.fields[i].value);
    if (!Number.isFinite(value)) {
      this.told = null; // what was typed is no number: write again what is true
      this.draw();
      return;
    }
    board.begin();
    const [x, y] = board.points[board.chosen];
    const place = [x, y];
    place[i] = board.place(i ? [0, value] : [value, 0])[i];
    board.move(board.chosen, place);
  }

  draw() {
    const { board } = this;
    const is = board.chosen >= 0;
    const told = JSON.stringify([board.chosen, board.points]);
    if (told === this.told) return;
    this.told = told;
    const options = board.points.map((_, k) => h("option", { value: k, selected: k === board.chosen }, board.named(k)));
    this.list.replaceChildren(...(is ? [] : [h("option", { value: -1, selected: true }, "none chosen")]), ...options);
    this.list.disabled = !board.points.length;
    const values = is ? board.value(board.points[board.chosen]) : ["", ""];
    this.fields.forEach((field, i) => {
      field.disabled = !is;
      field.value = is ? inSigns(`${Number(values[i].toPrecision(4))}`) : "";
    });
    for (const button of this.of_point) button.disabled = !is;
    for (const button of this.adding) button.disabled = board.isFull;
  }
}
