// A screen's part in a class: it follows the teacher, goes on freely, or leads.
//
// The teacher's page says where the cursor is while it moves; screens that follow move theirs
// without asking Python, and tell it once the cursor rests. Whatever else changes is news that
// Python takes over (classroom.py).

import { forget, keep, recall } from "./memory.js";

const SECRET = "regpath-lead"; // in this tab alone: another tab of the same browser does not lead
const PAUSE = 60; // ms between two positions that are sent
const REST = 500; // ms of a cursor that rests, and as many again at random: a class asks in turn
const OWN = 800; // ms in which what a person does may become a choice, which keys make only at rest
const SOON = 1000; // ms until a line that broke is tried again

let here = null; // what Python said last, and how to tell it something
let line = null;
let heard = {};
let asked = ""; // the news that Python was asked to take over
let touched = 0; // when the person began to move the explorer, 0 for not at all
let pressed = false;
let leaving = false; // whether the person goes another way, and Python has not heard of it
let resting = 0;
let sending = 0;
let unsent = null;

export default function ({ parentElement, data, setTriggerValue }) {
  const find = (name) => parentElement.querySelector(`[data-part=${name}]`);
  leaving &&= data.follows;
  if (leaving) data = { ...data, follows: false, strayed: true };
  here = { data, find, tell: (act) => setTriggerValue("act", act) };
  find("board").href = new URL("../../../class", import.meta.url).href;
  const secret = secretOfTab();
  if (secret && !data.leads && !data.refused) here.tell({ claim: secret });
  if (data.refused) forget(SECRET);
  find("act").onclick = () => {
    leaving = false;
    here.tell({ follow: !here.data.follows });
  };
  find("lend").onclick = () => here.tell({ lend: !data.lent });
  if (line) introduce();
  else listen();
  paint();
  takeOver();
}

// The secret comes behind # so that no server's log has it, and leaves the address at once.
function secretOfTab() {
  const found = /^#lead=(.+)$/.exec(location.hash);
  if (found) {
    keep(SECRET, decodeURIComponent(found[1]));
    history.replaceState(history.state, "", location.pathname + location.search);
  }
  return recall(SECRET);
}

function listen() {
  line = new WebSocket(new URL("../../../class/line", import.meta.url).href.replace(/^http/, "ws"));
  line.onopen = introduce;
  line.onmessage = ({ data }) => {
    heard = JSON.parse(data);
    paint();
    takeOver();
  };
  line.onclose = () => setTimeout(listen, SOON);
}

function introduce() {
  const { leads, follows } = here.data;
  say({ role: leads ? "leader" : "student", follows });
}

function say(told) {
  if (line?.readyState !== WebSocket.OPEN) return;
  line.send(JSON.stringify(here.data.leads ? { ...told, secret: recall(SECRET) } : told));
}

function takeOver() {
  const { follows, leads, taken } = here.data;
  if (!follows || leads || !heard.key) return;
  if (heard.key !== taken) {
    if (asked !== heard.key) here.tell({ news: heard.key });
    asked = heard.key;
    return;
  }
  asked = "";
  if (pressed) return;
  if (touched && performance.now() - touched < OWN) return wait();
  touched = 0;
  lead(false);
  clearTimeout(resting);
  resting = setTimeout(() => lead(true), REST * (1 + Math.random()));
}

// The teacher's cursor lets a person's own act be, and goes on if that chose nothing.
function wait() {
  clearTimeout(resting);
  resting = setTimeout(takeOver, OWN);
}

function lead(rests) {
  if (!here.data.follows || pressed) return;
  const { stage, index, view } = heard;
  document.dispatchEvent(new CustomEvent("regpath:lead", { detail: { stage, index, view, rests } }));
}

function paint() {
  const { data, find } = here;
  const { leads, follows, own, lent } = data;
  const { here: count = 0, follow = 0, led, hidden, key } = heard;
  const screens = count === 1 ? "1 screen is" : `${count} screens are`;
  const away = !led ? "The teacher is away" : hidden ? "The teacher is at something else" : "";
  const said = leads
    ? `You lead. ${screens} here, ${follow} ${follow === 1 ? "follows" : "follow"}.${own && !lent ? " Your file is not shown." : ""}`
    : follows
      ? away ? `${away}; ${key || data.taken ? "this was shown last" : "nothing was shown yet"}.` : "You follow the teacher."
      : data.strayed ? "You go your own way." : "A class is taught here.";
  if (find("said").textContent !== said) find("said").textContent = said;
  find("act").hidden = leads;
  find("act").textContent = follows ? "Go on freely" : data.strayed ? "Back to the teacher" : "Follow the teacher";
  find("lend").hidden = !leads || !own;
  find("lend").textContent = lent ? "Stop showing my file" : "Show my file to the class";
  find("board").hidden = !leads;
  find("strip").hidden = false;
}

document.addEventListener("regpath:cursor", ({ detail }) => {
  if (!here?.data.leads) return;
  unsent = { ...unsent, ...detail };
  sending ||= setTimeout(() => {
    sending = 0;
    say(unsent);
    unsent = null;
  }, PAUSE);
});

// What a person does in the explorer, unlike what the teacher does there, is a way of one's own.
document.addEventListener("regpath:chosen", () => {
  if (!here || here.data.leads || !here.data.follows || !touched) return;
  touched = 0;
  leaving = true;
  here.data = { ...here.data, follows: false, strayed: true };
  clearTimeout(resting);
  introduce();
  paint();
  setTimeout(() => leaving && here.tell({ follow: false }), REST); // after Python has heard of the choice itself
});

// An explorer that has come since the teacher's cursor moved last goes there.
document.addEventListener("regpath:shown", () => here && takeOver());

const inExplorer = (event) => event.composedPath().some((node) => node.dataset?.part === "root");
const touch = (event) => {
  if (!event.isTrusted || !inExplorer(event)) return;
  touched = performance.now();
  if (here?.data.follows) wait();
};
document.addEventListener("pointerdown", (event) => {
  touch(event);
  pressed = inExplorer(event);
}, true);
for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, () => (pressed = false), true);
document.addEventListener("keydown", touch, true);
