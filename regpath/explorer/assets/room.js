// How high the charts are: what the first screen has for them.

import { isLecture, isSlide } from "./type.js";

// Pixels: heights of the charts; of the first screen, what the page's head and the rest below take.
const [LOW, TALL] = [440, 860];
const [HEAD, FOOT] = [103, 14];
const LECTURE_LOW = 290; // what arrange() makes of less is as high
const SLIDE_LOW = 240; // a slide is as high as its window
// On a phone the bars and the dock share the first screen with the charts.
const PHONE = { width: 760, low: 320, share: 0.45, least: 190, dock: 62 };

export function roomFor(root, stage, tight) {
  const { top } = root.getBoundingClientRect();
  const above = stage.getBoundingClientRect().top - top;
  const left = window.innerHeight - (top + scrolledBy(root)) - above - FOOT;
  if (isSlide()) return Math.max(SLIDE_LOW, left);
  const first = window.innerHeight - HEAD - above;
  if (isPhone(root)) return Math.min(Math.max(PHONE.low, PHONE.share * window.innerHeight), Math.max(PHONE.least, first - PHONE.dock));
  if (isLecture()) return Math.max(LECTURE_LOW, left);
  return Math.min(TALL, Math.max(tight ? LECTURE_LOW : LOW, first - FOOT));
}

export function isPhone(root) {
  return root.clientWidth < PHONE.width;
}

// How far the page is from its beginning: a lecture's second screen may be the one that is shown.
function scrolledBy(node) {
  let sum = 0;
  for (let at = node; at; at = at.parentNode ?? at.host) sum += at.scrollTop ?? 0;
  return sum;
}
