// How high the charts are: what the first screen has for them.

import { isLecture, isSlide } from "./type.js";

// Pixels: heights of the charts; of the first screen, what the page's head and the rest below take.
const [LOW, TALL] = [440, 860];
const [HEAD, FOOT] = [103, 14];
// What stands above beside the head, such as the offer of a longer grid: how much higher than a head
// it makes what is above, the share of the screen up to which it is on the first one, and the charts.
const OFFER = { least: 40, share: 0.5, low: 410 };
const LECTURE_LOW = 290; // what arrange() makes of less is as high
const SLIDE_LOW = 240; // a slide is as high as its window
// On a phone the bars and the dock share the first screen with the charts.
const PHONE = { width: 760, low: 320, share: 0.45, least: 190, dock: 62 };

export function roomFor(root, stage, tight) {
  const { top } = root.getBoundingClientRect();
  const above = stage.getBoundingClientRect().top - top;
  const left = window.innerHeight - (top + scrolledBy(root)) - above - FOOT;
  if (isSlide()) return Math.max(SLIDE_LOW, left);
  const head = headOf(top + scrolledBy(root));
  const first = window.innerHeight - head - above;
  if (isPhone(root)) return Math.min(Math.max(PHONE.low, PHONE.share * window.innerHeight), Math.max(PHONE.least, first - PHONE.dock));
  if (isLecture()) return Math.max(LECTURE_LOW, left);
  const low = head === HEAD ? LOW : OFFER.low;
  return Math.min(TALL, Math.max(tight ? LECTURE_LOW : low, first - FOOT));
}

// Charts far down a page have the height that they have at its beginning.
function headOf(top) {
  return top > HEAD + OFFER.least && top < OFFER.share * window.innerHeight ? top : HEAD;
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
