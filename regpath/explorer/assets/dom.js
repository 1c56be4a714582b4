// Small helpers around the DOM. Text from data only ever becomes textContent.

export function part(root, name) {
  return root.querySelector(`[data-part="${name}"]`);
}

export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

export function svg(tag, attributes = {}) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

// A name keeps its own direction, whatever stands around it.
export function bdi(text) {
  return h("bdi", {}, text);
}

// What is said of a strength is worded once.
export function byIndex(word) {
  const known = [];
  return (i) => (known[i] ??= word(i));
}

export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function fill(select, options, chosen) {
  select.replaceChildren(
    ...options.map(([value, label]) => h("option", { value, selected: value === chosen }, label)),
  );
  select.value = chosen;
}

export function download(name, text, type) {
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
