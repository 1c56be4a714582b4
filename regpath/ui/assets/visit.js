// What this tab remembers of a visit with a file: its choices, not its data, until the tab is closed.
// A visit ends with its connection or its server; the next one is given what the last one had.

import { forget, keep, recall } from "./memory.js";

const KEPT = "regpath-visit";
const STATE = "data-test-connection-state";
let visit = null;
let askAgain = () => {};
let isLost = false;

// When its line is back, Streamlit's client asks for nothing unless something was at work: the page
// of a server that was started anew would stand there as it was, with nobody behind it.
new MutationObserver(([first]) => {
  const isHere = first.target.getAttribute(STATE) === "CONNECTED";
  if (isHere && isLost) askAgain();
  isLost = !isHere;
}).observe(document.documentElement, { subtree: true, attributeFilter: [STATE] });

export default function ({ data, setTriggerValue }) {
  if ("kept" in data) {
    if (data.kept) keep(KEPT, data.kept);
    else if (data.visit === visit) forget(KEPT);
    return;
  }
  askAgain = () => setTriggerValue("returned", true);
  const kept = recall(KEPT);
  if (data.visit !== visit) {
    visit = data.visit;
    if (kept && !data.named) setTriggerValue("found", kept);
  } else if (data.empty) {
    forget(KEPT); // the file was taken away by its owner
  }
}
