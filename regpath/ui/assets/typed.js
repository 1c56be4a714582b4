// What is being typed outlives its field: the page makes a field anew where the value changed
// elsewhere, as when folds have come and the rule has chosen, and Streamlit forgets what stood there.

const FIELDS = "input[aria-label]:is([type=text], [type=number], :not([type]))";
const LATE = 5000; // ms after which nobody waits for a field any more
const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;

let field = null; // in which something is typed that was not handed in yet
let text = "";

export function listen() {
  document.addEventListener("input", ({ target }) => {
    if (target.matches?.(FIELDS)) [field, text] = [target, target.value];
  });
  document.addEventListener("keydown", ({ key, target }) => {
    if (target === field && (key === "Enter" || key === "Escape" || key === "Tab")) field = null;
  });
  // A browser says that focus has left a field that is taken away, too; a person leaves by a press.
  document.addEventListener("pointerdown", ({ target }) => {
    if (target !== field) field = null;
  }, true);
}

export function carryOver() {
  if (!field || field.isConnected) return;
  const [lost, typed] = [field, text];
  const label = lost.getAttribute("aria-label");
  const same = [...document.querySelectorAll(FIELDS)].filter((each) => each.getAttribute("aria-label") === label);
  if (same.length !== 1) { // not there yet, or which of them is not known
    setTimeout(() => { if (field === lost) field = null; }, LATE);
    return;
  }
  field = null;
  const [next] = same;
  if (document.activeElement && document.activeElement !== document.body && document.activeElement !== next) return;
  next.focus();
  write.call(next, typed);
  next.dispatchEvent(new Event("input", { bubbles: true }));
}
