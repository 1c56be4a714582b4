// The list of events: who enters, leaves or changes sign, and a click that goes there.

import { bdi, h, say } from "./dom.js";
import { plural, short, whole } from "./numbers.js";
import { rove } from "./roving.js";

const SHOWN = 300;

export function makeEvents({ list, title }, model, go) {
  const all = [...model.eventsAt.entries()].sort((a, b) => a[0] - b[0]).flatMap(([, events]) => events);
  const shown = all.slice(0, SHOWN);
  const left = model.n_events - shown.length;
  say(title, model.n_events ? `${plural(model.n_events, "event")} along the path${left > 0 ? `, the first ${whole(shown.length)} here` : ""}` : "No feature enters or leaves along this path");
  const at = new Map();
  list.replaceChildren(
    ...shown.map((event) => {
      const button = makeButton(model, event, go);
      if (!at.has(event.i)) at.set(event.i, []);
      at.get(event.i).push(button);
      return h("li", {}, button);
    }),
  );
  const buttons = [...list.querySelectorAll("button")];
  const stop = rove(list, buttons);
  let current = [];
  return {
    // The strength of the nearest event in a direction, or null.
    neighbour(i, step) {
      const places = [...model.eventsAt.keys()].sort((a, b) => a - b);
      const next = step > 0 ? places.find((place) => place > i) : places.findLast((place) => place < i);
      return next ?? null;
    },
    paint(i) {
      const next = at.get(i) ?? [];
      if (next === current) return;
      for (const button of current) button.removeAttribute("aria-current");
      for (const button of next) button.setAttribute("aria-current", "true");
      current = next;
    },
    settle() {
      const [first] = current;
      if (first && !list.contains(list.getRootNode().activeElement)) stop(first);
      if (first) list.scrollTop = first.offsetTop - list.offsetTop - list.clientHeight / 2;
    },
  };
}

function makeButton(model, { i, j, k, kind, sign }, go) {
  const button = h("button", { type: "button" });
  const label = model.many ? h("small", {}, "class ", bdi(model.classes[k])) : "";
  button.append(
    h("span", { class: "rp-event-at" }, `λ ${short(model.arrays.lambdas[i], 3)}`),
    h("span", { class: `rp-event-kind rp-kind-${kind}` }, `${["+", "×", "◆"][kind]} ${model.kinds[kind]}`),
    h("span", { class: "rp-event-name" }, bdi(model.names[j]), " ", label, kind === 1 ? "" : ` (${sign > 0 ? "+" : "\u2212"})`),
  );
  button.addEventListener("click", () => go(i));
  return button;
}
