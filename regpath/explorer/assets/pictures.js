// Coefficients at the cursor of features that are places on a grid: a picture for each class.

import { bdi, h } from "./dom.js";
import { fit } from "./names.js";

const HEIGHT = 300; // pixels for all pictures
const APART = 6; // pixels between them
const HEAD = 1.5; // letters' heights for a class

export function makePictures(heat, width) {
  const { model, grid, items, font, letter } = heat;
  const head = Math.round(HEAD * letter);
  const { across, pixel } = roomiest({ width, head, grid, count: model.K });
  const [wide, tall] = [grid.columns * pixel, grid.rows * pixel];
  const step = (width - across * wide) / across;
  const corners = model.classes.map((_, k) => [step / 2 + (k % across) * (wide + step), Math.floor(k / across) * (tall + head + APART) + head]);
  const nodes = model.classes.map((label, k) => {
    const [x, y] = corners[k];
    const node = h("span", { class: "rp-heat-class", title: label }, bdi(fit(label, wide, font)));
    Object.assign(node.style, { left: `${x}px`, width: `${wide}px`, top: `${y - head}px`, height: `${head}px` });
    return node;
  });
  const height = Math.ceil(model.K / across) * (tall + head + APART);
  return {
    rows: items.all.length, left: 0, top: 0, nodes, wide: width, tall: height, height,
    paint: (ink, _, full) => corners.forEach((corner, k) => paintOne(ink, heat, { k, corner, pixel, full })),
    find(x, y) {
      for (const [k, [left, top]] of corners.entries()) {
        const [row, column] = [(y - top) / pixel, (x - left) / pixel].map(Math.floor);
        const j = grid.at.findIndex((place) => place[0] === row && place[1] === column);
        if (j >= 0) return { item: items.ofFeature.get(j), k };
      }
      return {};
    },
  };
}

function paintOne(ink, { model, grid, items, view, look, colour, now }, { k, corner: [x, y], pixel, full }) {
  const square = ([row, column]) => [x + column * pixel, y + row * pixel];
  ink.lineWidth = 1;
  ink.strokeStyle = look.rest;
  ink.strokeRect(x - 0.5, y - 0.5, grid.columns * pixel + 1, grid.rows * pixel + 1);
  grid.at.forEach((place, j) => {
    const value = model.value(view.units, k, j, now);
    if (!value) return;
    ink.fillStyle = colour(value / full);
    ink.fillRect(...square(place), pixel, pixel);
  });
  ink.strokeStyle = look.ink;
  for (const j of items.pinned.flatMap(({ members }) => members)) {
    const [left, top] = square(grid.at[j]);
    ink.strokeRect(left + 0.5, top + 0.5, pixel - 1, pixel - 1);
  }
}

// As many side by side as make the pictures largest within the height.
function roomiest({ width, head, grid, count }) {
  let best = { across: count, pixel: 1 };
  for (let across = 1; across <= count; across++) {
    const down = Math.ceil(count / across);
    const pixel = Math.floor(Math.min((width / across - APART) / grid.columns, (HEIGHT / down - head - APART) / grid.rows));
    if (pixel > best.pixel) best = { across, pixel };
  }
  return best;
}
