// How large letters are, beside those of a page at 16 pixels: they follow the page's own (a browser
// set to larger letters), and the large type of the view comes on top. For a lecture the page is
// large itself.

const USUAL = 16; // pixels of the page's letters in a browser as it comes
const LARGE = 1.5;
const LEAST = 18; // pixels of what the last row of a lecture reads
const TIGHT = 1.3; // letters with which fields go into the menu, and one score is drawn
const MOST = 2.2; // beyond, charts of a laptop's width hold nothing but letters

export function typeSize(view) {
  if (isLecture()) return LARGE;
  const page = parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL;
  return Math.min(MOST, Math.max(1, page) * (view.large ? LARGE : 1));
}

export function isTight(size) {
  return size >= TIGHT;
}

// In large type no letter is smaller than the last row reads.
export function lettersOf(view, pixels) {
  return view.large ? Math.max(LEAST, pixels) : pixels;
}

// The page around us says so (regpath/ui/assets/room.js): a lecture has large type, a slide no controls.
export function isSlide() {
  return document.documentElement.dataset.rpSlide === "true";
}

export function isLecture() {
  return document.documentElement.dataset.rpPresent === "true";
}
