// The controls above the charts: they change the view and nothing else.

import { axesOf } from "./axis.js";
import { fill, h, part } from "./dom.js";
import { markHelp } from "./glossary.js";
import { SPEEDS } from "./player.js";
import { rove } from "./roving.js";

export function makeToolbar(root, { model, view, change, go, find, cursorKeys }) {
  choose(root, "axis", axesOf(model), view.axis, (value) => change({ axis: value }));
  choose(root, "units", model.units, view.units, (value) => change({ units: value }));
  part(root, "class-field").hidden = !model.many;
  if (model.many) {
    const classes = [...model.classes.map((label, k) => [String(k), label]), ["all", "all classes"]];
    choose(root, "class", classes, view.class, (value) => change({ class: value }));
  }
  const large = part(root, "large");
  large.checked = view.large;
  large.onchange = () => change({ large: large.checked });
  speeds(part(root, "speed"), view, change);
  part(root, "unpin").onclick = () => change({ pins: [] });
  scoreChoice(part(root, "score-choice"), model, view, change);
  findField(root, model, find);
  rules(part(root, "rules"), model, go);
  const play = part(root, "play").parentElement;
  rove(play, [...play.querySelectorAll("button")])(part(root, "play"));
  closeOutside(part(root, "more"));
  part(root, "hint").textContent = cursorKeys;
}

// In a lecture, what the keys do stands below: the charts need its line.
export function placeHint(root, lecture) {
  const hint = part(root, "hint");
  if (lecture) part(root, "below").prepend(hint);
  else part(root, "left").append(hint);
}

// In large type, or `tight` beside large letters, the fields stand in the menu: the charts need
// their line.
export function makeRoom(root, large, tight) {
  part(root, "large").checked = large;
  const menu = part(root, "more");
  const fields = [...root.querySelectorAll(".rp-field")];
  if (tight) part(root, "sheet").prepend(...fields);
  else menu.before(...fields);
}

function choose(root, name, options, chosen, changed) {
  const select = part(root, name);
  fill(select, options, chosen);
  select.onchange = () => changed(select.value);
}

function scoreChoice(node, model, view, change) {
  node.replaceChildren(
    ...model.scores.map(({ name, label }) => {
      const box = h("input", { type: "checkbox", value: name, checked: view.scores.includes(name) });
      box.onchange = () => {
        const chosen = [...node.querySelectorAll("input:checked")].map((each) => each.value);
        if (chosen.length) change({ scores: chosen });
        else box.checked = true; // one score stays
      };
      return h("label", {}, box, ` ${label}`);
    }),
  );
}

function findField(root, model, find) {
  const field = part(root, "find");
  part(root, "names").replaceChildren(...model.columns.concat(model.names).filter((name, n, all) => all.indexOf(name) === n).map((value) => h("option", { value })));
  field.value = "";
  field.oninput = () => find.show(field.value);
  field.onkeydown = (event) => {
    if (event.key === "Enter") find.pin(field.value);
    if (event.key === "Escape") field.value = "";
    if (event.key === "Enter" || event.key === "Escape") find.show(field.value);
  };
  field.onblur = () => find.show("");
}

function rules(node, model, go) {
  node.replaceChildren(
    ...model.marks.map((mark) => {
      const { label, title, index } = mark;
      const button = h("button", { type: "button", title: markHelp(mark), "aria-label": `${label}: ${title}` }, label);
      button.onclick = () => go(index);
      return button;
    }),
    resetButton(model, go),
  );
  rove(node, [...node.querySelectorAll("button")]);
}

// One button: the next speed with each press.
function speeds(button, view, change) {
  const show = () => {
    const name = view.speed === 0.5 ? "½" : view.speed;
    button.textContent = `${name}×`;
    button.setAttribute("aria-label", `Speed ${name}×`);
  };
  button.onclick = () => {
    change({ speed: SPEEDS[(SPEEDS.indexOf(view.speed) + 1) % SPEEDS.length] });
    show();
  };
  show();
}

function resetButton(model, go) {
  const [first] = model.marks;
  const button = h("button", { type: "button", title: `Back to ${first.label} (R)`, "data-part": "reset" }, "Reset");
  button.onclick = () => go(first.index);
  return button;
}

function closeOutside(menu) {
  const leave = (event) => {
    if (menu.open && !event.composedPath().includes(menu)) menu.open = false;
  };
  menu.ontoggle = () => {
    const change = menu.open ? "addEventListener" : "removeEventListener";
    document[change]("pointerdown", leave);
  };
  menu.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  };
}
