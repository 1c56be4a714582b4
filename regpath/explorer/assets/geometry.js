// Pixels: where panels, strengths and values stand. Plotly is given the same numbers, so nothing
// has to be asked of it.

const ABOVE = { marks: 24, line: 16, kept: 16 }; // the rules' names; how many features are kept
const BELOW = 34; // the axis, and which end is which
const BELOW_GROWS = 0.9; // of what letters grow by
const MOST_NARROW = 1.25; // what the sides of a phone grow by: the curves need the room
const GAP = 15; // room for the next panel's title
const RUG = { one: 12, several: 7 }; // events below the paths
const SCORE = { least: 44, share: 0.085, most: 96 }; // of the height; the paths have the rest
const PATHS = { one: 180, several: 92, short: 110 }; // at least; the last on a screen that is hardly higher than the charts
const SHORT = { usual: 180, large: 210 }; // pixels that panels are given there
const LARGE_PATHS = 150; // beside large letters on the same screen: panels give
const PHONE_PATHS = 220; // but not on a phone, whose screen has room for little else

// `marks`: pixels that the rules' names need, what stands at both ends of their line, and half of the
// widest; where they have no room there, they get a line of their own.
export function arrange({ width, height, panels, size, marks = { need: 0, from: 0, until: 0, half: 0 } }) {
  const narrow = width < 560;
  const beside = narrow ? Math.min(size, MOST_NARROW) : size;
  const left = Math.round((narrow ? 46 : 56) * beside);
  const right = Math.round((narrow ? 92 : 138) * beside);
  const line = Math.max(ABOVE.marks, ABOVE.line * size);
  const end = width - right + marks.half;
  const [from, until] = [marks.from, Math.min(end, width - marks.until)];
  const own = marks.need > until - from;
  const top = Math.round(line + (own ? ABOVE.line * size : 0) + ABOVE.kept * size);
  const bottom = Math.round(BELOW * (1 + BELOW_GROWS * (size - 1)));
  const gap = Math.round(GAP * size);
  const sizes = heights(panels, height - top - bottom - gap * (panels.length - 1), { size, narrow });
  let y = top;
  const rects = panels.map((panel, p) => {
    const { tall, rug } = sizes[p];
    const rect = { ...panel, x0: left, x1: width - right, y0: y, y1: y + tall, rug };
    y += tall + rug + gap;
    return rect;
  });
  const plotBottom = y - gap;
  return {
    width, left, right, top, bottom, narrow, panels: rects,
    plotWidth: Math.max(1, width - left - right),
    plotBottom,
    height: plotBottom + bottom,
    marks: own ? { top: line, from: left, until: end } : { top: 4, from, until },
  };
}

// Scores are low, paths share what is left; one panel alone has everything.
function heights(panels, height, { size, narrow }) {
  const paths = panels.filter(({ kind }) => kind === "paths").length;
  const rug = paths > 1 ? RUG.several : RUG.one;
  const scores = panels.length - paths;
  const low = paths ? Math.min(SCORE.most, Math.max(SCORE.least, SCORE.share * height)) * Math.min(size, 1.1) : height / scores;
  const large = size > 1;
  const wanted = large ? (narrow ? PHONE_PATHS : LARGE_PATHS) : PATHS.one;
  const alone = height < (large ? SHORT.large : SHORT.usual) && !(large && narrow) ? PATHS.short : wanted;
  const least = paths > 1 ? PATHS.several * size : alone;
  const each = Math.max(least, (height - scores * low) / Math.max(1, paths) - rug);
  return panels.map(({ kind }) => (kind === "paths" ? { tall: Math.round(each), rug } : { tall: Math.round(low), rug: 0 }));
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
