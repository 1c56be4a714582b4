// Where Streamlit calls in: once for each new data, and again on every rerun and change of theme.

import { h, part } from "./dom.js";
import { writeNumbers } from "./numbers.js";
import { loadPlotly } from "./plotly.js";

// All files at once: each import would only be found after the one that asks for it.
const FILES = `
app axis bars caption clipped cursor curves dock dom dots events figure geometry glossary grid heat
help highlight hover items kept matrix model names numbers outcome overlay payload picture pictures player
plotly room roving rug scale scatter sentence shades tables theme tiles toolbar tour truth tween type view words zoom
`;
for (const name of FILES.trim().split(/\s+/)) {
  const href = new URL(`./${name}.js`, import.meta.url).href;
  document.head.append(h("link", { rel: "modulepreload", href }));
}

// The largest file first, and the rest beside it.
const loading = Promise.all([loadPlotly(), import("./app.js"), import("./model.js")]);
loading.catch(() => {}); // told where it is awaited
const UNSTYLED = 8000; // milliseconds after which it is seen without its style sheet, too
const mounted = new WeakMap();
const all = new Set();

// In a class the page around us says where the teacher's cursor is, and hears where ours is.
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`regpath:${name}`, { detail }));
document.addEventListener("regpath:lead", ({ detail }) => {
  for (const here of all) if (here.stage === detail.stage) follow(here, detail);
});

export default function mount({ data, parentElement, setStateValue }) {
  if (!data) {
    part(parentElement, "root")?.remove(); // mounted ahead of the results, to load the modules meanwhile
    return () => {};
  }
  let here = mounted.get(parentElement);
  if (!here) {
    here = { shown: null, explorer: null, command: null, reported: 0 };
    mounted.set(parentElement, here);
    all.add(here);
    const root = part(parentElement, "root");
    setTimeout(() => root.style.removeProperty("opacity"), UNSTYLED);
  }
  here.tell = setStateValue;
  here.data = data;
  if (here.shown !== data.payload.hash) {
    here.shown = data.payload.hash;
    show(here, data, parentElement);
  } else if (here.explorer?.model.hash === here.shown) {
    here.explorer.retheme();
    obey(here, data.command);
  }
  return () => {
    here.explorer?.destroy();
    mounted.delete(parentElement);
    all.delete(here);
  };
}

function obey(here, command) {
  const index = ordered(here, command);
  if (index !== null) here.explorer.command(index);
}

// Where Python orders the cursor, once; what a person chose of which it had not heard goes before that.
function ordered(here, command) {
  if (!command || command.n === here.command) return null;
  here.command = command.n;
  return here.reported > (command.heard ?? 0) ? null : command.index;
}

// The teacher's way to look at the path, which changes now and then, and the cursor.
function follow(here, { index, view, rests }) {
  if (!here.explorer) return;
  const { large, ...led } = view ?? {};
  const said = JSON.stringify(led);
  if (said !== here.led && said !== JSON.stringify(here.explorer.manner)) {
    here.make(index, { ...led, large: here.explorer.view.large });
  }
  here.led = said;
  here.explorer.follow(index, rests);
}

async function show(here, data, parentElement) {
  const { payload } = data;
  const root = part(parentElement, "root");
  root.ariaBusy = "true"; // until what came is drawn
  try {
    const [plotly, { Explorer }, { readModel }] = await loading;
    const model = await readModel(payload);
    if (here.shown !== payload.hash) return; // newer data came meanwhile
    const before = here.explorer;
    const same = before && before.model.L === model.L && here.owner === data.owner;
    here.owner = data.owner;
    here.stage = data.stage;
    writeNumbers(data.numbers);
    const order = ordered(here, here.data.command); // the last word, which may have come meanwhile
    here.make = (index, view) => {
      here.explorer?.destroy();
      here.explorer = new Explorer(root, model, plotly, {
        index, view,
        // With its time: what was chosen before and after an order of Python's is news, too.
        report: (chosen) => {
          here.reported = Date.now();
          here.tell("chosen", { owner: data.owner, at: here.reported, ...chosen });
          tell("cursor", { stage: data.stage, ...chosen });
          tell("chosen", chosen);
        },
        moved: (at) => tell("cursor", { stage: data.stage, index: at }),
      });
    };
    const untold = same && before.cursor.isUntold; // a person's own act goes before an order
    const index = untold ? before.cursor.index : order ?? (same ? before.cursor.next : data.index);
    here.make(index, same ? before.view : data.view);
    if (untold) here.explorer.cursor.goOn(before.cursor);
    tell("shown", { stage: data.stage });
    here.explorer.ready.finally(() => {
      if (here.shown === payload.hash) root.ariaBusy = null;
    });
  } catch (error) {
    root.ariaBusy = null;
    root.replaceChildren(h("p", { role: "alert", class: "rp-failed" }, `The explorer could not start: ${error.message}`));
    throw error;
  }
}
