// The curves as one SVG file: what Plotly drew, and what lies over it.

import { part, svg } from "./dom.js";

const DRAWN = ["stroke", "stroke-width", "stroke-dasharray", "fill", "opacity"];

export async function pictureOf(plotly, root, { box, look }) {
  const url = await plotly.toImage(part(root, "plot"), { format: "svg", width: box.width, height: box.height });
  const text = decodeURIComponent(url.slice(url.indexOf(",") + 1));
  const picture = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const labels = [...part(root, "labels").children];
  const hidden = Math.max(0, ...labels.map((node) => node.scrollWidth - node.clientWidth));
  const width = box.width + hidden + 0.3 * box.right; // another viewer may have a wider font
  picture.setAttribute("width", width);
  picture.setAttribute("viewBox", `0 0 ${width} ${box.height}`);
  picture.prepend(svg("rect", { width, height: box.height, fill: look.paper }));
  for (const node of part(root, "over").querySelectorAll("path, line, rect:not([fill^=url])")) picture.append(styled(node));
  picture.append(cursorLine(root, box, look));
  const frame = part(root, "stage").getBoundingClientRect();
  for (const node of labels) picture.append(written(node, frame));
  return new XMLSerializer().serializeToString(picture);
}

// Outside the page there is no style sheet: a copy carries its own.
function styled(node) {
  const copy = node.cloneNode(false);
  const style = getComputedStyle(node);
  for (const name of DRAWN) copy.setAttribute(name, style.getPropertyValue(name));
  return copy;
}

function cursorLine(root, box, look) {
  const x = new DOMMatrix(getComputedStyle(part(root, "cursor")).transform).m41;
  return svg("line", { x1: x, x2: x, y1: box.top, y2: box.plotBottom, stroke: look.cursor, "stroke-width": 2 });
}

function written(node, frame) {
  const place = node.getBoundingClientRect();
  const style = getComputedStyle(node);
  const text = svg("text", {
    x: place.left - frame.left, y: (place.top + place.bottom) / 2 - frame.top, "dominant-baseline": "central",
    fill: style.color, "font-size": style.fontSize, "font-weight": style.fontWeight, "font-family": style.fontFamily,
  });
  text.textContent = node.textContent;
  return text;
}
