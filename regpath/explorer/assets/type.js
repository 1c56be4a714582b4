// How large letters are, beside those of a page at 16 pixels: they follow the page's own (a browser
// set to larger letters, a projector), and the large type of the view comes on top.

const USUAL = 16; // pixels of the page's letters in a browser as it comes
const LARGE = 1.35;
const MOST = 2.2; // beyond, charts of a laptop's width hold nothing but letters

export function typeSize(view) {
  const page = parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL;
  return Math.min(MOST, Math.max(1, page) * (view.large ? LARGE : 1));
}
