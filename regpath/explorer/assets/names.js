// Names as they fit: without what all of them begin with, and cut in the middle, not where they differ.

const LEAST = 5; // letters of a beginning that is worth leaving out
const ENOUGH = 3; // names that share it
const BREAK = /[\s_.:/=-]/;
let ruler = null;

// What all names begin with, up to a mark between words; "" where they share too little.
export function commonStart(names) {
  if (names.length < ENOUGH) return "";
  let shared = names.reduce((a, b) => {
    let n = 0;
    while (n < a.length && a[n] === b[n]) n++;
    return a.slice(0, n);
  });
  while (shared && !BREAK.test(shared[shared.length - 1])) shared = shared.slice(0, -1);
  return shared.length >= LEAST && names.every((name) => name.length > shared.length) ? shared : "";
}

// The text, or its two ends, so that it is at most `pixels` wide.
export function fit(text, pixels, font) {
  const width = widthIn(font);
  if (width(text) <= pixels) return text;
  const letters = [...text];
  let [low, high] = [1, letters.length - 1];
  while (low < high) {
    const count = Math.ceil((low + high) / 2);
    if (width(ends(letters, count)) <= pixels) low = count;
    else high = count - 1;
  }
  return ends(letters, low);
}

function ends(letters, count) {
  const head = Math.ceil(count / 2);
  return `${letters.slice(0, head).join("")}…${letters.slice(letters.length - (count - head)).join("")}`;
}

export function widthOf(text, font) {
  return widthIn(font)(text);
}

function widthIn(font) {
  ruler ??= document.createElement("canvas").getContext("2d");
  ruler.font = font;
  return (text) => ruler.measureText(text).width;
}
