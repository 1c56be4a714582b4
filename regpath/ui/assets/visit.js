// What this tab remembers of a visit with a file: its choices, not its data, until the tab is closed.
// A visit ends with its connection or its server; the next one is given what the last one had.

const KEPT = "regpath-visit";
let visit = null;

export default function ({ data, setTriggerValue }) {
  if ("kept" in data) {
    if (data.kept) sessionStorage.setItem(KEPT, data.kept);
    else if (data.visit === visit) sessionStorage.removeItem(KEPT);
    return;
  }
  const kept = sessionStorage.getItem(KEPT);
  if (data.visit !== visit) {
    visit = data.visit;
    if (kept && !data.named) setTriggerValue("found", kept);
  } else if (data.empty) {
    sessionStorage.removeItem(KEPT); // the file was taken away by its owner
  }
}
