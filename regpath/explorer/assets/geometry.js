// Pixels: where panels, strengths and values stand. Plotly is given the same numbers, so nothing
// has to be asked of it.

const GAP = 17; // room for the next panel's title
const LARGE = { score: 1.1, bottom: 1.15, gap: 1.2 }; // large type on the same screen: panels give
const HEIGHTS = { kept: 40, score: 70 };

export function arrange({ width, height, panels, size, titled }) {
  const narrow = width < 560;
  const left = Math.round((narrow ? 46 : 56) * size);
  const right = Math.round((narrow ? 92 : 138) * size);
  const top = titled ? 24 : 8;
  const large = size > 1;
  const bottom = Math.round(40 * (large ? LARGE.bottom : 1));
  const gap = Math.round(GAP * (large ? LARGE.gap : 1));
  const low = (panel) => (HEIGHTS[panel.kind] ?? 0) * (large ? LARGE.score : 1);
  const fixed = panels.reduce((sum, panel) => sum + low(panel), 0);
  const paths = panels.filter((panel) => panel.kind === "paths").length;
  const spare = height - top - bottom - fixed - gap * (panels.length - 1);
  const least = paths > 1 ? 92 * size : large ? 150 : 180;
  const each = Math.max(least, spare / Math.max(1, paths));
  let y = top;
  const rects = panels.map((panel) => {
    const tall = Math.round(panel.kind === "paths" ? each : low(panel));
    const rect = { ...panel, x0: left, x1: width - right, y0: y, y1: y + tall };
    y += tall + gap;
    return rect;
  });
  const bottomOfLast = y - gap;
  return {
    width, left, right, top, bottom, narrow, panels: rects,
    plotWidth: Math.max(1, width - left - right),
    plotBottom: bottomOfLast,
    height: bottomOfLast + bottom,
  };
}

export function scaleX(box, range) {
  const span = range[1] - range[0];
  return (v) => box.left + ((v - range[0]) / span) * box.plotWidth;
}

export function scaleY({ y0, y1, scale }) {
  const [low, high] = scale.range;
  return (v) => y1 - ((scale.at(v) - low) / (high - low)) * (y1 - y0);
}

// The strength nearest to a pixel; of several at one place, the one nearest to where we are.
export function nearest(pixels, at, current) {
  let best = 0;
  let closest = Infinity;
  pixels.forEach((pixel, i) => {
    const away = Math.abs(pixel - at);
    if (away < closest - 1e-9) [closest, best] = [away, i];
    else if (away <= closest + 1e-9 && Math.abs(i - current) < Math.abs(best - current)) best = i;
  });
  return best;
}

// Positions nearest to `wanted` (least squares) that keep `gap` and stay in [low, high]; where
// they do not all fit, the gap shrinks to what does. Pool adjacent violators.
export function spread(wanted, gap, low, high) {
  const n = wanted.length;
  if (!n) return [];
  const step = Math.min(gap, (high - low) / Math.max(1, n - 1));
  const order = wanted.map((_, k) => k).sort((a, b) => wanted[a] - wanted[b]);
  const blocks = [];
  order.forEach((k, rank) => {
    blocks.push({ sum: wanted[k] - step * rank, count: 1 });
    while (blocks.length > 1) {
      const [before, last] = blocks.slice(-2);
      if (before.sum / before.count <= last.sum / last.count) break;
      blocks.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
    }
  });
  const flat = blocks.flatMap(({ sum, count }) => Array(count).fill(sum / count));
  const placed = [];
  order.forEach((k, rank) => {
    const free = Math.min(Math.max(flat[rank], low), high - step * (n - 1));
    placed[k] = free + step * rank;
  });
  return placed;
}
