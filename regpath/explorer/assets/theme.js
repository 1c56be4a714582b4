// Light or dark, as the page around is; the look's colours as CSS variables.

export function chooseLook(node, looks) {
  const name = isDark(node) ? "dark" : "light";
  const look = looks[name];
  for (const [key, colour] of Object.entries(look)) {
    if (typeof colour === "string") node.style.setProperty(`--rp-${key}`, colour);
  }
  node.dataset.look = name;
  return look;
}

function isDark(node) {
  const style = getComputedStyle(node);
  const background = style.getPropertyValue("--st-background-color").trim() || "Canvas";
  const probe = document.createElement("span");
  probe.style.color = background;
  node.append(probe);
  const channels = getComputedStyle(probe).color.match(/[\d.]+/g)?.map(Number) ?? [255, 255, 255];
  probe.remove();
  return 0.299 * channels[0] + 0.587 * channels[1] + 0.114 * channels[2] < 128;
}

export function isCalm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
