// Many things, one Tab stop: arrows go from one to the next.

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

// Returns what makes another of the items the stop.
export function rove(node, items) {
  const stop = (item) => items.forEach((each) => (each.tabIndex = each === item ? 0 : -1));
  if (items.length) stop(items[0]);
  node.addEventListener("focusin", ({ target }) => items.includes(target) && stop(target));
  node.addEventListener("keydown", (event) => {
    const at = items.indexOf(event.target);
    const ends = { Home: 0, End: items.length - 1 };
    const next = event.key in ends ? ends[event.key] : at + (STEPS[event.key] ?? NaN);
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey || !(next in items)) return;
    items[next].focus();
    event.preventDefault();
    event.stopPropagation();
  });
  return stop;
}
